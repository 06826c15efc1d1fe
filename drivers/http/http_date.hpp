// Dates of HTTP headers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/types.hpp"

namespace lastunit::drivers::http {

// `Sun, 06 Nov 1994 08:49:37 GMT`, also with dashes between day, month and year, and a year of two digits: seconds since 1970.
std::optional<std::int64_t> http_date(std::string_view text);

// A Retry-After header: seconds, or a date, which is compared with `now_s`. Never below 0.
std::optional<Duration> retry_after(std::string_view header, std::int64_t now_s);

}  // namespace lastunit::drivers::http
