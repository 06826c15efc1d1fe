// One figure per output and replication: what a steady-state or a transient mean is estimated from.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/validation/case.hpp"
#include "cli/validation/estimate.hpp"

namespace lastunit::cli::validation {

class Figures {
   public:
    explicit Figures(const Case& c) {
        for (const auto& [output, expected] : c.outputs) by_output_[output];
    }
    // Takes every output's figure of the replication that is over; `figure` returns nothing for an output that it does not know.
    template <class Figure> void take(Figure figure) {
        for (auto& [output, figures] : by_output_)
            if (const std::optional<double> value = figure(output)) figures.push_back(*value);
    }
    // Nothing when the output is not known.
    std::optional<Estimate> estimate(const std::string& output, double expected) const {
        const auto found = by_output_.find(output);
        if (found == by_output_.end() || found->second.empty()) return std::nullopt;
        return of_replications(found->second, expected);
    }

   private:
    std::map<std::string, std::vector<double>> by_output_;
};

}  // namespace lastunit::cli::validation
