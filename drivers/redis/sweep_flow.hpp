// Which holds are due, by Redis' clock: for the modes in which the client gives their units back.
#pragma once

#include <string>
#include <vector>

#include "drivers/redis/flow.hpp"

namespace lastunit::drivers::redis {

// That are asked for at a time.
inline constexpr std::size_t kMost = 64;

class SweepFlow : public Flow {
   public:
    unsigned begin(std::string& out) override;
    unsigned next(const std::vector<Reply>& replies, std::string& out, Completion& completion) override;
    Effect effect() const override { return Effect::none; }
    const std::vector<std::string>& due() const { return due_; }
    bool more() const { return due_.size() == kMost; }  // are due, maybe

   private:
    bool asked_ = false;
    std::vector<std::string> due_;
};

// Microseconds since 1970 of TIME's reply; 0 when it is none.
std::int64_t microseconds_of(const redisReply& time);

}  // namespace lastunit::drivers::redis
