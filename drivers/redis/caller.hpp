// Commands that are waited for: for bringing Redis to a stock and reading it back, not for load.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "drivers/redis/connection.hpp"

namespace lastunit::drivers::redis {

class Caller {
   public:
    // Connects. Throws DriverError when that does not succeed within `patience`, which also bounds every later wait for a reply.
    Caller(const Address& address, const RedisOptions& options, Duration patience);

    // One command. Throws DriverError with the error that Redis answered.
    Reply call(std::initializer_list<std::string_view> words);

    // Many, in a pipeline: add() sends when enough has come together, finish() waits for what is left. Replies go to `each` in
    // order.
    void add(std::initializer_list<std::string_view> words);
    template <class Words> void add_words(const Words& words) {
        append_command_of(connection_.out(), words);
        added();
    }
    void finish();
    std::function<void(const redisReply&)> each;  // empty: only errors are looked at

   private:
    void added();
    void take_replies(std::size_t leave);
    void wait_once(std::int64_t end_ns);
    [[noreturn]] void fail(const std::string& what) const;

    const RedisOptions options_;
    const Duration patience_;
    Connection connection_;
    std::vector<Reply> replies_;
    std::size_t under_way_ = 0;
};

}  // namespace lastunit::drivers::redis
