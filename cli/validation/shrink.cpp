// i3: stock that shrinks without anybody noting it, until everything that the channel lists is sold. Picking takes no time, so
// what is cancelled is what shrank before it was sold. Every SKU is a shop of its own.
#include "cli/validation/families.hpp"
#include "cli/validation/settings.hpp"
#include "cli/validation/sku_counts.hpp"

namespace lastunit::cli::validation {
namespace {

class Shrink : public Experiment {
   public:
    Shrink(Quantity stock, double rate, double shrink, const Effort& effort) {
        const Clock clock(rate);
        const double horizon = surely_sold(stock) / rate;
        shoppers_ = skus_per_run(rate * horizon, effort) * rate * horizon;
        cancelled_.resize(skus_per_run(rate * horizon, effort));
        const auto skus = static_cast<std::int64_t>(cancelled_.size());
        Settings settings(horizon, clock);
        settings.set("catalogue.skus", skus)
            .set("stock[0].each", stock)
            .set("demand.streams.all.rate", clock.rate(rate * static_cast<double>(skus)))
            .set("accuracy.shrink", clock.rate(shrink));
        overrides_ = settings.overrides();
    }

    std::vector<Overrides> settings() const override { return {overrides_}; }
    double shoppers() const override { return shoppers_; }
    void begin(std::size_t) override { cancelled_.assign(cancelled_.size(), 0); }
    void accepted(SimTime, ChannelId, Sku, Quantity units, Quantity) override { accepted_in_all_ += units; }
    void cancelled(SimTime, ChannelId, Sku sku, Quantity units) override { cancelled_[sku.value] += units; }
    void end() override {
        for (std::size_t sku = 0; sku < cancelled_.size(); ++sku) {
            phantoms_.add(cancelled_[sku]);
            any_ += cancelled_[sku] > 0 ? 1 : 0;
        }
    }
    // What is accepted of a SKU hardly varies.
    Reading read(const std::string& output, double expected) const override {
        const double per_sku = accepted_in_all_ / phantoms_.n;
        if (output == "mean_phantom") return of_count_mean(phantoms_, expected);
        if (output == "p_any") return of_proportion(any_, phantoms_.n, expected);
        if (output == "cancel_rate") return divided(of_count_mean(phantoms_, expected * per_sku), per_sku);
        return NotCompared{"not an output that is known here"};
    }

   private:
    Overrides overrides_;
    double shoppers_ = 0;
    std::vector<Quantity> cancelled_;  // [sku] in the present run
    Moments phantoms_;                 // per SKU
    double accepted_in_all_ = 0;
    double any_ = 0;
};

}  // namespace

std::unique_ptr<Experiment> shrink_cycle(const Case& c, const Effort& effort) {
    const Inputs& in = c.inputs;
    return std::make_unique<Shrink>(in.whole("S", 1), in.positive("lam"), in.number("sigma", 0), effort);
}

}  // namespace lastunit::cli::validation
