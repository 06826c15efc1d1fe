#include "tests/core/reference_ledger.hpp"

#include <algorithm>

namespace lastunit::core::testing {

Outcome ReferenceLedger::apply(const Request& r) {
    advance(r.now);
    const auto name = std::make_pair(r.key.client, r.key.sequence);
    const bool keyed = !(r.key == Key{});
    if (keyed && keys_.contains(name)) {
        if (same_intent(keys_.at(name).request, r)) return keys_.at(name).outcome;
        ++commands_;
        return Outcome::key_reused;
    }
    ++commands_;
    const Outcome outcome = run(r);
    if (keyed) keys_[name] = {r, outcome, r.now};
    return outcome;
}

void ReferenceLedger::advance(SimTime now) {
    now_ = now;
    std::erase_if(keys_, [&](const auto& item) { return item.second.at + config_.key_retention <= now; });
    std::erase_if(ended_, [&](const auto& item) { return item.second.at + config_.key_retention <= now; });
    std::set<std::pair<SimTime, std::uint64_t>> due;
    for (const auto& [id, hold] : holds_)
        if (hold.end <= now) due.insert({hold.end, id});
    for (const auto& [end, id] : due) {
        expiries_.push_back({end, id});
        for (const Units& line : holds_.at(id).lines)
            for (const int fence : line.fences) give_back(line, fence);
        end_hold(id, Outcome::hold_expired);
    }
}

Outcome ReferenceLedger::run(const Request& r) {
    switch (r.what) {
        case Do::transfer_out:
        case Do::transfer_in:
            return on_transfer(r);
        case Do::hold:
        case Do::extend:
        case Do::release:
        case Do::confirm:
            return on_hold(r);
        case Do::allocate:
        case Do::deallocate:
        case Do::pick:
        case Do::ship:
            return on_order(r);
        case Do::set_safety:
        case Do::set_channel_allocation:
            return policy(r);
        default:
            return on_cell(r);
    }
}

Outcome ReferenceLedger::check_place(NodeId node, Sku sku) const {
    if (node.value >= config_.nodes) return Outcome::unknown_node;
    return sku.value >= config_.skus ? Outcome::unknown_sku : Outcome::applied;
}

Outcome ReferenceLedger::check_lines(const std::vector<Line>& lines) const {
    if (lines.empty()) return Outcome::empty;
    for (const Line& line : lines)
        if (line.quantity <= 0) return Outcome::quantity_not_positive;
    for (const Line& line : lines)
        if (line.node.value >= config_.nodes) return Outcome::unknown_node;
    for (const Line& line : lines)
        if (line.sku.value >= config_.skus) return Outcome::unknown_sku;
    return Outcome::applied;
}

std::map<ReferenceLedger::Place, std::int64_t> ReferenceLedger::summed(const std::vector<Line>& lines) const {
    std::map<Place, std::int64_t> sums;
    for (const Line& line : lines) sums[{line.sku.value, line.node.value}] += line.quantity;
    return sums;
}

Outcome ReferenceLedger::on_cell(const Request& r) {
    if (r.quantity < (r.what == Do::adjust ? 0 : 1)) return Outcome::quantity_not_positive;
    if (const Outcome wrong = check_place(r.node, r.sku); wrong != Outcome::applied) return wrong;
    if (r.what == Do::sell && r.channel.value >= config_.channels) return Outcome::unknown_channel;
    const Place place{r.sku.value, r.node.value};
    Stock& stock = stock_[place];
    const Quantity q = r.quantity;
    const Quantity uncommitted = stock.on_hand - held_at(place) - allocated_at(place);
    switch (r.what) {
        case Do::expect:
            if (std::int64_t{cell(r.node, r.sku).inbound} + q > kMaxUnits) return Outcome::over_limit;
            stock.expected += q;
            break;
        case Do::receive:
            if (std::int64_t{stock.on_hand} + q > kMaxUnits) return Outcome::over_limit;
            stock.expected = std::max(0, stock.expected - q);
            stock.on_hand += q;
            break;
        case Do::adjust:
            if (q < picked_at(place)) return Outcome::not_enough_on_hand;
            if (q > kMaxUnits) return Outcome::over_limit;
            stock.on_hand = q;
            break;
        case Do::take_return: {
            Quantity& target = r.return_to == ReturnTo::shelf ? stock.on_hand : stock.quarantined;
            if (std::int64_t{target} + q > kMaxUnits) return Outcome::over_limit;
            target += q;
            break;
        }
        case Do::quarantine:
            if (uncommitted < q) return Outcome::not_enough_on_hand;
            stock.on_hand -= q;
            stock.quarantined += q;
            break;
        case Do::unquarantine:
            if (stock.quarantined < q) return Outcome::not_enough_in_state;
            stock.on_hand += q;
            stock.quarantined -= q;
            break;
        case Do::dispose:
            if (stock.quarantined < q) return Outcome::not_enough_in_state;
            stock.quarantined -= q;
            break;
        default: {  // sell
            take(place, r.channel.value, q);
            const Quantity on_shelf = stock.on_hand - picked_at(place);
            stock.on_hand -= std::min(q, on_shelf);
            sold_beyond_record_ += std::max(0, q - on_shelf);
        }
    }
    return Outcome::applied;
}

Outcome ReferenceLedger::on_transfer(const Request& r) {
    if (r.what == Do::transfer_in) {
        if (!transfers_.contains(r.id)) return Outcome::unknown_transfer;
        for (const auto& [place, units] : transfers_.at(r.id)) stock_[place].on_hand += units;
        transfers_.erase(r.id);
        return Outcome::applied;
    }
    if (r.quantity <= 0) return Outcome::quantity_not_positive;
    if (r.node.value >= config_.nodes || r.to.value >= config_.nodes) return Outcome::unknown_node;
    if (r.sku.value >= config_.skus) return Outcome::unknown_sku;
    if (r.node == r.to) return Outcome::same_node;
    const Place from{r.sku.value, r.node.value};
    const bool shelf = r.transfer_from == TransferFrom::shelf;
    if (shelf && stock_[from].on_hand - held_at(from) - allocated_at(from) < r.quantity) return Outcome::not_enough_on_hand;
    if (!shelf && stock_[from].quarantined < r.quantity) return Outcome::not_enough_in_state;
    (shelf ? stock_[from].on_hand : stock_[from].quarantined) -= r.quantity;
    transfers_[r.id][{r.sku.value, r.to.value}] += r.quantity;
    return Outcome::applied;
}

Outcome ReferenceLedger::on_hold(const Request& r) {
    if (r.what == Do::hold) {
        const Outcome wrong = check_lines(r.lines);
        if (wrong == Outcome::empty || wrong == Outcome::quantity_not_positive) return wrong;
        if (r.ttl.us <= 0) return Outcome::ttl_not_positive;
        if (wrong != Outcome::applied) return wrong;
        if (r.channel.value >= config_.channels) return Outcome::unknown_channel;
        if (holds_.contains(r.id) || ended_.contains(r.id)) return Outcome::hold_exists;
        const auto sums = summed(r.lines);
        for (const auto& [place, units] : sums)
            if (atp(NodeId(place.second), Sku(place.first), r.channel) < units) return Outcome::out_of_stock;
        Hold made{r.channel.value, now_ + r.ttl, {}};
        for (const auto& [place, units] : sums) made.lines.push_back(take(place, r.channel.value, static_cast<Quantity>(units)));
        holds_[r.id] = made;
        return Outcome::applied;
    }
    if (r.what == Do::extend && r.ttl.us <= 0) return Outcome::ttl_not_positive;
    if (!holds_.contains(r.id)) return ended_.contains(r.id) ? ended_.at(r.id).answer : Outcome::unknown_hold;
    Hold& hold = holds_.at(r.id);
    if (r.what == Do::extend) {
        hold.end = now_ + r.ttl;
        return Outcome::applied;
    }
    for (const Units& line : hold.lines) {
        if (r.what == Do::confirm) {
            add_to_order(r.order, line);
        } else {
            for (const int fence : line.fences) give_back(line, fence);
        }
    }
    end_hold(r.id, Outcome::hold_ended);
    return Outcome::applied;
}

Outcome ReferenceLedger::on_order(const Request& r) {
    const bool one_line = r.what == Do::pick || r.what == Do::ship;
    const std::vector<Line> lines = one_line ? std::vector<Line>{{r.node, r.sku, r.quantity}} : r.lines;
    if (const Outcome wrong = check_lines(lines); wrong != Outcome::applied) return wrong;
    const auto sums = summed(lines);
    if (r.what == Do::allocate) {
        if (r.channel.value >= config_.channels) return Outcome::unknown_channel;
        for (const auto& [place, units] : sums) {
            const bool enough = atp(NodeId(place.second), Sku(place.first), r.channel) >= units;
            if (r.backorder == Backorder::refuse && !enough) return Outcome::out_of_stock;
            if (r.backorder == Backorder::accept && held_at(place) + allocated_at(place) + units > kMaxUnits)
                return Outcome::over_limit;
        }
        for (const auto& [place, units] : sums) add_to_order(r.order, take(place, r.channel.value, static_cast<Quantity>(units)));
        return Outcome::applied;
    }
    for (const auto& [place, units] : sums)
        if (units_of(r.order, place) < units) return Outcome::unknown_order;
    for (const auto& [place, units] : sums) {
        const Quantity picked = picked_of(r.order, place);
        if (r.what == Do::pick && units_of(r.order, place) - picked < units) return Outcome::already_picked;
        if (r.what == Do::ship && picked < units) return Outcome::not_picked;
    }
    std::vector<Units>& order = orders_.at(r.order);
    for (const auto& [place, units] : sums) {
        for (std::int64_t n = 0; n < units; ++n) {
            const auto at = [&, p = place](const Units& line) { return line.place == p; };
            const auto has_picked = [&](const Units& line) { return at(line) && line.picked > 0; };
            const auto has_unpicked = [&](const Units& line) { return at(line) && std::ssize(line.fences) > line.picked; };
            if (r.what == Do::pick) {
                std::find_if(order.begin(), order.end(), has_unpicked)->picked++;
            } else if (r.what == Do::ship) {
                Units& line = *std::find_if(order.begin(), order.end(), has_picked);
                line.picked--;
                line.fences.erase(line.fences.begin());
                stock_[place].on_hand--;
            } else {
                auto found = std::find_if(order.rbegin(), order.rend(), has_unpicked);
                if (found == order.rend()) {
                    found = std::find_if(order.rbegin(), order.rend(), has_picked);
                    found->picked--;
                }
                give_back(*found, found->fences.back());
                found->fences.pop_back();
            }
        }
        if (r.what == Do::pick) stock_[place].on_hand = std::max(stock_[place].on_hand, picked_at(place));
    }
    std::erase_if(order, [](const Units& line) { return line.fences.empty(); });
    if (order.empty()) orders_.erase(r.order);
    return Outcome::applied;
}

Outcome ReferenceLedger::policy(const Request& r) {
    if (r.quantity < 0) return Outcome::quantity_not_positive;
    if (const Outcome wrong = check_place(r.node, r.sku); wrong != Outcome::applied) return wrong;
    if (r.what == Do::set_channel_allocation && r.channel.value >= config_.channels) return Outcome::unknown_channel;
    if (r.quantity > kMaxUnits) return Outcome::over_limit;
    const Place place{r.sku.value, r.node.value};
    if (r.what == Do::set_safety) {
        stock_[place].safety = r.quantity;
    } else {
        fences_.erase({place, r.channel.value});
        if (r.quantity > 0) fences_[{place, r.channel.value}] = {r.quantity, ++settings_};
    }
    return Outcome::applied;
}

ReferenceLedger::Units ReferenceLedger::take(Place place, std::uint8_t channel, Quantity quantity) {
    Units units{place, channel, {}, 0};
    const auto fence = fences_.find({place, channel});
    for (Quantity n = 0; n < quantity; ++n) {
        const bool own = fence != fences_.end() && fence->second.units > 0;
        if (own) --fence->second.units;
        units.fences.push_back(own ? fence->second.setting : 0);
    }
    return units;
}

void ReferenceLedger::give_back(const Units& from, int fence) {
    const auto found = fences_.find({from.place, from.channel});
    if (fence != 0 && found != fences_.end() && found->second.setting == fence) ++found->second.units;
}

void ReferenceLedger::add_to_order(std::uint64_t order, const Units& added) {
    std::vector<Units>& lines = orders_[order];
    for (Units& line : lines) {
        if (line.place != added.place || line.channel != added.channel) continue;
        const bool fences_differ =
            line.fences.front() != 0 && added.fences.front() != 0 && line.fences.front() != added.fences.front();
        if (fences_differ) continue;
        line.fences.insert(line.fences.end(), added.fences.begin(), added.fences.end());
        std::sort(line.fences.rbegin(), line.fences.rend());
        return;
    }
    lines.push_back(added);
}

void ReferenceLedger::end_hold(std::uint64_t hold, Outcome later) {
    ended_[hold] = {later, now_};
    holds_.erase(hold);
}

Cell ReferenceLedger::cell(NodeId node, Sku sku) const {
    const Place place{sku.value, node.value};
    const auto found = stock_.find(place);
    const Stock stock = found != stock_.end() ? found->second : Stock{};
    Cell out;
    out.on_hand = stock.on_hand;
    out.held = held_at(place);
    out.allocated = allocated_at(place);
    out.safety = stock.safety;
    out.inbound = stock.expected;
    for (const auto& [id, lines] : transfers_)
        if (lines.contains(place)) out.inbound += lines.at(place);
    out.quarantined = stock.quarantined;
    out.shortage = std::max(0, out.held + out.allocated - out.on_hand);
    for (const auto& [where, fence] : fences_)
        if (where.first == place) out.fenced += fence.units;
    return out;
}

Quantity ReferenceLedger::atp(NodeId node, Sku sku, ChannelId channel) const {
    const Cell at = cell(node, sku);
    const auto own = fences_.find({Place{sku.value, node.value}, channel.value});
    const Quantity others = at.fenced - (own != fences_.end() ? own->second.units : 0);
    return std::max(0, at.on_hand - at.held - at.allocated - at.safety - others);
}

SimTime ReferenceLedger::earliest_end() const {
    SimTime earliest = kNever;
    for (const auto& [id, hold] : holds_) earliest = std::min(earliest, hold.end);
    return earliest;
}

Quantity ReferenceLedger::units_of(std::uint64_t order, Place place) const {
    Quantity sum = 0;
    if (orders_.contains(order))
        for (const Units& line : orders_.at(order))
            if (line.place == place) sum += static_cast<Quantity>(line.fences.size());
    return sum;
}

Quantity ReferenceLedger::picked_of(std::uint64_t order, Place place) const {
    Quantity sum = 0;
    if (orders_.contains(order))
        for (const Units& line : orders_.at(order))
            if (line.place == place) sum += line.picked;
    return sum;
}

Quantity ReferenceLedger::picked_at(Place place) const {
    Quantity sum = 0;
    for (const auto& [id, lines] : orders_) sum += picked_of(id, place);
    return sum;
}

Quantity ReferenceLedger::held_at(Place place) const {
    Quantity sum = 0;
    for (const auto& [id, hold] : holds_)
        for (const Units& line : hold.lines)
            if (line.place == place) sum += static_cast<Quantity>(line.fences.size());
    return sum;
}

Quantity ReferenceLedger::allocated_at(Place place) const {
    Quantity sum = 0;
    for (const auto& [id, lines] : orders_) sum += units_of(id, place);
    return sum;
}

}  // namespace lastunit::core::testing
