// Every physical unit is in exactly one place at each instant.
#pragma once

#include <cstdint>

#include "sim/recorder.hpp"
#include "sim/truth.hpp"

namespace lastunit::sim_tests {

// Units that came into being and are nowhere; below 0: units that are in two places.
inline std::int64_t units_nowhere(const sim::Truth& truth, const sim::Recorder& books) {
    std::int64_t somewhere = 0;
    for (const sim::TruthCell& cell : truth.cells()) somewhere += cell.here();
    const std::uint64_t elsewhere = books.stock_in_transit + books.stock_gathered + books.stock_in_inspection +
                                    books.stock_aside + books.stock_left + books.stock_shrunk + books.stock_marked_down +
                                    books.stock_written_off;
    const std::uint64_t came = books.stock_start + books.stock_replenished + books.stock_returned;
    return static_cast<std::int64_t>(came - elsewhere) - somewhere;
}

}  // namespace lastunit::sim_tests
