#include "drivers/load/recording.hpp"

#include <algorithm>

namespace lastunit::drivers {

using core::CommandKind;
using core::Outcome;
using model::OperationAnswer;
using model::OperationKind;

namespace {

constexpr std::int32_t kNobodyKnows = -1'000'000'000;
constexpr std::size_t kMostLines = 255;
// A chunk is written by the thread that sends: a smaller one keeps it less long.
constexpr std::uint32_t kOperationsPerChunk = 1024;

OperationAnswer answer_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::applied:
            return OperationAnswer::applied;
        case Outcome::key_reused:
            return OperationAnswer::key_reused;
        case Outcome::hold_exists:
            return OperationAnswer::hold_exists;
        case Outcome::unknown_hold:
            return OperationAnswer::unknown_hold;
        case Outcome::hold_expired:
            return OperationAnswer::hold_expired;
        case Outcome::hold_ended:
            return OperationAnswer::hold_ended;
        case Outcome::unknown_order:
            return OperationAnswer::unknown_order;
        case Outcome::out_of_stock:
            return OperationAnswer::out_of_stock;
        case Outcome::empty:
        case Outcome::quantity_not_positive:
        case Outcome::ttl_not_positive:
        case Outcome::unknown_node:
        case Outcome::unknown_sku:
        case Outcome::unknown_channel:
        case Outcome::same_node:
            return OperationAnswer::invalid;
        case Outcome::unknown_transfer:
        case Outcome::not_picked:
        case Outcome::already_picked:
        case Outcome::not_enough_on_hand:
        case Outcome::not_enough_in_state:
        case Outcome::over_limit:
            break;
    }
    return OperationAnswer::other_refusal;
}

OperationAnswer answer_of(const Attempt& attempt) {
    if (attempt.settled == Settled::unknown) return OperationAnswer::unknown;
    switch (attempt.cause) {
        case Cause::outcome:
            if (attempt.outcome == Outcome::out_of_stock && attempt.weight == Weight::hearsay) break;
            return attempt.settled == Settled::applied ? OperationAnswer::applied : answer_of(attempt.outcome);
        case Cause::overloaded:
        case Cause::unavailable:
        case Cause::late:
            return OperationAnswer::overloaded;
        case Cause::failed:
        case Cause::unsupported:
        case Cause::no_answer:
            break;
    }
    return OperationAnswer::other_refusal;
}

constexpr std::uint64_t kFirstLeft = std::uint64_t{1} << 62U;  // numbers of holds from there on are of what was left set aside
constexpr Duration kForGood = hours(24 * 365);                 // longer than any run

// The key of further entries of one operation: no generator's own, since those are drawn.
core::Key second_key(core::Key key, std::uint64_t number = 0) { return {~key.client - number, key.sequence}; }

model::HistoryHeader with_stock(model::HistoryHeader header, const InitialStock& stock) {
    for (const std::string& name : stock.shape.nodes) header.add_nodes(name);
    for (const std::string& name : stock.shape.skus) header.add_skus(name);
    for (const std::string& name : stock.shape.channels) header.add_channels(name);
    const std::size_t nodes = stock.shape.nodes.size();
    for (std::size_t cell = 0; cell < stock.units.size(); ++cell) {
        if (stock.units[cell] == 0) continue;
        header.mutable_initial()->add_node(static_cast<std::uint32_t>(cell % nodes));
        header.mutable_initial()->add_sku(static_cast<std::uint32_t>(cell / nodes));
        header.mutable_initial()->add_on_hand(stock.units[cell]);
    }
    return header;
}

}  // namespace

Recording::Recording(const std::string& path, const InitialStock& as_asked, model::HistoryHeader header, Generators generators,
                     Contract contract)
    : Recording(path, Judged(contract), Judged(contract).stock(as_asked), std::move(header), generators) {}

Recording::Recording(const std::string& path, Judged judged, const InitialStock& stock, model::HistoryHeader header,
                     Generators generators)
    : judged_(std::move(judged)),
      nodes_(static_cast<std::uint32_t>(stock.shape.nodes.size())),
      skus_(static_cast<std::uint32_t>(stock.shape.skus.size())),
      writer_(path, with_stock(std::move(header), stock), kOperationsPerChunk),
      free_low_(stock.units.begin(), stock.units.end()),
      picked_(stock.units.size()),
      read_back_(stock.units.size()),
      fenced_(stock.units.size()) {
    if (generators == Generators::several) std::fill(free_low_.begin(), free_low_.end(), kNobodyKnows);
    // What others touched, nobody here knows: every cell.
    for (std::size_t i = 0; i < stock.units.size(); ++i) read_back_[i] = stock.units[i] != 0 || generators == Generators::several;
}

