// n: an order is offered to one store after the other; each takes it with some chance, or says no after a while.
//
// That all refuse is seen with stores that refuse more often than the case's; an order counts with its likelihood ratio,
// ((1 - a) / (1 - a'))^refusals, times a / a' where a store took it.
#include <cmath>
#include <map>

#include "cli/validation/families.hpp"
#include "cli/validation/settings.hpp"
#include "cli/validation/weighted_share.hpp"
#include "cli/validation/yaml_map.hpp"

namespace lastunit::cli::validation {
namespace {

class Sequential : public Experiment {
   public:
    Sequential(std::int32_t stores, double accepts, double refusal_time)
        : stores_(stores), accepts_(accepts), refusal_time_(refusal_time) {
        constexpr double kFail = 0.2;  // so few accept that this share of the orders finds nobody
        if (accepts < 1) accepts_rarely_ = std::min(accepts, 1 - std::pow(kFail, 1.0 / stores));
    }

    std::vector<Overrides> settings() const override { return {overrides(accepts_), overrides(accepts_rarely_)}; }
    double shoppers() const override { return 2 * kOrders; }

    void begin(std::size_t setting) override {
        setting_ = setting;
        orders_.clear();
        cancelled_ = 0;
    }
    void shopper_arrived(SimTime at, std::uint64_t shopper, std::uint8_t, Duration, std::uint64_t) override {
        orders_[shopper].came = at;
    }
    void request_answered(SimTime at, std::uint64_t order, NodeId, sim::Answer answer) override {
        Order& asked = orders_[order];
        ++(answer == sim::Answer::accepts ? asked.accepted : asked.refused);
        asked.answered = at;
    }
    void cancelled(SimTime, ChannelId, Sku, Quantity units) override { cancelled_ += units; }
    void end() override {
        double failed = 0;
        for (const auto& [id, order] : orders_) {
            failed += order.accepted == 0 ? 1 : 0;
            setting_ == 0 ? as_stated(order) : weighted(order);
        }
        if (failed != cancelled_) others_cancelled_ = true;
    }

    Reading read(const std::string& output, double expected) const override {
        if (others_cancelled_) return Estimate{.z = INFINITY};
        if (output == "p_fail") return fails_.read(expected);
        if (output == "E_attempts") return of_mean(attempts_, expected);
        if (output == "delay_given_accept") {
            Estimate out = of_mean(delays_, expected);
            out.scale = refusal_time_ / 3;
            return out;
        }
        return NotCompared{"not an output that is known here"};
    }

   private:
    static constexpr int kOrders = 1000;  // of a run

    struct Order {
        SimTime came, answered;
        double accepted = 0, refused = 0;  // requests
    };
    void as_stated(const Order& order) {
        attempts_.add(order.accepted + order.refused);
        if (order.accepted > 0) delays_.add(clock_.units(order.answered - order.came) * refusal_time_);
    }
    void weighted(const Order& order) {
        double ratio = 1;
        if (accepts_rarely_ != accepts_)
            ratio = std::pow((1 - accepts_) / (1 - accepts_rarely_), order.refused) *
                    std::pow(accepts_ / accepts_rarely_, order.accepted);
        fails_.add(order.accepted == 0, ratio);
    }
    Overrides overrides(double accepts) const {
        YamlMap stores;
        const std::string store = "{kind: store, lat: 52, lon: 19, accepts: " + digits(100 * accepts) + "%, refusal_time: ";
        for (int i = 1; i <= stores_; ++i) stores.add("store-" + std::to_string(i), store + clock_.time(1) + "}");
        Settings settings(kOrders, clock_);
        settings.set("network.nodes", stores.text()).set("demand.streams.all.exactly", kOrders);
        return settings.overrides();
    }

    std::int32_t stores_;
    double accepts_, accepts_rarely_ = 1, refusal_time_;
    Clock clock_{1};  // the unit is the time of a refusal
    std::size_t setting_ = 0;
    std::map<std::uint64_t, Order> orders_;  // in the present run
    double cancelled_ = 0;
    bool others_cancelled_ = false;  // an order was cancelled that a store had taken, or one that nobody took was not
    WeightedShare fails_;
    Moments attempts_, delays_;
};

}  // namespace

std::unique_ptr<Experiment> sequential_requests(const Case& c, const Effort&) {
    const Inputs& in = c.inputs;
    return std::make_unique<Sequential>(in.whole("n", 1, 1000), in.number("a", 0, 1), in.number("tau", 0));
}

}  // namespace lastunit::cli::validation
