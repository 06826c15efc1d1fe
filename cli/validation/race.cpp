// c: checkouts read the core's record and commit a while later without looking again.
#include "cli/validation/families.hpp"
#include "cli/validation/figures.hpp"
#include "cli/validation/settings.hpp"
#include "cli/validation/sku_counts.hpp"

namespace lastunit::cli::validation {
namespace {

std::unique_ptr<Experiment> poisson_race(double rate, Quantity stock, double horizon, const Clock& clock,
                                         const std::string& window, const Effort& effort) {
    const std::uint32_t skus = skus_per_run(rate * horizon, effort);
    Settings settings(horizon, clock);
    settings.set("catalogue.skus", skus)
        .set("stock[0].each", stock)
        .set("demand.streams.all.rate", clock.rate(rate * skus))
        .set("design.channels.web.window", window);
    return std::make_unique<SkuCounts>(SkuCounts::Plan{settings.overrides(), skus, stock, rate * horizon});
}

// One figure, the same in every replication: nobody commits before all have read.
class Simultaneous : public FigureExperiment {
   public:
    Simultaneous(const Case& c, Quantity shoppers, Quantity stock, const Effort& effort) : FigureExperiment(c) {
        const Clock clock(shoppers);
        Settings settings(3, clock);
        settings.set("stock[0].each", stock)
            .set("demand.streams.all.exactly", shoppers)
            .set("demand.streams.all.until", clock.time(1))
            .set("design.channels.web.window", clock.time(2));
        constexpr double kEnough = 100;  // replications
        simulate(settings.overrides(), std::max<double>(shoppers, effort.shoppers / kEnough));
    }

    void begin(std::size_t) override { oversold_ = 0; }
    void accepted(SimTime, ChannelId, Sku, Quantity, Quantity oversold) override { oversold_ += oversold; }

   private:
    std::optional<double> figure(const std::string& output) override {
        return output == "oversold" ? std::optional(oversold_) : std::nullopt;
    }
    double oversold_ = 0;
};

}  // namespace

// Just this many shoppers, not a Poisson number: one SKU per run. The unit of time is L.
std::unique_ptr<Experiment> race_of_many(const Case& c, const Effort&) {
    const Quantity shoppers = c.inputs.whole("N", 1), stock = c.inputs.whole("S", 0);
    const double window = c.inputs.number("w_over_L", 0);
    const Clock clock(shoppers);
    Settings settings(1 + 2 * window, clock);
    settings.set("stock[0].each", stock)
        .set("demand.streams.all.exactly", shoppers)
        .set("demand.streams.all.until", clock.time(1))
        .set("design.channels.web.window", clock.time(window));
    return std::make_unique<SkuCounts>(SkuCounts::Plan{settings.overrides(), 1, stock, static_cast<double>(shoppers)});
}

// The unit of time is the moment in which all arrive.
std::unique_ptr<Experiment> race_of_all(const Case& c, const Effort& effort) {
    return std::make_unique<Simultaneous>(c, c.inputs.whole("N", 1), c.inputs.whole("S", 1), effort);
}

// The law holds for any stock from 1 up.
std::unique_ptr<Experiment> race_constant_window(const Case& c, const Effort& effort) {
    const double rate = c.inputs.positive("lam"), window = c.inputs.number("w", 0);
    constexpr Quantity kStock = 3;
    const Clock clock(rate);
    return poisson_race(rate, kStock, surely_sold(kStock) / rate + 2 * window, clock, clock.time(window), effort);
}

// Commits by t are a Poisson number of mean rate * (t - w (1 - exp(-t / w))), which is above rate * (t - w).
std::unique_ptr<Experiment> race_exponential_window(const Case& c, const Effort& effort) {
    const double rate = c.inputs.positive("lam"), window = c.inputs.number("w", 0);
    const Quantity stock = c.inputs.whole("S", 1);
    const Clock clock(rate);
    return poisson_race(rate, stock, surely_sold(stock) / rate + 2 * window, clock, clock.exponential(window), effort);
}

}  // namespace lastunit::cli::validation