void Recording::begins(const core::Command& asked) {
    const core::Command command = judged_.begins(asked);
    for (const core::Line& line : command.lines)
        if (is_cell(line.node, line.sku)) read_back_[cell(line.node, line.sku)] = true;
    if (!is_cell(command.node, command.sku)) return;
    const std::size_t at = cell(command.node, command.sku);
    switch (command.kind) {
        case CommandKind::transfer_out:
            transfers_[command.id].push_back({command.key, command.to, command.sku, command.quantity});
            if (command.transfer_from == core::TransferFrom::quarantine) break;
            [[fallthrough]];
        case CommandKind::sell:
        case CommandKind::quarantine:
            free_low_[at] -= command.quantity;
            break;
        case CommandKind::pick:
            free_low_[at] -= command.quantity;
            picked_[at] += command.quantity;
            break;
        case CommandKind::adjust:
            free_low_[at] = kNobodyKnows;
            break;
        case CommandKind::set_safety:
        case CommandKind::set_channel_allocation:
            fenced_[at] = true;
            return;
        case CommandKind::expect:
        case CommandKind::receive:
        case CommandKind::take_return:
        case CommandKind::unquarantine:
        case CommandKind::transfer_in:
        case CommandKind::hold:
        case CommandKind::extend:
        case CommandKind::release:
        case CommandKind::confirm:
        case CommandKind::allocate:
        case CommandKind::deallocate:
        case CommandKind::ship:
        case CommandKind::dispose:
        case CommandKind::advance:
            break;
    }
    // The kinds with lines or a hold alone leave node and SKU at their defaults: reading one cell more does no harm.
    read_back_[at] = true;
}

void Recording::transfer_left(const core::Command& command, Settled settled) {
    const auto found = transfers_.find(command.id);
    if (found == transfers_.end()) return;
    std::vector<TransferLine>& lines = found->second;
    const auto line = std::find_if(lines.begin(), lines.end(), [&](const auto& one) { return one.key == command.key; });
    if (line == lines.end()) return;
    line->left = settled;
    if (settled == Settled::refused) lines.erase(line);
    if (lines.empty()) transfers_.erase(found);
}

void Recording::transfer_came(std::uint64_t transfer, Settled settled) {
    const auto found = transfers_.find(transfer);
    if (found == transfers_.end() || settled != Settled::applied) return;
    for (const TransferLine& line : found->second)
        if (line.left == Settled::applied) free_low_[cell(line.to, line.sku)] += line.quantity;
    transfers_.erase(found);
}

void Recording::ends(const core::Command& asked, Settled settled) {
    const core::Command command = judged_.ends(asked, settled);
    if (command.kind == CommandKind::transfer_in) return transfer_came(command.id, settled);
    if (!is_cell(command.node, command.sku)) return;
    std::int32_t& there = free_low_[cell(command.node, command.sku)];
    const bool leaves = command.kind == CommandKind::sell || command.kind == CommandKind::quarantine ||
                        command.kind == CommandKind::pick ||
                        (command.kind == CommandKind::transfer_out && command.transfer_from == core::TransferFrom::shelf);
    const bool comes = command.kind == CommandKind::receive || command.kind == CommandKind::unquarantine ||
                       (command.kind == CommandKind::take_return && command.return_to == core::ReturnTo::shelf);
    if ((leaves && settled == Settled::refused) || (comes && settled == Settled::applied)) there += command.quantity;
    if (command.kind == CommandKind::transfer_out) transfer_left(command, settled);
    const bool no_longer_picked = (command.kind == CommandKind::pick && settled == Settled::refused) ||
                                  (command.kind == CommandKind::ship && settled == Settled::applied);
    if (no_longer_picked) picked_[cell(command.node, command.sku)] -= command.quantity;
}

bool Recording::can_be_written(const core::Command& command) {
    if (command.lines.size() > kMostLines) {
        error_ = "an operation of " + std::to_string(command.lines.size()) + " lines: a history takes up to 255";
        return false;
    }
    return std::all_of(command.lines.begin(), command.lines.end(),
                       [this](const core::Line& line) { return is_cell(line.node, line.sku) && line.quantity > 0; });
}

bool Recording::any_fenced(std::span<const core::Line> lines) const {
    return std::any_of(lines.begin(), lines.end(), [this](const core::Line& line) { return fenced_[cell(line.node, line.sku)]; });
}

void Recording::of_lines(OperationKind kind, model::Operation& op, const core::Command& command) {
    op.kind = kind;
    op.lines = command.lines;
    if (op.answer == OperationAnswer::out_of_stock && any_fenced(command.lines)) op.answer = OperationAnswer::other_refusal;
    writer_.append(op);
}

void Recording::of_cell(OperationKind kind, model::Operation& op, NodeId node, Sku sku, Quantity quantity) {
    if (!is_cell(node, sku) || quantity < (kind == OperationKind::adjust ? 0 : 1)) return;
    read_back_[cell(node, sku)] = true;
    op.kind = kind;
    line_ = {node, sku, quantity};
    op.lines = {&line_, 1};
    writer_.append(op);
}

