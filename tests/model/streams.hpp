// Short ways to state a stream of arrivals.
#pragma once

#include <utility>
#include <vector>

#include "model/demand.hpp"

namespace lastunit::test {

inline SimTime at_s(double seconds) { return SimTime{static_cast<std::int64_t>(seconds * 1e6)}; }

inline model::ArrivalStream poisson(std::vector<model::RatePiece> rate) {
    model::ArrivalStream stream;
    stream.rate = std::move(rate);
    return stream;
}

inline model::ArrivalStream exact(std::uint64_t number, model::RatePiece piece) {
    model::ArrivalStream stream = poisson({piece});
    stream.exactly = number;
    return stream;
}

}  // namespace lastunit::test
