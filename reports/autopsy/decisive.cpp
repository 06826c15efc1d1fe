#include "reports/autopsy/decisive.hpp"

#include <algorithm>
#include <set>

namespace lastunit::reports {

namespace {

using model::OversoldCause;

constexpr std::size_t kMostNamed = 6;  // of what the cause names, the newest: earlier ones have mostly been put right

bool vanishes(const Moment& moment) {
    return moment.kind == MomentKind::stock &&
           (moment.move == model::MOVE_SHRUNK || moment.move == model::MOVE_DAMAGED || moment.move == model::MOVE_MISPLACED);
}

bool is_feed(const Moment& moment) {
    return moment.kind == MomentKind::sending || moment.kind == MomentKind::told || moment.kind == MomentKind::failed ||
           moment.kind == MomentKind::lost;
}

// At the promise; at its nodes, as far as a till says where it sold.
bool is_unheard(const Moment& moment, const SkuHistory& history, SimTime decided) {
    if (moment.kind != MomentKind::sale) return false;
    const Message* news = history.news_of(moment.order);
    if (news == nullptr || (!news->lost && news->arrived <= decided)) return false;
    const auto& nodes = history.focus().nodes;
    return core::by_parcel(history.list().orders()[moment.order].method) ||
           std::find(nodes.begin(), nodes.end(), moment.node) != nodes.end();
}

bool sale_is_lost(const Moment& moment, const SkuHistory& history) {
    if (moment.kind != MomentKind::sale) return false;
    const Message* news = history.news_of(moment.order);
    return news != nullptr && news->lost;
}

// Whether the cause is about such moments.
bool names(OversoldCause cause, const Moment& moment, const SkuHistory& history) {
    switch (cause) {
        case OversoldCause::phantom_stock:
            return vanishes(moment) || (moment.kind == MomentKind::record && moment.change == core::EventKind::adjusted);
        case OversoldCause::lost_message:
            return moment.kind == MomentKind::lost || sale_is_lost(moment, history);
        case OversoldCause::duplicate_message:
            return moment.kind == MomentKind::told && moment.copy;
        case OversoldCause::reordered_message:
            return moment.kind == MomentKind::told && moment.older;
        case OversoldCause::snapshot_overwrite:
            return moment.kind == MomentKind::told && moment.after.shows > moment.before.shows;
        case OversoldCause::return_misbooked:
            return moment.kind == MomentKind::record && moment.change == core::EventKind::returned;
        case OversoldCause::hold_expired_but_paid:
            return moment.kind == MomentKind::record && moment.change == core::EventKind::expired;
        default:
            return false;
    }
}

// --- at a till ---

// The moments at which this shopper took of the SKU what was then paid for.
std::vector<std::size_t> own_takings(const SkuHistory& history, const Decisive& found) {
    const std::uint64_t shopper = history.list().orders()[history.focus().order].shopper;
    std::vector<std::size_t> takings;
    for (std::size_t i = 0; i < found.promise; ++i) {
        const Moment& moment = found.moments[i];
        if (moment.kind != MomentKind::stock || moment.shopper != shopper) continue;
        if (moment.move == model::MOVE_PUT_BACK) takings.clear();
        if (moment.move == model::MOVE_TAKEN) takings.push_back(i);
    }
    return takings;
}

// Who loses its unit to a taking is told right after it, before the next one.
std::vector<std::size_t> displacements(const Decisive& found, std::size_t taking) {
    std::vector<std::size_t> lost;
    for (std::size_t i = taking + 1; i < found.promise && found.moments[i].at == found.moments[taking].at; ++i) {
        const Moment& moment = found.moments[i];
        if (moment.kind == MomentKind::stock) break;
        if (moment.kind == MomentKind::fate && moment.fate == model::FATE_DISPLACED) lost.push_back(i);
    }
    return lost;
}

// Whose units were taken, and from when on they were promised.
void find_victims(const SkuHistory& history, Decisive& found) {
    for (const std::size_t taking : own_takings(history, found)) {
        const std::vector<std::size_t> lost = displacements(found, taking);
        if (lost.empty()) continue;
        if (found.victims.empty()) found.last_unit = taking;
        found.named.push_back(taking);
        for (const std::size_t i : lost) {
            found.named.push_back(i);
            const std::uint32_t order = found.moments[i].order;
            if (std::find(found.victims.begin(), found.victims.end(), order) == found.victims.end())
                found.victims.push_back(order);
        }
    }
    for (std::size_t i = 0; i < found.promise; ++i)
        if (found.moments[i].kind == MomentKind::sale &&
            std::find(found.victims.begin(), found.victims.end(), found.moments[i].order) != found.victims.end())
            found.named.push_back(i);
}

// --- in a shopper's hand, or sold without a connection ---

// Taken off a shelf, and neither put back nor paid for at the promise.
std::vector<std::size_t> in_hand(const SkuHistory& history, const Decisive& found) {
    std::set<std::uint64_t> over;  // shoppers
    std::vector<std::size_t> taken;
    for (std::size_t i = found.promise; i-- > 0;) {
        const Moment& moment = found.moments[i];
        if (moment.kind == MomentKind::sale && history.list().orders()[moment.order].method == core::Method::carry_out)
            over.insert(history.list().orders()[moment.order].shopper);
        if (moment.kind != MomentKind::stock) continue;
        if (moment.move == model::MOVE_PUT_BACK) over.insert(moment.shopper);
        if (moment.move == model::MOVE_TAKEN && !over.contains(moment.shopper)) taken.push_back(i);
    }
    return taken;
}

bool is_fault(const Moment& moment, const SkuHistory& history, const char* kind) {
    return moment.kind == MomentKind::fault && history.header().faults(static_cast<int>(moment.fault)).kind() == kind;
}

// Kept at its till, and the core has not heard of it at the promise. Without an edge it hears at the end of a fault.
bool is_kept(const Decisive& found, std::size_t sale, const SkuHistory& history) {
    const Moment& moment = found.moments[sale];
    if (moment.kind != MomentKind::sale || !history.kept(moment.order)) return false;
    const auto& nodes = history.focus().nodes;
    if (std::find(nodes.begin(), nodes.end(), moment.node) == nodes.end()) return false;
    if (const Message* news = history.news_of(moment.order)) return news->lost || news->arrived > found.moments[found.promise].at;
    for (std::size_t i = sale + 1; i < found.promise; ++i)
        if (is_fault(found.moments[i], history, "pos_offline") && !found.moments[i].begins) return false;
    return true;
}

// The window of a fault in which moment `during` lies: from when until when the tills were offline.
void name_offline(const SkuHistory& history, std::size_t during, Decisive& found) {
    for (std::size_t i = during; i-- > 0;) {
        if (!is_fault(found.moments[i], history, "pos_offline") || !found.moments[i].begins) continue;
        std::size_t end = i + 1;
        while (end < found.moments.size() &&
               (found.moments[end].kind != MomentKind::fault || found.moments[end].fault != found.moments[i].fault))
            ++end;
        if (end < during) continue;  // another one's
        found.named.push_back(i);
        if (end < found.moments.size()) found.named.push_back(end);
        return;
    }
}

void put_look_in(const SkuHistory& history, const LogLine& line, Decisive& found) {
    if (line.shown < 0 || history.focus().at_till) return;  // at a shelf, taking is looking
    Moment look;
    look.kind = MomentKind::look;
    look.at = found.moments[found.promise].at - line.looked_before;
    look.channel = history.focus().channel;
    look.units = line.shown;
    look.order = history.focus().order;
    std::size_t place = found.promise;
    while (place > 0 && found.moments[place - 1].at > look.at) --place;
    look.before = look.after = place > 0 ? found.moments[place - 1].after : history.at_start();
    found.moments.insert(found.moments.begin() + static_cast<std::ptrdiff_t>(place), look);
    found.look = place;
    ++found.promise;
}

// At a till it is the shopper's own hand; elsewhere the last fall below what was asked for.
void find_last_unit(const SkuHistory& history, Quantity asked, Decisive& found) {
    if (history.focus().at_till) {
        const std::vector<std::size_t> takings = own_takings(history, found);
        if (!takings.empty()) found.last_unit = takings.back();
        return;
    }
    for (std::size_t i = found.promise; i-- > 0;) {
        const Moment& moment = found.moments[i];
        if (moment.before.there < asked || moment.after.there >= asked) continue;
        found.last_unit = i;
        return;
    }
}

// The core hears of the last unit, and the first message that was sent since then tells the channel.
void find_news(const SkuHistory& history, Decisive& found) {
    if (!found.last_unit) return;
    const Moment& last = found.moments[*found.last_unit];
    for (std::size_t i = *found.last_unit; i-- > 0 && found.moments[i].at == last.at;)
        if (found.moments[i].kind == MomentKind::record && found.moments[i].order == last.order && last.order != kNoOrder)
            found.heard = i;  // who asks the core has told it before the sale
    for (std::size_t i = *found.last_unit; !found.heard && last.order != kNoOrder && i < found.moments.size(); ++i)
        if (found.moments[i].kind == MomentKind::record && found.moments[i].order == last.order) found.heard = i;
    if (!found.heard) return;
    const SimTime changed = found.moments[*found.heard].at;
    std::optional<std::size_t> message;
    for (std::size_t i = *found.heard; i < found.moments.size(); ++i) {
        const Moment& moment = found.moments[i];
        if (!is_feed(moment)) continue;
        const Message& sent = history.message(moment.message);
        if (!message && (moment.kind != MomentKind::sending || (sent.since < changed && sent.sent < changed))) continue;
        if (message && moment.message != *message) continue;
        message = moment.message;
        found.too_late = i;
        if (moment.kind == MomentKind::told || moment.kind == MomentKind::lost) return;
        if (sent.lost) continue;  // until it is
        if (i < found.promise && (sent.arrived == kNever || sent.arrived > found.moments[found.promise].at)) return;
    }
}

void find_view(const SkuHistory& history, Decisive& found) {
    if (!history.focus().on_view) return;
    for (std::size_t i = found.look.value_or(found.promise); i-- > 0;) {
        const MomentKind kind = found.moments[i].kind;
        if (kind != MomentKind::told && kind != MomentKind::fetched) continue;
        found.told_before = i;
        return;
    }
}

void find_named(const SkuHistory& history, OversoldCause cause, Decisive& found) {
    if (history.focus().at_till) {
        find_victims(history, found);
        if (cause == OversoldCause::offline_sale) name_offline(history, found.promise, found);
        return;
    }
    std::vector<std::size_t> all;  // the newest first
    if (cause == OversoldCause::pos_conflict) {
        all = in_hand(history, found);
    } else {
        for (std::size_t i = found.promise; i-- > 0;)
            if (cause == OversoldCause::offline_sale ? is_kept(found, i, history) : names(cause, found.moments[i], history))
                all.push_back(i);
    }
    const auto cut = all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), kMostNamed));
    found.named.assign(all.begin(), cut);
    found.unnamed.assign(cut, all.end());
    std::reverse(found.unnamed.begin(), found.unnamed.end());
    if (cause == OversoldCause::offline_sale && !all.empty()) name_offline(history, all.front(), found);
    std::sort(found.named.begin(), found.named.end());
}

