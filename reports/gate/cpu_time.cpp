#include "reports/gate/cpu_time.hpp"

#include <cmath>

#include "reports/statistics/mean.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::gate {
namespace {

using statistics::Confidence;
using statistics::Interval;

struct Batch {
    Interval change;  // of the CPU time per order, as a share
    std::size_t samples = 0;
};

// How many depends on the width of the interval alone, never on where it lies: stopping when a verdict is near would bias it.
Batch measure(const TimePlan& plan, const std::function<double()>& sample) {
    std::vector<double> logs;
    while (logs.size() < plan.most) {
        logs.push_back(sample());
        if (logs.size() >= plan.least && mean_interval(logs, Confidence(plan.confidence)).half_width() <= plan.half_width) break;
    }
    const Interval log = mean_interval(logs, Confidence(plan.confidence));
    return {{std::expm1(log.value), std::expm1(log.low), std::expm1(log.high)}, logs.size()};
}

}  // namespace

Case judge_cpu_time(const TimePlan& plan, const std::function<double()>& sample) {
    Batch batch = measure(plan, sample);
    Case out;
    out.name = "cpu_time_per_order <= baseline + " + decimal(plan.tolerance * 100, 0) + "%";
    out.of = Case::Of::change;
    out.confidence = plan.confidence;
    const auto said = [&](Outcome outcome, const std::string& why) {
        out.outcome = outcome;
        out.interval = batch.change;
        out.reason = why + ", " + counted(batch.samples, "sample") + " of old, new, new, old";
        return out;
    };
    const bool slower = batch.change.low > plan.tolerance;
    if (slower) {
        batch = measure(plan, sample);
        if (batch.change.low > plan.tolerance) return said(Outcome::fail, "slower, and a second batch of samples confirms it");
    }
    if (batch.change.high >= plan.resolution) return said(Outcome::invalid, "the machine is too noisy to tell: use an idle one");
    return said(Outcome::pass, slower ? "slower in a first batch of samples, which a second one does not confirm"
                                      : percent(plan.resolution) + " slower is ruled out");
}

}  // namespace lastunit::reports::gate
