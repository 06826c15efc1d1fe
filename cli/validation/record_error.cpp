// i2: records that start wrong. Every SKU has R units on record; V of them are missing, U more are there than the record knows. K
// shoppers order before the first picker looks.
//
// An empty shelf is looked for with more units missing and fewer too many, both by the same factor, and with so many on record
// that the whole error U - V shows; each SKU counts with its likelihood ratio, which depends on U - V alone.
#include <cmath>

#include "cli/validation/families.hpp"
#include "cli/validation/settings.hpp"
#include "cli/validation/weighted_share.hpp"
#include "cli/validation/yaml_map.hpp"
#include "sim/truth.hpp"

namespace lastunit::cli::validation {
namespace {

struct Errors {
    double unrecorded = 0, missing = 0;  // means
};

class RecordError : public Experiment {
   public:
    RecordError(Quantity recorded, Quantity orders, Errors errors)
        : recorded_(recorded), orders_(orders), errors_(errors), skus_(std::clamp(4000 / (orders + 1), 1, 200)) {
        // The factor that makes the mean error -R: the root of V f - U / f = R. Never in favour of fuller shelves.
        if (errors.missing > 0) {
            const double root =
                recorded + std::sqrt(static_cast<double>(recorded) * recorded + 4 * errors.missing * errors.unrecorded);
            factor_ = std::max(1.0, root / (2 * errors.missing));
        }
        often_ = {errors.unrecorded / factor_, errors.missing * factor_};
        const double spread = std::sqrt(often_.missing + often_.unrecorded);
        plenty_ = static_cast<Quantity>(std::ceil(2 * recorded + 12 * spread + 20));
    }

    std::vector<Overrides> settings() const override {
        return {overrides(recorded_, orders_, errors_), overrides(plenty_, 1, often_)};
    }
    double shoppers() const override { return static_cast<double>(skus_) * (orders_ + 1); }

    void begin(std::size_t setting) override {
        setting_ = setting;
        looked_ = false;
        cancelled_.assign(skus_, 0);
    }
    // Before anything was picked: the shelves as they were at the start.
    void after_event(const core::Ledger&, const sim::Truth& truth) override {
        if (looked_) return;
        looked_ = true;
        for (std::uint32_t sku = 0; sku < skus_; ++sku) {
            const Quantity there = truth.cell(NodeId(0), Sku(sku)).shelf;
            if (setting_ == 0) {
                exact_ += there == recorded_ ? 1 : 0;
                continue;
            }
            const Quantity error = there - plenty_;
            const double surplus = often_.missing + often_.unrecorded - errors_.missing - errors_.unrecorded;
            empty_.add(recorded_ + error <= 0, std::exp(error * std::log(factor_) + surplus));
        }
    }
    void accepted(SimTime, ChannelId, Sku, Quantity units, Quantity) override {
        if (setting_ == 0) accepted_in_all_ += units;
    }
    void cancelled(SimTime, ChannelId, Sku sku, Quantity units) override { cancelled_[sku.value] += units; }
    void end() override {
        if (setting_ != 0) return;
        for (std::uint32_t sku = 0; sku < skus_; ++sku) {
            cancels_.add(cancelled_[sku]);
        }
    }

    // What is accepted of a SKU hardly varies.
    Reading read(const std::string& output, double expected) const override {
        const double per_sku = accepted_in_all_ / cancels_.n;
        if (output == "mean_cancels") return of_count_mean(cancels_, expected);
        if (output == "cancel_rate") return divided(of_count_mean(cancels_, expected * per_sku), per_sku);
        if (output == "p_record_exact") return of_proportion(exact_, cancels_.n, expected);
        if (output == "p_actual_zero") return empty_.read(expected);
        return NotCompared{"not an output that is known here"};
    }

   private:
    // The pickers begin when the last shopper has ordered.
    Overrides overrides(Quantity recorded, Quantity orders, Errors errors) const {
        const Clock clock(1);
        YamlMap streams;
        for (std::uint32_t sku = 1; sku <= skus_; ++sku)
            streams.add("for-sku-" + std::to_string(sku),
                        "{exactly: " + std::to_string(orders) + ", skus: [sku-" + std::to_string(sku) + "]}");
        Settings settings(1, clock);
        settings.set("catalogue.skus", skus_)
            .set("stock[0].each", recorded)
            .set("demand.streams", streams.text())
            .set("network.nodes.dc.pick.service", clock.time(1))
            .set("accuracy.unrecorded_mean", digits(errors.unrecorded))
            .set("accuracy.missing_mean", digits(errors.missing));
        return settings.overrides();
    }

    Quantity recorded_, orders_, plenty_ = 0;
    Errors errors_, often_;
    double factor_ = 1;
    std::uint32_t skus_;
    std::size_t setting_ = 0;
    bool looked_ = false;
    std::vector<Quantity> cancelled_;  // [sku] in the present run
    Moments cancels_;                  // per SKU
    double accepted_in_all_ = 0;
    double exact_ = 0;  // SKUs whose record was right
    WeightedShare empty_;
};

}  // namespace

std::unique_ptr<Experiment> record_error(const Case& c, const Effort&) {
    const Inputs& in = c.inputs;
    constexpr Quantity kMost = 1'000'000;
    if (in.whole("R", 0, kMost) == 0) throw NotCovered("nothing is on record, so nothing is ordered");
    return std::make_unique<RecordError>(in.whole("R", 1, kMost), in.whole("K", 1, kMost),
                                         Errors{in.number("up", 0, kMost), in.number("dn", 0, kMost)});
}

}  // namespace lastunit::cli::validation
