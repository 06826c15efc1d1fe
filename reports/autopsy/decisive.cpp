#include "reports/autopsy/decisive.hpp"

#include <algorithm>

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
        case OversoldCause::pos_conflict:
            return moment.kind == MomentKind::fate && moment.fate == model::FATE_DISPLACED;
        default:
            return false;
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

// At a till it is the shopper's own hand, which takes what was promised; elsewhere the last fall below what was asked for.
void find_last_unit(const SkuHistory& history, Quantity asked, Decisive& found) {
    const std::uint64_t shopper = history.list().orders()[history.focus().order].shopper;
    for (std::size_t i = found.promise; i-- > 0;) {
        const Moment& moment = found.moments[i];
        const bool own_hand = moment.kind == MomentKind::stock && moment.move == model::MOVE_TAKEN && moment.shopper == shopper;
        const bool falls = moment.before.there >= asked && moment.after.there < asked;
        if (history.focus().at_till ? !own_hand : !falls) continue;
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
    for (std::size_t i = found.promise; i-- > 0 && found.named.size() < kMostNamed;)
        if (names(cause, found.moments[i], history)) found.named.push_back(i);
    std::reverse(found.named.begin(), found.named.end());
    if (cause != OversoldCause::pos_conflict || found.named.empty()) return;
    // Who was promised the unit that was taken: from that promise on.
    const std::uint32_t displaced = found.moments[found.named.back()].order;
    for (std::size_t i = found.named.back(); i-- > 0;)
        if (found.moments[i].kind == MomentKind::sale && found.moments[i].order == displaced) {
            found.named.insert(found.named.begin(), i);
            return;
        }
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
