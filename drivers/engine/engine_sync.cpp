// The engine's syncing thread: a group at a time to the disk, then its answers to those who wait.
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "drivers/engine/engine.hpp"

namespace lastunit::drivers {

namespace {

std::int64_t steady_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

void Engine::sync_loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
        handed_over_.wait(lock, [&] { return handed_ != nullptr || state_ == State::applied; });
        if (handed_ == nullptr) return;
        Group& group = *handed_;
        const bool failed_before = !failure_.empty();
        lock.unlock();
        const int error = failed_before ? EIO : write_and_sync(group);
        if (error != 0) {
            for (Work* work : group.works)
                if (work->status == WorkStatus::done) work->status = WorkStatus::unknown;
        }
        if (error != 0 && !failed_before) {
            const std::string why = folder_->path() + ": the journal cannot be written: " + std::strerror(error) +
                                    "; no further command is taken, a restart tells what was kept";
            options_.warn(why);
            const std::lock_guard failing(mutex_);
            failure_ = why;
        }
        finish(group);
        group.clear();
        lock.lock();
        handed_ = nullptr;
        something_.notify_one();
    }
}

int Engine::write_and_sync(Group& group) {
    if (group.bytes.empty()) return 0;
    const std::int64_t began = steady_ns();
    const int error = write_all_at(group.place.segment->descriptor(), group.bytes, group.place.offset);
    if (error != 0) return error;
    if (fdatasync(group.place.segment->descriptor()) != 0) return errno;
    stats_.sync.add((steady_ns() - began) / 1000, 1);
    stats_.groups.add(1);
    stats_.journal_bytes.add(group.bytes.size());
    stats_.durable.set(group.last);
    stats_.changes.add(group.events.size());
    feed_.publish(group.events);
    return 0;
}

void Engine::finish(Group& group) {
    const std::int64_t now = steady_ns();
    for (Work* work : group.works) {
        if (work->status == WorkStatus::done && !work->commands.empty())
            stats_.commit.add((now - work->submitted_ns_) / 1000, work->commands.size());
        work->finished();
    }
}

}  // namespace lastunit::drivers
