// k2, h2: how improbable much demand within the lag is, down to one in millions. Plain repetition would not see such demand once:
// the shops are given more shoppers than the case says, and each shop counts with its likelihood ratio, (m / m')^n e^(m' - m) for
// n shoppers in the lag. What a shop does with its shoppers is the simulation's; only how often such shoppers come is weighted.
#include <cmath>
#include <map>
#include <set>

#include "cli/validation/families.hpp"
#include "cli/validation/lag_shop.hpp"
#include "cli/validation/output_name.hpp"

namespace lastunit::cli::validation {
namespace {

constexpr double kShoppersPerRun = 20'000;

// The units oversold in shops with a buffer, under more demand than the case's, weighted back.
class Tail {
   public:
    Tail(double demand, double simulated, Quantity buffer, double shoppers)
        : demand_(demand), simulated_(simulated), buffer_(buffer), shops_(simulated, buffer, shoppers) {}

    LagShops& shops() { return shops_; }
    const LagShops& shops() const { return shops_; }
    Quantity buffer() const { return buffer_; }

    void take() {
        for (const LagShops::Shop& shop : shops_.shops()) {
            if (!shop.opened()) continue;
            ++n_;
            const double log_ratio = shop.demand * std::log(demand_ / simulated_) + simulated_ - demand_;
            Sums& sums = by_oversold_[shop.oversold];
            ++sums.n;
            sums.weight += std::exp(log_ratio);
            sums.squares += std::exp(2 * log_ratio);
        }
    }
    // Of one shop: whether it oversold so many units or more, weighted.
    Moments at_least(Quantity oversold) const {
        Moments out;
        out.n = n_;
        for (auto it = by_oversold_.lower_bound(oversold); it != by_oversold_.end(); ++it)
            out.sum += it->second.weight, out.squares += it->second.squares;
        return out;
    }
    Estimate probability(Quantity oversold, double expected) const {
        const Moments weights = at_least(oversold);
        return simulated_ == demand_ ? of_proportion(weights.sum, weights.n, expected) : of_weights(weights, expected);
    }

   private:
    struct Sums {
        double n = 0, weight = 0, squares = 0;
    };
    double demand_, simulated_;
    Quantity buffer_;
    LagShops shops_;
    double n_ = 0;
    std::map<Quantity, Sums> by_oversold_;
};

double shoppers_per_run(const Effort& effort, std::size_t settings) {
    constexpr double kRuns = 12;  // at least, of each setting
    return std::min(kShoppersPerRun, effort.shoppers / kRuns / static_cast<double>(settings));
}

// k2: P(oversold >= k) without a buffer.
class OversoldTail : public Experiment {
   public:
    OversoldTail(double demand, Quantity units, const Effort& effort)
        : units_(units), tail_(demand, std::max<double>(demand, units), 0, shoppers_per_run(effort, 1)) {}

    std::vector<Overrides> settings() const override { return {tail_.shops().overrides()}; }
    double shoppers() const override { return tail_.shops().shoppers(); }
    void begin(std::size_t) override { tail_.shops().begin(); }
    void accepted(SimTime at, ChannelId, Sku sku, Quantity units, Quantity oversold) override {
        tail_.shops().accepted(at, sku, units, oversold);
    }
    void end() override { tail_.take(); }
    Reading read(const std::string& output, double expected) const override {
        if (output == "p") return tail_.probability(units_, expected);
        return NotCompared{"not an output that is known here"};
    }

   private:
    Quantity units_;
    Tail tail_;
};

// Where demand would have to lie for `probability` not to be rare: the root x >= m of x ln(x / m) - x + m = -ln(probability)
// (Chernoff). It decides what is simulated, not what comes out.
double rare_demand(double m, double probability) {
    double low = m, high = 2 * m + 1;
    const auto exponent = [m](double x) { return x * std::log(x / m) - x + m; };
    while (exponent(high) < -std::log(probability)) high *= 2;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (exponent(middle) < -std::log(probability) ? low : high) = middle;
    }
    return high;
}

// h2: the smallest buffer with P(oversold > 0) <= eps. The shops of each eps have a buffer that is surely too small; by how much
// they oversell tells what a larger one would have done.
class RiskBuffers : public Experiment {
   public:
    RiskBuffers(const Case& c, double demand, const Effort& effort) {
        std::set<double> risks;
        for (const auto& [output, expected] : c.outputs)
            if (const auto eps = eps_of(output)) risks.insert(*eps);
        if (risks.empty()) throw CaseError("has no output b_EPS or P_at_EPS with 0 < EPS < 1");
        const double shoppers = shoppers_per_run(effort, risks.size());
        for (const double eps : risks) {
            // The median is not below m - ln 2, so a buffer of m - 1 is exceeded more often than not.
            const double buffer = eps < 0.3 ? std::max(0.0, std::floor(demand) - 1) : 0;
            const auto tail =
                tails_.try_emplace(eps, demand, rare_demand(demand, eps), static_cast<Quantity>(buffer), shoppers).first;
            by_setting_.push_back(&tail->second);
        }
    }

