// i1: units that are on record and not there. Each order is a bundle of items that nobody else wants, and each node has one unit
// of each item on record. A line is looked for at one node after the other.
//
// Units are missing more often than the case says, and an order counts with its likelihood ratio: (f / f')^missed
// ((1 - f) / (1 - f'))^found of the units that were looked for.
#include <cmath>
#include <map>

#include "cli/validation/families.hpp"
#include "cli/validation/output_name.hpp"
#include "cli/validation/settings.hpp"
#include "cli/validation/weighted_share.hpp"
#include "cli/validation/yaml_map.hpp"

namespace lastunit::cli::validation {
namespace {

class PhantomLines : public Experiment {
   public:
    PhantomLines(const Case& c, double missing, std::uint32_t lines)
        : missing_(missing), lines_(lines), orders_(std::max(1U, kLinesPerRun / lines)) {
        for (const auto& [output, expected] : c.outputs)
            if (const auto nodes = nodes_of(output)) tries_[*nodes];
        if (tries_.empty()) throw CaseError("has none of the outputs cancel_any, cancel_nN, expected_lines_cancelled");
        for (auto& [nodes, tries] : tries_) {
            // More make it likelier that all nodes miss a line; they also make the ratios of the other lines scatter. The
            // square of the weights is least about here.
            tries.missing = std::max(missing, std::min(0.8, nodes / (nodes + lines - 1)));
            by_setting_.push_back(&tries);
        }
    }

    std::vector<Overrides> settings() const override {
        std::vector<Overrides> out;
        for (const auto& [nodes, tries] : tries_) out.push_back(overrides(static_cast<int>(nodes), tries.missing));
        return out;
    }
    // Each line is as much work as a shopper.
    double shoppers() const override { return static_cast<double>(tries_.size()) * orders_ * lines_; }

    void begin(std::size_t setting) override {
        setting_ = setting;
        seen_.assign(std::size_t{orders_} * lines_, {});
    }
    void line_picked(SimTime, NodeId, Sku sku, Quantity, Quantity found) override {
        ++(found > 0 ? seen_.at(sku.value).found : seen_.at(sku.value).missed);
    }
    void cancelled(SimTime, ChannelId, Sku sku, Quantity) override { ++seen_.at(sku.value).cancelled; }
    void end() override {
        Tries& tries = *by_setting_[setting_];
        for (auto line = seen_.begin(); line != seen_.end();) {
            Seen order;
            for (std::uint32_t i = 0; i < lines_; ++i, ++line) order.add(*line);
            const double ratio =
                std::pow(missing_ / tries.missing, order.missed) * std::pow((1 - missing_) / (1 - tries.missing), order.found);
            tries.cancelled_orders.add(order.cancelled > 0, tries.missing == missing_ ? 1 : ratio);
            tries.cancelled_lines.add(order.cancelled * ratio);
        }
    }

    Reading read(const std::string& output, double expected) const override {
        const auto nodes = nodes_of(output);
        if (!nodes) return NotCompared{"not an output that is known here"};
        const Tries& tries = tries_.at(*nodes);
        return output == "expected_lines_cancelled" ? of_weights(tries.cancelled_lines, expected)
                                                    : tries.cancelled_orders.read(expected);
    }

   private:
    static constexpr std::uint32_t kLinesPerRun = 400;

    struct Tries {
        double missing = 0;  // simulated
        WeightedShare cancelled_orders;
        Moments cancelled_lines;  // per order, weighted
    };
    struct Seen {
        double found = 0, missed = 0, cancelled = 0;
        void add(const Seen& other) {
            found += other.found;
            missed += other.missed;
            cancelled += other.cancelled;
        }
    };

    static std::optional<double> nodes_of(const std::string& output) {
        if (output == "cancel_any" || output == "expected_lines_cancelled") return 1;
        const auto nodes = number_after("cancel_n", output);
        return nodes && *nodes >= 1 && *nodes <= 100 && *nodes == std::floor(*nodes) ? nodes : std::nullopt;
    }
    // Items first, order by order: their SKU numbers tell whose they are.
    Overrides overrides(int nodes, double missing) const {
        YamlMap items, bundles, streams, places;
        std::uint32_t item = 0;
        for (std::uint32_t order = 0; order < orders_; ++order) {
            YamlMap bundle;
            for (std::uint32_t i = 0; i < lines_; ++i) {
                const std::string name = "item-" + std::to_string(++item);
                items.add(name, "{}");
                bundle.add(name, "1");
            }
            const std::string name = "order-" + std::to_string(order + 1);
            bundles.add(name, "{bundle: " + bundle.text() + "}");
            streams.add(name, "{exactly: 1, skus: [" + name + "]}");
        }
        for (int node = 1; node <= nodes; ++node)
            places.add("node-" + std::to_string(node), "{kind: warehouse, lat: 52, lon: 19}");
        Settings settings(1, Clock(1));
        settings.set("catalogue.items", items.then(bundles).text())
            .set("network.nodes", places.text())
            .set("demand.streams", streams.text())
            .set("accuracy.missing_units", digits(100 * missing) + "%");
        return settings.overrides();
    }

    double missing_;
    std::uint32_t lines_, orders_;
    std::map<double, Tries> tries_;  // by number of nodes
    std::vector<Tries*> by_setting_;
    std::size_t setting_ = 0;
    std::vector<Seen> seen_;  // [line] in the present run
};

}  // namespace

std::unique_ptr<Experiment> phantom_lines(const Case& c, const Effort&) {
    const double missing = c.inputs.number("f", 0, 1);
    return std::make_unique<PhantomLines>(c, missing, static_cast<std::uint32_t>(c.inputs.whole("k", 1, 400)));
}

}  // namespace lastunit::cli::validation
