// Completions on their way from a session's own thread to its caller.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "drivers/driver.hpp"

namespace lastunit::drivers {

class Answered {
   public:
    void add(const Completion& completion) {
        {
            const std::lock_guard lock(mutex_);
            done_.push_back(completion);
            if (done_.size() != 1) return;
        }
        something_.notify_one();
    }
    void add(std::span<const Completion> completions) {
        if (completions.empty()) return;
        {
            const std::lock_guard lock(mutex_);
            const bool first = done_.empty();
            done_.insert(done_.end(), completions.begin(), completions.end());
            if (!first) return;
        }
        something_.notify_one();
    }
    std::size_t take(std::vector<Completion>& out, Duration at_most) {
        std::unique_lock lock(mutex_);
        // Who does not want to wait makes no system call.
        if (done_.empty() && at_most.us > 0)
            something_.wait_for(lock, std::chrono::microseconds(at_most.us), [this] { return !done_.empty(); });
        const std::size_t count = done_.size();
        out.insert(out.end(), done_.begin(), done_.end());
        done_.clear();
        return count;
    }

   private:
    std::mutex mutex_;
    std::condition_variable something_;
    std::vector<Completion> done_;
};

}  // namespace lastunit::drivers
