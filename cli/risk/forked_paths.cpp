// A process per copy. At most one of a root's processes is at work: the others wait for the copies that they have made.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include "cli/risk/count_path.hpp"
#include "cli/risk/paths.hpp"

namespace lastunit::cli {
namespace {

enum CopyExit : int { kCounted = 0, kThrew = 1, kNotWritten = 2 };

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

bool write_all(int to, const std::string& bytes) {
    for (std::size_t written = 0; written < bytes.size();) {
        const ssize_t n = write(to, bytes.data() + written, bytes.size() - written);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        written += static_cast<std::size_t>(n);
    }
    return true;
}

std::string read_all(int from) {
    std::string out;
    char buffer[4096];
    for (;;) {
        const ssize_t n = read(from, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return out;
        out.append(buffer, static_cast<std::size_t>(n));
    }
}

class ForkedPaths {
   public:
    explicit ForkedPaths(const Splitting& splitting) : splitting_(splitting) { begin_counting(); }

    PathCounts count(const PathRun& run) {
        sim::LevelWatch watch;
        watch.event = splitting_.event;
        watch.levels = splitting_.levels;
        watch.toll_per_s = splitting_.toll_per_s;
        watch.reached = [this](std::size_t level) { return reached(level); };
        try {
            run(watch);
            count_path(splitting_, watch, counts_);
        } catch (const std::exception& error) {
            if (to_ < 0) throw;
            leave(kThrew, error.what());
        }
        if (to_ >= 0) leave(kCounted, counts_.text());
        return std::move(counts_);
    }

   private:
    void begin_counting() {
        counts_ = {};
        counts_.reached.assign(splitting_.levels.size(), 0);
    }

    std::uint32_t reached(std::size_t level) {
        ++counts_.reached[level];
        for (std::int64_t branch = 1; branch < splitting_.copies[level]; ++branch) {
            int ends[2];
            if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
            std::fflush(stdout);
            const pid_t parent = getpid();
            const pid_t process = fork();
            if (process < 0) fail("fork");
            if (process == 0) {
                become_copy(parent, ends, branch);
                return static_cast<std::uint32_t>(branch);
            }
            close(ends[1]);
            wait_for(process, ends[0], branch);
        }
        branches_ += ".0";
        return 0;
    }

    void become_copy(pid_t parent, const int (&ends)[2], std::int64_t branch) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(kNotWritten);  // it died before it could take this one along
        close(ends[0]);
        if (to_ >= 0) close(to_);
        to_ = ends[1];
        branches_ += "." + std::to_string(branch);
        begin_counting();
    }

    void wait_for(pid_t process, int from, std::int64_t branch) {
        const std::string said = read_all(from);
        close(from);
        int status = 0;
        while (waitpid(process, &status, 0) < 0)
            if (errno != EINTR) fail("waitpid");
        const std::string copy = "copy " + branches_.substr(branches_.empty() ? 0 : 1) + (branches_.empty() ? "" : ".") +
                                 std::to_string(branch) + " of the path ";
        if (WIFSIGNALED(status)) throw std::runtime_error(copy + "was ended by a signal (" + strsignal(WTERMSIG(status)) + ")");
        if (WEXITSTATUS(status) == kThrew) throw std::runtime_error(said.starts_with("copy ") ? said : copy + "failed: " + said);
        if (WEXITSTATUS(status) != kCounted)
            throw std::runtime_error(copy + "ended with status " + std::to_string(WEXITSTATUS(status)));
        counts_.add(PathCounts::read(said));
    }

    // By _exit: what this process had buffered for stdout is its parent's to print.
    [[noreturn]] void leave(CopyExit how, const std::string& said) const {
        std::fflush(stderr);
        _exit(write_all(to_, said) ? how : kNotWritten);
    }

    const Splitting& splitting_;
    PathCounts counts_;     // of this process and the copies that it has made
    int to_ = -1;           // where a copy says what it counted; -1: this is the root
    std::string branches_;  // taken so far, each after a dot
};

}  // namespace

PathCounts count_forked(const Splitting& splitting, const PathRun& run) { return ForkedPaths(splitting).count(run); }

}  // namespace lastunit::cli
