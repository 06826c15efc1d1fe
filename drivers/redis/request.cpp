#include "drivers/redis/request.hpp"

#include <algorithm>
#include <charconv>

#include "core/hashing.hpp"

namespace lastunit::drivers::redis {

namespace {

using core::CommandKind;
using core::Outcome;

Outcome check(const Counts& counts, NodeId node, Sku sku) {
    if (node.value >= counts.nodes) return Outcome::unknown_node;
    return sku.value < counts.skus ? Outcome::applied : Outcome::unknown_sku;
}

Outcome check(const Counts& counts, const core::Command& command, Quantity least) {
    return command.quantity < least ? Outcome::quantity_not_positive : check(counts, command.node, command.sku);
}

Outcome check_lines(const Counts& counts, std::span<const core::Line> lines) {
    if (lines.empty()) return Outcome::empty;
    // Outcomes are numbered in check order, so over all lines the least that applies is the answer.
    Outcome least = Outcome::over_limit;
    for (const core::Line& line : lines) {
        const Outcome outcome = line.quantity < 1 ? Outcome::quantity_not_positive : check(counts, line.node, line.sku);
        if (outcome != Outcome::applied) least = std::min(least, outcome);
    }
    return least == Outcome::over_limit ? Outcome::applied : least;
}

Outcome check_channel(const Counts& counts, ChannelId channel) {
    return channel.value < counts.channels ? Outcome::applied : Outcome::unknown_channel;
}

Outcome wrong_with_hold(const core::Command& command, const Counts& counts) {
    const Outcome line = check_lines(counts, command.lines);
    if (line == Outcome::empty || line == Outcome::quantity_not_positive) return line;
    if (command.ttl.us <= 0) return Outcome::ttl_not_positive;
    return line != Outcome::applied ? line : check_channel(counts, command.channel);
}

Outcome wrong_with_transfer(const core::Command& command, const Counts& counts) {
    if (command.quantity < 1) return Outcome::quantity_not_positive;
    if (command.to.value >= counts.nodes) return Outcome::unknown_node;
    if (const Outcome wrong = check(counts, command.node, command.sku); wrong != Outcome::applied) return wrong;
    return command.node == command.to ? Outcome::same_node : Outcome::applied;
}

}  // namespace

Outcome wrong_with(const core::Command& command, const Counts& counts) {
    switch (command.kind) {
        case CommandKind::hold:
            return wrong_with_hold(command, counts);
        case CommandKind::extend:
            return command.ttl.us <= 0 ? Outcome::ttl_not_positive : Outcome::applied;
        case CommandKind::allocate: {
            const Outcome line = check_lines(counts, command.lines);
            return line != Outcome::applied ? line : check_channel(counts, command.channel);
        }
        case CommandKind::deallocate:
            return check_lines(counts, command.lines);
        case CommandKind::transfer_out:
            return wrong_with_transfer(command, counts);
        case CommandKind::sell: {
            const Outcome line = check(counts, command, 1);
            return line != Outcome::applied ? line : check_channel(counts, command.channel);
        }
        case CommandKind::adjust:
        case CommandKind::set_safety: {
            const Outcome line = check(counts, command, 0);
            if (line != Outcome::applied) return line;
            return command.quantity > core::kMaxUnits ? Outcome::over_limit : Outcome::applied;
        }
        case CommandKind::release:
        case CommandKind::confirm:
        case CommandKind::transfer_in:
        case CommandKind::advance:
            return Outcome::applied;
        default:
            return check(counts, command, 1);
    }
}

std::vector<core::Line> merged(std::span<const core::Line> lines) {
    std::vector<core::Line> out(lines.begin(), lines.end());
    std::sort(out.begin(), out.end(),
              [](const core::Line& a, const core::Line& b) { return a.sku != b.sku ? a.sku < b.sku : a.node < b.node; });
    std::size_t last = 0;
    for (std::size_t i = 1; i < out.size(); ++i) {
        core::Line& into = out[last];
        if (out[i].sku != into.sku || out[i].node != into.node) {
            out[++last] = out[i];
        } else {
            // Saturates: such a sum is beyond every limit anyway.
            into.quantity = into.quantity > INT32_MAX - out[i].quantity ? INT32_MAX : into.quantity + out[i].quantity;
        }
    }
    if (!out.empty()) out.resize(last + 1);
    return out;
}

std::string cell_of(NodeId node, Sku sku) { return std::to_string(sku.value) + ":" + std::to_string(node.value); }

std::string key_of(const core::Command& command) {
    if (command.key == core::Key{} || command.kind == CommandKind::advance) return "";
    return std::to_string(command.key.client) + ":" + std::to_string(command.key.sequence);
}

std::string fingerprint_of(const core::Command& command) {
    core::ArgumentHash hash(static_cast<std::uint64_t>(command.kind));
    hash.add(static_cast<std::uint64_t>(command.backorder) << 16 | static_cast<std::uint64_t>(command.return_to) << 8 |
             static_cast<std::uint64_t>(command.transfer_from));
    hash.add(std::uint64_t{command.channel.value} << 32 | std::uint64_t{command.node.value} << 16 | command.to.value);
    hash.add(std::uint64_t{command.sku.value} << 32 | static_cast<std::uint32_t>(command.quantity));
    hash.add(command.id).add(command.order).add(static_cast<std::uint64_t>(command.ttl.us));
    for (const core::Line& line : command.lines)
        hash.add(std::uint64_t{line.node.value} << 32 | line.sku.value).add(static_cast<std::uint64_t>(line.quantity));
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text(16, '0');
    for (std::size_t i = 0; i < text.size(); ++i) text[i] = kDigits[hash.value() >> (4 * i) & 15];
    return text;
}

bool outcome_named(std::string_view name, Outcome& outcome) {
    for (auto i = static_cast<unsigned>(Outcome::applied); i <= static_cast<unsigned>(Outcome::over_limit); ++i)
        if (name == core::name_of(static_cast<Outcome>(i))) {
            outcome = static_cast<Outcome>(i);
            return true;
        }
    return false;
}

bool settle_answer(std::string_view text, Completion& completion) {
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos || !outcome_named(text.substr(0, space), completion.outcome)) return false;
    std::from_chars(text.data() + space + 1, text.data() + text.size(), completion.sequence);
    completion.settled = completion.outcome == Outcome::applied ? Settled::applied : Settled::refused;
    completion.cause = Cause::outcome;
    return true;
}

}  // namespace lastunit::drivers::redis
