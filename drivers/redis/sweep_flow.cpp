#include "drivers/redis/sweep_flow.hpp"

namespace lastunit::drivers::redis {

std::int64_t microseconds_of(const redisReply& time) {
    if (time.type != REDIS_REPLY_ARRAY || time.elements != 2) return 0;
    return number_of(*time.element[0]) * 1'000'000 + number_of(*time.element[1]);
}

unsigned SweepFlow::begin(std::string& out) {
    append_command(out, {"TIME"});
    return 1;
}

unsigned SweepFlow::next(const std::vector<Reply>& replies, std::string& out, Completion&) {
    const redisReply& reply = *replies.front();
    if (!asked_) {
        const std::int64_t now = microseconds_of(reply);
        if (now == 0) return 0;
        asked_ = true;
        append_command(out, {"ZRANGEBYSCORE", "lastunit:ends", "-inf", std::to_string(now), "LIMIT", "0", std::to_string(kMost)});
        return 1;
    }
    for (std::size_t i = 0; i < reply.elements; ++i) due_.emplace_back(text_of(*reply.element[i]));
    return 0;
}

}  // namespace lastunit::drivers::redis
