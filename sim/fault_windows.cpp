#include "sim/fault_windows.hpp"

#include <algorithm>
#include <cmath>

#include "model/random.hpp"

namespace lastunit::sim {

std::vector<FaultWindow> fault_windows(const model::Fault& fault, std::uint32_t number, std::uint64_t seed, SimTime horizon) {
    const SimTime first = SimTime{0} + fault.at;
    const auto end = [&](SimTime from) { return fault.lasts.us > 0 ? from + fault.lasts : std::max(horizon, from); };
    if (fault.rate <= 0) return {{first, end(first)}};
    std::vector<FaultWindow> windows;
    double at_us = static_cast<double>(first.us);
    for (std::uint32_t i = 0;; ++i) {
        at_us -= std::log(model::uniform(seed, model::Purpose::fault_window, number, i)) / fault.rate * 1e6;
        if (at_us >= static_cast<double>(horizon.us)) return windows;
        const SimTime from{std::llround(at_us)};
        if (!windows.empty() && from <= windows.back().until) {
            windows.back().until = std::max(windows.back().until, end(from));
        } else {
            windows.push_back({from, end(from)});
        }
    }
}

}  // namespace lastunit::sim
