#include "sim/operations/stock_figures.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/operations/replenishment.hpp"
#include "sim/record_fields.hpp"
#include "sim/recorder.hpp"

namespace lastunit::sim {

StockFigures::StockFigures(World& world)
    : world_(world),
      keeps_arrivals_(!world.scenario.replenishment.empty() || !world.scenario.returns.empty() ||
                      !world.scenario.costs.unsold.empty() || world.scenario.costs.age_at_start.us > 0),
      stocked_(world.cells()) {}

void StockFigures::stocked(NodeId node, Sku sku) { stocked_[world_.cell_of(node, sku)] = true; }

void StockFigures::start() {
    const auto nodes = static_cast<std::uint16_t>(world_.scenario.network.nodes.size());
    const model::Discrete& popularity = world_.scenario.catalogue.popularity;
    std::vector<std::uint32_t> skus(world_.scenario.catalogue.skus.size());
    std::iota(skus.begin(), skus.end(), 0U);
    if (!world_.scenario.replenishment.empty())
        for (const std::uint32_t sku : skus)
            for (std::uint16_t node = 0; node < nodes; ++node)
                if (world_.replenishment->replenishes(NodeId(node), Sku(sku))) stocked(NodeId(node), Sku(sku));
    const std::size_t most = std::min<std::size_t>(kPopular, skus.size());
    std::partial_sort(skus.begin(), skus.begin() + static_cast<std::ptrdiff_t>(most), skus.end(),
                      [&](std::uint32_t a, std::uint32_t b) {
                          const double of_a = popularity.share(a), of_b = popularity.share(b);
                          return of_a != of_b ? of_a > of_b : a < b;
                      });
    for (std::size_t i = 0; i < most; ++i)
        for (std::uint16_t node = 0; node < nodes && popular_.size() < kMostWatched; ++node)
            if (const std::size_t cell = world_.cell_of(NodeId(node), Sku(skus[i])); stocked_[cell]) popular_.push_back(cell);
}

void StockFigures::arrived(NodeId node, Sku sku, Quantity units) {
    if (keeps_arrivals_) arrivals_.push_back({world_.cell_of(node, sku), world_.now, units});
}

void StockFigures::sample() {
    ++samples_;
    stock_ += static_cast<double>(world_.truth.on_shelves());
    left_ = world_.recorder->stock_left;
    for (const std::size_t cell : popular_) empty_ += empty(cell) ? 1 : 0;
}

std::uint64_t StockFigures::empty_cells(NodeId node) const {
    std::uint64_t count = 0;
    for (std::uint32_t sku = 0; sku < world_.scenario.catalogue.skus.size(); ++sku)
        count += empty(world_.cell_of(node, Sku(sku))) ? 1 : 0;
    return count;
}

void StockFigures::fill(model::Kpi& kpi) const {
    if (stock_ > 0) kpi.set_inventory_turnover(static_cast<double>(left_) * static_cast<double>(samples_) / stock_);
    if (samples_ > 0 && !popular_.empty())
        kpi.set_popular_empty_rate(static_cast<double>(empty_) / static_cast<double>(samples_ * popular_.size()));
    std::uint64_t empty = 0;
    for (std::uint16_t node = 0; node < world_.scenario.network.nodes.size(); ++node) empty += empty_cells(NodeId(node));
    kpi.set_empty_cells(empty);
    if (keeps_arrivals_) fill_age(*kpi.mutable_stock_age_s());
}

// First in, first out: what is left on a shelf are its last arrivals. What the node puts back itself keeps its age.
void StockFigures::each_age(const Aged& visit) const {
    std::vector<Arrival> arrivals = arrivals_;
    std::stable_sort(arrivals.begin(), arrivals.end(), [](const Arrival& a, const Arrival& b) { return a.cell < b.cell; });
    std::size_t next = arrivals.size();
    const auto cells = world_.truth.cells();
    for (std::size_t cell = cells.size(); cell-- > 0;) {
        Quantity left = std::max(0, cells[cell].shelf);
        for (; next > 0 && arrivals[next - 1].cell == cell; --next) {
            const Quantity units = std::min(left, arrivals[next - 1].units);
            if (units > 0) visit(cell, world_.now - arrivals[next - 1].at, units);
            left -= units;
        }
        if (left > 0) visit(cell, world_.now - SimTime{0} + world_.scenario.costs.age_at_start, left);
    }
}

void StockFigures::fill_age(model::TimeStats& out) const {
    model::Histogram ages;
    each_age([&](std::size_t, Duration age, Quantity units) {
        for (Quantity i = 0; i < units; ++i) ages.add(age);
    });
    fill_times(out, ages);
}

std::vector<Money> StockFigures::unsold_markdown() const {
    const std::vector<model::AgeMarkdown>& steps = world_.scenario.costs.unsold;  // youngest first
    const std::size_t nodes = world_.scenario.network.nodes.size();
    std::vector<Money> lost(nodes, 0);
    if (steps.empty()) return lost;
    each_age([&](std::size_t cell, Duration age, Quantity units) {
        double off = 0;
        for (const model::AgeMarkdown& step : steps)
            if (age >= step.older_than) off = step.off;
        const Money value = world_.scenario.catalogue.skus[cell / nodes].price * units;
        lost[cell % nodes] += std::llround(off * static_cast<double>(value));
    });
    return lost;
}

}  // namespace lastunit::sim
