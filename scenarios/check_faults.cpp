#include "scenarios/check.hpp"
#include "scenarios/gates.hpp"

namespace lastunit::scenarios {
namespace {

using schema::Fault;

void check_fault(const CheckContext& c, const Fault& fault) {
    const std::string path = "faults." + fault.name();
    const std::string kind = Fault::Kind_Name(fault.kind());
    const auto given = [&](const char* field) { return c.given(path + "." + field); };
    const auto needs = [&](bool there, const char* what) {
        if (!there) c.error(path, "`" + kind + "` needs " + what);
    };
    if (given("rate") && !given("lasts")) c.error(path + ".rate", "windows that begin at random need `lasts`, e.g. 10min");
    if (fault.at() > c.scenario.run().horizon()) c.error(path + ".at", "lies beyond the horizon: it would never happen");
    switch (fault.kind()) {
        case Fault::link_down:
            needs(given("link") || given("edges"), "`link` or `edges`");
            break;
        case Fault::partition:
            needs(given("channels"), "`channels`, which the core cannot reach");
            break;
        case Fault::slow_host:
            needs(given("host"), "`host`");
            break;
        case Fault::stuck_consumer:
            needs(given("edges"), "`edges`, whose messages nobody applies");
            break;
        case Fault::config_change:
            needs(given("ships") || given("hands_over") || given("buffer") || given("sells_nodes"),
                  "something that changes: `ships` or `hands_over` of nodes, `buffer` or `sells_nodes` of channels");
            if (given("ships") || given("hands_over")) needs(given("nodes") || given("kinds"), "`nodes` or `kinds`");
            if (given("buffer") || given("sells_nodes")) needs(given("channels"), "`channels`");
            break;
        case Fault::slow_disk:
            if (given("host")) c.error(path + ".host", "`slow_disk` is the core's disk, on whatever host: leave `host` out");
            break;
        case Fault::bots:
            needs(given("carts"), "`carts`, how many they fill, e.g. 5/min");
            needs(given("channels"), "`channels`, where they do it");
            break;
        default:
            break;
    }
}

void check_bundles(const CheckContext& c) {
    const auto& items = c.scenario.catalogue().items();
    for (const schema::Item& item : items)
        for (const schema::Component& part : item.bundle())
            for (const schema::Item& other : items)
                if (other.name() == part.item() && other.bundle_size() > 0)
                    c.error("catalogue.items." + item.name() + ".bundle." + part.item(),
                            "is a bundle itself: name its components");
}

void check_pools(const CheckContext& c) {
    for (const schema::ChannelDesign& channel : c.scenario.design().channels()) {
        const std::string path = "design.channels." + channel.channel();
        if (channel.reservation() == schema::ChannelDesign::escrow && !c.given("design.pools"))
            c.error(path + ".reservation", "`escrow` needs `design.pools`: how are the quotas dealt out?");
        if (channel.hot_skus() > 0 && channel.reservation() != schema::ChannelDesign::row_lock)
            c.error(path + ".hot_skus", "goes with `reservation: row_lock`, whose lock it skips");
    }
}

}  // namespace

void check_faults(const CheckContext& c) {
    for (const Fault& fault : c.scenario.faults()) check_fault(c, fault);
    check_bundles(c);
    check_pools(c);
    if (!c.scenario.has_failure()) return;
    const auto oracle = parse_gate(c.scenario.failure().oracle(), c.scenario.currency());
    if (const auto* wrong = std::get_if<std::string>(&oracle)) c.error("failure.oracle", *wrong);
}

}  // namespace lastunit::scenarios