    std::vector<Overrides> settings() const override {
        std::vector<Overrides> out;
        for (const Tail* tail : by_setting_) out.push_back(tail->shops().overrides());
        return out;
    }
    double shoppers() const override {
        double sum = 0;
        for (const Tail* tail : by_setting_) sum += tail->shops().shoppers();
        return sum;
    }
    void begin(std::size_t setting) override {
        running_ = by_setting_[setting];
        running_->shops().begin();
    }
    void accepted(SimTime at, ChannelId, Sku sku, Quantity units, Quantity oversold) override {
        running_->shops().accepted(at, sku, units, oversold);
    }
    void end() override { running_->take(); }

    Reading read(const std::string& output, double expected) const override {
        const auto eps = eps_of(output);
        if (!eps) return NotCompared{"not an output that is known here"};
        const Tail& tail = tails_.at(*eps);
        return output.starts_with("b_") ? smallest(tail, *eps, expected) : at_smallest(tail, *eps, expected);
    }

   private:
    static std::optional<double> eps_of(const std::string& output) {
        auto eps = number_after("b_", output);
        if (!eps) eps = number_after("P_at_", output);
        return eps && *eps > 0 && *eps < 1 ? eps : std::nullopt;
    }
    static Estimate with_buffer(const Tail& tail, double buffer, double expected) {
        return tail.probability(static_cast<Quantity>(buffer) - tail.buffer() + 1, expected);
    }
    // The chance falls as the buffer grows: one that is too high speaks against every smaller buffer, one that is low enough
    // against every larger one.
    static Estimate smallest(const Tail& tail, double eps, double expected) {
        Estimate out;
        out.whole = true;
        out.value = out.high = INFINITY;
        out.low = tail.buffer();
        for (double buffer = tail.buffer(); out.high == INFINITY; ++buffer) {
            const Estimate chance = with_buffer(tail, buffer, eps);
            if (chance.value == 0) break;
            if (chance.value <= eps) out.value = std::min(out.value, buffer);
            if (chance.low > eps) out.low = buffer + 1;
            if (chance.high <= eps) out.high = buffer;
            if (chance.z > 0 && expected <= buffer) out.z = std::max(out.z, chance.z);
            if (chance.z < 0 && expected > buffer && -chance.z > std::abs(out.z)) out.z = chance.z;
        }
        if (expected != std::floor(expected) || expected < tail.buffer()) out.z = INFINITY;
        return out;
    }
    // Where several buffers may be the smallest, the interval covers them all.
    static Estimate at_smallest(const Tail& tail, double eps, double expected) {
        const Estimate buffer = smallest(tail, eps, 0);
        Estimate out = with_buffer(tail, buffer.value, expected);
        for (double other = buffer.low; other <= buffer.high && std::isfinite(buffer.high); ++other)
            out = either(out, with_buffer(tail, other, expected));
        return out;
    }

    std::map<double, Tail> tails_;  // by eps
    std::vector<Tail*> by_setting_;
    Tail* running_ = nullptr;
};

}  // namespace

std::unique_ptr<Experiment> oversold_tail(const Case& c, const Effort& effort) {
    return std::make_unique<OversoldTail>(c.inputs.positive("m"), c.inputs.whole("k", 0), effort);
}

std::unique_ptr<Experiment> risk_buffers(const Case& c, const Effort& effort) {
    return std::make_unique<RiskBuffers>(c, c.inputs.positive("m"), effort);
}

}  // namespace lastunit::cli::validation
