// m: one kind of order whose items come from given nodes with given probabilities, as an LP's plan says. How many parcels are an
// order? Orders are rounded by the routing core, one after the other; the bound is the fluid LP's, over stock that leaves it no
// other fractions than these.
#include <algorithm>
#include <cmath>

#include "cli/validation/families.hpp"
#include "core/routing/rounding.hpp"
#include "model/pricing/fluid_program.hpp"
#include "model/random.hpp"

namespace lastunit::cli::validation {
namespace {

constexpr double kOrders = 400'000;  // a standard error below 0.1 % of some parcels per order
constexpr double kSameShare = 1e-6;
constexpr double kMostSteps = 4e8;     // of all orders: items times places, some seconds
constexpr double kOrdersOfPlan = 1e9;  // shares of so many become whole units

class RoundedOrders : public Experiment {
   public:
    enum class Bounded : std::uint8_t { no, by_lp };
    RoundedOrders(std::vector<double> share, std::size_t places, std::string parcels_output, Bounded bounded)
        : share_(std::move(share)), places_(places), parcels_output_(std::move(parcels_output)), bounded_(bounded) {}

    std::vector<Overrides> settings() const override { return {}; }
    double shoppers() const override { return 0; }
    void begin(std::size_t) override {}
    void end() override {
        const core::Fractions fractions{share_, places_};
        std::vector<double> uniforms(core::Rounder::uniforms(core::Rounding::independent, fractions));
        std::vector<std::uint32_t> places(fractions.items());
        core::Rounder rounder;
        const auto orders = static_cast<std::uint64_t>(std::min(kOrders, kMostSteps / static_cast<double>(share_.size())));
        for (std::uint64_t order = 0; order < orders; ++order) {
            model::Stream random(1, model::Purpose::rounding, order);
            for (double& uniform : uniforms) uniform = random.uniform();
            rounder.round(core::Rounding::independent, fractions, uniforms, places);
            std::sort(places.begin(), places.end());
            parcels_.add(static_cast<double>(std::unique(places.begin(), places.end()) - places.begin()));
        }
    }
    Reading read(const std::string& output, double expected) const override {
        if (output == parcels_output_) return of_mean(parcels_, expected);
        if (output == "lp_bound" && bounded_ == Bounded::by_lp) return exactly(least_parcels(), expected);
        return NotCompared{"not an output that is known here"};
    }

   private:
    // Each parcel costs 1 and units cost nothing; what is left unfilled costs more than any parcels.
    double least_parcels() const {
        const std::size_t items = share_.size() / places_;
        model::Forecast forecast;
        forecast.nodes = static_cast<std::uint32_t>(places_);
        forecast.skus = static_cast<std::uint32_t>(items);
        forecast.regions = 1;
        forecast.periods = 1;
        forecast.orders.emplace_back();
        for (std::uint32_t i = 0; i < items; ++i) forecast.orders.back().push_back(i);
        forecast.rate = {kOrdersOfPlan};
        for (std::size_t k = 0; k < places_; ++k)
            for (std::size_t i = 0; i < items; ++i)
                forecast.stock.push_back(static_cast<Quantity>(std::ceil(share_[i * places_ + k] * kOrdersOfPlan)));
        forecast.money_unit = 1'000'000;
        forecast.parcel = forecast.money_unit;
        forecast.unit.assign(places_, 0);
        forecast.unfilled_unit = {100 * forecast.money_unit};
        const std::vector<double> demand = {kOrdersOfPlan};
        return model::FluidProgram(forecast).cost(demand) / kOrdersOfPlan;
    }

    std::vector<double> share_;  // [item][place]
    std::size_t places_;
    std::string parcels_output_;
    Moments parcels_;
    Bounded bounded_;
};

}  // namespace

std::unique_ptr<Experiment> rounded_orders(const Case& c, const Effort&) {
    const std::vector<std::vector<double>> by_place = c.inputs.table("u", 0);
    const std::size_t items = by_place.front().size();
    std::vector<double> share(items * by_place.size());
    for (std::size_t k = 0; k < by_place.size(); ++k) {
        if (by_place[k].size() != items) throw CaseError("input 'u': rows of different lengths");
        for (std::size_t i = 0; i < items; ++i) share[i * by_place.size() + k] = by_place[k][i];
    }
    for (std::size_t i = 0; i < items; ++i) {
        double sum = 0;
        for (std::size_t k = 0; k < by_place.size(); ++k) sum += share[i * by_place.size() + k];
        if (std::abs(sum - 1) > kSameShare) throw CaseError("input 'u': the shares of an item do not sum to 1");
    }
    return std::make_unique<RoundedOrders>(std::move(share), by_place.size(), "indep", RoundedOrders::Bounded::by_lp);
}

std::unique_ptr<Experiment> uniform_orders(const Case& c, const Effort&) {
    const auto items = static_cast<std::size_t>(c.inputs.whole("n", 1, 200));
    const auto places = static_cast<std::size_t>(c.inputs.whole("K", 1, 200));
    return std::make_unique<RoundedOrders>(std::vector<double>(items * places, 1.0 / static_cast<double>(places)), places,
                                           "shipments", RoundedOrders::Bounded::no);
}

}  // namespace lastunit::cli::validation
