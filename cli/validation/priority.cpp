// e5: one picker with classes of orders, each bought in a channel of its own, served in their order without interrupting work.
#include <cmath>

#include "cli/validation/families.hpp"
#include "cli/validation/figures.hpp"
#include "cli/validation/intervals.hpp"
#include "cli/validation/output_name.hpp"
#include "cli/validation/settings.hpp"
#include "cli/validation/yaml_map.hpp"

namespace lastunit::cli::validation {
namespace {

struct OrderClass {
    double rate = 0, service_rate = 1;  // per unit
    double load() const { return rate / service_rate; }
};
using Classes = std::vector<OrderClass>;

constexpr std::size_t kMostClasses = 32;  // a scenario has so many channels

double rate_of(const Classes& classes) {
    double rate = 0;
    for (const OrderClass& one : classes) rate += one.rate;
    return rate;
}

class Priority : public FigureExperiment {
   public:
    Priority(const Case& c, const Classes& classes, const Effort& effort)
        : FigureExperiment(c), clock_(rate_of(classes)), seen_(classes.size()) {
        constexpr double kReplications = 40;
        const double rate = rate_of(classes);
        const double warm = warm_up(classes);
        double load = 0;
        for (const OrderClass& one : classes) load += one.load();
        const double times = times_effort_at(load);
        double length = std::max(effort.shoppers * times / kReplications / rate, 3 * warm);
        // One class may be rare: some of its orders in every replication, as far as the effort goes.
        constexpr double kOfEachClass = 50;
        for (const OrderClass& one : classes)
            length = std::max(length, std::min(warm + kOfEachClass / one.rate, effort.shoppers / rate));
        window_ = {SimTime{std::llround(clock_.us(warm))}, SimTime{std::llround(clock_.us(length))}};
        Settings settings(length, clock_);
        state(classes, settings);
        simulate(settings.overrides(), length * rate, times);
    }

    void begin(std::size_t) override {
        for (Seen& seen : seen_) seen = {};
    }
    void service_began(NodeId, sim::StationKind, SimTime arrived, Duration waited, Duration service) override {
        arrived_ = arrived;
        sojourn_ = waited + service;
    }
    // Of the job that has just begun: whose it is.
    void job_began(NodeId, sim::StationKind kind, core::Method, ChannelId channel, Duration waited) override {
        if (kind != sim::StationKind::pick || !window_.contains(arrived_)) return;
        Seen& seen = seen_[channel.value];
        ++seen.orders;
        seen.wait_us += static_cast<double>(waited.us);
        seen.sojourn_us += static_cast<double>(sojourn_.us);
    }

   private:
    struct Seen {
        double orders = 0, wait_us = 0, sojourn_us = 0;  // of those who arrived inside the window
    };

    void state(const Classes& classes, Settings& settings) const {
        YamlMap channels, designs, streams, ranks;
        for (std::size_t i = 0; i < classes.size(); ++i) {
            const std::string name = "class-" + std::to_string(i + 1);
            channels.add(name, "{kind: web, methods: {ship: 100%}}");
            designs.add(name, "{reservation: ledger, decides_on: core}");
            streams.add(name, "{rate: " + clock_.rate(classes[i].rate) + ", channel: " + name + "}");
            ranks.add(name, "{channels: [" + name + "], service: " + clock_.exponential(1 / classes[i].service_rate) + "}");
        }
        settings.set("channels", channels.text())
            .set("design.channels", designs.text())
            .set("demand.streams", streams.text())
            .set("network.nodes.shop.pick.classes", ranks.text());
    }

    // Ten relaxation times of the line as a whole, as for one class: see queue.cpp. The last class waits longer by the share of
    // time that the others leave.
    static double warm_up(const Classes& classes) {
        const double rate = rate_of(classes);
        double load = 0, squares = 0, longest = 0;
        for (const OrderClass& one : classes) {
            load += one.load();
            squares += 2 * one.rate / rate / one.service_rate / one.service_rate;
            longest = std::max(longest, 1 / one.service_rate);
        }
        const double mean = load / rate, gap = 1 - std::sqrt(load);
        return 10 * (squares / (2 * mean) / (gap * gap) + longest) / (1 - load + classes.back().load());
    }
    std::optional<double> figure(const std::string& output) override {
        const auto mean = [&](const std::string& prefix, double Seen::*sum) -> std::optional<double> {
            const auto which = number_after(prefix, output);
            if (!which || *which < 1 || *which > static_cast<double>(seen_.size()) || *which != std::floor(*which))
                return std::nullopt;
            const Seen& seen = seen_[static_cast<std::size_t>(*which) - 1];
            return seen.*sum / seen.orders / clock_.us(1);
        };
        if (const auto wait = mean("Wq_class", &Seen::wait_us)) return wait;
        return mean("W_class", &Seen::sojourn_us);
    }

    Clock clock_;
    Window window_;
    SimTime arrived_;
    Duration sojourn_{0};
    std::vector<Seen> seen_;  // [class]
};

}  // namespace

std::unique_ptr<Experiment> priority_queue(const Case& c, const Effort& effort) {
    const std::vector<double> rates = c.inputs.numbers("lam", 0), services = c.inputs.numbers("mu", 0);
    if (rates.size() != services.size()) throw CaseError("inputs 'lam' and 'mu' are of different lengths");
    if (rates.size() > kMostClasses)
        throw NotCovered("a scenario has " + std::to_string(kMostClasses) + " channels at most, not " +
                         std::to_string(rates.size()));
    Classes classes;
    double load = 0;
    for (std::size_t i = 0; i < rates.size(); ++i) {
        if (rates[i] == 0 || services[i] == 0) throw CaseError("inputs 'lam' and 'mu': rates have to be above 0");
        classes.push_back({rates[i], services[i]});
        load += classes.back().load();
    }
    if (load >= 1) throw NotCovered("no steady state: more work than workers");
    return std::make_unique<Priority>(c, classes, effort);
}

}  // namespace lastunit::cli::validation
