// g2, g3: a flash sale without replenishment. A cart holds a unit for an exponential time; then it is paid for, or free again.
// One replication is one sale, observed until the last unit is sold.
#include <cmath>

#include "cli/validation/families.hpp"
#include "cli/validation/figures.hpp"
#include "cli/validation/settings.hpp"
#include "cli/validation/sku_counts.hpp"

namespace lastunit::cli::validation {
namespace {

struct Sale {
    Quantity stock = 0;
    double rate = 0;      // shoppers per unit of time
    double hold_end = 0;  // rate at which a hold ends
    double success = 0;   // probability that it ends with a payment
};

class FlashSale : public FigureExperiment {
   public:
    FlashSale(const Case& c, const Sale& sale)
        : FigureExperiment(c), stock_(sale.stock), clock_(sale.rate), settings_(horizon(sale), clock_) {
        settings_.set("stock[0].each", sale.stock)
            .set("demand.streams.all.rate", clock_.rate(sale.rate))
            .set("personas.anyone.payment_time", clock_.exponential(1 / sale.hold_end))
            .set("personas.anyone.payment_success", digits(100 * sale.success) + "%");
        simulate(settings_.overrides(), mean_shoppers(sale));
    }
    // As many shoppers as units come at once.
    void open_with_a_crowd() {
        settings_.set("demand.streams.opening.exactly", stock_);
        simulate(settings_.overrides(), shoppers() + stock_);
    }

    void begin(std::size_t) override { sold_ = 0, half_at_ = {}, all_at_ = {}; }
    void accepted(SimTime at, ChannelId, Sku, Quantity, Quantity) override {
        ++sold_;
        if (sold_ == stock_ - stock_ / 2) half_at_ = at;
        if (sold_ == stock_) all_at_ = at;
    }
    bool over() const override { return sold_ == stock_; }

   private:
    // Mean time that the last unit takes: it waits for a shopper and for a hold to end, as often as payments fail.
    static double last_unit(const Sale& sale) { return (1 / sale.rate + 1 / sale.hold_end) / sale.success; }
    // Of all, at most: shoppers enough for every unit, and then all holds ending by themselves.
    static double mean_shoppers(const Sale& sale) {
        return sale.stock / sale.success + sale.rate * (std::log(sale.stock) + 0.58) / sale.hold_end / sale.success;
    }
    // Everything is sold by then but for one sale in 10^9: shoppers enough for all units, and then the last unit's time.
    static double horizon(const Sale& sale) {
        return surely_sold(sale.stock) / sale.rate / sale.success + (std::log(sale.stock) + 21) * last_unit(sale);
    }

    std::optional<double> figure(const std::string& output) override {
        if (sold_ < stock_) return std::nan("");  // agrees with nothing
        if (output == "E_sellout") return clock_.units(all_at_);
        if (output == "E_half") return clock_.units(half_at_);  // half of the units, rounded up
        return std::nullopt;
    }

    Quantity stock_, sold_ = 0;
    Clock clock_;
    Settings settings_;
    SimTime half_at_, all_at_;
};

Sale sale_of(const Inputs& in) {
    Sale sale{in.whole("S", 1, 1'000'000), 0, in.positive("eta"), in.number("p", 0, 1)};
    if (sale.success == 0) throw NotCovered("nobody pays: nothing is ever sold");
    return sale;
}

// "At once": with shoppers coming (stock + crowd) times as fast as a hold ends, a free unit waits for the next one at most a
// share 1 / crowd of the time that it is held. As large a crowd as the effort pays for, given how many sales the precision needs.
double crowd(const Sale& sale, const Effort& effort) {
    const double mean = std::log(sale.stock) + 0.58;  // of the time until the sell-out, in units of 1 / (success * hold_end) ...
    const double spread = 1.28;                       // ... and at most its standard deviation
    const double sales = std::max(15.0, 1.5 * std::pow(1.96 * spread / mean / effort.precision, 2));
    return std::clamp(0.8 * effort.shoppers * sale.success / sales / mean - sale.stock, 150.0, 1000.0);
}

}  // namespace

std::unique_ptr<Experiment> flash_sale(const Case& c, const Effort&) {
    Sale sale = sale_of(c.inputs);
    sale.rate = c.inputs.positive("lam");
    return std::make_unique<FlashSale>(c, sale);
}

std::unique_ptr<Experiment> saturated_flash_sale(const Case& c, const Effort& effort) {
    Sale sale = sale_of(c.inputs);
    sale.rate = sale.hold_end * (sale.stock + crowd(sale, effort));
    auto out = std::make_unique<FlashSale>(c, sale);
    out->open_with_a_crowd();
    if (out->shoppers() > effort.shoppers) throw NotCovered("such a sale takes more shoppers than this effort allows");
    return out;
}

}  // namespace lastunit::cli::validation