void Recording::take(model::Operation& op, const core::Command& command) {
    of_cell(OperationKind::sell, op, command.node, command.sku, command.quantity);
}

void Recording::ship(model::Operation& op, const core::Command& command) {
    op.reference = command.order;
    of_cell(OperationKind::deallocate, op, command.node, command.sku, command.quantity);
    op.reference = 0;
    op.key = second_key(op.key);
    of_cell(OperationKind::sell, op, command.node, command.sku, command.quantity);
}

// Once it has begun: the record has what it takes beside all that is picked.
bool Recording::surely_there(const core::Command& command) const {
    return is_cell(command.node, command.sku) && free_low_[cell(command.node, command.sku)] >= 0;
}

// Any number of the units, from none to all of them, may be there beside what the entries say.
void Recording::maybe_there(model::Operation op, const core::Command& command) {
    if (op.answer != OperationAnswer::applied && op.answer != OperationAnswer::unknown) return;
    op.answer = OperationAnswer::unknown;
    op.completed = kNever;
    const core::Key key = op.key;
    std::uint64_t number = 0;
    for (Quantity left = command.quantity, part = 1; left > 0; left -= part, part = std::min(part * 2, left)) {
        op.key = second_key(key, number++);
        of_cell(OperationKind::receive, op, command.node, command.sku, part);
    }
}

void Recording::sell(model::Operation& op, const core::Command& command) {
    take(op, command);
    if (!surely_there(command) && is_cell(command.node, command.sku) && picked_[cell(command.node, command.sku)] > 0)
        maybe_there(op, command);
}

void Recording::pick(model::Operation& op, const core::Command& command) {
    if (!surely_there(command)) maybe_there(op, command);
}

// All lines come at once. One of which nobody knows whether it left comes by this at most.
void Recording::transfer_in(const model::Operation& op, const core::Command& command) {
    const auto found = transfers_.find(command.id);
    if (found == transfers_.end()) return;
    std::uint64_t number = 0;
    for (const TransferLine& line : found->second) {
        model::Operation one = op;
        if (number > 0) one.key = second_key(op.key, number - 1);
        ++number;
        if (line.left == Settled::unknown && op.answer == OperationAnswer::applied) {
            one.answer = OperationAnswer::unknown;
            one.completed = kNever;
        }
        of_cell(OperationKind::receive, one, line.to, line.sku, line.quantity);
    }
}

// Of a history that is cut off between the two the refusal alone would accuse: it comes last.
void Recording::left_aside(const core::Command& by, const Attempt& attempt) {
    const LeftAside& left = *attempt.left;
    const auto say = [&](const core::Command& command, Settled settled, std::int64_t from_ns, std::int64_t until_ns) {
        Attempt one{attempt.process, attempt.intended_ns, from_ns, until_ns, settled};
        one.outcome = Outcome::applied;
        if (const auto said = judged_.attempt(command)) judged(*said, one);
    };
    core::Command hold;
    hold.kind = CommandKind::hold;
    hold.key = second_key(by.key, 2 * left.id);
    hold.channel = by.channel;
    hold.id = kFirstLeft + left.id;
    hold.ttl = by.kind == CommandKind::hold ? by.ttl : kForGood;
    if (left.lives == LeftAside::Lives::no_matter_how_long) hold.ttl = Duration{1};
    hold.lines = left.lines;
    say(hold, left.made_ns ? Settled::applied : Settled::unknown, left.since_ns, left.made_ns.value_or(0));
    if (!left.made_ns || !left.back) return;
    core::Command release;
    release.kind = CommandKind::release;
    release.key = second_key(by.key, 2 * left.id + 1);
    release.channel = by.channel;
    release.id = hold.id;
    say(release, Settled::applied, left.back->from_ns, left.back->until_ns);
}

void Recording::may_have_ended(const core::Command& confirm, const Attempt& attempt) {
    core::Command release;
    release.kind = CommandKind::release;
    release.key = second_key(confirm.key);
    release.channel = confirm.channel;
    release.id = confirm.id;
    const auto said = judged_.attempt(release);
    if (said) judged(*said, {attempt.process, attempt.intended_ns, attempt.sent_ns});
}

void Recording::attempt(const core::Command& command, const Attempt& attempt) {
    if (attempt.left != nullptr) left_aside(command, attempt);
    const bool refused =
        attempt.settled == Settled::refused && (attempt.cause == Cause::outcome || attempt.cause == Cause::failed);
    if (command.kind == CommandKind::confirm && refused && judged_.refusal_may_end_hold()) may_have_ended(command, attempt);
    const std::optional<core::Command> said = judged_.attempt(command);
    if (said) judged(*said, attempt);
}

