#include "drivers/load/line.hpp"

#include <algorithm>
#include <chrono>

namespace lastunit::drivers {

namespace {
constexpr auto kFirstPause = std::chrono::milliseconds(10);
constexpr auto kLongestPause = std::chrono::milliseconds(500);
}  // namespace

Line::Line(Driver& driver) : driver_(driver), session_(driver.open()) {}

Line::~Line() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        wanted_ = Wanted::end;
    }
    changed_.notify_one();
    thread_.join();
}

bool Line::submit(std::span<const Operation> operations) {
    try {
        session_->submit(operations);
        return true;
    } catch (const DriverError&) {
        suspect(number_);
        return false;
    }
}

std::size_t Line::poll(std::vector<Completion>& out, Duration at_most) {
    if (replacement_there_.load(std::memory_order_acquire)) take_replacement();
    std::size_t count = 0;
    for (const auto& session : retired_) count += session->poll(out, Duration{0});
    const auto idle = std::partition(retired_.begin(), retired_.end(), [](const auto& s) { return s->in_flight() != 0; });
    if (idle != retired_.end()) {
        const std::lock_guard lock(mutex_);
        std::move(idle, retired_.end(), std::back_inserter(to_close_));
        retired_.erase(idle, retired_.end());
        changed_.notify_one();
    }
    if (session_->in_flight() == 0) return count;
    return count + session_->poll(out, count != 0 || !retired_.empty() ? Duration{0} : at_most);
}

void Line::suspect(std::uint32_t number) {
    if (suspected_ || number != number_) return;
    suspected_ = true;
    {
        const std::lock_guard lock(mutex_);
        wanted_ = Wanted::replacement;
    }
    if (!thread_.joinable()) thread_ = std::thread([this] { open_and_close(); });
    changed_.notify_one();
}

void Line::trusted_again() {
    const std::lock_guard lock(mutex_);
    if (wanted_ == Wanted::replacement) wanted_ = Wanted::nothing;
    if (replacement_) to_close_.push_back(std::move(replacement_));
    replacement_there_.store(false, std::memory_order_release);
    suspected_ = false;
    changed_.notify_one();
}

void Line::take_replacement() {
    const std::lock_guard lock(mutex_);
    replacement_there_.store(false, std::memory_order_release);
    if (!replacement_) return;
    retired_.push_back(std::move(session_));
    session_ = std::move(replacement_);
    ++number_;
    suspected_ = false;
}

void Line::open_and_close() {
    auto pause = kFirstPause;
    std::unique_lock lock(mutex_);
    while (wanted_ != Wanted::end) {
        std::vector<std::unique_ptr<Session>> closing;
        closing.swap(to_close_);
        const bool open = wanted_ == Wanted::replacement && !replacement_;
        if (closing.empty() && !open) {
            pause = kFirstPause;
            changed_.wait(lock);
            continue;
        }
        lock.unlock();
        closing.clear();
        std::unique_ptr<Session> opened;
        if (open) try {
                opened = driver_.open();
            } catch (const std::exception&) {
                // Nobody there yet: again after a pause. Whatever else it is, the session in use goes on without.
            }
        lock.lock();
        if (!open || wanted_ == Wanted::end) continue;
        if (opened && wanted_ == Wanted::replacement) {
            replacement_ = std::move(opened);
            wanted_ = Wanted::nothing;
            replacement_there_.store(true, std::memory_order_release);
        } else if (opened) {
            to_close_.push_back(std::move(opened));
            continue;
        }
        // Also after a success: a server that takes connections and drops them is not asked without end.
        changed_.wait_for(lock, pause, [this] { return wanted_ == Wanted::end; });
        pause = std::min(pause * 2, kLongestPause);
    }
}

}  // namespace lastunit::drivers
