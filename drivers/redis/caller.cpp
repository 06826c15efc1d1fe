#include "drivers/redis/caller.hpp"

#include <poll.h>

#include <algorithm>

namespace lastunit::drivers::redis {

namespace {

constexpr std::size_t kFlushBytes = 64 * 1024;
constexpr std::size_t kMostUnanswered = 10'000;

}  // namespace

Caller::Caller(const Address& address, const RedisOptions& options, Duration patience)
    : options_(options), patience_(patience), connection_(address, options) {
    connection_.connect();
    const std::int64_t end_ns = steady_now_ns() + patience_.us * 1000;
    while (connection_.state() != Connection::State::ready) wait_once(end_ns);
}

void Caller::fail(const std::string& what) const { throw DriverError(options_.target() + ": " + what); }

// Until bytes came or went.
void Caller::wait_once(std::int64_t end_ns) {
    if (connection_.state() == Connection::State::down) fail(connection_.problem());
    const std::int64_t left_ms = (end_ns - steady_now_ns()) / 1'000'000;
    if (left_ms < 0) fail("no answer in time");
    pollfd ask{connection_.descriptor(), connection_.wanted(), 0};
    ::poll(&ask, 1, static_cast<int>(std::min<std::int64_t>(left_ms + 1, 1000)));
    std::int64_t ignored = 0;
    connection_.advance(replies_, ignored);
}

Reply Caller::call(std::initializer_list<std::string_view> words) {
    append_command(connection_.out(), words);
    connection_.flush();
    const std::int64_t end_ns = steady_now_ns() + patience_.us * 1000;
    while (replies_.empty()) wait_once(end_ns);
    Reply reply = std::move(replies_.front());
    replies_.clear();
    if (is_error(*reply)) fail(std::string(text_of(*reply)));
    return reply;
}

void Caller::add(std::initializer_list<std::string_view> words) {
    append_command(connection_.out(), words);
    added();
}

void Caller::added() {
    ++under_way_;
    if (connection_.out().size() >= kFlushBytes) connection_.flush();
    if (under_way_ >= kMostUnanswered) take_replies(kMostUnanswered / 2);
}

void Caller::finish() { take_replies(0); }

void Caller::take_replies(std::size_t leave) {
    connection_.flush();
    std::int64_t end_ns = steady_now_ns() + patience_.us * 1000;
    while (under_way_ > leave) {
        wait_once(end_ns);
        if (!replies_.empty()) end_ns = steady_now_ns() + patience_.us * 1000;
        for (const Reply& reply : replies_) {
            if (is_error(*reply)) fail(std::string(text_of(*reply)));
            if (each) each(*reply);
        }
        under_way_ -= replies_.size();
        replies_.clear();
    }
}

}  // namespace lastunit::drivers::redis
