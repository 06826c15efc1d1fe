// b1, b2: the online channel hears the stock every T, and sells on what it heard last.
#include "cli/validation/families.hpp"
#include "cli/validation/settings.hpp"
#include "cli/validation/sku_counts.hpp"

namespace lastunit::cli::validation {
namespace {

struct Shop {
    double till = 0, online = 0, interval = 0;
    Quantity stock = 1;
};

SkuCounts::Plan plan_of(const Shop& shop, std::uint32_t most_skus, const Effort& effort) {
    const double rate = shop.till + shop.online;
    const double horizon = surely_sold(shop.stock) / rate + shop.interval;
    const Clock clock(rate);
    const std::uint32_t skus = std::min(most_skus, skus_per_run(rate * horizon, effort));
    Settings settings(horizon, clock);
    settings.set("catalogue.skus", skus)
        .set("stock[0].each", shop.stock)
        .set("demand.streams.till.rate", clock.rate(shop.till * skus))
        .set("demand.streams.online.rate", clock.rate(shop.online * skus))
        .set("design.edges.to-online.interval", clock.time(shop.interval));
    return {settings.overrides(), skus, shop.stock, rate * horizon};
}

}  // namespace

std::unique_ptr<Experiment> batch_sync(const Case& c, const Effort& effort) {
    const Inputs& in = c.inputs;
    const Shop shop{in.number("lam1", 0), in.number("lam2", 0), in.positive("T"), in.whole("S", 1)};
    if (shop.till + shop.online <= 0) throw CaseError("inputs 'lam1' and 'lam2' are both 0");
    return std::make_unique<SkuCounts>(plan_of(shop, UINT32_MAX, effort));
}

// The phase of the batch is drawn once per run: one SKU per run keeps the samples independent.
std::unique_ptr<Experiment> batch_sync_any_phase(const Case& c, const Effort& effort) {
    const double online = c.inputs.positive("lam2");
    return std::make_unique<SkuCounts>(plan_of({online, online, c.inputs.positive("T"), 1}, 1, effort));
}

}  // namespace lastunit::cli::validation
