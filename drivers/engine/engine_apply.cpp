// The engine's applying thread: takes what is queued, applies it, encodes it, hands it over to be synced.
#include <algorithm>
#include <chrono>
#include <cstring>

#include "core/command_record.hpp"
#include "drivers/engine/engine.hpp"

namespace lastunit::drivers {

namespace {

constexpr std::size_t kGroupBytes = std::size_t{2} << 20;  // a group is full beyond
constexpr std::size_t kUsualRoom = std::size_t{4} << 20;
constexpr auto kIdle = std::chrono::milliseconds(100);
constexpr std::int64_t kRetry_ns = 200'000'000;

std::int64_t steady_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// No record of it is longer.
std::size_t most_bytes(const Work& work) {
    constexpr std::size_t kWithoutLines = core::kMostRecordBytes - core::kMostLines * core::kLineBytes;
    std::size_t bytes = work.commands.size() * kWithoutLines;
    for (const core::Command& command : work.commands) bytes += command.lines.size() * core::kLineBytes;
    return bytes;
}

}  // namespace

void Engine::apply_loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wait_for_something(lock);
        take_queue();
        const bool closing = state_ == State::closing && incoming_.empty();
        lock.unlock();
        fill_group();
        if (current_->empty() && !closing) pass_time();
        reap_snapshot(false);
        lock.lock();
        if (!current_->empty() && handed_ == nullptr) hand_over(lock);
        if (snapshot_due(wall_clock()) || closing) {
            // Nothing may be under way: a snapshot never runs ahead of the journal.
            if (!current_->empty()) {
                something_.wait(lock, [&] { return handed_ == nullptr; });
                hand_over(lock);
            }
            something_.wait(lock, [&] { return handed_ == nullptr; });
            const bool failed = !failure_.empty();
            lock.unlock();
            if (!failed) start_snapshot();
            if (closing) reap_snapshot(true);
            lock.lock();
        }
        if (closing && queue_.empty()) break;
    }
    state_ = State::applied;
}

// Until there is work to take, or the group can be handed over, or time has to pass.
void Engine::wait_for_something(std::unique_lock<std::mutex>& lock) {
    const auto ready = [&] {
        const bool worth_it = handed_ == nullptr || queued_commands_ >= kWorthWaking;
        const bool more = next_incoming_ < incoming_.size() || (!queue_.empty() && worth_it);
        return (more && !group_full_) || (!current_->empty() && handed_ == nullptr) ||
               (state_ == State::closing && current_->empty() && handed_ == nullptr);
    };
    if (ready()) return;
    auto longest = std::chrono::duration_cast<std::chrono::microseconds>(kIdle);
    const SimTime expiry = ledger_.next_expiry();
    if (expiry != kNever)
        longest = std::min(longest, std::chrono::microseconds(std::max<std::int64_t>(0, (expiry - wall_clock()).us)));
    if (!current_->empty()) longest = kIdle;  // the syncing thread will wake us
    something_.wait_for(lock, std::max(longest, std::chrono::microseconds(200)), ready);
}

void Engine::take_queue() {
    if (next_incoming_ < incoming_.size()) return;
    incoming_.clear();
    next_incoming_ = 0;
    incoming_.swap(queue_);
    queued_commands_ = 0;
    stats_.queued.store(0, std::memory_order_relaxed);
}

void Engine::fill_group() {
    if (next_incoming_ >= incoming_.size()) return;
    const SimTime clock = wall_clock();
    const SimTime now = std::max(clock, ledger_.now());
    while (next_incoming_ < incoming_.size() && !group_full_) {
        Work& work = *incoming_[next_incoming_];
        const std::size_t needed = most_bytes(work);
        group_full_ = !current_->bytes.empty() && current_->bytes.size() + needed > reserved_;
        if (group_full_) break;
        ++next_incoming_;
        if (work.deadline < clock) {
            refuse(work, WorkStatus::late);
        } else if (!work.commands.empty() && current_->bytes.empty() && room(needed) == Room::missing) {
            refuse(work, WorkStatus::unavailable);
        } else {
            apply_work(work, now);
            group_full_ = current_->bytes.size() >= kGroupBytes;
        }
    }
}

void Engine::refuse(Work& work, WorkStatus status) {
    (status == WorkStatus::late ? stats_.late : stats_.unavailable).add(work.commands.size());
    work.status = status;
    current_->works.push_back(&work);
}

void Engine::apply_work(Work& work, SimTime now) {
    work.status = WorkStatus::done;
    work.answers.resize(work.commands.size());
    for (std::size_t i = 0; i < work.commands.size(); ++i) apply_command(work.commands[i], now, work.answers[i]);
    work.look(ledger_, changes_ + current_->events.size());
    current_->works.push_back(&work);
}

void Engine::apply_command(const core::Command& command, SimTime now, Answer& answer) {
    answer.outcome = core::apply(ledger_, now, command, current_->events);
    answer.sequence = ledger_.answered_at();
    core::append(current_->bytes, {ledger_.sequence(), group_began_after_, now, command});
    stats_.commands[static_cast<unsigned>(command.kind)][static_cast<unsigned>(answer.outcome)].add(1);
    sealed_ = false;
}

// Nothing to do: holds end all the same, and the last group gets a record behind it that vouches for it (journal_reader.hpp).
void Engine::pass_time() {
    const SimTime now = std::max(wall_clock(), ledger_.now());
    const bool due = ledger_.next_expiry() <= now;
    if ((!due && sealed_) || room(core::kMostRecordBytes) == Room::missing) return;
    Answer unused;
    apply_command(core::Command{}, now, unused);
    sealed_ = true;
}

// Room for a whole group, before anything of it is applied.
Engine::Room Engine::room(std::size_t bytes) {
    if (room_error_ != 0 && steady_ns() < next_try_ns_) return Room::missing;
    reserved_ = std::max(bytes, kUsualRoom);
    const int error = journal_.make_room(reserved_, ledger_.sequence() + 1);
    if (error != room_error_)
        options_.warn(error != 0 ? folder_->path() + ": commands are refused, the journal cannot grow: " + std::strerror(error)
                                 : folder_->path() + ": commands are taken again");
    room_error_ = error;
    next_try_ns_ = steady_ns() + kRetry_ns;
    return error == 0 ? Room::there : Room::missing;
}

void Engine::hand_over(std::unique_lock<std::mutex>&) {
    if (!current_->bytes.empty()) current_->place = journal_.take(current_->bytes.size());
    current_->last = ledger_.sequence();
    stats_.live_holds.set(ledger_.live_holds());
    stats_.open_orders.set(ledger_.open_orders());
    changes_ += current_->events.size();
    group_began_after_ = ledger_.sequence();
    handed_ = current_;
    group_full_ = false;
    current_ = current_ == &groups_[0] ? &groups_[1] : &groups_[0];
    handed_over_.notify_one();
}

}  // namespace lastunit::drivers
