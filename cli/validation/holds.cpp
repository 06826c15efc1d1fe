// g1: units held in carts. A cart takes a unit; it is paid for after an exponential time, or its hold runs out. What is sold is
// back at once, so the stock is a loss system: as many servers as units, and a hold is a service.
#include <cmath>

#include "cli/validation/clustered_share.hpp"
#include "cli/validation/families.hpp"
#include "cli/validation/figures.hpp"
#include "cli/validation/intervals.hpp"
#include "cli/validation/settings.hpp"

namespace lastunit::cli::validation {
namespace {

struct Shop {
    Quantity stock = 0;
    double rate = 0, intent = 0, payment_rate = 0, ttl = 0;
};

class CartHolds : public FigureExperiment {
   public:
    CartHolds(const Case& c, const Shop& shop, const Effort& effort)
        : FigureExperiment(c), clock_(shop.rate), stock_(shop.stock) {
        // A hold is over after `ttl` at most, so the past is forgotten as fast as units that are not blocked come and go.
        constexpr double kReplications = 40;
        const double warm = 8 * shop.ttl;
        const double until = std::max(effort.shoppers / kReplications / shop.rate, 4 * warm);
        window_ = {SimTime{std::llround(clock_.us(warm))}, SimTime{std::llround(clock_.us(until))}};
        const double length = until + shop.ttl;  // holds taken inside the window end before the run does
        Settings settings(length, clock_);
        settings.set("stock[0].each", shop.stock)
            .set("demand.streams.all.rate", clock_.rate(shop.rate))
            .set("design.channels.web.hold_ttl", clock_.time(shop.ttl))
            .set("personas.anyone.reach_checkout", digits(100 * shop.intent) + "%")
            .set("personas.anyone.payment_time", clock_.exponential(1 / shop.payment_rate));
        simulate(settings.overrides(), length * shop.rate);
    }

    void begin(std::size_t) override { seen_ = {}; }
    void accepted(SimTime at, ChannelId, Sku, Quantity units, Quantity) override {
        if (window_.contains(at)) seen_.sold += units;
    }
    void refused(SimTime at, ChannelId, Sku, Quantity units, Quantity) override {
        if (window_.contains(at)) seen_.refused += units;
    }
    void hold_ended(SimTime from, SimTime until, Quantity units) override {
        seen_.held_us += window_.overlap_us(from, until) * units;
        if (!window_.contains(from)) return;
        seen_.holds += units;
        seen_.lasted_us += static_cast<double>((until - from).us) * units;
    }
    void end() override {
        blocked_.add(seen_.refused, seen_.refused + seen_.holds);
        FigureExperiment::end();
    }
    Reading read(const std::string& output, double expected) const override {
        if (output == "blocking") return blocked_.read(expected, *figures().estimate(output, expected));
        return FigureExperiment::read(output, expected);
    }

   private:
    struct Seen {
        double sold = 0, refused = 0, holds = 0;  // units inside the window
        double held_us = 0;                       // unit-microseconds inside the window
        double lasted_us = 0;                     // of the holds taken inside the window
    };

    std::optional<double> figure(const std::string& output) override {
        const double length = window_.length_us(), unit = clock_.us(1), held = seen_.held_us / length;
        const double hold = seen_.lasted_us / seen_.holds;
        if (output == "blocking") return seen_.refused / (seen_.refused + seen_.holds);
        if (output == "offered") return (seen_.refused + seen_.holds) / length * hold;
        if (output == "mean_held") return held;
        if (output == "held_fraction") return held / stock_;
        if (output == "sales_rate") return seen_.sold / length * unit;
        if (output == "E_hold") return hold / unit;
        if (output == "P_convert") return seen_.sold / seen_.holds;
        return std::nullopt;
    }
    Clock clock_;
    Quantity stock_;
    Window window_;
    Seen seen_;
    ClusteredShare blocked_;
};

}  // namespace

std::unique_ptr<Experiment> cart_holds(const Case& c, const Effort& effort) {
    const Inputs& in = c.inputs;
    const Shop shop{in.whole("S", 1), in.positive("lam"), in.number("p_intent", 0, 1), in.positive("theta"), in.positive("ttl")};
    return std::make_unique<CartHolds>(c, shop, effort);
}

}  // namespace lastunit::cli::validation
