// What came back for one request, and what it means.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lastunit::drivers::http {

enum class Answer : std::uint8_t { unknown, accepted, out_of_stock, conflict, error };
inline constexpr unsigned kAnswers = 5;
const char* name_of(Answer answer);

struct Response {
    enum class Problem : std::uint8_t {
        none,
        not_sent,   // no connection: certainly without effect
        no_answer,  // cut, or not there in time
        garbled,    // not HTTP
        too_large,  // the body was cut off: see `max_response`
    };
    Problem problem = Problem::none;
    std::string why;  // of a problem, or of a redirect that was not followed
    unsigned status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // as sent
    std::string body;
    std::int64_t sent_ns = 0, answered_ns = 0;  // steady clock

    // The first of that name, without regard to case; null where there is none.
    const std::string* header(std::string_view name) const;
};

bool same_without_case(std::string_view a, std::string_view b);

}  // namespace lastunit::drivers::http