std::size_t window(const SkuHistory& history, const Decisive& found) {
    std::size_t first = found.promise;
    for (const auto& mark : {found.look, found.last_unit})
        if (mark) first = std::min(first, *mark);
    if (!found.told_before) return first;
    SimTime state = found.moments[*found.told_before].at;  // of the record, as the view has it
    if (found.moments[*found.told_before].kind == MomentKind::told)
        state = history.message(found.moments[*found.told_before].message).sent;
    while (first > 0 && found.moments[first - 1].at >= state) --first;
    return first;
}

}  // namespace

std::vector<std::size_t> unheard_sales(const SkuHistory& history, const Decisive& found) {
    const SimTime decided = found.moments[found.promise].at;
    std::vector<std::size_t> sales;
    for (std::size_t i = 0; i < found.promise; ++i)
        if (is_unheard(found.moments[i], history, decided)) sales.push_back(i);
    return sales;
}

bool Decisive::decides(std::size_t i) const {
    for (const auto& mark : {look, last_unit, told_before, heard, too_late, unheard})
        if (mark == i) return true;
    return i == promise || std::find(named.begin(), named.end(), i) != named.end();
}

Decisive find_decisive(const SkuHistory& history, const OversoldUnits& units) {
    Decisive found;
    found.moments = history.moments();
    while (found.promise < found.moments.size() && found.moments[found.promise].kind != MomentKind::promise) ++found.promise;
    const LogLine& line = *history.list().line(units.order, units.sku);
    put_look_in(history, line, found);
    find_last_unit(history, history.list().asked(units.order, units.sku), found);
    find_view(history, found);
    find_news(history, found);
    find_named(history, units.cause, found);
    for (const std::size_t i : unheard_sales(history, found))
        if (!found.unheard) found.unheard = i;
    found.first = window(history, found);
    return found;
}

}  // namespace lastunit::reports
