#include "drivers/command_rules.hpp"

#include <algorithm>
#include <utility>

#include "core/hashing.hpp"

namespace lastunit::drivers {

namespace {

using core::CommandKind;
using core::Outcome;

Outcome check(const ShopSize& size, NodeId node, Sku sku) {
    if (node.value >= size.nodes) return Outcome::unknown_node;
    return sku.value < size.skus ? Outcome::applied : Outcome::unknown_sku;
}

Outcome check(const ShopSize& size, const core::Command& command, Quantity least) {
    return command.quantity < least ? Outcome::quantity_not_positive : check(size, command.node, command.sku);
}

Outcome check_lines(const ShopSize& size, std::span<const core::Line> lines) {
    if (lines.empty()) return Outcome::empty;
    // Outcomes are numbered in check order, so over all lines the least that applies is the answer.
    Outcome least = Outcome::over_limit;
    for (const core::Line& line : lines) {
        const Outcome outcome = line.quantity < 1 ? Outcome::quantity_not_positive : check(size, line.node, line.sku);
        if (outcome != Outcome::applied) least = std::min(least, outcome);
    }
    return least == Outcome::over_limit ? Outcome::applied : least;
}

Outcome check_channel(const ShopSize& size, ChannelId channel) {
    return channel.value < size.channels ? Outcome::applied : Outcome::unknown_channel;
}

Outcome wrong_with_hold(const core::Command& command, const ShopSize& size) {
    const Outcome line = check_lines(size, command.lines);
    if (line == Outcome::empty || line == Outcome::quantity_not_positive) return line;
    if (command.ttl.us <= 0) return Outcome::ttl_not_positive;
    return line != Outcome::applied ? line : check_channel(size, command.channel);
}

Outcome wrong_with_transfer(const core::Command& command, const ShopSize& size) {
    if (command.quantity < 1) return Outcome::quantity_not_positive;
    if (command.to.value >= size.nodes) return Outcome::unknown_node;
    if (const Outcome wrong = check(size, command.node, command.sku); wrong != Outcome::applied) return wrong;
    return command.node == command.to ? Outcome::same_node : Outcome::applied;
}

}  // namespace

Outcome wrong_with(const core::Command& command, const ShopSize& size) {
    switch (command.kind) {
        case CommandKind::hold:
            return wrong_with_hold(command, size);
        case CommandKind::extend:
            return command.ttl.us <= 0 ? Outcome::ttl_not_positive : Outcome::applied;
        case CommandKind::allocate: {
            const Outcome line = check_lines(size, command.lines);
            return line != Outcome::applied ? line : check_channel(size, command.channel);
        }
        case CommandKind::deallocate:
            return check_lines(size, command.lines);
        case CommandKind::transfer_out:
            return wrong_with_transfer(command, size);
        case CommandKind::sell: {
            const Outcome line = check(size, command, 1);
            return line != Outcome::applied ? line : check_channel(size, command.channel);
        }
        case CommandKind::adjust:
        case CommandKind::set_safety: {
            const Outcome line = check(size, command, 0);
            if (line != Outcome::applied) return line;
            return command.quantity > core::kMaxUnits ? Outcome::over_limit : Outcome::applied;
        }
        case CommandKind::release:
        case CommandKind::confirm:
        case CommandKind::transfer_in:
        case CommandKind::advance:
            return Outcome::applied;
        default:
            return check(size, command, 1);
    }
}

std::vector<core::Line> merged(std::vector<core::Line> lines) {
    if (lines.size() < 2) return lines;
    std::sort(lines.begin(), lines.end(),
              [](const core::Line& a, const core::Line& b) { return a.sku != b.sku ? a.sku < b.sku : a.node < b.node; });
    std::size_t last = 0;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        core::Line& into = lines[last];
        if (lines[i].sku != into.sku || lines[i].node != into.node) {
            lines[++last] = lines[i];
        } else {
            const std::int64_t sum = std::int64_t{into.quantity} + lines[i].quantity;
            into.quantity = static_cast<Quantity>(std::min<std::int64_t>(sum, INT32_MAX));
        }
    }
    lines.resize(last + 1);
    return lines;
}

std::uint64_t arguments_hash(const core::Command& command) {
    core::ArgumentHash hash(static_cast<std::uint64_t>(command.kind));
    hash.add(static_cast<std::uint64_t>(command.backorder) << 16 | static_cast<std::uint64_t>(command.return_to) << 8 |
             static_cast<std::uint64_t>(command.transfer_from));
    hash.add(std::uint64_t{command.channel.value} << 32 | std::uint64_t{command.node.value} << 16 | command.to.value);
    hash.add(std::uint64_t{command.sku.value} << 32 | static_cast<std::uint32_t>(command.quantity));
    hash.add(command.id).add(command.order).add(static_cast<std::uint64_t>(command.ttl.us));
    for (const core::Line& line : command.lines)
        hash.add(std::uint64_t{line.node.value} << 32 | line.sku.value).add(static_cast<std::uint64_t>(line.quantity));
    return hash.value();
}

std::optional<Outcome> outcome_named(std::string_view name) {
    for (auto i = static_cast<unsigned>(Outcome::applied); i <= static_cast<unsigned>(Outcome::over_limit); ++i)
        if (name == core::name_of(static_cast<Outcome>(i))) return static_cast<Outcome>(i);
    return std::nullopt;
}

}  // namespace lastunit::drivers
