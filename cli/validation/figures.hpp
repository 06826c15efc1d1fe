// One figure per output and replication: what a steady-state or a transient mean is estimated from.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/validation/case.hpp"
#include "cli/validation/estimate.hpp"
#include "cli/validation/experiment.hpp"

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

// An experiment with one setting, that has one figure per output and replication.
class FigureExperiment : public Experiment {
   public:
    std::vector<Overrides> settings() const override { return {overrides_}; }
    double shoppers() const override { return shoppers_; }
    double times_effort() const override { return times_effort_; }
    void end() override {
        figures_.take([this](const std::string& output) { return figure(output); });
    }
    Reading read(const std::string& output, double expected) const override {
        if (const auto estimate = figures_.estimate(output, expected)) return *estimate;
        return NotCompared{"not an output that is known here"};
    }

   protected:
    explicit FigureExperiment(const Case& c) : figures_(c) {}
    void simulate(Overrides overrides, double shoppers, double times_effort = 1) {
        times_effort_ = times_effort;
        overrides_ = std::move(overrides);
        shoppers_ = shoppers;
    }
    const Figures& figures() const { return figures_; }

   private:
    // Of the replication that is over; nothing for an output that is not known.
    virtual std::optional<double> figure(const std::string& output) = 0;

    Figures figures_;
    Overrides overrides_;
    double shoppers_ = 0, times_effort_ = 1;
};

}  // namespace lastunit::cli::validation
