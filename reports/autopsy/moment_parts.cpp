#include "reports/autopsy/moment_parts.hpp"

#include <algorithm>
#include <string>

#include "reports/autopsy/moment_text.hpp"

namespace lastunit::reports {

namespace {

constexpr std::size_t kMostItems = 4;
constexpr std::uint32_t kCore = 255;

const char* name_of(MomentKind kind) {
    switch (kind) {
        case MomentKind::sale:
            return "sale";
        case MomentKind::promise:
            return "promise";
        case MomentKind::look:
            return "look";
        case MomentKind::stock:
            return "stock";
        case MomentKind::record:
            return "record";
        case MomentKind::sending:
            return "sending";
        case MomentKind::told:
            return "told";
        case MomentKind::failed:
            return "failed";
        case MomentKind::lost:
            return "lost";
        case MomentKind::fetched:
            return "fetched";
        case MomentKind::fate:
            return "fate";
        case MomentKind::fault:
            return "fault";
    }
    return "";
}

// FATE_PICK_FAILED: pick_failed.
std::string lower_name(std::string name) {
    name.erase(0, name.find('_') + 1);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return name;
}

std::string what_of(const Moment& moment, const SkuHistory& history) {
    switch (moment.kind) {
        case MomentKind::stock:
            return lower_name(model::StockMove_Name(moment.move));
        case MomentKind::record:
            return core::name_of(moment.change);
        case MomentKind::fate:
            return lower_name(model::OrderFate_Name(moment.fate));
        case MomentKind::fault:
            return history.header().faults(static_cast<int>(moment.fault)).name();
        default:
            return "";
    }
}

std::string system_name(const model::EventLogHeader& header, std::uint32_t end) {
    return end == kCore                                               ? "core"
           : end < static_cast<std::uint32_t>(header.channels_size()) ? header.channels(static_cast<int>(end)).name()
                                                                      : "";
}

void add_message(const Message& message, const SkuHistory& history, model::StoryMoment& out) {
    const model::EventLogHeader& header = history.header();
    const model::LogEdge& edge = header.edges(message.edge);
    const bool arrives = message.arrived != kNever;
    out.set_edge(edge.name());
    out.set_from(system_name(header, edge.from()));
    out.set_to(system_name(header, edge.to()));
    out.set_since_s(message.since.seconds());
    out.set_sent_s(message.sent.seconds());
    out.set_arrived_s(arrives ? message.arrived.seconds() : -1);
    out.set_lag_s(arrives ? (message.arrived - message.since).seconds() : -1);
    out.set_lost(message.lost);
    out.set_changes(edge.content() == "delta");
    for (std::size_t i = 0; i < std::min(message.items.size(), kMostItems); ++i) {
        model::StoryItem& item = *out.add_items();
        item.set_node(name_of_node(header, message.items[i].node));
        item.set_value(message.items[i].value);
    }
}

const Message* message_of(const Moment& moment, const SkuHistory& history) {
    switch (moment.kind) {
        case MomentKind::sending:
        case MomentKind::told:
        case MomentKind::failed:
        case MomentKind::lost:
            return &history.message(moment.message);
        case MomentKind::sale:
        case MomentKind::promise:
            return history.news_of(moment.order);
        case MomentKind::record: {  // how the core has heard
            const Message* news = moment.order == kNoOrder ? nullptr : history.news_of(moment.order);
            return news != nullptr && news->arrived == moment.at ? news : nullptr;
        }
        default:
            return nullptr;
    }
}

bool has_channel(const Moment& moment) {
    return moment.kind == MomentKind::sale || moment.kind == MomentKind::promise || moment.kind == MomentKind::look ||
           moment.kind == MomentKind::record;
}

}  // namespace

void add_parts(const Moment& moment, const SkuHistory& history, model::StoryMoment& out) {
    const model::EventLogHeader& header = history.header();
    out.set_kind(name_of(moment.kind));
    out.set_what(what_of(moment, history));
    // The store that a shopper would go to means nothing for a parcel.
    const bool sale = moment.kind == MomentKind::sale || moment.kind == MomentKind::promise;
    const bool by_parcel = sale && core::by_parcel(history.list().orders()[moment.order].method);
    if (moment.node != kNoNode && !by_parcel) out.set_node(name_of_node(header, moment.node));
    out.set_units(moment.units);
    if (moment.order != kNoOrder) out.set_order(std::uint64_t{moment.order} + 1);
    if (has_channel(moment)) out.set_channel(system_name(header, moment.channel.value));
    if (moment.kind == MomentKind::fetched) out.set_channel(system_name(header, history.focus().channel.value));
    if (const Message* message = message_of(moment, history)) add_message(*message, history, out);
    out.set_copy(moment.copy);
    out.set_older(moment.older);
    out.set_begins(moment.begins);
    out.set_kept(sale && history.kept(moment.order));
}

void add_roles(const Decisive& found, std::size_t i, model::StoryMoment& out) {
    const auto add = [&](const std::optional<std::size_t>& mark, const char* role) {
        if (mark == i) out.add_roles(role);
    };
    add(found.last_unit, "last_unit");
    add(found.told_before, "told_before");
    add(found.heard, "heard");
    add(found.too_late, "too_late");
    add(found.unheard, "unheard");
    if (std::find(found.named.begin(), found.named.end(), i) != found.named.end()) out.add_roles("cause");
}

}  // namespace lastunit::reports
