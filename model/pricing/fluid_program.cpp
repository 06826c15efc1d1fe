#include "model/pricing/fluid_program.hpp"

#include <algorithm>

namespace lastunit::model {
namespace {

constexpr double kNoise = 1e-9;  // a fraction below is the solver's

}  // namespace

FluidProgram::FluidProgram(const Forecast& forecast) : forecast_(forecast), stock_row_(forecast.stock.size(), kNone), first_{0} {
    constexpr double kInf = LinearProgram::kUnbounded;
    for (std::size_t at = 0; at < stock_row_.size(); ++at)
        if (forecast.stock[at] > 0) stock_row_[at] = program_.add_row(-kInf, forecast.stock[at]);
    const std::size_t places = forecast.nodes + 1;
    // Rows first: one per item, then one per pair of item and place that ties it to the parcel.
    for (std::size_t kind = 0; kind < forecast.kinds(); ++kind) {
        for (std::size_t i = 0; i < forecast.items(kind).size(); ++i) {
            item_row_.push_back(program_.add_row(0, 0));
            for (std::size_t k = 0; k < places; ++k) program_.add_row(0, kInf);
        }
        first_.push_back(item_row_.size());
    }
    column_.assign(item_row_.size() * places, kNone);
    for (std::size_t kind = 0; kind < forecast.kinds(); ++kind) add_kind(kind);
}

void FluidProgram::add_kind(std::size_t kind) {
    const auto& items = forecast_.items(kind);
    const core::UnitOrder order = forecast_.order(kind);
    const std::size_t nodes = forecast_.nodes;
    std::vector<LinearProgram::Entry> parcel;
    for (std::size_t k = 0; k <= nodes; ++k) {
        const double unit = forecast_.in_units(k < nodes ? order.unit[k] : order.unfilled_unit);
        parcel.clear();
        for (std::size_t i = 0; i < items.size(); ++i) {
            const int stock = k < nodes ? stock_row_[k * forecast_.skus + items[i]] : kNone;
            if (k < nodes && stock == kNone) continue;
            const std::size_t item = first_[kind] + i;
            const int tie = item_row_[item] + 1 + static_cast<int>(k);
            parcel.push_back({tie, 1});
            const LinearProgram::Entry entries[] = {{item_row_[item], 1}, {tie, -1}, {stock, 1}};
            column_[item * (nodes + 1) + k] = program_.add_column(unit, std::span(entries).first(stock == kNone ? 2 : 3));
        }
        const double fixed = forecast_.in_units(k < nodes ? order.parcel : order.unfilled_order);
        if (!parcel.empty()) program_.add_column(fixed, parcel);
    }
}

void FluidProgram::solve(std::span<const double> demand) {
    for (std::size_t kind = 0; kind < forecast_.kinds(); ++kind)
        for (std::size_t item = first_[kind]; item < first_[kind + 1]; ++item)
            program_.move_row(item_row_[item], demand[kind], demand[kind]);
    program_.solve(LinearProgram::Method::dual);
}

double FluidProgram::cost(std::span<const double> demand) {
    solve(demand);
    return program_.objective();
}

FluidPlan FluidProgram::plan(std::span<const double> demand) {
    solve(demand);
    const std::size_t places = forecast_.nodes + 1;
    FluidPlan out;
    out.cost = program_.objective();
    out.fractions = core::FractionTable(places);
    for (std::size_t kind = 0; kind < forecast_.kinds(); ++kind) {
        const std::size_t items = forecast_.items(kind).size();
        const std::span<double> share = out.fractions.add(items);
        out.units += demand[kind] * static_cast<double>(items);
        for (std::size_t at = 0; at < share.size(); ++at) {
            const int column = column_[first_[kind] * places + at];
            if (column == kNone || demand[kind] <= 0) continue;
            const double value = program_.values()[static_cast<std::size_t>(column)] / demand[kind];
            share[at] = value < kNoise ? 0 : std::min(value, 1.0);
            if (at % places == forecast_.nodes) out.unfilled_units += share[at] * demand[kind];
        }
    }
    std::vector<double> duals = program_.interior_duals();
    if (duals.empty()) duals.assign(program_.duals().begin(), program_.duals().end());
    out.prices.assign(forecast_.stock.size(), 0);
    for (std::size_t at = 0; at < out.prices.size(); ++at)
        if (stock_row_[at] != kNone)
            out.prices[at] = forecast_.in_money(std::max(0.0, -duals[static_cast<std::size_t>(stock_row_[at])]));
    return out;
}

}  // namespace lastunit::model
