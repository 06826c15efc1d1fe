// l1: what is bought when ranks are drawn by Zipf's law. Each replication is as many purchases as the case draws.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "cli/validation/families.hpp"
#include "cli/validation/output_name.hpp"
#include "cli/validation/settings.hpp"

namespace lastunit::cli::validation {
namespace {

class Popularity : public Experiment {
   public:
    Popularity(const Case& c, std::uint32_t skus, double exponent) : in_run_(skus), in_all_(skus) {
        for (const auto& [output, expected] : c.outputs) {
            const auto draws = number_after("distinct_", output);
            if (!draws) continue;
            if (*draws != std::floor(*draws) || *draws < 1 || *draws > 1e7)
                throw CaseError("output '" + output + "': not a number of purchases");
            after_[*draws].most = std::min<double>(*draws, skus);
        }
        const double draws = after_.empty() ? 10'000 : after_.rbegin()->first;
        const Clock clock(1);
        Settings settings(draws, clock);
        settings.set("catalogue.skus", skus)
            .set("catalogue.popularity.zipf", digits(exponent))
            .set("demand.streams.all.exactly", static_cast<std::int64_t>(draws));
        // So many SKUs take as long to set up as a shopper takes to shop; measured.
        constexpr double kSkusPerShopper = 20;
        overrides_ = settings.overrides();
        shoppers_ = draws + skus / kSkusPerShopper;
    }

    std::vector<Overrides> settings() const override { return {overrides_}; }
    double shoppers() const override { return shoppers_; }
    void begin(std::size_t) override {
        in_run_.assign(in_run_.size(), 0);
        bought_ = distinct_ = 0;
    }
    // The first SKU is the most popular.
    void accepted(SimTime, ChannelId, Sku sku, Quantity, Quantity) override {
        ++bought_;
        ++in_all_[sku.value];
        if (in_run_[sku.value]++ == 0) ++distinct_;
        if (const auto asked = after_.find(bought_); asked != after_.end())
            asked->second.lacking.push_back(asked->second.most - distinct_);
    }
    void end() override { in_all_runs_ += bought_; }
    Reading read(const std::string& output, double expected) const override {
        if (const auto rank = number_after("p_rank", output)) {
            if (*rank < 1 || *rank > static_cast<double>(in_all_.size())) return NotCompared{"there is no such rank"};
            return of_proportion(in_all_[static_cast<std::size_t>(*rank) - 1], in_all_runs_, expected);
        }
        if (const auto percent = number_after("top", output, "pct"))
            return of_proportion(bought_of_top(*percent / 100), in_all_runs_, expected);
        if (const auto draws = number_after("distinct_", output)) return distinct(after_.at(*draws), expected);
        return NotCompared{"not an output that is known here"};
    }

   private:
    struct After {
        double most = 0;              // different SKUs that so many purchases can show
        std::vector<double> lacking;  // of them, per replication
    };

    // What is lacking may be rare: a catalogue of which nearly everything is bought, or nearly nothing twice.
    static Estimate distinct(const After& after, double expected) {
        Moments counts;
        for (const double lacking : after.lacking) counts.add(lacking);
        const double awaited = after.most - expected;
        Estimate out = counts.mean() < 1 ? of_count_mean(counts, awaited) : of_replications(after.lacking, awaited);
        out.value = after.most - out.value;
        out.low = after.most - std::exchange(out.high, after.most - out.low);
        out.z = -out.z;
        return out;
    }
    // Of the most popular SKUs that make up this share of the catalogue: whole SKUs, at least one.
    double bought_of_top(double share) const {
        const double skus =
            std::clamp(std::floor(share * static_cast<double>(in_all_.size()) + 1e-9), 1.0, static_cast<double>(in_all_.size()));
        return std::accumulate(in_all_.begin(), in_all_.begin() + static_cast<std::ptrdiff_t>(skus), 0.0);
    }

    Overrides overrides_;
    double shoppers_ = 0;
    std::vector<std::uint32_t> in_run_;  // bought, by rank
    std::vector<double> in_all_;         // the same in all replications
    double bought_ = 0, distinct_ = 0;   // in the present replication
    double in_all_runs_ = 0;
    std::map<double, After> after_;  // by purchases
};

}  // namespace

std::unique_ptr<Experiment> zipf_popularity(const Case& c, const Effort&) {
    return std::make_unique<Popularity>(c, static_cast<std::uint32_t>(c.inputs.whole("N", 1, 10'000'000)),
                                        c.inputs.number("s", 0, 100));
}

}  // namespace lastunit::cli::validation
