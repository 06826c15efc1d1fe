#include "drivers/process/spawn.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

#include "drivers/driver.hpp"
#include "drivers/engine/files.hpp"

namespace lastunit::drivers {

namespace {

// PR_SET_PDEATHSIG means the death of the thread that made the child, not of its process. So one thread, which lives as long as
// the process, makes all children. It blocks every signal: handlers are other threads' business.
class Nursery {
   public:
    static Nursery& here() {
        // A forked copy of this process has no threads but one: it gets a nursery of its own, and the old one is nobody's.
        static std::mutex mutex;
        static Nursery* nursery = nullptr;
        static pid_t owner = 0;
        const std::lock_guard lock(mutex);
        if (owner != getpid()) {
            nursery = new Nursery;  // never destroyed: its thread ends with the process
            owner = getpid();
        }
        return *nursery;
    }

    pid_t make(std::function<pid_t()> work) {
        std::packaged_task<pid_t()> task(std::move(work));
        std::future<pid_t> result = task.get_future();
        {
            const std::lock_guard lock(mutex_);
            tasks_.push_back(std::move(task));
        }
        there_is_work_.notify_one();
        return result.get();
    }

   private:
    Nursery() {
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        std::thread([this] { run(); }).detach();
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
    }

    [[noreturn]] void run() {
        for (;;) {
            std::unique_lock lock(mutex_);
            there_is_work_.wait(lock, [&] { return !tasks_.empty(); });
            std::packaged_task<pid_t()> task = std::move(tasks_.front());
            tasks_.pop_front();
            lock.unlock();
            task();
        }
    }

    std::mutex mutex_;
    std::condition_variable there_is_work_;
    std::deque<std::packaged_task<pid_t()>> tasks_;
};

// All that the child needs, made before it: between vfork and exec nothing may be allocated or locked.
struct Prepared {
    std::vector<char*> words, environment;
    const char* folder = nullptr;
    int in = -1, out = -1;
    bool changes_user = false;
    User user;
    pid_t parent = 0;
    int failures = -1;  // the end of a pipe that exec closes
};

// What the child says before it gives up. (Its memory is ours until exec, but not under every tool that stands between: a pipe
// always works.)
struct Failure {
    enum class Step : std::uint8_t { redirect, user, folder, execute };
    Step step{};
    int error = 0;
};

const char* text_of(Failure::Step step) {
    switch (step) {
        case Failure::Step::redirect:
            return "cannot redirect it";
        case Failure::Step::user:
            return "cannot run as another user";
        case Failure::Step::folder:
            return "cannot enter its folder";
        case Failure::Step::execute:
            break;
    }
    return "cannot start it";
}

// In the child. System calls only, no functions of the C library around them: its setuid would tell all threads of the parent.
[[noreturn]] void become(const Prepared& prepared) {
    const auto give_up = [&](Failure::Step step) {
        const Failure failure{step, errno};
        (void)!write(prepared.failures, &failure, sizeof failure);
        _exit(127);
    };
    for (int signal = 1; signal < NSIG; ++signal) {
        struct sigaction action {};
        if (sigaction(signal, nullptr, &action) == 0 && action.sa_handler != SIG_DFL) {
            action.sa_handler = SIG_DFL;
            action.sa_flags = 0;
            sigaction(signal, &action, nullptr);
        }
    }
    setsid();
    if (dup2(prepared.in, STDIN_FILENO) < 0 || dup2(prepared.out, STDOUT_FILENO) < 0 || dup2(prepared.out, STDERR_FILENO) < 0)
        give_up(Failure::Step::redirect);
    syscall(SYS_close_range, 3U, ~0U, unsigned{CLOSE_RANGE_CLOEXEC});  // an old kernel: descriptors are close-on-exec anyway
    if (prepared.changes_user) {
        const User& user = prepared.user;
        if (syscall(SYS_setgroups, 0, nullptr) != 0 || syscall(SYS_setresgid, user.gid, user.gid, user.gid) != 0 ||
            syscall(SYS_setresuid, user.uid, user.uid, user.uid) != 0)
            give_up(Failure::Step::user);
    }
    if (prepared.folder != nullptr && chdir(prepared.folder) != 0) give_up(Failure::Step::folder);
    // After the change of user, which clears it. A parent that died before is noticed here.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != prepared.parent) _exit(127);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    execve(prepared.words[0], prepared.words.data(), prepared.environment.data());
    give_up(Failure::Step::execute);
    _exit(127);
}

pid_t begin(const Prepared& prepared) {
    // vfork: a fork copies the page tables, which stops a generator of some gigabytes for tens of milliseconds.
    const pid_t child = vfork();
    if (child == 0) become(prepared);
    return child;
}

bool same_name(const std::string& assignment, const char* other) {
    const std::size_t name = assignment.find('=');
    return name != std::string::npos && std::strncmp(assignment.c_str(), other, name + 1) == 0;
}

std::vector<std::string> merged_environment(const std::vector<std::string>& own) {
    std::vector<std::string> all = own;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        bool replaced = false;
        for (const std::string& assignment : own) replaced = replaced || same_name(assignment, *entry);
        if (!replaced) all.emplace_back(*entry);
    }
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> raw;
    for (std::string& word : words) raw.push_back(word.data());
    raw.push_back(nullptr);
    return raw;
}

}  // namespace

std::optional<User> user_named(const std::string& name) {
    std::vector<char> buffer(16'384);
    struct passwd entry {};
    struct passwd* found = nullptr;
    if (getpwnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr) return std::nullopt;
    return User{entry.pw_uid, entry.pw_gid};
}

pid_t spawn(const ServerCommand& command) {
    if (command.words.empty()) throw DriverError("a server's command has no words");
    std::vector<std::string> words = command.words;
    std::vector<std::string> environment = merged_environment(command.environment);
    const File in(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    const std::string& log = command.log.empty() ? std::string("/dev/null") : command.log;
    const File out(::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
    if (out.descriptor() < 0) throw DriverError(log + ": cannot write it: " + std::strerror(errno));

    Prepared prepared;
    prepared.words = pointers(words);
    prepared.environment = pointers(environment);
    prepared.folder = command.folder.empty() ? nullptr : command.folder.c_str();
    prepared.in = in.descriptor();
    prepared.out = out.descriptor();
    prepared.changes_user = command.user.has_value() && geteuid() == 0;
    if (command.user) prepared.user = *command.user;
    prepared.parent = getpid();
    int pipe[2];
    if (pipe2(pipe, O_CLOEXEC) != 0) throw DriverError(words[0] + ": cannot start it: " + std::strerror(errno));
    const File failures(pipe[0]);
    File failures_of_child(pipe[1]);
    prepared.failures = pipe[1];
    const pid_t child = Nursery::here().make([&] { return begin(prepared); });
    failures_of_child.close();
    if (child < 0) throw DriverError(words[0] + ": cannot start it: no process can be made");
    Failure failure;
    if (read(failures.descriptor(), &failure, sizeof failure) == sizeof failure) {
        waitpid(child, nullptr, 0);
        throw DriverError(words[0] + ": " + text_of(failure.step) + ": " + std::strerror(failure.error));
    }
    return child;
}

}  // namespace lastunit::drivers
