// Snapshots in the background: a forked child has the whole state as it was at that instant, and writes it down while the parent
// goes on. The pause is that of the fork: about a millisecond per 100 MB.
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "drivers/engine/engine.hpp"
#include "drivers/engine/snapshot_file.hpp"

namespace lastunit::drivers {

bool Engine::snapshot_due(SimTime now) const {
    if (snapshot_child_ != 0) return false;
    const std::uint64_t calls = ledger_.sequence() - snapshot_sequence_;
    return calls >= options_.snapshot_every || (calls > 0 && now - snapshot_at_ >= options_.snapshot_age);
}

void Engine::start_snapshot() {
    if (snapshot_child_ != 0) reap_snapshot(true);
    if (ledger_.sequence() == snapshot_sequence_) return;
    const auto began = std::chrono::steady_clock::now();
    const int parent = getpid();
    const int child = fork();
    if (child == 0) {
        // A child that outlives its parent must not keep the folder from the next one.
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(1);
        ::close(folder_->lock_descriptor());
        if (nice(10) == -1) errno = 0;
        _exit(write_snapshot(*folder_, ledger_, changes_));
    }
    const auto pause = std::chrono::steady_clock::now() - began;
    snapshot_at_ = wall_clock();
    stats_.snapshot_pause_us.set(
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(pause).count()));
    if (child < 0) {
        stats_.snapshot_failures.add(1);
        options_.warn(folder_->path() + ": no snapshot: " + std::strerror(errno));
        return;
    }
    snapshot_child_ = child;
    snapshot_child_sequence_ = ledger_.sequence();
}

void Engine::reap_snapshot(bool wait) {
    if (snapshot_child_ == 0) return;
    int status = 0;
    const int ended = waitpid(snapshot_child_, &status, wait ? 0 : WNOHANG);
    if (ended == 0 || (ended < 0 && errno == EINTR)) return;
    snapshot_child_ = 0;
    if (ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        snapshot_sequence_ = snapshot_child_sequence_;
        snapshot_at_ = wall_clock();
        stats_.snapshot_sequence.set(snapshot_sequence_);
        stats_.snapshot_us.set(static_cast<std::uint64_t>(snapshot_at_.us));
        folder_->tidy();
        return;
    }
    stats_.snapshot_failures.add(1);
    // The journal has everything; it only grows longer. The next attempt comes in its time.
    const std::string why = ended > 0 && WIFEXITED(status) ? std::strerror(WEXITSTATUS(status)) : "its process was killed";
    options_.warn(folder_->path() + ": no snapshot: " + why);
}

}  // namespace lastunit::drivers
