#include "model/pricing/assignment_program.hpp"

#include <algorithm>

namespace lastunit::model {

AssignmentProgram::AssignmentProgram(const Forecast& forecast)
    : forecast_(forecast), kind_row_(forecast.kinds()), have_(forecast.kinds()), prices_(forecast.stock.size(), 0.0) {
    constexpr double kInf = LinearProgram::kUnbounded;
    for (std::size_t at = 0; at < forecast.stock.size(); ++at) program_.add_row(-kInf, 0);
    unfilled_row_ = program_.add_row(-kInf, kInf);
    for (int& row : kind_row_) row = program_.add_row(0, 0);
    const LinearProgram::Entry over[] = {{unfilled_row_, -1}};
    const Money scale = forecast.parcel > 0 ? forecast.parcel : *std::max_element(forecast.unit.begin(), forecast.unit.end());
    program_.add_column(kOverBudget * forecast.in_units(scale), over);
    // Leaving everything unfilled is a plan: the program always has one.
    for (std::size_t kind = 0; kind < forecast.kinds(); ++kind) {
        scratch_.assign(forecast.items(kind).size(), forecast.nodes);
        add(kind, scratch_);
    }
}

AssignmentProgram::Column AssignmentProgram::add(std::size_t kind, std::span<const std::uint32_t> places) {
    if (!have_[kind].emplace(places.begin(), places.end()).second) return Column::known;
    const auto& items = forecast_.items(kind);
    entries_.clear();
    int unfilled = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (places[i] < forecast_.nodes)
            entries_.push_back({static_cast<int>(places[i] * forecast_.skus + items[i]), 1});
        else
            ++unfilled;
    }
    if (unfilled > 0) entries_.push_back({unfilled_row_, static_cast<double>(unfilled)});
    entries_.push_back({kind_row_[kind], 1});
    program_.add_column(forecast_.in_units(core::cost_of(forecast_.order(kind), places)), entries_);
    kind_of_.push_back(kind);
    places_.insert(places_.end(), places.begin(), places.end());
    begin_.push_back(places_.size());
    return Column::added;
}

void AssignmentProgram::read_duals() {
    const std::span<const double> duals = program_.duals();
    for (std::size_t at = 0; at < prices_.size(); ++at) prices_[at] = std::max(0.0, -duals[at]);
    unfilled_price_ = std::max(0.0, -duals[static_cast<std::size_t>(unfilled_row_)]);
}

// True when a column was added.
bool AssignmentProgram::generate(std::span<const double> demand) {
    read_duals();
    rounded_prices_.resize(prices_.size());
    for (std::size_t at = 0; at < prices_.size(); ++at) rounded_prices_[at] = forecast_.in_money(prices_[at]);
    const Money unfilled = forecast_.in_money(unfilled_price_);
    const core::UnitStock stock{forecast_.stock, forecast_.skus};
    bool added = false;
    for (std::size_t kind = 0; kind < forecast_.kinds(); ++kind) {
        if (demand[kind] <= 0) continue;
        scratch_.resize(forecast_.items(kind).size());
        const Money score = router_.least_cost(forecast_.order(kind), stock, rounded_prices_, unfilled, scratch_);
        const double dual = program_.duals()[static_cast<std::size_t>(kind_row_[kind])];
        if (forecast_.in_units(score) < dual - kTolerance) added = add(kind, scratch_) == Column::added || added;
    }
    return added;
}

void AssignmentProgram::solve(std::span<const double> demand, std::span<const Quantity> stock, double unfilled_budget) {
    constexpr double kInf = LinearProgram::kUnbounded;
    for (std::size_t at = 0; at < stock.size(); ++at) program_.move_row(static_cast<int>(at), -kInf, stock[at]);
    program_.move_row(unfilled_row_, -kInf, std::max(0.0, unfilled_budget));
    for (std::size_t kind = 0; kind < demand.size(); ++kind) program_.move_row(kind_row_[kind], demand[kind], demand[kind]);
    program_.solve(LinearProgram::Method::dual);
    while (generate(demand)) program_.solve(LinearProgram::Method::primal);
    read_duals();
}

void AssignmentProgram::main_assignments(std::vector<std::uint32_t>& plan, std::size_t width) const {
    constexpr double kNothing = 1e-9;
    std::vector<double> most(forecast_.kinds(), kNothing);
    plan.assign(forecast_.kinds() * width, core::Guide::kNoPlan);
    const std::span<const double> values = program_.values();
    for (std::size_t column = 0; column < kind_of_.size(); ++column) {
        const std::size_t kind = kind_of_[column];
        if (values[column + 1] <= most[kind]) continue;
        most[kind] = values[column + 1];
        std::copy(places_.begin() + static_cast<std::ptrdiff_t>(begin_[column]),
                  places_.begin() + static_cast<std::ptrdiff_t>(begin_[column + 1]),
                  plan.begin() + static_cast<std::ptrdiff_t>(kind * width));
    }
}

}  // namespace lastunit::model