void Recording::judged(const core::Command& command, const Attempt& attempt) {
    model::Operation op;
    op.process = attempt.process;
    op.channel = command.channel;
    op.answer = answer_of(attempt);
    op.key = command.key;
    op.intended = {attempt.intended_ns / 1000};
    op.invoked = {attempt.sent_ns / 1000};
    if (op.answer != OperationAnswer::unknown) op.completed = {std::max((attempt.at_ns + 999) / 1000, op.invoked.us)};
    switch (command.kind) {
        case CommandKind::hold:
            op.reference = command.id;
            op.ttl = command.ttl;
            if (can_be_written(command)) of_lines(OperationKind::hold, op, command);
            return;
        case CommandKind::extend:
            op.reference = command.id;
            op.ttl = command.ttl;
            return of_lines(OperationKind::extend, op, command);
        case CommandKind::release:
            op.reference = command.id;
            return of_lines(OperationKind::release, op, command);
        case CommandKind::confirm:
            op.reference = command.id;
            op.order = command.order;
            return of_lines(OperationKind::confirm, op, command);
        case CommandKind::allocate:
        case CommandKind::deallocate:
            op.reference = command.order;
            if (can_be_written(command))
                of_lines(command.kind == CommandKind::allocate ? OperationKind::allocate : OperationKind::deallocate, op,
                         command);
            return;
        case CommandKind::sell:
            return sell(op, command);
        case CommandKind::receive:
        case CommandKind::unquarantine:
            return of_cell(OperationKind::receive, op, command.node, command.sku, command.quantity);
        case CommandKind::take_return:
            if (command.return_to == core::ReturnTo::shelf)
                of_cell(OperationKind::take_return, op, command.node, command.sku, command.quantity);
            return;
        case CommandKind::adjust:
            return of_cell(OperationKind::adjust, op, command.node, command.sku, command.quantity);
        case CommandKind::quarantine:
            return take(op, command);
        case CommandKind::transfer_out:
            if (command.transfer_from == core::TransferFrom::shelf) take(op, command);
            return;
        case CommandKind::transfer_in:
            return transfer_in(op, command);
        case CommandKind::pick:
            return pick(op, command);
        case CommandKind::ship:
            return ship(op, command);
        case CommandKind::expect:
        case CommandKind::dispose:
        case CommandKind::set_safety:
        case CommandKind::set_channel_allocation:
        case CommandKind::advance:
            return;
    }
}

void Recording::settled(std::int64_t until_ns) { writer_.settled({until_ns / 1000}); }

void Recording::read_back(std::int64_t read_ns, const FinalState& as_read) {
    const FinalState state = judged_.state(as_read);
    const SimTime read{(read_ns + 999) / 1000};
    std::vector<model::CellReadBack> cells;
    const auto add = [&](NodeId node, Sku sku, const FinalState::Stock& stock) {
        cells.push_back({.node = node,
                         .sku = sku,
                         .on_hand = stock.on_hand,
                         .held = judged_.says_held() ? stock.held : model::kNotSaid,
                         .allocated = stock.allocated});
    };
    for (const FinalState::Stock& stock : state.stock) {
        if (!is_cell(stock.node, stock.sku)) continue;
        const std::size_t at = cell(stock.node, stock.sku);
        if (!read_back_[at] && stock.on_hand == 0 && stock.held == 0 && stock.allocated == 0) continue;
        read_back_[at] = false;
        add(stock.node, stock.sku, stock);
    }
    // What is all zero may be missing there.
    for (std::size_t at = 0; at < read_back_.size(); ++at)
        if (read_back_[at])
            add(NodeId(static_cast<std::uint16_t>(at % nodes_)), Sku(static_cast<std::uint32_t>(at / nodes_)), {});
    writer_.read_back_stock(read, cells);

    std::vector<FinalState::OrderLine> lines = state.orders;
    std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) {
        if (a.order != b.order) return a.order < b.order;
        return a.sku != b.sku ? a.sku < b.sku : a.node < b.node;
    });
    std::vector<core::Line> written;
    written.reserve(lines.size());
    std::vector<model::OrderReadBack> orders;
    for (const FinalState::OrderLine& line : lines) {
        if (!is_cell(line.node, line.sku) || line.quantity <= 0) continue;
        written.push_back({line.node, line.sku, static_cast<Quantity>(line.quantity)});
        if (!orders.empty() && orders.back().order == line.order.value) {
            orders.back().lines = {orders.back().lines.data(), orders.back().lines.size() + 1};
        } else {
            orders.push_back({line.order.value, {&written.back(), 1}});
        }
    }
    writer_.read_back_orders(read, orders);
}

std::string Recording::close() {
    const std::string error = writer_.close();
    return error.empty() ? error_ : error;
}

}  // namespace lastunit::drivers
