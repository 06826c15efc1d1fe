// What things cost: rates of the retailer, and the running costs of the design.
#include <algorithm>
#include <cmath>

#include "scenarios/convert.hpp"

namespace lastunit::scenarios {

// 50 % more than the wage, the least that the Polish labour code (art. 151-1) has for an hour beyond the norm.
constexpr double kOvertimeOverWage = 1.5;

model::Costs convert_costs(const Conversion& c) {
    const schema::Costs& from = c.from.costs();
    model::Costs to;
    to.cancellation = from.cancellation();
    to.pick_line = from.pick_line();
    to.pack_parcel = from.pack_parcel();
    to.return_line = from.return_line();
    to.wage = from.wage();
    to.overtime_wage =
        from.has_overtime_wage() ? from.overtime_wage() : std::llround(kOvertimeOverWage * static_cast<double>(from.wage()));
    to.cost_of_goods = from.cost_of_goods();
    to.holding = from.holding();
    for (const schema::AgeMarkdown& step : from.unsold()) to.unsold.push_back({duration(step.older_than()), step.off()});
    std::stable_sort(to.unsold.begin(), to.unsold.end(),
                     [](const model::AgeMarkdown& a, const model::AgeMarkdown& b) { return a.older_than < b.older_than; });
    to.age_at_start = duration(from.age_at_start());
    to.orders_per_year = from.orders_per_year();
    return to;
}

std::vector<model::Design::RunningCost> convert_running_costs(const Conversion& c) {
    std::vector<model::Design::RunningCost> costs;
    for (const schema::RunningCost& own : c.from.design().running_costs()) costs.push_back({own.name(), own.per_year()});
    for (const schema::DesignCosts& of : c.from.running_costs())
        if (of.design() == c.from.design().name())
            for (const schema::RunningCost& cost : of.costs()) costs.push_back({cost.name(), cost.per_year()});
    return costs;
}

}  // namespace lastunit::scenarios
