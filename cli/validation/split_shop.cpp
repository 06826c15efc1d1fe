#include "cli/validation/split_shop.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>

#include "cli/risk/pilot.hpp"
#include "cli/risk/study.hpp"
#include "cli/validation/effort.hpp"
#include "cli/validation/sku_counts.hpp"
#include "sim/simulation.hpp"

namespace lastunit::cli::validation {
namespace {

constexpr std::size_t kPilotRoots = 100, kMostRoots = 400'000, kRootsPerProcess = 50;
constexpr std::uint64_t kEventsBetweenQuestions = 8;

// The run says all once a lag has passed since the first sale: the online channel has heard of it.
class UntilHeard : public sim::Probe {
   public:
    explicit UntilHeard(Duration lag) : lag_(lag) {}
    void accepted(SimTime at, ChannelId, Sku, Quantity, Quantity) override { first_ = std::min(first_, at); }
    sim::Control at(SimTime now) const {
        return first_ != kNever && now - first_ > lag_ ? sim::Control::stop : sim::Control::go_on;
    }

   private:
    Duration lag_;
    SimTime first_ = kNever;
};

}  // namespace

SplitShop::SplitShop(double till, double online, double lag, Quantity buffer) : lag_us_(0) {
    const Clock clock(till + online);
    lag_us_ = clock.us(lag);
    Settings settings(surely_sold(1) / (till + online) + lag, clock);
    settings.set("catalogue.skus", 1)
        .set("stock[0].each", buffer + 1)
        .set("demand.streams.till.rate", clock.rate(till))
        .set("demand.streams.online.rate", clock.rate(online))
        .set("design.channels.online.buffer", buffer)
        .set("design.edges.to-online.latency", clock.time(lag));
    overrides_ = settings.overrides();
}

void SplitShop::simulate(const model::Scenario& shop, const Effort& effort, std::uint64_t seed) {
    const Duration lag{std::llround(lag_us_)};
    RootPlan plan;
    plan.per_process = kRootsPerProcess;
    plan.run = [&](std::uint64_t of, sim::LevelWatch& watch) {
        UntilHeard heard(lag);
        sim::RunOptions options;
        options.seed = of;
        options.levels = &watch;
        options.probe = &heard;
        options.progress_every = kEventsBetweenQuestions;
        options.on_progress = [&](const sim::Progress& progress) { return heard.at(progress.now); };
        sim::run(shop, options);
    };
    plan.repeat_command = [&](std::uint64_t of) {
        return "lastunit validate --seed " + std::to_string(seed) + " (root " + std::to_string(of) + ")";
    };
    const std::uint64_t first = ((seed - 1) << 32U) + 1;
    constexpr std::uint64_t kPilotFrom = std::uint64_t{1} << 63U;  // never a seed of a validation
    const Pilot pilot = place_levels(plan, sim::RareEvent{}, kPilotFrom + first, kPilotRoots);
    StudyPlan how;
    how.first_seed = first;
    how.most_roots = kMostRoots;
    constexpr double kMargin = 0.7;  // the interval is judged against the exact value, not against the estimate
    how.relative_error = kMargin * effort.precision;
    const Study seen = pilot.stopped ? Study{{}, 0, true} : study(plan, pilot.splitting, how);
    if (seen.stopped) std::raise(SIGINT);  // Ctrl-C ends a validation, whatever it was at
    seen_ = cli::probability(seen.roots, pilot.splitting, how.confidence);
}

// The estimate's logarithm is what is nearly normal.
Estimate SplitShop::probability(double expected) const {
    Estimate out{seen_.value, seen_.low, seen_.high};
    if (seen_.value == 0) {
        out.z = expected > seen_.high ? -INFINITY : 0;
        return out;
    }
    const double error = std::log(seen_.high / seen_.low) / 2 / normal_quantile(0.975);
    out.z = expected > 0 && error > 0 ? std::log(seen_.value / expected) / error : expected > 0 ? 0 : INFINITY;
    return out;
}

}  // namespace lastunit::cli::validation
