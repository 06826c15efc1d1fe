#include "scenarios/convert.hpp"

namespace lastunit::scenarios {
namespace {

using schema::ChannelDesign;

std::uint16_t host_index(const std::string& name, const Conversion& c) {
    return name.empty() ? model::kNoHost : static_cast<std::uint16_t>(c.lookup.hosts.at(name));
}

std::uint8_t end_index(const std::string& channel, const Conversion& c) {
    return channel.empty() ? model::kCore : static_cast<std::uint8_t>(c.lookup.channels.at(channel));
}

model::ChannelDesign convert_channel(const ChannelDesign& from, model::ChannelKind kind, const Conversion& c) {
    model::ChannelDesign to;
    const auto usual = kind == model::ChannelKind::pos ? model::DecidesOn::shelf : model::DecidesOn::view;
    to.reservation = static_cast<model::ReservationMode>(from.reservation());
    to.decides_on = from.has_decides_on() ? static_cast<model::DecidesOn>(from.decides_on()) : usual;
    to.window = distribution(from.window());
    to.hold_ttl = duration(from.hold_ttl());
    to.expired_hold = static_cast<model::ExpiredHold>(from.expired_hold());
    to.buffer = from.buffer();
    to.node_buffer = from.node_buffer();
    to.deducts_own_sales = from.deducts_own_sales();
    to.nodes = c.lookup.node_set(from.nodes(), from.kinds());
    return to;
}

model::Edge convert_edge(const schema::Edge& from, const Conversion& c) {
    model::Edge to;
    to.name = from.name();
    to.from = end_index(from.from(), c);
    to.to = end_index(from.to(), c);
    to.kind = static_cast<model::EdgeKind>(from.kind());
    to.content = static_cast<model::Content>(from.content());
    to.interval = duration(from.interval());
    to.phase = duration(from.phase().at());
    to.random_phase = from.phase().random();
    to.ttl = duration(from.ttl());
    to.latency = distribution(from.latency());
    to.loss = from.loss();
    to.nodes = c.lookup.node_set(from.nodes(), from.kinds());
    to.via = host_index(from.via(), c);
    to.service = duration(from.service());
    to.bytes = from.bytes();
    return to;
}

}  // namespace

model::Design convert_design(const Conversion& c) {
    const schema::Design& from = c.from.design();
    model::Design to;
    to.name = from.name();
    to.routing = static_cast<core::RoutingPolicy>(from.routing());
    to.max_split = from.max_split();
    to.shared_carts = from.shared_carts();
    to.max_reroutes = from.max_reroutes();
    to.cancel_after = duration(from.cancel_after());
    to.retry_every = duration(from.retry_every());
    to.core_host = host_index(from.core().host(), c);
    to.core_service = duration(from.core().service());
    for (const schema::Channel& channel : c.from.channels()) {
        ChannelDesign design;  // of a pos channel without an entry
        for (const ChannelDesign& one : from.channels())
            if (one.channel() == channel.name()) design = one;
        to.channels.push_back(convert_channel(design, static_cast<model::ChannelKind>(channel.kind()), c));
    }
    for (const schema::Edge& edge : from.edges()) to.edges.push_back(convert_edge(edge, c));
    for (const schema::Host& host : from.hosts()) to.hosts.push_back({host.name(), host.cores()});
    for (const schema::Link& link : from.links())
        to.links.push_back({link.name(), host_index(link.between(0), c), host_index(link.between(1), c), duration(link.latency()),
                            link.bandwidth()});
    return to;
}

}  // namespace lastunit::scenarios
