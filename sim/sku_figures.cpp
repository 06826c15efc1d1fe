#include "sim/sku_figures.hpp"

#include <algorithm>
#include <array>

#include "model/sku_class.hpp"

namespace lastunit::sim {

namespace {

std::uint64_t key(std::uint32_t sku, std::uint8_t channel, unsigned cause) {
    return (std::uint64_t{sku} << 16U) | (std::uint64_t{channel} << 8U) | cause;
}

}  // namespace

SkuFigures::SkuFigures(const World& world) : world_(world), of_(world.scenario.catalogue.skus.size()) {}

void SkuFigures::oversold(Sku sku, ChannelId channel, model::OversoldCause cause, Quantity units) {
    of_[sku.value].oversold += count(units);
    oversold_[key(sku.value, channel.value, static_cast<unsigned>(cause))] += count(units);
}

void SkuFigures::fill(model::RunRecord& record) const {
    const std::vector<model::SkuClass> classes = model::sku_classes(world_.scenario);
    std::array<model::SkuClassKpi, model::kSkuClasses> sums;
    for (std::size_t sku = 0; sku < of_.size(); ++sku) {
        if (!world_.scenario.catalogue.skus[sku].bundle.empty()) continue;
        const Counts& counts = of_[sku];
        model::SkuClassKpi& sum = sums[static_cast<std::size_t>(classes[sku])];
        sum.set_skus(sum.skus() + 1);
        sum.set_units_accepted(sum.units_accepted() + counts.accepted);
        sum.set_oversold_units(sum.oversold_units() + counts.oversold);
        sum.set_undersold_units(sum.undersold_units() + counts.undersold);
        sum.set_lost_sales_units(sum.lost_sales_units() + counts.lost);
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
        sums[i].set_name(model::name_of(static_cast<model::SkuClass>(i)));
        *record.add_sku_classes() = sums[i];
    }
    for (const std::uint32_t sku : worst()) {
        model::SkuKpi& out = *record.add_worst_skus();
        out.set_sku_class(model::name_of(classes[sku]));
        fill_worst(out, sku);
    }
}

// By index where they are equal.
std::vector<std::uint32_t> SkuFigures::worst() const {
    std::vector<std::uint32_t> skus;
    for (std::uint32_t sku = 0; sku < of_.size(); ++sku)
        if (of_[sku].oversold + of_[sku].undersold > 0) skus.push_back(sku);
    const std::size_t most = std::min(kWorst, skus.size());
    const auto worse = [&](std::uint32_t a, std::uint32_t b) {
        if (of_[a].oversold != of_[b].oversold) return of_[a].oversold > of_[b].oversold;
        return of_[a].undersold != of_[b].undersold ? of_[a].undersold > of_[b].undersold : a < b;
    };
    std::partial_sort(skus.begin(), skus.begin() + static_cast<std::ptrdiff_t>(most), skus.end(), worse);
    skus.resize(most);
    return skus;
}

void SkuFigures::fill_worst(model::SkuKpi& out, std::uint32_t sku) const {
    const model::SkuInfo& info = world_.scenario.catalogue.skus[sku];
    const Counts& counts = of_[sku];
    out.set_sku(info.name);
    out.set_units_accepted(counts.accepted);
    out.set_oversold_units(counts.oversold);
    out.set_undersold_units(counts.undersold);
    out.set_lost_sales_units(counts.lost);
    out.set_oversold_value(info.price * static_cast<Money>(counts.oversold));
    std::array<std::uint64_t, model::kOversoldCauses> causes{};
    std::vector<std::uint64_t> channels(world_.scenario.channels.size());
    const auto end = oversold_.lower_bound(key(sku + 1, 0, 0));
    for (auto at = oversold_.lower_bound(key(sku, 0, 0)); at != end; ++at) {
        causes[at->first & 255U] += at->second;
        channels[at->first >> 8U & 255U] += at->second;
    }
    for (unsigned i = 0; i < causes.size(); ++i) {
        if (causes[i] == 0) continue;
        model::CauseCount& cause = *out.add_oversold_causes();
        cause.set_cause(model::name_of(static_cast<model::OversoldCause>(i)));
        cause.set_units(causes[i]);
    }
    for (std::size_t i = 0; i < channels.size(); ++i) {
        if (channels[i] == 0) continue;
        model::ChannelUnits& channel = *out.add_channels();
        channel.set_channel(world_.scenario.channels[i].name);
        channel.set_oversold_units(channels[i]);
    }
}

}  // namespace lastunit::sim
