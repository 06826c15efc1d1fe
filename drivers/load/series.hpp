// A live run over time: at most a thousand steps whatever its length.
//
// A step is a tenth of a second times a power of two, and begins at a multiple of itself on the wall clock: so the steps of
// several generators lie on each other, and merging two neighbours is exact. When there is no room for one more step, neighbours
// are merged and steps are twice as long from then on.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "drivers/load/step_figures.hpp"
#include "model/load_report.pb.h"

namespace lastunit::drivers {

class Series {
   public:
    static constexpr std::int64_t kFinestStepUs = 100'000;
    static constexpr std::size_t kMostSteps = 1000;

    // The step that holds this time of the wall clock; one before the first step counts to the first. Valid until the next call.
    StepFigures& at(std::int64_t unix_us) {
        if (unix_us >= current_from_us_ && unix_us < current_until_us_) return *current_;
        return find(unix_us);
    }
    // Steps that ended before `unix_us` and have not been told so had this many in flight.
    void passed(std::int64_t unix_us, std::uint32_t in_flight) {
        if (unix_us >= told_until_us_) tell(unix_us, in_flight);
    }
    std::int64_t step_us() const { return step_us_; }
    std::int64_t begin_us() const { return first_ * step_us_; }
    std::size_t steps() const { return steps_.size(); }
    void fill(model::LoadSeries& series) const;

   private:
    StepFigures& find(std::int64_t unix_us);
    void tell(std::int64_t unix_us, std::uint32_t in_flight);
    void halve();

    std::vector<std::unique_ptr<StepFigures>> steps_;
    std::int64_t first_ = 0;  // number of the first step: its time / step_us_
    std::int64_t step_us_ = kFinestStepUs;
    std::int64_t current_from_us_ = 0, current_until_us_ = 0;
    std::int64_t told_until_us_ = INT64_MAX;  // end of the first step whose end has not been told
    StepFigures* current_ = nullptr;
};

}  // namespace lastunit::drivers
