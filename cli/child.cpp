#include "cli/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace lastunit::cli {
namespace {

constexpr int kPipe = 1 << 20;  // bytes; a whole record

enum ChildExit : int { kAnswered = 0, kThrew = 1, kNotWritten = 2 };

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

bool write_all(int to, const std::string& bytes) {
    std::size_t written = 0;
    while (written < bytes.size()) {
        const ssize_t n = write(to, bytes.data() + written, bytes.size() - written);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        written += static_cast<std::size_t>(n);
    }
    return true;
}

// Ends by _exit: what this process had buffered for stdout is the parent's to print.
[[noreturn]] void be_child(const std::function<std::string()>& work, int to) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // A terminal sends Ctrl-C to every process of the command; only the parent knows what to make of it.
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGTERM, SIG_IGN);
    int status = kAnswered;
    std::string said;
    try {
        said = work();
    } catch (const std::exception& error) {
        status = kThrew;
        said = error.what();
    }
    std::fflush(stderr);
    _exit(write_all(to, said) ? status : kNotWritten);
}

std::string how_it_ended(int status, const std::string& said) {
    if (WIFSIGNALED(status)) return std::string("was ended by a signal (") + strsignal(WTERMSIG(status)) + ")";
    if (WEXITSTATUS(status) == kThrew) return "failed: " + said;
    return "ended with status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

Child::Child(const std::function<std::string()>& work) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
    fcntl(ends[0], F_SETPIPE_SZ, kPipe);  // as large as allowed: a child that has its answer should not wait for us
    std::fflush(stdout);
    process_ = fork();
    if (process_ < 0) fail("fork");
    if (process_ == 0) {
        close(ends[0]);
        be_child(work, ends[1]);
    }
    close(ends[1]);
    from_ = ends[0];
}

Child::Child(Child&& other) noexcept
    : process_(std::exchange(other.process_, 0)), from_(std::exchange(other.from_, -1)), said_(std::move(other.said_)) {}

Child& Child::operator=(Child&& other) noexcept {
    if (this == &other) return *this;
    end();
    process_ = std::exchange(other.process_, 0);
    from_ = std::exchange(other.from_, -1);
    said_ = std::move(other.said_);
    return *this;
}

Child::~Child() { end(); }

void Child::end() {
    if (process_ == 0) return;
    kill(process_, SIGKILL);
    close(from_);
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
}

bool Child::read_some() {
    char buffer[65536];
    const ssize_t n = read(from_, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) return true;
    if (n <= 0) return false;
    said_.append(buffer, static_cast<std::size_t>(n));
    return true;
}

ChildEnd Child::finish() {
    close(from_);
    int status = 0;
    while (waitpid(process_, &status, 0) < 0)
        if (errno != EINTR) fail("waitpid");
    process_ = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == kAnswered) return {std::move(said_), {}};
    return {{}, how_it_ended(status, said_)};
}

std::vector<Children::Ended> Children::wait(int at_most_ms) {
    std::vector<pollfd> waiting;
    for (const Running& one : running_) waiting.push_back({one.child.descriptor(), POLLIN, 0});
    std::vector<Ended> out;
    const int ready = poll(waiting.data(), waiting.size(), at_most_ms);
    if (ready < 0 && errno != EINTR) fail("poll");
    if (ready <= 0) return out;
    for (std::size_t i = running_.size(); i-- > 0;) {
        if (waiting[i].revents == 0 || running_[i].child.read_some()) continue;
        out.push_back({running_[i].number, running_[i].child.finish()});
        running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return out;
}

}  // namespace lastunit::cli
