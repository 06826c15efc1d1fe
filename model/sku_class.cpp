#include "model/sku_class.hpp"

#include <algorithm>
#include <numeric>

namespace lastunit::model {

namespace {

constexpr double kUntilB = 0.80, kUntilC = 0.95;  // of the demand

// That one shopper of the stream asks for; bots ask for nothing.
double units_each(const Scenario& scenario, const ArrivalStream& stream) {
    double units = 0;
    for (std::size_t i = 0; i < scenario.personas.size(); ++i) {
        const Persona& persona = scenario.personas[i];
        if (persona.bot) continue;
        const double share = stream.persona ? (*stream.persona == i ? 1 : 0) : persona.share;
        units += share * persona.lines_mean * (1 + persona.second_unit) * (1 + persona.same_sku_twice);
    }
    return units;
}

class Wanted {
   public:
    explicit Wanted(const Catalogue& catalogue) : catalogue_(catalogue), units_(catalogue.skus.size(), 0.0) {}
    void add(Sku sku, double units) {
        const auto& bundle = catalogue_.skus[sku.value].bundle;
        if (bundle.empty()) units_[sku.value] += units;
        for (const SkuInfo::Component& part : bundle) units_[part.sku.value] += units * part.units;
    }
    std::vector<double> take() { return std::move(units_); }

   private:
    const Catalogue& catalogue_;
    std::vector<double> units_;
};

}  // namespace

const char* name_of(SkuClass of) {
    switch (of) {
        case SkuClass::a:
            return "A";
        case SkuClass::b:
            return "B";
        case SkuClass::c:
            return "C";
    }
    return "";
}

std::vector<double> units_wanted(const Scenario& scenario) {
    Wanted wanted(scenario.catalogue);
    double popular = 0;
    for (const ArrivalStream& stream : scenario.arrivals) {
        const double units = stream.expected(SimTime{0} + scenario.run.horizon) * units_each(scenario, stream);
        if (stream.skus.empty()) popular += units;
        for (const Sku sku : stream.skus) wanted.add(sku, units / static_cast<double>(stream.skus.size()));
    }
    if (popular > 0)
        for (std::uint32_t sku = 0; sku < scenario.catalogue.skus.size(); ++sku)
            wanted.add(Sku(sku), popular * scenario.catalogue.popularity.share(sku));
    if (scenario.replay)
        for (const ReplayLine& line : scenario.replay->lines) wanted.add(Sku(line.sku), static_cast<double>(line.quantity));
    return wanted.take();
}

std::vector<SkuClass> sku_classes(const Scenario& scenario) {
    const std::vector<double> wanted = units_wanted(scenario);
    std::vector<std::uint32_t> order(wanted.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return wanted[a] != wanted[b] ? wanted[a] > wanted[b] : a < b; });
    const double all = std::accumulate(wanted.begin(), wanted.end(), 0.0);
    std::vector<SkuClass> classes(wanted.size(), SkuClass::c);
    double before = 0;  // of those that draw more
    for (const std::uint32_t sku : order) {
        if (wanted[sku] <= 0 || before >= kUntilC * all) break;
        classes[sku] = before < kUntilB * all ? SkuClass::a : SkuClass::b;
        before += wanted[sku];
    }
    return classes;
}

}  // namespace lastunit::model
