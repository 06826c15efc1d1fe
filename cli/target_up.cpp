#include "cli/target_up.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <string>

#include "cli/command.hpp"
#include "cli/stop.hpp"
#include "drivers/driver.hpp"
#include "drivers/engine/files.hpp"

namespace lastunit::cli {

namespace {

using drivers::File;
using namespace drivers::targets;

// What the keeper says, each closed by a zero byte: a letter and text.
enum Letter : char { kProgress = 'p', kFailed = 'f', kUp = 'u', kStopped = 's' };

class Voice {
   public:
    explicit Voice(File to) : to_(std::move(to)) {}
    void say(Letter letter, const std::string& text) {
        std::string all = std::string(1, letter) + text;
        all.push_back('\0');
        if (drivers::write_all(to_.descriptor(), std::as_bytes(std::span(all))) != 0) nobody_listens_ = true;
    }
    // Whoever started the keeper is gone: it ends, unless it is up.
    bool nobody_listens() {
        pollfd end{to_.descriptor(), 0, 0};
        if (poll(&end, 1, 0) > 0 && (end.revents & POLLERR) != 0) nobody_listens_ = true;
        return nobody_listens_;
    }
    void close() { to_.close(); }

   private:
    File to_;
    bool nobody_listens_ = false;
};

void leave_the_terminal(const std::string& log) {
    setsid();
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGHUP, SIG_IGN);
    const File nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    const File out(::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    dup2(nothing.descriptor(), STDIN_FILENO);
    dup2(out.descriptor(), STDOUT_FILENO);
    dup2(out.descriptor(), STDERR_FILENO);
}

void be_the_keeper(const UpOptions& options, const TargetFolders& folders, const Tools& tools, Voice& voice) {
    const StopSignals signals;
    bool up = false;
    try {
        Keeper keeper(
            options, folders, tools, [&](const std::string& line) { voice.say(kProgress, line); },
            [&] { return StopSignals::requested() || (!up && voice.nobody_listens()); });
        up = keeper.bring_up();
        voice.say(up ? kUp : kStopped, up ? keeper.description() : "");
        voice.close();
        if (up) keeper.keep();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        voice.say(kFailed, error.what());
    }
}

class ProgressLines {
   public:
    void show(const std::string& text) {
        const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
        std::fprintf(stderr, terminal_ ? "\r\033[K%4.0f s  %s" : "%4.0f s  %s\n", elapsed, text.c_str());
        std::fflush(stderr);
    }
    void clear() {
        if (terminal_) std::fputs("\r\033[K", stderr);
    }

   private:
    const bool terminal_ = isatty(STDERR_FILENO) == 1;
    const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

// The keeper's last word, without the letter: `letter` says what it is. No word: it has died.
std::string listen(int from, pid_t keeper, Letter& letter) {
    ProgressLines lines;
    std::string heard;
    letter = kProgress;
    bool asked_to_stop = false;
    for (;;) {
        if (StopSignals::requested() && !asked_to_stop) {
            asked_to_stop = true;
            lines.show("stopping");
            kill(keeper, SIGTERM);
        }
        pollfd readable{from, POLLIN, 0};
        if (poll(&readable, 1, 200) <= 0) continue;
        std::array<char, 4096> bytes;
        const ssize_t got = read(from, bytes.data(), bytes.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        heard.append(bytes.data(), static_cast<std::size_t>(got));
        for (std::size_t end; (end = heard.find('\0')) != std::string::npos; heard.erase(0, end + 1)) {
            letter = static_cast<Letter>(heard[0]);
            const std::string text = heard.substr(1, end - 1);
            if (letter != kProgress) return lines.clear(), text;
            lines.show(text);
        }
    }
    lines.clear();
    letter = kFailed;
    return "";
}

}  // namespace

int bring_up_in_background(const UpOptions& options, const TargetFolders& folders, const Tools& tools) {
    const std::string folder = folders.running(*options.kind);
    make_folder(folder);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw drivers::DriverError("no pipe can be made");
    const File from(ends[0]);
    File to(ends[1]);
    std::fflush(nullptr);
    const pid_t keeper = fork();
    if (keeper < 0) throw drivers::DriverError("no process can be made");
    if (keeper == 0) {
        close(ends[0]);
        leave_the_terminal(folder + "/keeper.log");
        Voice voice(std::move(to));
        be_the_keeper(options, folders, tools, voice);
        _exit(0);
    }
    to.close();
    const StopSignals signals;
    Letter letter{};
    const std::string said = listen(from.descriptor(), keeper, letter);
    if (letter == kUp) {
        std::fputs(said.c_str(), stdout);
        return kOk;
    }
    waitpid(keeper, nullptr, 0);
    if (letter == kStopped) return kInterrupted;
    throw drivers::DriverError(said.empty() ? "what keeps " + options.kind->name + " up has died: " + folder + "/keeper.log"
                                            : said);
}

}  // namespace lastunit::cli
