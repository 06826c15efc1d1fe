#include <algorithm>
#include <numeric>
#include <set>

#include "scenarios/check.hpp"
#include "scenarios/gates.hpp"

namespace lastunit::scenarios {
namespace {

using schema::ChannelDesign;

constexpr const char* kRefused = "these orders are refused";

const schema::Channel* find_channel(const CheckContext& c, const std::string& name) {
    const auto found = c.lookup.channels.find(name);
    return found == c.lookup.channels.end() ? nullptr : &c.scenario.channels(static_cast<int>(found->second));
}

void check_reservation(const CheckContext& c, const ChannelDesign& design) {
    const std::string path = "design.channels." + design.channel();
    const bool holds =
        design.reservation() == ChannelDesign::reserve_on_cart || design.reservation() == ChannelDesign::reserve_on_order;
    const std::string mode = ChannelDesign::Reservation_Name(design.reservation());
    if (holds && !c.given(path + ".hold_ttl")) c.error(path, "`" + mode + "` needs `hold_ttl`, e.g. 15min");
    const schema::Channel* channel = find_channel(c, design.channel());
    const bool in_store = channel && (channel->kind() == schema::pos || channel->kind() == schema::kiosk);
    if (channel && !in_store && design.has_decides_on() && design.decides_on() == ChannelDesign::shelf)
        c.error(path + ".decides_on", "only a pos or kiosk channel stands before the shelf");
}

// A method that no node of the channel's stock can serve would refuse every order that asks for it.
void check_methods(const CheckContext& c, const schema::Channel& channel, const ChannelDesign* design) {
    const auto& all = c.scenario.network().nodes();
    std::vector<NodeId> nodes;
    if (design) nodes = c.lookup.node_set(design->nodes(), design->kinds());
    if (design && nodes.empty() && (design->nodes_size() > 0 || design->kinds_size() > 0)) {
        if (design->nodes_size() == 0)
            c.misfit("design.channels." + channel.name() + ".kinds", "the network has no node of these kinds",
                     "all nodes instead");
        if (design->nodes_size() > 0) return;
    }
    if (nodes.empty())
        for (int i = 0; i < all.size(); ++i) nodes.push_back(NodeId(static_cast<std::uint16_t>(i)));
    const auto any = [&](auto test) {
        return std::any_of(nodes.begin(), nodes.end(), [&](NodeId id) { return test(all[id.value]); });
    };
    const bool ships = any([](const schema::Node& node) { return node.ships(); });
    const bool hands_over = any([](const schema::Node& node) { return node.hands_over(); });
    const std::string path = "channels." + channel.name() + ".methods";
    const bool in_store = channel.kind() == schema::pos;
    if (channel.methods_size() == 0 && !in_store && !ships && !c.given(path))
        c.misfit("channels." + channel.name(), "ships by default, but none of its nodes ships", kRefused);
    for (const schema::MethodShare& method : channel.methods()) {
        if (method.share() <= 0) continue;
        const std::string name = schema::Method_Name(method.method());
        const bool parcel = method.method() == schema::ship || method.method() == schema::locker;
        const bool collected = method.method() == schema::pickup || method.method() == schema::reserve_in_store;
        if (parcel && !ships) c.misfit(path + "." + name, "none of the channel's nodes ships (`ships: true`)", kRefused);
        if (collected && !hands_over)
            c.misfit(path + "." + name, "none of the channel's nodes hands over (`hands_over: true`)", kRefused);
    }
}

void check_channels(const CheckContext& c) {
    for (const schema::Channel& channel : c.scenario.channels()) {
        const ChannelDesign* design = nullptr;
        for (const ChannelDesign& one : c.scenario.design().channels())
            if (one.channel() == channel.name()) design = &one;
        if (!design && c.scenario.has_design() && channel.kind() != schema::pos)
            c.error("design.channels", "channel `" + channel.name() + "` has no entry: how does it reserve?");
        if (design) check_reservation(c, *design);
        check_methods(c, channel, design);
    }
}

// Which hosts can reach which, over links: a disjoint-set forest.
class Reach {
   public:
    explicit Reach(const CheckContext& c) : hosts_(c.lookup.hosts), root_(c.lookup.hosts.size()) {
        std::iota(root_.begin(), root_.end(), 0U);
        for (const schema::Link& link : c.scenario.design().links()) {
            const bool two = link.between_size() == 2;
            const auto a = two ? hosts_.find(link.between(0)) : hosts_.end(),
                       b = two ? hosts_.find(link.between(1)) : hosts_.end();
            known_ = known_ && a != hosts_.end() && b != hosts_.end();
            if (known_) root_[top(a->second)] = top(b->second);
        }
    }
    bool apart(const std::string& one, const std::string& other) const {
        if (!known_) return false;
        const auto a = hosts_.find(one), b = hosts_.find(other);
        return a != hosts_.end() && b != hosts_.end() && top(a->second) != top(b->second);
    }

