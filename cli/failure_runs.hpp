// Runs published failures over seeds 1, 2, ..., in processes of their own.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "cli/failure_library.hpp"
#include "reports/failures.hpp"

namespace lastunit::cli {

struct FailureRun {
    std::vector<reports::FailureResult> results;  // of the failures whose runs all ended
    bool stopped = false;                         // by Ctrl-C, before the others
};

// `on_progress` is told how many of the runs are over.
FailureRun run_failures(const std::vector<FailureCase>& cases, std::uint64_t seeds,
                        const std::function<void(std::uint64_t done, std::uint64_t of)>& on_progress);

}  // namespace lastunit::cli
