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
    to.shows = c.lookup.node_set(from.shows_nodes(), from.shows_kinds());
    to.extends_holds = from.extends_holds();
    to.on_decline = static_cast<model::OnDecline>(from.on_decline());
    to.other_device = static_cast<model::OtherDevice>(from.other_device());
    to.lock_time = distribution(from.lock_time());
    to.lock_timeout = duration(from.lock_timeout());
    to.lock_order = static_cast<model::LockOrder>(from.lock_order());
    to.on_locked = static_cast<model::OnLocked>(from.on_locked());
    to.hot_skus = from.hot_skus();
    to.attempts = from.attempts();
    to.retry_after = distribution(from.retry_after());
    return to;
}

model::Payment convert_payment(const schema::Payment& from) {
    model::Payment to;
    to.flow = static_cast<model::Payment::Flow>(from.flow());
    to.webhook = distribution(from.webhook());
    to.webhook_lost = from.webhook_lost();
    to.webhook_repeated = from.webhook_repeated();
    to.repeated_after = distribution(from.repeated_after());
    to.idempotent = from.idempotent();
    to.ask_every = duration(from.ask_every());
    to.cancel_unpaid_after = duration(from.cancel_unpaid_after());
    to.refunds = from.refunds();
    return to;
}

// Shares are of the channels that reserve by escrow; what is not said is shared evenly.
model::Pools convert_pools(const schema::Pools& from, const model::Design& design, const Conversion& c) {
    model::Pools to;
    to.rebalance_every = duration(from.rebalance_every());
    to.rebalance_phase = duration(from.rebalance_phase().at());
    to.random_phase = from.rebalance_phase().random();
    to.refill_below = from.refill_below();
    to.refill_time = distribution(from.refill_time());
    to.shares.assign(design.channels.size(), 0);
    for (const schema::ChannelShare& share : from.shares()) to.shares[c.lookup.channels.at(share.channel())] = share.share();
    double sum = 0;
    for (std::size_t i = 0; i < design.channels.size(); ++i) {
        const bool escrow = design.channels[i].reservation == model::ReservationMode::escrow;
        if (!escrow || from.shares_size() == 0) to.shares[i] = escrow ? 1 : 0;
        sum += to.shares[i];
    }
    for (double& share : to.shares) share = sum > 0 ? share / sum : 0;
    return to;
}

model::Bookkeeping convert_bookkeeping(const schema::Bookkeeping& from) {
    model::Bookkeeping to;
    to.check_lines = static_cast<model::Bookkeeping::CheckLines>(from.check_lines());
    to.netting = static_cast<model::Bookkeeping::Netting>(from.netting());
    to.shows = static_cast<model::Bookkeeping::Shows>(from.shows());
    to.cancel_restocks = static_cast<model::Bookkeeping::CancelRestocks>(from.cancel_restocks());
    to.reroute = static_cast<model::Bookkeeping::Reroute>(from.reroute());
    to.short_pick = static_cast<model::Bookkeeping::ShortPick>(from.short_pick());
    to.split = static_cast<model::Bookkeeping::Split>(from.split());
    to.pick_needs = static_cast<model::Bookkeeping::PickNeeds>(from.pick_needs());
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
    to.duplicated = from.duplicated();
    to.duplicated_after = distribution(from.duplicated_after());
    to.ordering = static_cast<model::Ordering>(from.ordering());
    to.batch_every = duration(from.batch_every());
    to.batch_size = from.batch_size();
    to.rate_limit = from.rate_limit();
    to.attempts = from.attempts();
    to.retry_after = duration(from.retry_after());
    to.dead_letter_resent_after = duration(from.dead_letter_resent_after());
    to.watermark = from.watermark();
    return to;
}

}  // namespace

model::Design convert_design(const Conversion& c) {
    const schema::Design& from = c.from.design();
    model::Design to;
    to.name = from.name();
    convert_routing(c, to);
    to.max_split = from.max_split();
    to.shared_carts = from.shared_carts();
    to.max_reroutes = from.max_reroutes();
    to.cancel_after = duration(from.cancel_after());
    to.retry_every = duration(from.retry_every());
    to.pickup_from_elsewhere = static_cast<model::PickupFromElsewhere>(from.pickup_from_elsewhere());
    to.pickup_transfer = distribution(from.pickup_transfer());
    if (from.has_pickup_transfer_promise()) to.pickup_transfer_promise = duration(from.pickup_transfer_promise());
    to.pickup_becomes_ship = from.pickup_becomes_ship();
    to.holds = static_cast<model::Holds>(from.holds());
    to.cut_off = static_cast<model::CutOff>(from.cut_off());
    if (from.has_payment()) to.payment = convert_payment(from.payment());
    if (from.has_bookkeeping()) to.bookkeeping = convert_bookkeeping(from.bookkeeping());
    to.core_host = host_index(from.core().host(), c);
    to.core_service = duration(from.core().service());
    for (const schema::Channel& channel : c.from.channels()) {
        ChannelDesign design;  // of a pos channel without an entry
        for (const ChannelDesign& one : from.channels())
            if (one.channel() == channel.name()) design = one;
        to.channels.push_back(convert_channel(design, static_cast<model::ChannelKind>(channel.kind()), c));
    }
    if (from.has_pools()) to.pools = convert_pools(from.pools(), to, c);
    for (const schema::Edge& edge : from.edges()) to.edges.push_back(convert_edge(edge, c));
    for (const schema::Host& host : from.hosts())
        to.hosts.push_back(
            {host.name(), host.cores(), host.has_threads() ? host.threads() : model::kThreadsPerCore * host.cores()});
    for (const schema::Link& link : from.links())
        to.links.push_back({link.name(), host_index(link.between(0), c), host_index(link.between(1), c), duration(link.latency()),
                            link.bandwidth()});
    return to;
}

}  // namespace lastunit::scenarios
