#include "drivers/engine/change_feed.hpp"

#include <algorithm>

namespace lastunit::drivers {

void ChangeFeed::start_after(std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    first_ = last_ = number;
}

void ChangeFeed::publish(std::span<const core::Event> events) {
    if (events.empty()) return;
    {
        const std::lock_guard lock(mutex_);
        for (const core::Event& event : events) ring_[++last_ % ring_.size()] = event;
        if (last_ - first_ > ring_.size()) first_ = last_ - ring_.size();
    }
    wake_all();
}

void ChangeFeed::wake_all() {
    const std::lock_guard lock(wakers_mutex_);
    for (const auto& [token, wake] : wakers_) wake();
}

std::uint64_t ChangeFeed::last() const {
    const std::lock_guard lock(mutex_);
    return last_;
}

ChangeFeed::Place ChangeFeed::read(std::uint64_t after, std::size_t most, std::vector<core::Event>& out) const {
    const std::lock_guard lock(mutex_);
    if (after < first_ || after > last_) return Place::lost;
    const std::uint64_t until = std::min<std::uint64_t>(last_, after + most);
    for (std::uint64_t number = after + 1; number <= until; ++number) out.push_back(ring_[number % ring_.size()]);
    return Place::kept;
}

ChangeFeed::Token ChangeFeed::on_publish(std::function<void()> wake) {
    const std::lock_guard lock(wakers_mutex_);
    wakers_.emplace(++next_token_, std::move(wake));
    return next_token_;
}

void ChangeFeed::remove(Token token) {
    const std::lock_guard lock(wakers_mutex_);
    wakers_.erase(token);
}

}  // namespace lastunit::drivers
