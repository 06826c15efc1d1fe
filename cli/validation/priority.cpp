// e5: one picker with two classes of orders. The first class is fetched by its shoppers and goes before the second, parcels.
#include <array>
#include <cmath>

#include "cli/validation/families.hpp"
#include "cli/validation/figures.hpp"
#include "cli/validation/intervals.hpp"
#include "cli/validation/output_name.hpp"
#include "cli/validation/settings.hpp"

namespace lastunit::cli::validation {
namespace {

struct OrderClass {
    double rate = 0, service_rate = 1;  // per unit
    double load() const { return rate / service_rate; }
};
using Classes = std::array<OrderClass, 2>;

class Priority : public FigureExperiment {
   public:
    Priority(const Case& c, const Classes& classes, const Effort& effort)
        : FigureExperiment(c), clock_(classes[0].rate + classes[1].rate) {
        constexpr double kReplications = 40;
        const double rate = classes[0].rate + classes[1].rate;
        const double warm = warm_up(classes);
        double length = std::max(effort.shoppers / kReplications / rate, 3 * warm);
        // One class may be rare: some of its orders in every replication, as far as the effort goes.
        constexpr double kOfEachClass = 50;
        for (const OrderClass& one : classes)
            if (one.rate > 0) length = std::max(length, std::min(warm + kOfEachClass / one.rate, effort.shoppers / rate));
        window_ = {SimTime{std::llround(clock_.us(warm))}, SimTime{std::llround(clock_.us(length))}};
        Settings settings(length, clock_);
        settings.set("demand.streams.collects.rate", clock_.rate(classes[0].rate))
            .set("demand.streams.parcels.rate", clock_.rate(classes[1].rate))
            .set("network.nodes.shop.pick.collected_service", clock_.exponential(1 / classes[0].service_rate))
            .set("network.nodes.shop.pick.service", clock_.exponential(1 / classes[1].service_rate));
        simulate(settings.overrides(), length * rate);
    }

    void begin(std::size_t) override {
        for (Seen& seen : seen_) seen = {};
    }
    void service_began(NodeId, sim::StationKind, SimTime arrived, Duration waited, Duration service) override {
        arrived_ = arrived;
        sojourn_ = waited + service;
    }
    // Of the job that has just begun: whose it is.
    void job_began(NodeId, sim::StationKind kind, core::Method method, Duration waited) override {
        if (kind != sim::StationKind::pick || !window_.contains(arrived_)) return;
        Seen& seen = seen_[core::by_parcel(method) ? 1 : 0];
        ++seen.orders;
        seen.wait_us += static_cast<double>(waited.us);
        seen.sojourn_us += static_cast<double>(sojourn_.us);
    }

   private:
    struct Seen {
        double orders = 0, wait_us = 0, sojourn_us = 0;  // of those who arrived inside the window
    };

    // Ten relaxation times of the line as a whole, as for one class: see queue.cpp. The second class waits longer by the share of
    // time that the first one leaves.
    static double warm_up(const Classes& classes) {
        const double rate = classes[0].rate + classes[1].rate, load = classes[0].load() + classes[1].load();
        double squares = 0, longest = 0;
        for (const OrderClass& one : classes) {
            squares += 2 * one.rate / rate / one.service_rate / one.service_rate;
            longest = std::max(longest, 1 / one.service_rate);
        }
        const double mean = load / rate, gap = 1 - std::sqrt(load);
        return 10 * (squares / (2 * mean) / (gap * gap) + longest) / (1 - classes[0].load());
    }
    std::optional<double> figure(const std::string& output) override {
        const auto mean = [&](const std::string& prefix, double Seen::*sum) -> std::optional<double> {
            const auto which = number_after(prefix, output);
            if (!which || (*which != 1 && *which != 2)) return std::nullopt;
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
    std::array<Seen, 2> seen_;  // [class]
};

}  // namespace

std::unique_ptr<Experiment> priority_queue(const Case& c, const Effort& effort) {
    const std::vector<double> rates = c.inputs.numbers("lam", 0), services = c.inputs.numbers("mu", 0);
    if (rates.size() != services.size()) throw CaseError("inputs 'lam' and 'mu' are of different lengths");
    if (rates.size() > 2) throw NotCovered("a station has two classes of orders, not " + std::to_string(rates.size()));
    Classes classes;
    for (std::size_t i = 0; i < rates.size(); ++i) {
        if (rates[i] == 0 || services[i] == 0) throw CaseError("inputs 'lam' and 'mu': rates have to be above 0");
        classes[i] = {rates[i], services[i]};
    }
    if (classes[0].load() + classes[1].load() >= 1) throw NotCovered("no steady state: more work than workers");
    return std::make_unique<Priority>(c, classes, effort);
}

}  // namespace lastunit::cli::validation
