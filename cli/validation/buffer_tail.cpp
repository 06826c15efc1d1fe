// k3: how improbable it is that a safety buffer on a stale view is not enough, down to one in millions. A shop opens with b + 1
// units; its first sale leaves the buffer, and a lag later the online channel stops.
//
// The chance of any oversell is found as `lastunit risk` finds it: one shop, split on its way there (split_shop.cpp). The mean is
// found as in k2: the shops are given more shoppers than the case says, and each counts with the likelihood ratio of the sales
// that it showed.
#include <algorithm>
#include <cmath>
#include <vector>

#include "cli/validation/families.hpp"
#include "cli/validation/settings.hpp"
#include "cli/validation/split_shop.hpp"

namespace lastunit::cli::validation {
namespace {

struct Rates {
    double till = 0, online = 0;
    double sum() const { return till + online; }
};

class BufferTail : public Experiment {
   public:
    BufferTail(const Rates& rates, double lag, Quantity buffer, double shoppers)
        : one_shop_(rates.till, rates.online, lag, buffer),
          rates_(rates),
          lag_(lag),
          buffer_(buffer),
          // So that the buffer is used up within the lag about every other time.
          more_(std::max(1.0, (buffer + 1) / (rates.sum() * lag))),
          clock_(more_ * rates.sum()),
          opened_until_{std::llround(clock_.us(kOpening / (more_ * rates.sum())))} {
        const double per_shop = kOpening + more_ * rates.sum() * lag;
        shops_.resize(static_cast<std::size_t>(std::clamp(shoppers / per_shop, 1.0, 10'000.0)));
        shoppers_ = per_shop * static_cast<double>(shops_.size());
        const double all = more_ * static_cast<double>(shops_.size());
        Settings settings(per_shop / (more_ * rates.sum()), clock_);
        settings.set("catalogue.skus", static_cast<std::int64_t>(shops_.size()))
            .set("stock[0].each", buffer + 1)
            .set("demand.streams.till.rate", clock_.rate(rates.till * all))
            .set("demand.streams.online.rate", clock_.rate(rates.online * all))
            .set("design.channels.online.buffer", buffer)
            .set("design.edges.to-online.latency", clock_.time(lag));
        overrides_ = settings.overrides();
    }

    std::vector<Overrides> settings() const override { return {overrides_}; }
    std::optional<Overrides> apart() const override { return one_shop_.overrides(); }
    void simulate_apart(const model::Scenario& shop, const Effort& effort, std::uint64_t seed) override {
        one_shop_.simulate(shop, effort, seed);
    }
    double shoppers() const override { return shoppers_; }
    void begin(std::size_t) override { std::fill(shops_.begin(), shops_.end(), Shop{}); }

    // The horizon ends a lag after the last opening that counts.
    void accepted(SimTime at, ChannelId, Sku sku, Quantity units, Quantity oversold) override {
        Shop& shop = shops_[sku.value];
        if (shop.sold == 0) shop.opened = at;
        if (clock_.units(at - shop.opened) > lag_) return;  // the till goes on with what the buffer saved
        shop.sold += units;
        shop.oversold += oversold;
        if (shop.sold == buffer_ + 1) shop.sold_out = at;
    }

    void end() override {
        for (const Shop& shop : shops_) {
            if (shop.sold == 0 || shop.opened > opened_until_) continue;
            const double weight = std::exp(log_ratio(shop));
            units_.add(shop.oversold * weight);
        }
    }
    Reading read(const std::string& output, double expected) const override {
        if (output == "p") return one_shop_.probability(expected);
        if (output == "mean") return of_weights(units_, expected);
        return NotCompared{"not an output that is known here"};
    }

   private:
    struct Shop {
        Quantity sold = 0, oversold = 0;
        SimTime opened, sold_out;
    };
    static constexpr double kOpening = 3;  // mean times between shoppers in which a shop has to open; 95 % do

    // Of what was seen in the lag after the first sale: sales of both channels until the shop has sold out, then those of the
    // online channel.
    double log_ratio(const Shop& shop) const {
        const bool out = shop.sold > buffer_;
        const double both = out ? std::min(lag_, clock_.units(shop.sold_out - shop.opened)) : lag_;
        const double seen = rates_.sum() * both + rates_.online * (lag_ - both);
        return (more_ - 1) * seen - (shop.sold - 1) * std::log(more_);
    }

    SplitShop one_shop_;
    Rates rates_;
    double lag_;
    Quantity buffer_;
    double more_;  // as many shoppers as the case says, times this
    Clock clock_;
    SimTime opened_until_;
    std::vector<Shop> shops_;
    double shoppers_ = 0;
    Overrides overrides_;
    Moments units_;
};

}  // namespace

std::unique_ptr<Experiment> buffer_tail(const Case& c, const Effort& effort) {
    const Inputs& in = c.inputs;
    const Rates rates{in.number("lam1", 0), in.positive("lam2")};
    constexpr double kShoppersPerRun = 20'000, kRuns = 12;
    return std::make_unique<BufferTail>(rates, in.positive("d"), in.whole("b", 0, 100'000),
                                        std::min(kShoppersPerRun, effort.shoppers / kRuns));
}

}  // namespace lastunit::cli::validation
