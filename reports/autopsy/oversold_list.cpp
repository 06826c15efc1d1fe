#include "reports/autopsy/oversold_list.hpp"

namespace lastunit::reports {

void OversoldList::order(SimTime at, const LogOrder& order) {
    OrderFacts& facts = orders_.emplace_back();
    facts.at = at;
    facts.shopper = order.shopper;
    facts.channel = order.channel;
    facts.method = order.method;
    facts.store = order.store;
    facts.decided = order.decided;
    facts.first_line = static_cast<std::uint32_t>(lines_.size());
    facts.lines = static_cast<std::uint32_t>(order.lines.size());
    lines_.insert(lines_.end(), order.lines.begin(), order.lines.end());
}

void OversoldList::oversold(SimTime, const LogOversold& oversold) {
    index_[{oversold.order, oversold.sku.value}] = units_.size();
    OversoldUnits& units = units_.emplace_back();
    units.first = total_ + 1;
    units.units = oversold.units;
    units.order = oversold.order;
    units.sku = oversold.sku;
    units.cause = oversold.cause;
    total_ += static_cast<std::uint64_t>(oversold.units);
}

void OversoldList::fate(SimTime, const LogFate& fate) {
    if (!fate.oversold || !fate.sku) return;
    const auto found = index_.find({fate.order, fate.sku->value});
    if (found == index_.end()) return;
    if (fate.fate == model::FATE_LEFT) units_[found->second].left += fate.units;
    if (fate.fate == model::FATE_CANCELLED || fate.fate == model::FATE_DECLINED || fate.fate == model::FATE_TAKEN_BACK)
        units_[found->second].cancelled += fate.units;
}

void OversoldList::measured_from_here(SimTime) {
    units_.clear();
    index_.clear();
    total_ = 0;
}

const OversoldUnits* OversoldList::unit(std::uint64_t number) const {
    for (const OversoldUnits& units : units_)
        if (number >= units.first && number < units.first + static_cast<std::uint64_t>(units.units)) return &units;
    return nullptr;
}

std::vector<const OversoldUnits*> OversoldList::of_order(std::uint32_t order) const {
    std::vector<const OversoldUnits*> found;
    for (const OversoldUnits& units : units_)
        if (units.order == order) found.push_back(&units);
    return found;
}

Quantity OversoldList::asked(std::uint32_t order, Sku sku) const {
    Quantity units = 0;
    for (const LogLine& line : lines(order))
        if (line.sku == sku) units += line.units;
    return units;
}

const LogLine* OversoldList::line(std::uint32_t order, Sku sku) const {
    for (const LogLine& line : lines(order))
        if (line.sku == sku) return &line;
    return nullptr;
}

}  // namespace lastunit::reports
