// b3: every channel has its own full copy of the stock and hears of nobody else.
#include <numeric>

#include "cli/validation/families.hpp"
#include "cli/validation/settings.hpp"
#include "cli/validation/sku_counts.hpp"
#include "cli/validation/yaml_map.hpp"

namespace lastunit::cli::validation {

std::unique_ptr<Experiment> partition(const Case& c, const Effort& effort) {
    const std::vector<double> rates = c.inputs.numbers("rates", 0);
    const Quantity copy = c.inputs.whole("v", 0);
    const double length = c.inputs.positive("T");
    const double rate = std::accumulate(rates.begin(), rates.end(), 0.0);
    if (rate <= 0) throw CaseError("input 'rates': all are 0");
    if (rates.size() > 32) throw NotCovered("more than 32 channels");

    const Clock clock(rate);
    const std::uint32_t skus = skus_per_run(rate * length, effort);
    YamlMap channels, designs, streams;
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const std::string name = "till-" + std::to_string(i + 1);
        channels.add(name, "{kind: app}");
        designs.add(name, "{reservation: none, decides_on: view, deducts_own_sales: true}");
        streams.add(name, "{rate: " + clock.rate(rates[i] * skus) + ", channel: " + name + "}");
    }
    Settings settings(length, clock);
    settings.set("catalogue.skus", skus)
        .set("stock[0].each", copy)
        .set("channels", channels.text())
        .set("design.channels", designs.text())
        .set("demand.streams", streams.text());
    return std::make_unique<SkuCounts>(SkuCounts::Plan{settings.overrides(), skus, copy, rate * length});
}

}  // namespace lastunit::cli::validation
