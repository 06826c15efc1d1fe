// What one operation says to Redis, step by step: a step is some commands that are sent together, and the replies to them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "drivers/command_rules.hpp"
#include "drivers/driver.hpp"
#include "drivers/redis/options.hpp"
#include "drivers/redis/resp.hpp"

namespace lastunit::drivers::redis {

class Flow {
   public:
    // What follows when the connection is lost, or time is over, while the current step is under way.
    enum class Effect : std::uint8_t {
        none,      // what was sent only reads: certainly nothing has happened
        whole,     // the step takes effect when Redis has all of it
        anywhere,  // some of it may have taken effect as soon as Redis has any of it
    };

    virtual ~Flow() = default;
    // Appends the first step; the number of its replies.
    virtual unsigned begin(std::string& out) = 0;
    // All replies of the step are there. Appends the next step and says how many replies that has, or settles the completion and
    // says 0.
    virtual unsigned next(const std::vector<Reply>& replies, std::string& out, Completion& completion) = 0;
    virtual Effect effect() const = 0;
};

// One run of the script.
std::unique_ptr<Flow> lua_flow(const core::Command& command, const ShopSize& size, Duration key_retention);
// Reads, decides here, writes: one after the other, or under WATCH.
std::unique_ptr<Flow> client_flow(RedisMode mode, const core::Command& command, const ShopSize& size, Duration key_retention);
// For the modes without a script: gives back the units of a hold that is due, if it still is.
std::unique_ptr<Flow> expiry_flow(RedisMode mode, const std::string& hold, Duration key_retention);

bool supports(RedisMode mode, core::CommandKind kind);

}  // namespace lastunit::drivers::redis
