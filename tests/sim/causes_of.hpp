// How many units a run charges to one cause; 0 where it names none of that cause.
#pragma once

#include <cstdint>
#include <string>

#include "model/run_record.pb.h"

namespace lastunit::sim_tests {

template <class Counts> std::uint64_t units_of(const Counts& causes, const std::string& cause) {
    for (const model::CauseCount& count : causes)
        if (count.cause() == cause) return count.units();
    return 0;
}

inline std::uint64_t oversold_by(const model::RunRecord& record, const std::string& cause) {
    return units_of(record.kpi().oversold_causes(), cause);
}
inline std::uint64_t undersold_by(const model::RunRecord& record, const std::string& cause) {
    return units_of(record.kpi().undersold_causes(), cause);
}

}  // namespace lastunit::sim_tests
