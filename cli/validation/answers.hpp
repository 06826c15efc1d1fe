// Experiments without a setting: families about statistics, which are computed or sampled here and never simulate a retailer.
#pragma once

#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "cli/validation/experiment.hpp"

namespace lastunit::cli::validation {

class Answers : public Experiment {
   public:
    // What is said about an output; nothing for one that is not known.
    using Say = std::function<std::optional<Estimate>(const std::string& output, double expected)>;
    explicit Answers(Say say) : say_(std::move(say)) {}

    std::vector<Overrides> settings() const override { return {}; }
    double shoppers() const override { return 0; }
    void begin(std::size_t) override {}
    void end() override {}
    Reading read(const std::string& output, double expected) const override {
        if (const auto estimate = say_(output, expected)) return *estimate;
        return NotCompared{"not an output that is known here"};
    }

   private:
    Say say_;
};

// Computed, where the expected value itself is only known to `tolerance`.
inline Estimate within(double tolerance, double value, double expected) {
    Estimate out{value, value - tolerance, value + tolerance};
    if (!(std::abs(value - expected) <= tolerance)) out.z = std::copysign(INFINITY, value - expected);
    return out;
}

// One number per output, exact.
using Figure = std::function<std::optional<double>(const std::string& output)>;

inline std::unique_ptr<Experiment> computed(Figure figure) {
    return std::make_unique<Answers>([figure = std::move(figure)](const std::string& output, double expected) {
        const std::optional<double> value = figure(output);
        return value ? std::optional(exactly(*value, expected)) : std::nullopt;
    });
}

inline std::unique_ptr<Experiment> computed(std::map<std::string, double> figures) {
    return computed([figures = std::move(figures)](const std::string& output) {
        const auto found = figures.find(output);
        return found == figures.end() ? std::nullopt : std::optional(found->second);
    });
}

}  // namespace lastunit::cli::validation
