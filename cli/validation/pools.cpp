// d: one season of Poisson demand on a pool for all, and on a pool for each channel. Both settings see the same shoppers.
#include <cmath>
#include <numeric>

#include "cli/validation/families.hpp"
#include "cli/validation/settings.hpp"
#include "cli/validation/sku_counts.hpp"
#include "cli/validation/yaml_map.hpp"

namespace lastunit::cli::validation {
namespace {

class Pools : public Experiment {
   public:
    Pools(std::vector<Overrides> settings, std::uint32_t skus, double shoppers)
        : settings_(std::move(settings)), skus_(skus), shoppers_(shoppers) {}

    std::vector<Overrides> settings() const override { return settings_; }
    double shoppers() const override { return 2 * shoppers_; }

    void begin(std::size_t setting) override {
        setting_ = setting;
        lost_[setting].assign(skus_, 0);
        asked_[setting].assign(skus_, 0);
    }
    void end() override {
        if (setting_ != 1) return;
        for (std::uint32_t sku = 0; sku < skus_; ++sku) {
            for (std::size_t i = 0; i < 2; ++i) {
                lost_means_[i].add(lost_[i][sku]);
                filled_[i].add(asked_[i][sku] - lost_[i][sku], asked_[i][sku]);
            }
            extra_.add(lost_[1][sku] - lost_[0][sku]);
        }
    }

    void accepted(SimTime, ChannelId, Sku sku, Quantity units, Quantity) override { asked_[setting_][sku.value] += units; }
    void refused(SimTime, ChannelId, Sku sku, Quantity units, Quantity) override {
        asked_[setting_][sku.value] += units;
        lost_[setting_][sku.value] += units;
    }

    Reading read(const std::string& output, double expected) const override {
        if (output == "lost_shared") return of_count_mean(lost_means_[0], expected);
        if (output == "lost_split") return of_count_mean(lost_means_[1], expected);
        if (output == "extra_lost") return of_count_mean(extra_, expected);
        if (output == "fill_shared") return of_ratio(filled_[0], expected);
        if (output == "fill_split") return of_ratio(filled_[1], expected);
        return NotCompared{"not an output that is known here"};
    }

   private:
    std::vector<Overrides> settings_;
    std::uint32_t skus_;
    double shoppers_;
    std::size_t setting_ = 0;
    std::vector<Quantity> lost_[2], asked_[2];  // [shared, split][sku] in the present replication
    Moments lost_means_[2], extra_;
    Pairs filled_[2];
};

}  // namespace

std::unique_ptr<Experiment> pools(const Case& c, const Effort& effort) {
    const std::vector<double> rates = c.inputs.numbers("rates", 0), split = c.inputs.numbers("split", 0);
    const Quantity stock = c.inputs.whole("S", 0);
    const double rate = std::accumulate(rates.begin(), rates.end(), 0.0);
    if (rate <= 0) throw CaseError("input 'rates': all are 0");
    if (split.size() != rates.size()) throw CaseError("inputs 'rates' and 'split' are of different lengths");
    for (const double units : split)
        if (units != std::floor(units) || units > 1e9) throw CaseError("input 'split': units are whole");
    if (rates.size() > 32) throw NotCovered("more than 32 channels");

    const Clock clock(rate);
    const std::uint32_t skus = skus_per_run(rate, effort);
    YamlMap channels, streams, nodes, shared, dedicated;
    std::string stocks;
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const std::string name = "channel-" + std::to_string(i + 1), node = "pool-" + std::to_string(i + 1);
        const Quantity units = static_cast<Quantity>(split[i]);
        channels.add(name, "{kind: web}");
        streams.add(name, "{rate: " + clock.rate(rates[i] * skus) + ", channel: " + name + "}");
        nodes.add(node, "{kind: warehouse, lat: 52, lon: 19}");
        shared.add(name, "{reservation: ledger, decides_on: core}");
        dedicated.add(name, "{reservation: ledger, decides_on: core, nodes: [" + node + "]}");
        stocks += (i == 0 ? "" : ", ") + ("{nodes: [" + node + "], each: " + std::to_string(units) + "}");
    }
    Settings both(1, clock);
    both.set("catalogue.skus", skus).set("channels", channels.text()).set("demand.streams", streams.text());
    Settings one = both, each = both;
    one.set("stock[0].each", stock).set("design.channels", shared.text());
    each.set("network.nodes", nodes.text()).set("stock", "[" + stocks + "]").set("design.channels", dedicated.text());
    return std::make_unique<Pools>(std::vector{one.overrides(), each.overrides()}, skus, rate * skus);
}

}  // namespace lastunit::cli::validation