   private:
    std::uint32_t top(std::uint32_t host) const {
        while (root_[host] != host) host = root_[host];
        return host;
    }
    const NameIndex& hosts_;
    std::vector<std::uint32_t> root_;
    bool known_ = true;  // no link is reported as wrong
};

void check_edge(const CheckContext& c, const schema::Edge& edge, const Reach& reach) {
    const std::string path = "design.edges." + edge.name();
    const auto given = [&](const char* field) { return c.given(path + "." + field); };
    if (!given("from") && !given("to")) c.error(path, "has no channel end: give `to` (stock changes) or `from` (sales)");
    if (given("from") && given("to"))
        c.error(path, "has two channel ends: the other end is always the core; give `to` or `from`");
    const std::string kind = schema::Edge::Kind_Name(edge.kind());
    const bool paced = edge.kind() == schema::Edge::poll || edge.kind() == schema::Edge::snapshot;
    if (paced && !given("interval")) c.error(path, "`" + kind + "` needs `interval`, e.g. 15min");
    if (edge.kind() == schema::Edge::cache && !given("ttl")) c.error(path, "`cache` needs `ttl`, e.g. 60s");
    if (edge.kind() == schema::Edge::cache && given("from")) c.error(path, "a cache is read by a channel: give `to`, not `from`");
    const bool limited = given("nodes") || given("kinds");
    if (edge.kinds_size() > 0 && limited && c.lookup.node_set(edge.nodes(), edge.kinds()).empty())
        c.misfit(path + ".kinds", "the network has no node of these kinds", "all nodes instead");
    if (given("service") && !given("via")) c.error(path + ".service", "goes with `via`, the host that does the work");
    const schema::Design& design = c.scenario.design();
    if (given("via") && design.links_size() > 0 && c.given("design.core.host") && reach.apart(design.core().host(), edge.via()))
        c.error(path + ".via", "cannot be reached: no chain of links joins `" + edge.via() + "` and the core's host `" +
                                   design.core().host() + "`");
}

void check_infrastructure(const CheckContext& c) {
    std::set<std::pair<std::string, std::string>> joined;
    for (const schema::Link& link : c.scenario.design().links()) {
        if (link.between_size() != 2) continue;
        const std::string path = "design.links." + link.name() + ".between";
        if (link.between(0) == link.between(1)) c.error(path, "joins a host with itself");
        if (!joined.insert(std::minmax(link.between(0), link.between(1))).second)
            c.error(path, "these hosts are joined by another link already");
    }
    const schema::Design& design = c.scenario.design();
    if (c.given("design.core.service") && !c.given("design.core.host"))
        c.error("design.core.service", "goes with `host`, which does the work");
    const Reach reach(c);
    for (const schema::Edge& edge : design.edges()) check_edge(c, edge, reach);
}

void check_gates(const CheckContext& c) {
    for (int i = 0; i < c.scenario.gates_size(); ++i) {
        const auto gate = parse_gate(c.scenario.gates(i), c.scenario.currency());
        if (const auto* wrong = std::get_if<std::string>(&gate)) c.error("gates[" + std::to_string(i) + "]", *wrong);
    }
}

}  // namespace

void check_design(const CheckContext& c) {
    check_channels(c);
    check_infrastructure(c);
    check_gates(c);
}

}  // namespace lastunit::scenarios
