// h1: the safety buffer of least cost. Several buffers are tried on the same shops with the same shoppers: what one oversells, a
// larger one has left over.
#include <algorithm>
#include <cmath>

#include "cli/validation/families.hpp"
#include "cli/validation/lag_shop.hpp"

namespace lastunit::cli::validation {
namespace {

struct Costs {
    double oversold = 0, stranded = 0;  // per unit
};

class Newsvendor : public Experiment {
   public:
    Newsvendor(double demand, Costs costs, const Effort& effort) : costs_(costs) {
        const std::vector<Quantity> buffers = worth_trying(demand);
        constexpr double kRuns = 12;  // at least, of each buffer
        const double shoppers = std::min(20'000.0, effort.shoppers / kRuns / static_cast<double>(buffers.size()));
        for (const Quantity buffer : buffers) tried_.emplace_back(Tried{buffer, LagShops(demand, buffer, shoppers)});
        cost_in_run_.resize(tried_.front().shops.shops().size());
    }

    std::vector<Overrides> settings() const override {
        std::vector<Overrides> out;
        for (const Tried& tried : tried_) out.push_back(tried.shops.overrides());
        return out;
    }
    double shoppers() const override { return tried_.front().shops.shoppers() * static_cast<double>(tried_.size()); }

    void begin(std::size_t setting) override {
        setting_ = setting;
        tried_[setting].shops.begin();
    }
    void accepted(SimTime at, ChannelId, Sku sku, Quantity units, Quantity oversold) override {
        tried_[setting_].shops.accepted(at, sku, units, oversold);
    }
    void end() override {
        Tried& tried = tried_[setting_];
        const auto& shops = tried.shops.shops();
        for (std::size_t i = 0; i < shops.size(); ++i) {
            if (!shops[i].opened()) continue;
            const Quantity oversold = shops[i].oversold;
            const Quantity stranded = tried.buffer - (shops[i].demand - oversold);
            tried.oversold.add(oversold);
            tried.stranded.add(stranded);
            tried.any += oversold > 0 ? 1 : 0;
            const double cost = costs_.oversold * oversold + costs_.stranded * stranded;
            tried.cost.add(cost);
            if (setting_ > 0) tried.dearer.add(cost - cost_in_run_[i]);
            cost_in_run_[i] = cost;
        }
    }

    Reading read(const std::string& output, double expected) const override {
        if (output == "b_opt") return cheapest(expected);
        if (output == "cost_b0") return mean_of(tried_.front().cost, expected);
        if (output == "cost_opt") return of_best([&](const Tried& best) { return cost_of(best, expected); });
        if (output == "E_oversold") return of_best([&](const Tried& best) { return of_count_mean(best.oversold, expected); });
        if (output == "E_stranded") return of_best([&](const Tried& best) { return of_count_mean(best.stranded, expected); });
        if (output == "P_oversell")
            return of_best([&](const Tried& best) { return of_proportion(best.any, best.cost.n, expected); });
        return NotCompared{"not an output that is known here"};
    }

   private:
    struct Tried {
        Quantity buffer = 0;
        LagShops shops;
        Moments cost{}, oversold{}, stranded{};  // per shop
        double any = 0;                          // shops that oversold
        Moments dearer{};                        // than the buffer before, in the same shop
    };

    // Around the quantile of the demand at which the costs balance, roughly (Cornish and Fisher, to the first order); and none.
    std::vector<Quantity> worth_trying(double demand) const {
        const double z = normal_quantile(costs_.oversold / (costs_.oversold + costs_.stranded));
        const double guess = std::round(demand + z * std::sqrt(demand) + (z * z - 1) / 6);
        constexpr double kAround = 4;
        std::vector<Quantity> out;
        if (guess > kAround) out.push_back(0);
        for (double buffer = std::max(0.0, guess - kAround); buffer <= std::max(0.0, guess) + kAround; ++buffer)
            out.push_back(static_cast<Quantity>(buffer));
        return out;
    }
    std::size_t best_tried() const {
        std::size_t best = 0;
        for (std::size_t i = 1; i < tried_.size(); ++i)
            if (tried_[i].cost.sum < tried_[best].cost.sum) best = i;
        return best;
    }
    // The cost falls and then rises: each buffer that is cheaper than the one before speaks against all smaller ones, each that
    // is dearer against itself and all larger ones.
    Estimate cheapest(double expected) const {
        Estimate out;
        out.whole = true;
        out.value = tried_[best_tried()].buffer;
        out.high = INFINITY;
        for (std::size_t i = 1; i < tried_.size(); ++i) {
            const Quantity buffer = tried_[i].buffer, before = tried_[i - 1].buffer;
            const Estimate dearer = buffer == before + 1 ? one_more(tried_[i].dearer) : mean_of(tried_[i].dearer, 0);
            if (dearer.high < 0) out.low = buffer == before + 1 ? buffer : before;
            if (dearer.low > 0) out.high = std::min<double>(out.high, before);
            const bool against = expected < buffer ? dearer.z < 0 : dearer.z > 0;
            if (against && std::abs(dearer.z) > std::abs(out.z)) out.z = -dearer.z;
        }
        if (expected != std::floor(expected)) out.z = INFINITY;
        return out;
    }
    // One unit of buffer more costs a shop one stranded unit, or saves it an oversold one, and nothing else: a proportion, whose
    // interval is honest also where not a single sale was saved.
    Estimate one_more(const Moments& dearer) const {
        const double both = costs_.oversold + costs_.stranded;
        const double saved = std::round((dearer.n * costs_.stranded - dearer.sum) / both);
        const Estimate share = of_proportion(saved, dearer.n, costs_.stranded / both);
        Estimate out;
        out.low = costs_.stranded - share.high * both;
        out.high = costs_.stranded - share.low * both;
        out.z = -share.z;
        return out;
    }
    // Where hardly a shop oversold, the spread of the costs says nothing of how often one does.
    Estimate cost_of(const Tried& tried, double expected) const {
        constexpr double kSeen = 30;
        Estimate out = mean_of(tried.cost, expected);
        if (tried.any >= kSeen) return out;
        const Estimate oversold = of_count_mean(tried.oversold, tried.oversold.sum / tried.oversold.n);
        const Estimate stranded = of_mean(tried.stranded, tried.stranded.sum / tried.stranded.n);
        out.low = costs_.oversold * oversold.low + costs_.stranded * stranded.low;
        out.high = costs_.oversold * oversold.high + costs_.stranded * stranded.high;
        if (out.low <= expected && expected <= out.high) out.z = 0;
        return out;
    }
    // What `figure` of a tried buffer says of the best one. Where several may be the best, all of them are meant.
    template <class Figure> Estimate of_best(Figure figure) const {
        const Estimate best = cheapest(0);
        Estimate out = figure(tried_[best_tried()]);
        for (const Tried& tried : tried_)
            if (best.low <= tried.buffer && tried.buffer <= best.high) out = either(out, figure(tried));
        return out;
    }
    // Of money: small amounts count as much as large ones.
    static Estimate mean_of(const Moments& cost, double expected) {
        Estimate out = of_mean(cost, expected);
        out.scale = 0;
        return out;
    }

    Costs costs_;
    std::vector<Tried> tried_;  // by buffer
    std::size_t setting_ = 0;
    std::vector<double> cost_in_run_;  // by shop, with the buffer before
};

}  // namespace

std::unique_ptr<Experiment> newsvendor(const Case& c, const Effort& effort) {
    const Inputs& in = c.inputs;
    return std::make_unique<Newsvendor>(in.positive("m"), Costs{in.positive("co"), in.positive("cu")}, effort);
}

}  // namespace lastunit::cli::validation
