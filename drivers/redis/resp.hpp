// Redis' protocol: commands as bytes, replies as hiredis' reader makes them.
#pragma once

#include <hiredis/hiredis.h>

#include <charconv>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lastunit::drivers::redis {

struct FreeReply {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Reply = std::unique_ptr<redisReply, FreeReply>;

inline void append_count(std::string& out, char kind, std::size_t count) {
    char text[24];
    text[0] = kind;
    char* end = std::to_chars(text + 1, text + sizeof text - 2, count).ptr;
    *end++ = '\r';
    *end++ = '\n';
    out.append(text, static_cast<std::size_t>(end - text));
}

inline void append_word(std::string& out, std::string_view word) {
    append_count(out, '$', word.size());
    out.append(word);
    out.append("\r\n", 2);
}

// Appends one command.
template <class Words> void append_command_of(std::string& out, const Words& words) {
    append_count(out, '*', std::size(words));
    for (const auto& word : words) append_word(out, word);
}
inline void append_command(std::string& out, std::initializer_list<std::string_view> words) { append_command_of(out, words); }

inline bool is_error(const redisReply& reply) { return reply.type == REDIS_REPLY_ERROR; }
inline bool is_nil(const redisReply& reply) { return reply.type == REDIS_REPLY_NIL; }

// Of a string, status or error; empty for anything else.
inline std::string_view text_of(const redisReply& reply) {
    return reply.str != nullptr ? std::string_view(reply.str, reply.len) : std::string_view();
}

// Of an integer, or of text that is one; 0 for anything else.
inline std::int64_t number_of(const redisReply& reply) {
    if (reply.type == REDIS_REPLY_INTEGER) return reply.integer;
    const std::string_view text = text_of(reply);
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace lastunit::drivers::redis
