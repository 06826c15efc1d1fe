#include "reports/autopsy/sku_histories.hpp"

#include <algorithm>

namespace lastunit::reports {

namespace {
constexpr std::uint32_t kCore = 255;
}

SkuHistories::SkuHistories(const model::EventLogHeader& header, const OversoldList& list, const std::vector<Focus>& foci)
    : header_(header),
      list_(list),
      of_sku_(static_cast<std::size_t>(header.skus_size())),
      of_interest_(static_cast<std::size_t>(header.edges_size())) {
    for (const Focus& focus : foci) {
        of_sku_[focus.sku.value].push_back(histories_.size());
        histories_.emplace_back(header, list, focus);
    }
}

void SkuHistories::stock(SimTime at, const LogStock& moved) {
    show_those_of(moved.sku, [&](SkuHistory& history) { history.stock(at, moved); });
}

void SkuHistories::ledger(SimTime at, const LogLedger& change) {
    show_those_of(change.sku, [&](SkuHistory& history) { history.ledger(at, change); });
}

void SkuHistories::sent(SimTime at, const LogSent& sent) {
    const bool tells = tells_of_any(sent);
    std::vector<bool>& numbers = of_interest_[sent.edge];
    numbers.resize(std::max<std::size_t>(numbers.size(), sent.number + 1), false);
    numbers[sent.number] = tells;
    if (tells) show_all([&](SkuHistory& history) { history.sent(at, sent); });
}

bool SkuHistories::tells_of_any(const LogSent& sent) const {
    const bool from_core = header_.edges(sent.edge).from() == kCore;
    const auto nodes = static_cast<std::uint32_t>(header_.nodes_size());
    return std::any_of(sent.items.begin(), sent.items.end(), [&](const LogItem& item) {
        return from_core ? is_looked_into(Sku(item.subject / nodes)) : has_any(item.subject);
    });
}

void SkuHistories::mishap(SimTime at, const LogMishap& mishap) {
    if (!is_told(mishap.edge, mishap.number)) return;
    show_all([&](SkuHistory& history) { history.mishap(at, mishap); });
}

// One that tells of nothing they want ends what they have just heard.
void SkuHistories::arrived(SimTime at, const LogArrived& arrived) {
    const bool tells = is_told(arrived.edge, arrived.number);
    if (tells || heard_) show_all([&](SkuHistory& history) { history.arrived(at, arrived); });
    heard_ = tells;
}

void SkuHistories::fetched(SimTime at, const LogFetched& fetched) {
    show_those_of(fetched.sku, [&](SkuHistory& history) { history.fetched(at, fetched); });
}

void SkuHistories::order(SimTime at, const LogOrder& order) {
    if (has_any(order.order)) show_all([&](SkuHistory& history) { history.order(at, order); });
}

void SkuHistories::fate(SimTime at, const LogFate& fate) {
    if (has_any(fate.order)) show_all([&](SkuHistory& history) { history.fate(at, fate); });
}

void SkuHistories::fault(SimTime at, const LogFault& fault) {
    show_all([&](SkuHistory& history) { history.fault(at, fault); });
}

bool SkuHistories::has_any(std::uint32_t order) const {
    const auto lines = list_.lines(order);
    return std::any_of(lines.begin(), lines.end(), [&](const LogLine& line) { return is_looked_into(line.sku); });
}

}  // namespace lastunit::reports
