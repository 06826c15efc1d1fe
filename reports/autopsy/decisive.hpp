// Which moments of a SKU's history decided that a line was oversold.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "reports/autopsy/sku_history.hpp"

namespace lastunit::reports {

// Indices into `moments`: the history's, with the look put in.
struct Decisive {
    std::vector<Moment> moments;
    std::size_t promise = 0;
    std::optional<std::size_t> look;
    std::optional<std::size_t> last_unit;    // after it the truth could not serve the line
    std::optional<std::size_t> told_before;  // the view that the channel looked at
    std::optional<std::size_t> heard;        // the core hears of the last unit
    std::optional<std::size_t> too_late;     // the message that tells the channel: sets out, or is applied
    std::optional<std::size_t> unheard;      // the oldest sale of which the core has not heard at the promise
    std::vector<std::size_t> named;          // what the cause names
    std::vector<std::size_t> unnamed;        // ... and too many to be told one by one: older ones
    std::vector<std::uint32_t> victims;      // at a till: the orders whose units this shopper's own hand took
    std::size_t first = 0;                   // the window begins

    bool decides(std::size_t i) const;
};

// Of which the core heard after the promise, or never.
std::vector<std::size_t> unheard_sales(const SkuHistory& history, const Decisive& found);

Decisive find_decisive(const SkuHistory& history, const OversoldUnits& units);

}  // namespace lastunit::reports
