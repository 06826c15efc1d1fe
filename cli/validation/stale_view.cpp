// a: an online channel decides on a view that is late, beside a till that sees the truth.
#include "cli/validation/families.hpp"
#include "cli/validation/settings.hpp"
#include "cli/validation/sku_counts.hpp"

namespace lastunit::cli::validation {
namespace {

// Two streams of shoppers, `till` and `online`, on as many SKUs as make a good run.
class TwoChannels {
   public:
    TwoChannels(double till, double online, Quantity stock, double horizon, const Effort& effort)
        : clock_(till + online), settings_(horizon, clock_), stock_(stock), per_sku_((till + online) * horizon) {
        skus_ = skus_per_run(per_sku_, effort);
        settings_.set("catalogue.skus", skus_)
            .set("stock[0].each", stock)
            .set("demand.streams.till.rate", clock_.rate(till * skus_))
            .set("demand.streams.online.rate", clock_.rate(online * skus_));
    }
    const Clock& clock() const { return clock_; }
    TwoChannels& set(const std::string& path, const std::string& value) {
        settings_.set(path, value);
        return *this;
    }
    std::unique_ptr<Experiment> experiment() const {
        return std::make_unique<SkuCounts>(SkuCounts::Plan{settings_.overrides(), skus_, stock_, per_sku_});
    }

   private:
    Clock clock_;
    Settings settings_;
    Quantity stock_;
    double per_sku_;
    std::uint32_t skus_ = 1;
};

constexpr const char* kLatency = "design.edges.to-online.latency";

double sum_of_rates(const Inputs& in) {
    const double sum = in.number("lam1", 0) + in.number("lam2", 0);
    if (sum <= 0) throw CaseError("inputs 'lam1' and 'lam2' are both 0");
    return sum;
}

}  // namespace

// The law holds for any till rate and any stock from 1 up: as much till as online, two units.
std::unique_ptr<Experiment> constant_lag(const Case& c, const Effort& effort) {
    const double online = c.inputs.positive("lam2"), lag = c.inputs.number("d", 0);
    constexpr Quantity kStock = 2;
    TwoChannels shop(online, online, kStock, surely_sold(kStock) / (2 * online) + lag, effort);
    return shop.set(kLatency, shop.clock().time(lag)).experiment();
}

std::unique_ptr<Experiment> constant_lag_until(const Case& c, const Effort& effort) {
    const Inputs& in = c.inputs;
    sum_of_rates(in);
    const double lag = in.number("d", 0);
    TwoChannels shop(in.number("lam1", 0), in.number("lam2", 0), in.whole("S", 1), in.positive("H"), effort);
    return shop.set(kLatency, shop.clock().time(lag)).experiment();
}

// The lag that counts is the one of the message that says "sold out". With independent lags an older message may arrive after it
// and show units again; with one unit of stock there is no older message.
std::unique_ptr<Experiment> exponential_lag(const Case& c, const Effort& effort) {
    const double online = c.inputs.positive("lam2"), lag = c.inputs.number("mean_lag", 0);
    constexpr double kLongestLag = 18;  // in means: exceeded by one in 7 * 10^7
    const double till = online / 4;
    TwoChannels shop(till, online, 1, surely_sold(1) / (till + online) + kLongestLag * lag, effort);
    return shop.set(kLatency, shop.clock().exponential(lag)).experiment();
}

std::unique_ptr<Experiment> delta_feed(const Case& c, const Effort& effort) {
    const Inputs& in = c.inputs;
    const Quantity stock = in.whole("S", 1);
    const double lag = in.number("d", 0);
    TwoChannels shop(in.number("lam1", 0), in.number("lam2", 0), stock, surely_sold(stock) / sum_of_rates(in) + lag, effort);
    return shop.set(kLatency, shop.clock().time(lag)).experiment();
}

// The channel stops a lag after the stock is down to the buffer, however much there was: b + 1 units save shoppers.
std::unique_ptr<Experiment> safety_buffer(const Case& c, const Effort& effort) {
    const Inputs& in = c.inputs;
    const Quantity buffer = in.whole("b", 0, 999'999'999);
    const double lag = in.number("d", 0);
    TwoChannels shop(in.number("lam1", 0), in.number("lam2", 0), buffer + 1, surely_sold(1) / sum_of_rates(in) + lag, effort);
    shop.set("design.channels.online.buffer", std::to_string(buffer));
    return shop.set(kLatency, shop.clock().time(lag)).experiment();
}

}  // namespace lastunit::cli::validation
