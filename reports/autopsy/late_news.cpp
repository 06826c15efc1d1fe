#include "reports/autopsy/late_news.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "reports/autopsy/moment_text.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {

namespace {

struct Unheard {
    Quantity units = 0;
    SimTime oldest = kNever, last_heard{0};
};
using Key = std::tuple<bool, std::uint8_t, std::uint8_t>;  // lost, channel, edge

std::map<Key, Unheard> by_channel(const SkuHistory& history, const Decisive& found) {
    std::map<Key, Unheard> groups;
    for (const std::size_t i : unheard_sales(history, found)) {
        const Moment& sale = found.moments[i];
        const Message& news = *history.news_of(sale.order);
        Unheard& group = groups[{news.lost, sale.channel.value, news.edge}];
        group.units += sale.units;
        group.oldest = std::min(group.oldest, sale.at);
        group.last_heard = std::max(group.last_heard, news.arrived);
    }
    return groups;
}

void add_sales(const SkuHistory& history, const Decisive& found, model::OversoldLineStory& line) {
    const model::EventLogHeader& header = history.header();
    const SimTime decided = found.moments[found.promise].at;
    for (const auto& [key, group] : by_channel(history, found)) {
        const auto& [lost, channel, edge] = key;
        const std::string name = header.edges(edge).name();
        std::string text = "The core " + std::string(lost ? "never hears" : "had not heard") + " of " +
                           std::to_string(group.units) + " sold by " + header.channels(channel).name() + ": the oldest " +
                           span((decided - group.oldest).seconds()) + " before, ";
        if (lost)
            text += "lost on " + name;
        else if (group.last_heard == kNever)
            text += "not heard over " + name + " when the run ends";
        else
            text += "heard over " + name + " by " + clock_text(header, group.last_heard);
        model::LateNews& out = *line.add_late_news();
        out.set_edge(name);
        out.set_text(text + ".");
        out.set_units(group.units);
        out.set_oldest_s((decided - group.oldest).seconds());
        out.set_lost(lost);
        out.set_channel(header.channels(channel).name());
        out.set_heard_s(group.last_heard == kNever ? -1 : group.last_heard.seconds());
    }
}

// The record as the channel had last been told it, and as it was when the channel looked.
void add_view(const SkuHistory& history, const Decisive& found, model::OversoldLineStory& line) {
    if (!found.told_before || found.moments[*found.told_before].kind != MomentKind::told) return;
    const Message& told = history.message(found.moments[*found.told_before].message);
    const std::size_t look = found.look.value_or(found.promise);
    Quantity then = history.at_start().record;
    for (std::size_t i = 0; i < look && found.moments[i].at <= told.sent; ++i) then = found.moments[i].after.record;
    const Quantity now = found.moments[look].before.record;
    if (then == now) return;
    const model::EventLogHeader& header = history.header();
    const Duration age = found.moments[look].at - told.sent;
    model::LateNews& out = *line.add_late_news();
    out.set_edge(header.edges(told.edge).name());
    out.set_text(header.channels(history.focus().channel.value).name() + " had last been told by " + out.edge() +
                 " what the record was " + span(age.seconds()) + " before it looked: " + std::to_string(then) +
                 "; by then it was " + std::to_string(now) + ".");
    out.set_oldest_s(age.seconds());
    out.set_channel(header.channels(history.focus().channel.value).name());
    out.set_told(then);
    out.set_record(now);
}

}  // namespace

void find_late_news(const SkuHistory& history, const Decisive& found, model::OversoldLineStory& line) {
    add_sales(history, found, line);
    add_view(history, found, line);
}

}  // namespace lastunit::reports
