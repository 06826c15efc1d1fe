#include "reports/autopsy/sku_history.hpp"

#include <algorithm>

namespace lastunit::reports {

namespace {
constexpr std::uint32_t kCore = 255;

std::vector<NodeId> nodes_of(const model::EventLogHeader& header, const OrderFacts& order) {
    if (!core::by_parcel(order.method)) return {order.store};
    const model::LogChannel& channel = header.channels(order.channel.value);
    std::vector<NodeId> nodes;
    for (int i = 0; i < header.nodes_size(); ++i) {
        const auto& allowed = channel.nodes();
        const bool may =
            allowed.empty() || std::find(allowed.begin(), allowed.end(), static_cast<std::uint32_t>(i)) != allowed.end();
        if (may && header.nodes(i).ships()) nodes.emplace_back(static_cast<std::uint16_t>(i));
    }
    return nodes;
}
}  // namespace

Focus focus_of(const model::EventLogHeader& header, const OversoldList& list, const OversoldUnits& units) {
    const OrderFacts& order = list.orders()[units.order];
    Focus focus;
    focus.order = units.order;
    focus.sku = units.sku;
    focus.channel = order.channel;
    focus.nodes = nodes_of(header, order);
    focus.at_till = order.method == core::Method::carry_out;
    focus.on_view = !focus.at_till && header.channels(order.channel.value).decides_on() == "view";
    return focus;
}

SkuHistory::SkuHistory(const model::EventLogHeader& header, const OversoldList& list, const Focus& focus)
    : header_(header), list_(list), focus_(focus), concerned_(static_cast<std::size_t>(header.nodes_size())) {
    for (const NodeId node : focus_.nodes)
        if (node.value < concerned_.size()) concerned_[node.value] = 1;
    const std::size_t nodes = concerned_.size();
    committed_.assign(nodes, 0);
    for (std::size_t node = 0; node < nodes; ++node) {
        const auto cell = static_cast<int>(focus.sku.value * nodes + node);
        shelf_.push_back(header.shelf(cell));
        atp_.push_back(header.atp(cell));
        view_.push_back(header.atp(cell));
    }
    for (std::uint32_t i = 0; i < list.orders().size(); ++i)
        if (list.line(i, focus.sku) != nullptr) order_of_shopper_[list.orders()[i].shopper] = i;
    at_start_ = last_ = figures();
}

Figures SkuHistory::figures() const {
    const model::LogChannel& channel = header_.channels(focus_.channel.value);
    const bool sees_record = channel.decides_on() == "core";
    Figures sum;
    for (const NodeId node : focus_.nodes) {
        const std::size_t i = node.value;
        sum.record += std::max(0, atp_[i]);
        if (focus_.at_till) {
            sum.there += shelf_[i];
            sum.shows += committed_[i];
        } else {
            sum.there += std::max(0, shelf_[i] - committed_[i]);
            sum.shows += std::max(0, (sees_record ? atp_[i] : view_[i]) - channel.node_buffer());
        }
    }
    if (!focus_.at_till) sum.shows = std::max(0, sum.shows - channel.buffer());
    return sum;
}

Moment& SkuHistory::begin(SimTime at, MomentKind kind) {
    now_ = at;
    Moment& moment = moments_.emplace_back();
    moment.at = at;
    moment.kind = kind;
    moment.before = last_;
    last_ = moment.after = figures();
    return moment;
}

void SkuHistory::settle() {
    last_ = figures();
    if (!moments_.empty() && moments_.back().at == now_) moments_.back().after = last_;
}

// --- truth and record ---

void SkuHistory::stock(SimTime at, const LogStock& moved) {
    if (moved.sku != focus_.sku || !concerns(moved.node)) return;
    now_ = at;
    Quantity& shelf = shelf_[moved.node.value];
    Quantity& committed = committed_[moved.node.value];
    switch (moved.move) {
        case model::MOVE_COMMITTED:
            committed += moved.units;
            settle();
            return;
        case model::MOVE_WITHDRAWN:
            committed -= moved.units;
            settle();
            return;
        case model::MOVE_PICKED:  // its promise is withdrawn in the same instant
            shelf -= moved.units;
            settle();
            return;
        case model::MOVE_TAKEN:
        case model::MOVE_SHRUNK:
        case model::MOVE_DAMAGED:
        case model::MOVE_MISPLACED:
        case model::MOVE_TRANSFER_OUT:
            shelf -= moved.units;
            break;
        default:
            shelf += moved.units;
    }
    Moment& moment = begin(at, MomentKind::stock);
    moment.move = moved.move;
    moment.node = moved.node;
    moment.units = moved.units;
    moment.order = moved.order;
    moment.shopper = moved.shopper;
}

void SkuHistory::ledger(SimTime at, const LogLedger& change) {
    if (change.sku != focus_.sku || !concerns(change.node)) return;
    now_ = at;
    const Quantity before = atp_[change.node.value];
    atp_[change.node.value] = change.atp;
    if (before == change.atp) return;
    Moment& moment = begin(at, MomentKind::record);
    moment.change = change.kind;
    moment.node = change.node;
    moment.units = change.atp - before;
    moment.channel = change.channel;
    moment.order = order_behind(change);
}

std::uint32_t SkuHistory::order_behind(const LogLedger& change) const {
    if (change.kind == core::EventKind::sold) {  // at a till: booked without an order
        for (const std::uint32_t order : heard_)
            if (list_.orders()[order].store == change.node) return order;
        return kNoOrder;
    }
    const auto order = order_of_shopper_.find(change.reference);
    return order == order_of_shopper_.end() ? kNoOrder : order->second;
}

// --- messages ---

bool SkuHistory::feeds(std::uint8_t edge) const {
    const model::LogEdge& of = header_.edges(edge);
    return focus_.on_view && of.from() == kCore && of.to() == focus_.channel.value;
}

void SkuHistory::sale_is_told(const LogSent& sent, SimTime at) {
    for (const LogItem& item : sent.items) {
        if (list_.line(item.subject, focus_.sku) == nullptr) continue;
        Message& message = messages_.emplace_back();
        message.edge = sent.edge;
        message.number = sent.number;
        message.since = at - item.waited;
        message.sent = at;
        message.order = item.subject;
        news_[item.subject] = messages_.size() - 1;
        message_of_[{sent.edge, sent.number}] = messages_.size() - 1;
    }
}

void SkuHistory::sent(SimTime at, const LogSent& sent) {
    if (header_.edges(sent.edge).from() != kCore) {
        sale_is_told(sent, at);
        return;
    }
    if (!feeds(sent.edge)) return;
    const std::size_t nodes = concerned_.size();
    Message message;
    message.edge = sent.edge;
    message.number = sent.number;
    message.sent = message.since = at;
    for (std::size_t i = 0; i < sent.items.size(); ++i) {
        const LogItem& item = sent.items[i];
        const NodeId node(static_cast<std::uint16_t>(item.subject % nodes));
        if (item.subject / nodes != focus_.sku.value || !concerns(node)) continue;
        message.items.push_back({i, node, item.value});
        message.since = std::min(message.since, at - item.waited);
    }
    if (message.items.empty()) return;
    messages_.push_back(message);
    message_of_[{sent.edge, sent.number}] = messages_.size() - 1;
    begin(at, MomentKind::sending).message = messages_.size() - 1;
}

// Several sales of one message are several entries: all of them share its fate.
void SkuHistory::mishap(SimTime at, const LogMishap& mishap) {
    const auto found = message_of_.find({mishap.edge, mishap.number});
    if (found == message_of_.end()) return;
    const bool lost = mishap.mishap == model::MISHAP_LOST;
    for (std::size_t i = found->second + 1; i-- > 0;) {
        Message& message = messages_[i];
        if (message.edge != mishap.edge || message.number != mishap.number) break;
        message.lost = message.lost || lost;
    }
    if (!feeds(mishap.edge)) return;
    begin(at, lost ? MomentKind::lost : MomentKind::failed).message = found->second;
}

void SkuHistory::arrived(SimTime at, const LogArrived& arrived) {
    heard_.clear();
    const auto found = message_of_.find({arrived.edge, arrived.number});
    if (found == message_of_.end()) return;
    for (std::size_t i = found->second + 1; i-- > 0;) {
        Message& message = messages_[i];
        if (message.edge != arrived.edge || message.number != arrived.number) break;
        if (!arrived.copy) message.arrived = at;
        if (message.order != kNoOrder) heard_.push_back(message.order);
    }
    if (!feeds(arrived.edge)) return;
    bool older = false;
    for (const Message::Item& item : messages_[found->second].items) {
        view_[item.node.value] = arrived.view[item.place];
        std::uint64_t& newest = newest_[{arrived.edge, item.node.value}];
        older = older || arrived.number < newest;
        newest = std::max(newest, arrived.number);
    }
    Moment& moment = begin(at, MomentKind::told);
    moment.message = found->second;
    moment.copy = arrived.copy;
    moment.older = older;
}

void SkuHistory::fetched(SimTime at, const LogFetched& fetched) {
    if (fetched.sku != focus_.sku || !feeds(fetched.edge)) return;
    const auto& named = header_.edges(fetched.edge).nodes();
    for (std::size_t i = 0; i < fetched.view.size(); ++i)
        view_[named.empty() ? i : named.Get(static_cast<int>(i))] = fetched.view[i];
    begin(at, MomentKind::fetched);
}

const Message* SkuHistory::news_of(std::uint32_t order) const {
    const auto found = news_.find(order);
    return found == news_.end() ? nullptr : &messages_[found->second];
}

// --- orders ---

void SkuHistory::order(SimTime at, const LogOrder& order) {
    Quantity units = 0;
    for (const LogLine& line : order.lines) {
        if (line.sku != focus_.sku) continue;
        units += line.units;
        if (order.channel == focus_.channel && line.lowered != kNoNode) view_[line.lowered.value] -= line.units;
    }
    if (units == 0) return;
    Moment& moment = begin(at, order.order == focus_.order ? MomentKind::promise : MomentKind::sale);
    moment.order = order.order;
    moment.units = units;
    moment.channel = order.channel;
    moment.node = order.store;
}

void SkuHistory::fate(SimTime at, const LogFate& fate) {
    const bool of_sku = !fate.sku || *fate.sku == focus_.sku;
    if (fate.fate == model::FATE_KEPT) kept_.insert(fate.order);
    if (fate.fate == model::FATE_DISPLACED && of_sku) displaced_.insert(fate.order);
    const bool ours = of_sku && (fate.order == focus_.order || displaced_.contains(fate.order));
    const bool others = fate.sku && *fate.sku == focus_.sku && fate.order != focus_.order;
    const bool of_interest = fate.fate == model::FATE_CANCELLED || fate.fate == model::FATE_DECLINED ||
                             fate.fate == model::FATE_TAKEN_BACK || fate.fate == model::FATE_DISPLACED ||
                             fate.fate == model::FATE_FORGOTTEN;
    if (!ours && !(others && of_interest)) return;
    Moment& moment = begin(at, MomentKind::fate);
    moment.fate = fate.fate;
    moment.order = fate.order;
    moment.units = fate.units;
    moment.node = fate.node;
}

void SkuHistory::fault(SimTime at, const LogFault& fault) {
    Moment& moment = begin(at, MomentKind::fault);
    moment.fault = fault.fault;
    moment.begins = fault.begins;
}

}  // namespace lastunit::reports
