// What all runs of a race say of each kind of finding together.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "drivers/http/race/report.hpp"

namespace lastunit::cli {

struct RaceFinding {
    drivers::http::FindingKind kind{};
    std::size_t runs = 0;                             // that had it
    const drivers::http::JudgedRace* of = nullptr;    // the first of these; null: none had it
    const drivers::http::Finding* finding = nullptr;  // ... and what it found
    std::string not_judged;                           // which books the flow does not read; empty: it could be judged
};

// Of all kinds, those that hurt shoppers first. What is pointed to is the races'.
std::vector<RaceFinding> race_findings(std::span<const drivers::http::JudgedRace> races);

// "Shopper 12 sent pay at 12.0 ms and was answered accepted at 34.1 ms; shopper 17 ...", as far as their requests are kept.
std::string what_shoppers_did(const drivers::http::JudgedRace& race, const drivers::http::Finding& finding);

}  // namespace lastunit::cli
