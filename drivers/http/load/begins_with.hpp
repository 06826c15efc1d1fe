// Whether a shop that somebody else has prepared has what the scenario begins with.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "drivers/http/books.hpp"

namespace lastunit::drivers::http {

// SKUs of which nothing says what can be sold. passed_over: of those that are on hand too, since what a flow sets there is its
// own.
enum class Uncounted : std::uint8_t { refused, passed_over };

// The first SKU of which not so many units are there to be sold (available; else on hand, without what is reserved), in words.
// Empty: none.
std::string unlike(const Books& books, const std::vector<std::int64_t>& units, const std::vector<std::string>& skus,
                   Uncounted uncounted);

}  // namespace lastunit::drivers::http
