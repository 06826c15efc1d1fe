#include "drivers/grpc/commands.hpp"

#include <algorithm>

#include "core/command_record.hpp"

namespace lastunit::drivers {

namespace {

using core::CommandKind;

NodeId node_of(std::uint32_t n) { return NodeId(static_cast<std::uint16_t>(std::min<std::uint32_t>(n, UINT16_MAX))); }
ChannelId channel_of(std::uint32_t n) { return ChannelId(static_cast<std::uint8_t>(std::min<std::uint32_t>(n, UINT8_MAX))); }
Quantity quantity_of(std::uint32_t n) { return static_cast<Quantity>(std::min<std::uint32_t>(n, INT32_MAX)); }
Duration span_of(std::uint64_t us) { return {static_cast<std::int64_t>(std::min<std::uint64_t>(us, INT64_MAX))}; }

void take_line(const wire::Line& line, core::Command& to) {
    to.node = node_of(line.node());
    to.sku = Sku(line.sku());
    to.quantity = quantity_of(line.quantity());
}

template <class Lines> void take_lines(const Lines& from, std::vector<core::Line>& lines, core::Command& to) {
    // Too many are as good as none: refused.
    if (from.size() > static_cast<int>(core::kMostLines)) return;
    const std::size_t first = lines.size();
    for (const wire::Line& line : from) lines.push_back({node_of(line.node()), Sku(line.sku()), quantity_of(line.quantity())});
    to.lines = std::span(lines).subspan(first);
}

void take_cell(std::uint32_t node, std::uint32_t sku, std::uint32_t quantity, core::Command& to) {
    to.node = node_of(node);
    to.sku = Sku(sku);
    to.quantity = quantity_of(quantity);
}

void take_transfer(const wire::Transfer& from, core::Command& to) {
    to.id = from.transfer();
    to.kind = from.arrived() ? CommandKind::transfer_in : CommandKind::transfer_out;
    if (from.arrived()) return;
    take_cell(from.from(), from.sku(), from.quantity(), to);
    to.to = node_of(from.to());
}

void take_quarantine(const wire::Quarantine& from, core::Command& to) {
    take_line(from.line(), to);
    to.kind = from.step() == wire::Quarantine::LEAVE     ? CommandKind::unquarantine
              : from.step() == wire::Quarantine::DISPOSE ? CommandKind::dispose
                                                         : CommandKind::quarantine;
}

void take_orders(const wire::Command& m, std::vector<core::Line>& lines, core::Command& c) {
    switch (m.what_case()) {
        case wire::Command::kAllocate:
            c.kind = CommandKind::allocate;
            c.order = m.allocate().order();
            c.channel = channel_of(m.allocate().channel());
            c.backorder = m.allocate().backorder() ? core::Backorder::accept : core::Backorder::refuse;
            take_lines(m.allocate().lines(), lines, c);
            return;
        case wire::Command::kDeallocate:
            c.kind = CommandKind::deallocate;
            c.order = m.deallocate().order();
            take_lines(m.deallocate().lines(), lines, c);
            return;
        case wire::Command::kPick:
            c.kind = CommandKind::pick;
            c.order = m.pick().order();
            take_line(m.pick().line(), c);
            return;
        case wire::Command::kShip:
            c.kind = CommandKind::ship;
            c.order = m.ship().order();
            take_line(m.ship().line(), c);
            return;
        default:
            c.kind = CommandKind::hold;  // without lines: refused
            return;
    }
}

void take_stock(const wire::Command& m, std::vector<core::Line>& lines, core::Command& c) {
    switch (m.what_case()) {
        case wire::Command::kSell:
            c.kind = CommandKind::sell;
            c.channel = channel_of(m.sell().channel());
            return take_line(m.sell().line(), c);
        case wire::Command::kReceive:
            c.kind = CommandKind::receive;
            return take_line(m.receive().line(), c);
        case wire::Command::kTakeReturn:
            c.kind = CommandKind::take_return;
            c.return_to = m.take_return().quarantine() ? core::ReturnTo::quarantine : core::ReturnTo::shelf;
            return take_line(m.take_return().line(), c);
        case wire::Command::kAdjust:
            c.kind = CommandKind::adjust;
            return take_cell(m.adjust().node(), m.adjust().sku(), m.adjust().counted(), c);
        case wire::Command::kTransfer:
            return take_transfer(m.transfer(), c);
        case wire::Command::kSetSafety:
            c.kind = CommandKind::set_safety;
            return take_cell(m.set_safety().node(), m.set_safety().sku(), m.set_safety().quantity(), c);
        case wire::Command::kSetFence:
            c.kind = CommandKind::set_channel_allocation;
            c.channel = channel_of(m.set_fence().channel());
            return take_cell(m.set_fence().node(), m.set_fence().sku(), m.set_fence().quantity(), c);
        case wire::Command::kQuarantine:
            return take_quarantine(m.quarantine(), c);
        default:
            return take_orders(m, lines, c);
    }
}

void write_line(const core::Command& c, wire::Line& line) {
    line.set_node(c.node.value);
    line.set_sku(c.sku.value);
    line.set_quantity(static_cast<std::uint32_t>(c.quantity));
}

template <class Message> void write_lines(const core::Command& c, Message& to) {
    for (const core::Line& from : c.lines) {
        wire::Line& line = *to.add_lines();
        line.set_node(from.node.value);
        line.set_sku(from.sku.value);
        line.set_quantity(static_cast<std::uint32_t>(from.quantity));
    }
}

template <class Message> void write_cell(const core::Command& c, Message& to) {
    to.set_node(c.node.value);
    to.set_sku(c.sku.value);
}

void write_stock(const core::Command& c, wire::Command& m) {
    switch (c.kind) {
        case CommandKind::sell:
            m.mutable_sell()->set_channel(c.channel.value);
            return write_line(c, *m.mutable_sell()->mutable_line());
        case CommandKind::receive:
            return write_line(c, *m.mutable_receive()->mutable_line());
        case CommandKind::take_return:
            m.mutable_take_return()->set_quarantine(c.return_to == core::ReturnTo::quarantine);
            return write_line(c, *m.mutable_take_return()->mutable_line());
        case CommandKind::adjust:
            m.mutable_adjust()->set_counted(static_cast<std::uint32_t>(c.quantity));
            return write_cell(c, *m.mutable_adjust());
        case CommandKind::transfer_out:
            m.mutable_transfer()->set_transfer(c.id);
            m.mutable_transfer()->set_from(c.node.value);
            m.mutable_transfer()->set_to(c.to.value);
            m.mutable_transfer()->set_sku(c.sku.value);
            return m.mutable_transfer()->set_quantity(static_cast<std::uint32_t>(c.quantity));
        case CommandKind::transfer_in:
            m.mutable_transfer()->set_transfer(c.id);
            return m.mutable_transfer()->set_arrived(true);
        case CommandKind::set_safety:
            m.mutable_set_safety()->set_quantity(static_cast<std::uint32_t>(c.quantity));
            return write_cell(c, *m.mutable_set_safety());
        case CommandKind::set_channel_allocation:
            m.mutable_set_fence()->set_channel(c.channel.value);
            m.mutable_set_fence()->set_quantity(static_cast<std::uint32_t>(c.quantity));
            return write_cell(c, *m.mutable_set_fence());
        case CommandKind::quarantine:
        case CommandKind::unquarantine:
        case CommandKind::dispose:
            m.mutable_quarantine()->set_step(c.kind == CommandKind::quarantine     ? wire::Quarantine::ENTER
                                             : c.kind == CommandKind::unquarantine ? wire::Quarantine::LEAVE
                                                                                   : wire::Quarantine::DISPOSE);
            return write_line(c, *m.mutable_quarantine()->mutable_line());
        default:
            return;
    }
}

}  // namespace

std::size_t lines_of(const wire::Command& m) {
    switch (m.what_case()) {
        case wire::Command::kHold:
            return static_cast<std::size_t>(m.hold().lines_size());
        case wire::Command::kAllocate:
            return static_cast<std::size_t>(m.allocate().lines_size());
        case wire::Command::kDeallocate:
            return static_cast<std::size_t>(m.deallocate().lines_size());
        default:
            return 0;
    }
}

core::Command command_of(const wire::Command& m, std::vector<core::Line>& lines) {
    core::Command c;
    c.key = {m.key().client(), m.key().sequence()};
    switch (m.what_case()) {
        case wire::Command::kHold:
            c.kind = CommandKind::hold;
            c.id = m.hold().hold();
            c.channel = channel_of(m.hold().channel());
            c.ttl = span_of(m.hold().ttl_us());
            take_lines(m.hold().lines(), lines, c);
            break;
        case wire::Command::kExtend:
            c.kind = CommandKind::extend;
            c.id = m.extend().hold();
            c.ttl = span_of(m.extend().ttl_us());
            break;
        case wire::Command::kRelease:
            c.kind = CommandKind::release;
            c.id = m.release().hold();
            break;
        case wire::Command::kConfirm:
            c.kind = CommandKind::confirm;
            c.id = m.confirm().hold();
            c.order = m.confirm().order();
            break;
        default:
            take_stock(m, lines, c);
            break;
    }
    return c;
}

void write(const core::Command& c, wire::Command& m) {
    if (!(c.key == core::Key{})) {
        m.mutable_key()->set_client(c.key.client);
        m.mutable_key()->set_sequence(c.key.sequence);
    }
    switch (c.kind) {
        case CommandKind::hold:
            m.mutable_hold()->set_hold(c.id);
            m.mutable_hold()->set_channel(c.channel.value);
            m.mutable_hold()->set_ttl_us(static_cast<std::uint64_t>(std::max<std::int64_t>(c.ttl.us, 0)));
            return write_lines(c, *m.mutable_hold());
        case CommandKind::extend:
            m.mutable_extend()->set_hold(c.id);
            return m.mutable_extend()->set_ttl_us(static_cast<std::uint64_t>(std::max<std::int64_t>(c.ttl.us, 0)));
        case CommandKind::release:
            return m.mutable_release()->set_hold(c.id);
        case CommandKind::confirm:
            m.mutable_confirm()->set_hold(c.id);
            return m.mutable_confirm()->set_order(c.order);
        case CommandKind::allocate:
            m.mutable_allocate()->set_order(c.order);
            m.mutable_allocate()->set_channel(c.channel.value);
            m.mutable_allocate()->set_backorder(c.backorder == core::Backorder::accept);
            return write_lines(c, *m.mutable_allocate());
        case CommandKind::deallocate:
            m.mutable_deallocate()->set_order(c.order);
            return write_lines(c, *m.mutable_deallocate());
        case CommandKind::pick:
            m.mutable_pick()->set_order(c.order);
            return write_line(c, *m.mutable_pick()->mutable_line());
        case CommandKind::ship:
            m.mutable_ship()->set_order(c.order);
            return write_line(c, *m.mutable_ship()->mutable_line());
        default:
            return write_stock(c, m);
    }
}

bool in_contract(core::CommandKind kind) { return kind != CommandKind::expect && kind != CommandKind::advance; }

}  // namespace lastunit::drivers
