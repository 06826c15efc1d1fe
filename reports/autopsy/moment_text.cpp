#include "reports/autopsy/moment_text.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>

#include "reports/text.hpp"

namespace lastunit::reports {

namespace {

std::string span_text(Duration span) { return lastunit::reports::span(span.seconds()); }
std::string units_text(Quantity units) { return std::to_string(units); }

std::string channel_name(const SkuHistory& history, ChannelId channel) {
    return channel.value < history.header().channels_size() ? history.header().channels(channel.value).name() : "nobody";
}
std::string edge_name(const SkuHistory& history, std::uint8_t edge) { return history.header().edges(edge).name(); }
std::string at_node(const SkuHistory& history, NodeId node) {
    return node == kNoNode ? "" : " at " + name_of_node(history.header(), node);
}

// When the core hears of a sale.
std::string hearing(const SkuHistory& history, std::uint32_t order, SimTime sold, SimTime decided) {
    const Message* news = history.news_of(order);
    const std::string kept = history.kept(order) ? "; kept, for the core cannot be reached" : "";
    if (news == nullptr) return kept;
    const std::string over = " over " + edge_name(history, news->edge);
    if (news->lost) return kept + "; the core never hears of it: its message" + over + " is lost";
    if (news->arrived == kNever) return kept + "; the core has not heard of it" + over + " when the run ends";
    const std::string lag = span_text(news->arrived - sold);
    if (news->arrived > decided && sold <= decided)
        return kept + "; the core hears of it " + lag + " later" + over + ", too late for this";
    return kept + "; the core hears of it " + lag + " later" + over;
}

std::string sale_text(const Moment& moment, const SkuHistory& history, SimTime decided) {
    const bool ours = moment.kind == MomentKind::promise;
    const bool by_parcel = core::by_parcel(history.list().orders()[moment.order].method);
    // The store that a shopper would go to means nothing for a parcel.
    const std::string where = by_parcel ? "" : at_node(history, moment.node);
    return channel_name(history, moment.channel) + (ours ? " ACCEPTS " : " sells ") + units_text(moment.units) + " (" +
           order_text(moment.order) + where + ")" + hearing(history, moment.order, moment.at, decided);
}

std::string stock_text(const Moment& moment, const SkuHistory& history) {
    const std::string what = units_text(moment.units);
    const std::string where = name_of_node(history.header(), moment.node);
    switch (moment.move) {
        case model::MOVE_TAKEN:
            return "a shopper takes " + what + " off the shelf of " + where;
        case model::MOVE_PUT_BACK:
            return "a shopper puts " + what + " back on the shelf of " + where;
        case model::MOVE_UNCOLLECTED:
            return what + " never fetched, back on the shelf of " + where;
        case model::MOVE_RETURNED:
            return what + " returned to " + where;
        case model::MOVE_DELIVERED:
            return what + " delivered to " + where;
        case model::MOVE_TRANSFER_OUT:
            return what + " sent from " + where + " to another node";
        case model::MOVE_TRANSFER_IN:
            return what + " come to " + where + " from another node";
        case model::MOVE_SHRUNK:
            return what + " vanishes at " + where + " (shrink); no system knows";
        case model::MOVE_DAMAGED:
            return what + " damaged at " + where + "; no system knows";
        case model::MOVE_MISPLACED:
            return what + " misplaced at " + where + "; no system knows";
        case model::MOVE_FOUND:
            return what + " misplaced before, found at " + where;
        default:
            return what + " moves at " + where;
    }
}

std::string record_text(const Moment& moment, const SkuHistory& history) {
    const std::string what = units_text(std::abs(moment.units));
    const std::string where = " at " + name_of_node(history.header(), moment.node);
    const bool known = moment.order != kNoOrder;
    std::string of = known ? " for " + order_text(moment.order) : "";
    const Message* news = known ? history.news_of(moment.order) : nullptr;
    const std::string hears = news != nullptr && news->arrived == moment.at
                                  ? "the core hears over " + edge_name(history, news->edge) + " (" +
                                        span_text(moment.at - news->since) + " after the sale): "
                                  : "";
    switch (moment.change) {
        case core::EventKind::allocated:
            return (hears.empty() ? "the core allocates " : hears + "allocates ") + what + where + of;
        case core::EventKind::sold:
            return (hears.empty() ? "the core hears: " : hears) + what + " sold" + where;
        case core::EventKind::held:
            return "the core holds " + what + where + " for a shopper of " + channel_name(history, moment.channel);
        case core::EventKind::released:
            return "a hold is released: " + what + where + " free again on record";
        case core::EventKind::expired:
            return "a hold runs out: " + what + where + " free again on record";
        case core::EventKind::deallocated:
            return "the core frees " + what + where + of;
        case core::EventKind::adjusted:
            return "a count corrects the record" + where + " by " + (moment.units > 0 ? "+" : "-") + what;
        case core::EventKind::returned:
            return "the core books a return of " + what + where;
        case core::EventKind::received:
            return "the core books a delivery of " + what + where;
        default:
            return std::string("the core: ") + core::name_of(moment.change) + " " + what + where;
    }
}

// "2 at dc-strykow, 0 at store-krakow and 3 more nodes".
std::string items_text(const SkuHistory& history, const Message& message) {
    const bool delta = history.header().edges(message.edge).content() == "delta";
    std::string text;
    for (std::size_t i = 0; i < message.items.size() && i < 2; ++i) {
        const Message::Item& item = message.items[i];
        text += (text.empty() ? "" : ", ") + std::string(delta && item.value > 0 ? "+" : "") + units_text(item.value) + " at " +
                name_of_node(history.header(), item.node);
    }
    if (message.items.size() > 2) text += " and " + std::to_string(message.items.size() - 2) + " more nodes";
    return text;
}

std::string lag_text(const SkuHistory& history, const Message& message, SimTime until) {
    std::string text = "sent " + clock_text(history.header(), message.sent);
    if (message.sent > message.since) text += ", " + span_text(message.sent - message.since) + " after the oldest change in it";
    return text + ", " + span_text(until - message.sent) + " on its way";
}

// The faults under which messages are lost, as far as any is on.
std::string during(const SkuHistory& history, SimTime at) {
    std::map<std::uint32_t, int> on;
    for (const Moment& moment : history.moments()) {
        if (moment.at > at) break;
        if (moment.kind == MomentKind::fault) on[moment.fault] += moment.begins ? 1 : -1;
    }
    std::string text;
    for (const auto& [fault, windows] : on) {
        const model::LogFault& of = history.header().faults(static_cast<int>(fault));
        const bool cuts = of.kind() == "link_down" || of.kind() == "partition" || of.kind() == "host_crash";
        if (windows > 0 && cuts) text += (text.empty() ? "" : ", ") + of.name();
    }
    return text.empty() ? "" : " (during " + text + ")";
}

std::string message_text(const Moment& moment, const SkuHistory& history, SimTime decided) {
    const Message& message = history.message(moment.message);
    const std::string edge = edge_name(history, message.edge);
    const std::string items = items_text(history, message);
    if (moment.kind == MomentKind::failed) return edge + ": a sending of \"" + items + "\" fails";
    if (moment.kind == MomentKind::lost)
        return edge + ": the message \"" + items + "\", sent " + clock_text(history.header(), message.sent) + ", is lost" +
               during(history, moment.at);
    if (moment.kind == MomentKind::told) {
        std::string text = edge + " tells \"" + items + "\" (" + lag_text(history, message, moment.at) + ")";
        if (moment.copy) text += ", a second time";
        if (moment.older) text += ", after a newer message";
        return text;
    }
    std::string text = edge + " sends \"" + items + "\"";
    if (message.lost) return text + ", which is lost";
    if (message.arrived == kNever) return text + ", which does not arrive before the run ends";
    const std::string late = span_text(message.arrived - message.since) +
                             (message.sent > message.since ? " after the oldest change in it" : " after the change");
    return text + (message.arrived > decided ? ", still under way at the promise: arrives " : ": arrives ") +
           clock_text(history.header(), message.arrived) + ", " + late;
}

std::string fate_text(const Moment& moment, const SkuHistory& history) {
    const std::string who = order_text(moment.order);
    const std::string what = units_text(moment.units);
    const std::string where = at_node(history, moment.node);
    switch (moment.fate) {
        case model::FATE_PICK_FAILED:
            return "the picker finds nothing" + where + ": " + what + " of " + who + " missing";
        case model::FATE_NODE_REFUSED:
            return name_of_node(history.header(), moment.node) + " refuses the parcel of " + who;
        case model::FATE_NO_NODE:
            return "the core finds no node for " + who + ", and will try again";
        case model::FATE_CANCELLED:
            if (const Message* news = history.news_of(moment.order); news != nullptr && news->lost)
                return who + " is given up (" + what + "), " + span_text(moment.at - history.list().orders()[moment.order].at) +
                       " after it was accepted: the core never heard of it";
            return who + " is cancelled for want of stock (" + what + ")";
        case model::FATE_DECLINED:
            return who + " is declined: serving it would cost more (" + what + ")";
        case model::FATE_UNCOLLECTED:
            return who + " is never fetched (" + what + ")";
        case model::FATE_TAKEN_BACK:
            return who + " is taken back or never paid (" + what + ")";
        case model::FATE_FORGOTTEN:
            return who + " is closed, and " + what + " never sent";
        case model::FATE_LEFT:
            return what + " of " + who + " leaves" + where + " all the same";
        case model::FATE_ENDED:
            return who + " is over";
        case model::FATE_MESSAGE_LOST:
            return "the message with " + who + " is given up, and nobody sends it again";
        case model::FATE_KEPT:
            return who + " is kept at its till until the core can be reached";
        case model::FATE_DISPLACED:
            return "the unit was promised to " + who + " (" +
                   channel_name(history, history.list().orders()[moment.order].channel) + "), which now has none";
        default:
            return who;
    }
}

}  // namespace

std::string text_of(const Moment& moment, const SkuHistory& history, SimTime decided) {
    switch (moment.kind) {
        case MomentKind::sale:
        case MomentKind::promise:
            return sale_text(moment, history, decided);
        case MomentKind::look:
            return channel_name(history, moment.channel) + " shows " + units_text(moment.units) + " to this shopper";
        case MomentKind::stock:
            return stock_text(moment, history);
        case MomentKind::record:
            return record_text(moment, history);
        case MomentKind::sending:
        case MomentKind::told:
        case MomentKind::failed:
        case MomentKind::lost:
            return message_text(moment, history, decided);
        case MomentKind::fetched:
            return channel_name(history, history.focus().channel) + " fills its cache from the core";
        case MomentKind::fate:
            return fate_text(moment, history);
        case MomentKind::fault:
            return std::string("fault ") + history.header().faults(static_cast<int>(moment.fault)).name() +
                   (moment.begins ? " begins" : " ends");
    }
    return {};
}

std::string kind_text(const Moment& moment, const SkuHistory& history) {
    switch (moment.kind) {
        case MomentKind::sale:
        case MomentKind::promise:
            return "sold by " + channel_name(history, moment.channel);
        case MomentKind::look:
            return "looks";
        case MomentKind::stock:
            if (moment.move == model::MOVE_TAKEN) return "taken off shelves";
            return moment.move == model::MOVE_PUT_BACK ? "put back" : "other moves";
        case MomentKind::record:
            return "changes of the record";
        case MomentKind::fetched:
            return "reads of the cache";
        case MomentKind::fate:
            return "fates of orders";
        case MomentKind::fault:
            return "faults";
        case MomentKind::sending:
            return "messages set out on " + edge_name(history, history.message(moment.message).edge);
        case MomentKind::failed:
            return "sendings failed on " + edge_name(history, history.message(moment.message).edge);
        case MomentKind::lost:
            return "messages lost on " + edge_name(history, history.message(moment.message).edge) + during(history, moment.at);
        case MomentKind::told:
            break;
    }
    return "messages on " + edge_name(history, history.message(moment.message).edge);
}

// --- words ---

std::string clock_text(const model::EventLogHeader& header, SimTime at) {
    constexpr std::int64_t kDay = 86'400'000'000;
    const std::int64_t local = at.us + header.start_of_day_us();
    const std::int64_t ms = local % kDay / 1000;
    const std::int64_t day = local / kDay;
    char text[64];
    std::snprintf(text, sizeof text, "%s%02d:%02d:%02d.%03d", day > 0 ? (std::to_string(day) + " d ").c_str() : "",
                  static_cast<int>(ms / 3'600'000), static_cast<int>(ms / 60'000 % 60), static_cast<int>(ms / 1000 % 60),
                  static_cast<int>(ms % 1000));
    return text;
}

std::string order_text(std::uint32_t order) { return "order " + std::to_string(std::uint64_t{order} + 1); }

std::string name_of_node(const model::EventLogHeader& header, NodeId node) {
    return node.value < header.nodes_size() ? header.nodes(node.value).name() : "nowhere";
}

const char* words_of(model::OversoldCause cause, const Focus& focus) {
    using model::OversoldCause;
    switch (cause) {
        case OversoldCause::hold_expired_but_paid:
            return "its hold had run out and the unit was sold; the payment came all the same, and the order was honoured";
        case OversoldCause::race:
            return "it was there when the channel looked, and sold before the channel committed";
        case OversoldCause::return_misbooked:
            return "a return was on record twice, or at a node where it was not";
        case OversoldCause::duplicate_message:
            return "a message that came twice was applied twice";
        case OversoldCause::reordered_message:
            return "an older message undid a newer one";
        case OversoldCause::lost_message:
            return "a message about a sale never arrived";
        case OversoldCause::snapshot_overwrite:
            return "a full state overwrote sales that it did not know of";
        case OversoldCause::offline_sale:
            return focus.at_till ? "a till without a connection sold what was promised to somebody else"
                                 : "a till without a connection had sold it, and the core did not know yet";
        case OversoldCause::phantom_stock:
            return "on record, and not there: shrink, damage, misplacement, a wrong count or a wrong book";
        case OversoldCause::pos_conflict:
            return focus.at_till ? "a store shopper took it off the shelf, and it was promised to somebody else"
                                 : "a store shopper already had it in the hand; the record did not know";
        case OversoldCause::buffer_breach:
            return "late news, and more was sold meanwhile than the buffer covers";
        case OversoldCause::stale_view:
            return "late news: it had been sold, and the channel did not know yet";
    }
    return "";
}

}  // namespace lastunit::reports
