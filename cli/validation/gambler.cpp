// k1: an M/M/1 queue that starts with one customer reaches L of them before it is empty, down to one in millions, by splitting
// (reports/statistics/splitting.hpp). The chain is this file's own: what is checked is the estimator and its interval.
#include <algorithm>
#include <cmath>

#include "cli/validation/answers.hpp"
#include "cli/validation/families.hpp"
#include "reports/statistics/splitting.hpp"

namespace lastunit::cli::validation {
namespace {

namespace st = reports::statistics;

constexpr int kRepetitions = 24;
constexpr double kPerLevel = 0.3;  // chance to reach the next level, about: near the best for splitting

// Events are counted as time: while busy, each takes 1 / (lambda + mu) on average.
class Queue {
   public:
    explicit Queue(double rho) : arrivals_(static_cast<std::uint32_t>(rho / (1 + rho) * 0x1p32)) {}
    std::int32_t step(std::int32_t customers, model::Stream& random) const {
        return random() < arrivals_ ? customers + 1 : customers - 1;
    }

   private:
    std::uint32_t arrivals_;  // of 2^32 events
};

// Customers at which a level ends; the last one is L.
std::vector<std::int32_t> levels_of(double rho, std::int32_t most) {
    const auto step = std::max(1, static_cast<std::int32_t>(std::lround(std::log(kPerLevel) / std::log(rho))));
    std::vector<std::int32_t> ends;
    for (std::int32_t end = 1 + step; end < most; end += step) ends.push_back(end);
    if (most > 1) ends.push_back(most);
    return ends;
}

// Events spent with L customers or more, from L until the queue is empty.
double events_above(const Queue& queue, std::int32_t most, model::Stream& random) {
    double above = 0;
    for (std::int32_t customers = most; customers > 0; customers = queue.step(customers, random))
        if (customers >= most) above += 1;
    return above;
}

double events_of_cycle(const Queue& queue, model::Stream& random) {
    double events = 0;
    for (std::int32_t customers = 1; customers > 0; customers = queue.step(customers, random)) events += 1;
    return events;
}

struct Study {
    std::vector<double> reached;  // estimates of p, one per repetition
    Pairs above;                  // time at L or more per cycle, time per cycle
};

Study study(double rho, std::int32_t most, double events, std::uint64_t seed) {
    const Queue queue(rho);
    const std::vector<std::int32_t> ends = levels_of(rho, most);
    // A path that does not reach its level falls back to 0: some L (1 + rho) / (1 - rho) events.
    const double per_trial = 4 + most * (1 + rho) / (1 - rho);
    const double trials = events / kRepetitions / per_trial / static_cast<double>(ends.size() + 2);
    constexpr double kFewest = 100, kMost = 40'000;
    if (trials < kFewest) throw NotCovered("the queue takes too long to empty");
    const auto effort = static_cast<std::int64_t>(std::min(trials, kMost));
    const auto advance = [&](std::int32_t& customers, std::size_t level, model::Stream& random) {
        while (customers > 0 && customers < ends[level]) customers = queue.step(customers, random);
        return customers > 0;
    };
    Study out;
    for (int repetition = 0; repetition < kRepetitions; ++repetition) {
        model::Stream random(seed, model::Purpose::property, static_cast<std::uint64_t>(repetition));
        std::vector<std::int32_t> there;
        const auto levels = st::fixed_effort<std::int32_t>(1, ends.size(), effort, random, advance, &there);
        out.reached.push_back(there.empty() ? 0 : st::fixed_effort_estimate(levels));
        double above = 0, cycles = 0;
        for (const std::int32_t customers : there) above += events_above(queue, customers, random);
        for (std::int64_t i = 0; i < effort; ++i) cycles += events_of_cycle(queue, random);
        const double per_cycle = there.empty() ? 0 : out.reached.back() * above / static_cast<double>(there.size());
        // Between two cycles nobody is there for 1 / lambda, which is (1 + rho) / rho of the busy queue's events.
        out.above.add(per_cycle, cycles / static_cast<double>(effort) + (1 + rho) / rho);
    }
    return out;
}

}  // namespace

std::unique_ptr<Experiment> gambler(const Case& c, const Effort& effort) {
    const double rho = c.inputs.positive("rho");
    const std::int32_t most = c.inputs.whole("L", 1, 100'000);
    if (rho >= 1) throw NotCovered("the queue is not stable");
    // Quick: 1e8 events, a second. The relative error falls with their root, as the precision asked does with that of the
    // shoppers.
    const double events = 1e8 * std::sqrt(effort.shoppers / 1e5);
    const Study seen = study(rho, most, events, effort.study);
    return std::make_unique<Answers>([=](const std::string& output, double expected) -> std::optional<Estimate> {
        if (output == "p") return of_replications(seen.reached, expected);
        if (output != "p_steady_ge_L") return std::nullopt;
        Estimate out = of_ratio(seen.above, expected);
        out.scale = 0;
        return out;
    });
}

}  // namespace lastunit::cli::validation
