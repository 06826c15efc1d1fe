// Everybody who came to the promise of a load, whichever generator sent them: what the books are judged by.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/command.hpp"
#include "drivers/driver.hpp"
#include "drivers/http/judge.hpp"
#include "drivers/http/told.hpp"
#include "drivers/http/wire_recorder.hpp"

namespace lastunit::drivers::http {

// Times in microseconds since a moment that all of them share.
struct Customer {
    std::uint64_t number = 0;
    std::string identity;  // lower case; empty: it was never known
    std::uint64_t order = 0;
    std::vector<core::Line> lines;
    Told said{};
    std::int64_t sent_us = 0;                    // of the request that decided
    std::optional<std::int64_t> answered_us{};   // absent: it was not answered
    std::optional<std::int64_t> cancelled_us{};  // the cancel steps began first; absent: they did not, or were surely refused
};
using Customers = std::vector<Customer>;  // by number

// The requests that are kept of a shopper, by the time of sending; null: none.
using StoryOf = std::function<const std::vector<WireEvent>*(std::uint64_t shopper)>;

// SKU by SKU, for the judge. All that is given has to live as long.
std::vector<SkuCase> cases(const Customers& customers, const StoryOf& story_of, const std::vector<SkuBooks>& books,
                           const std::vector<std::int64_t>& stock);

// What the platform's books say, with the nodes for which its orders were asked.
FinalState final_state(const Customers& customers, const Books& books, const InitialStock& stock);

}  // namespace lastunit::drivers::http
