// e6: orders of two lines, which lie in two warehouses with one picker each: an order is complete when both have been picked.
#include <array>
#include <cmath>
#include <vector>

#include "cli/validation/families.hpp"
#include "cli/validation/figures.hpp"
#include "cli/validation/intervals.hpp"
#include "cli/validation/settings.hpp"

namespace lastunit::cli::validation {
namespace {

class ForkJoin : public FigureExperiment {
   public:
    ForkJoin(const Case& c, double rate, double service_rate, const Effort& effort) : FigureExperiment(c), clock_(rate) {
        constexpr double kReplications = 40;
        // Ten relaxation times of M/M/1, see queue.cpp, and as much again for the longer of two lines.
        const double gap = 1 - std::sqrt(rate / service_rate);
        const double warm = 20 * (1 / (service_rate * gap * gap) + 1 / service_rate);
        const double times = times_effort_at(rate / service_rate);
        const double length = std::max(effort.shoppers * times / kReplications / rate, 3 * warm);
        window_ = {SimTime{std::llround(clock_.us(warm))}, SimTime{std::llround(clock_.us(length))}};
        Settings settings(length, clock_);
        settings.set("demand.streams.all.rate", clock_.rate(rate));
        for (const char* node : {"a", "b"})
            settings.set(std::string("network.nodes.") + node + ".pick.service", clock_.exponential(1 / service_rate));
        simulate(settings.overrides(), length * rate, times);
    }

    void begin(std::size_t) override {
        for (std::vector<Line>& picked : lines_) picked.clear();
        seen_ = {};
    }
    // Each warehouse gets a line of every order, in the order of the orders, and picks first come first served: the n-th line of
    // the one and the n-th of the other are of one order.
    void service_began(NodeId node, sim::StationKind kind, SimTime arrived, Duration waited, Duration service) override {
        if (kind != sim::StationKind::pick) return;
        std::vector<Line>& here = lines_[node.value];
        const std::vector<Line>& there = lines_[1U - node.value];
        here.push_back({arrived, waited + service});
        if (here.size() > there.size()) return;
        const Line& one = here.back();
        const Line& other = there[here.size() - 1];
        if (one.arrived != other.arrived) seen_.torn = true;
        if (!window_.contains(one.arrived)) return;
        ++seen_.orders;
        seen_.order_us += static_cast<double>(std::max(one.sojourn, other.sojourn).us);
        seen_.line_us += static_cast<double>((one.sojourn + other.sojourn).us) / 2;
    }
    void end() override {
        ratios_.add(seen_.order_us, seen_.line_us);
        FigureExperiment::end();
    }
    Reading read(const std::string& output, double expected) const override {
        return output == "ratio" ? of_ratio(ratios_, expected) : FigureExperiment::read(output, expected);
    }

   private:
    struct Line {
        SimTime arrived;
        Duration sojourn;
    };
    struct Seen {
        double orders = 0, order_us = 0, line_us = 0;  // of those who arrived inside the window
        bool torn = false;                             // lines of two orders were taken for one: agrees with nothing
    };

    std::optional<double> figure(const std::string& output) override {
        if (seen_.torn) return std::nan("");
        if (output == "T_order") return seen_.order_us / seen_.orders / clock_.us(1);
        if (output == "T_single") return seen_.line_us / seen_.orders / clock_.us(1);
        return std::nullopt;
    }

    Clock clock_;
    Window window_;
    std::array<std::vector<Line>, 2> lines_;  // [node], in the order of their arrival
    Seen seen_;
    Pairs ratios_;
};

}  // namespace

std::unique_ptr<Experiment> fork_join(const Case& c, const Effort& effort) {
    const double rate = c.inputs.positive("lam"), service_rate = c.inputs.positive("mu");
    if (rate >= service_rate) throw NotCovered("no steady state: more work than workers");
    return std::make_unique<ForkJoin>(c, rate, service_rate, effort);
}

}  // namespace lastunit::cli::validation
