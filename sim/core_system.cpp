#include "sim/core_system.hpp"

#include <algorithm>
#include <cstdlib>

#include "core/assert.hpp"
#include "sim/causes.hpp"
#include "sim/edges.hpp"
#include "sim/event_log.hpp"
#include "sim/faults.hpp"
#include "sim/probe.hpp"

namespace lastunit::sim {

using model::Bookkeeping;

namespace {
core::LedgerConfig config_of(const model::Scenario& scenario) {
    core::LedgerConfig config;
    config.nodes = static_cast<std::uint32_t>(scenario.network.nodes.size());
    config.skus = static_cast<std::uint32_t>(scenario.catalogue.skus.size());
    config.channels = static_cast<std::uint32_t>(scenario.channels.size());
    return config;
}

constexpr bool ends_hold(core::EventKind kind) {
    return kind == core::EventKind::expired || kind == core::EventKind::released || kind == core::EventKind::confirmed;
}
}  // namespace

CoreSystem::CoreSystem(World& world)
    : world_(world),
      ledger_(config_of(world.scenario)),
      router_(world.design.routing),
      network_(world.scenario.network.routing(world.scenario.catalogue)),
      published_(world.scenario.network.nodes.size() * world.scenario.catalogue.skus.size()),
      tells_atp_(world.design.bookkeeping.shows == Bookkeeping::Shows::atp &&
                 world.design.bookkeeping.netting == Bookkeeping::Netting::per_node) {
    const model::Design& design = world.design;
    const bool crashes = std::any_of(world.scenario.faults.begin(), world.scenario.faults.end(), [&](const model::Fault& fault) {
        return fault.kind == model::FaultKind::host_crash && (fault.host == model::kNoHost || fault.host == design.core_host);
    });
    if (!crashes) return;
    journal_ = std::make_unique<CoreJournal>(ledger_.config().nodes, ledger_.config().skus);
    may_lose_holds_ = design.holds == model::Holds::in_memory;
}

void CoreSystem::stock(NodeId node, Sku sku, Quantity units) {
    events_.clear();
    const core::Outcome outcome = ledger_.receive({}, SimTime{0}, node, sku, units, events_);
    LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
    published_[world_.cell_of(node, sku)] += units;
    events_.clear();
}

bool CoreSystem::occupy(Ticket::Owner owner, std::uint32_t subject) {
    if (world_.design.core_host == model::kNoHost || world_.design.core_service.us == 0) return false;
    world_.infrastructure.compute(world_.now, world_.design.core_host, world_.design.core_service, world_.ticket(owner, subject));
    return true;
}

void CoreSystem::plan(const core::RouteRequest& request, core::Plan& plan) { router_.plan(request, ledger_, network_, plan); }

core::Outcome CoreSystem::hold(HoldId hold, ChannelId channel, std::span<const core::Line> lines, Duration ttl) {
    const core::Outcome outcome = ledger_.hold(core::Key{}, world_.now, hold, channel, lines, ttl, events_);
    if (outcome == core::Outcome::applied) {
        ++holds_.taken;
        if (may_lose_holds_) holds_in_memory_.insert(hold.value);
        use_capacity(lines);
    }
    publish();
    watch_expiry();
    return outcome;
}

core::Outcome CoreSystem::extend(HoldId hold, Duration ttl) {
    const core::Outcome outcome = ledger_.extend(core::Key{}, world_.now, hold, ttl, events_);
    publish();
    watch_expiry();
    return outcome;
}

core::Outcome CoreSystem::release(HoldId hold) {
    const core::Outcome outcome = ledger_.release(core::Key{}, world_.now, hold, events_);
    if (outcome == core::Outcome::applied) ++holds_.released;
    publish();
    return outcome;
}

void CoreSystem::give_up(HoldId hold, ChannelId by, std::span<const core::Line> lines) {
    if (world_.faults->reaches_core(by)) {
        release(hold);
        return;
    }
    goes_dead(hold, lines);
    given_up_.push_back({hold, by});
}

void CoreSystem::recover() {
    std::vector<GivenUp> untold;
    for (const GivenUp& one : given_up_) {
        if (world_.faults->reaches_core(one.by)) {
            release(one.hold);  // refused for those that have run out meanwhile
        } else {
            untold.push_back(one);
        }
    }
    given_up_.swap(untold);
}

core::Outcome CoreSystem::confirm(HoldId hold, OrderId order) {
    const core::Outcome outcome = ledger_.confirm(core::Key{}, world_.now, hold, order, events_);
    if (outcome == core::Outcome::applied) ++holds_.confirmed;
    publish();
    return outcome;
}

core::Outcome CoreSystem::allocate(OrderId order, ChannelId channel, std::span<const core::Line> lines) {
    const core::Outcome outcome =
        ledger_.allocate(core::Key{}, world_.now, order, channel, lines, core::Backorder::refuse, events_);
    if (outcome == core::Outcome::applied) use_capacity(lines);
    publish();
    return outcome;
}

void CoreSystem::allocate_beyond(OrderId order, ChannelId channel, std::span<const core::Line> lines) {
    const core::Outcome outcome =
        ledger_.allocate(core::Key{}, world_.now, order, channel, lines, core::Backorder::accept, events_);
    LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
    use_capacity(lines);
    publish();
}

void CoreSystem::deallocate(OrderId order, std::span<const core::Line> lines) {
    const core::Outcome outcome = ledger_.deallocate(core::Key{}, world_.now, order, lines, events_);
    LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
    publish();
}

void CoreSystem::pick(OrderId order, const core::Line& line) {
    const core::Outcome outcome = ledger_.pick(core::Key{}, world_.now, order, line, events_);
    LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
    publish();
}

void CoreSystem::ship(OrderId order, const core::Line& line) {
    const core::Outcome outcome = ledger_.ship(core::Key{}, world_.now, order, line, events_);
    LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
    publish();
}

void CoreSystem::sell(NodeId node, Sku sku, Quantity units, ChannelId channel) {
    ledger_.sell(core::Key{}, world_.now, node, sku, units, channel, events_);
    publish();
}

void CoreSystem::count(NodeId node, Sku sku, Quantity counted) {
    ledger_.adjust(core::Key{}, world_.now, node, sku, counted, events_);
    publish();
}

void CoreSystem::take_return(NodeId node, Sku sku, Quantity units) {
    ledger_.take_return(core::Key{}, world_.now, node, sku, units, core::ReturnTo::shelf, events_);
    publish();
}

void CoreSystem::receive(NodeId node, Sku sku, Quantity units) {
    ledger_.receive(core::Key{}, world_.now, node, sku, units, events_);
    publish();
}

// An order line planned for a node uses a line of its day, picked today or not.
void CoreSystem::use_capacity(std::span<const core::Line> lines) {
    for (const core::Line& line : lines)
        if (world_.scenario.network.nodes[line.node.value].daily_lines > 0 && network_.nodes[line.node.value].capacity_left > 0)
            --network_.nodes[line.node.value].capacity_left;
}

void CoreSystem::give_back_capacity(NodeId node) {
    const Quantity daily = world_.scenario.network.nodes[node.value].daily_lines;
    if (daily > 0 && network_.nodes[node.value].capacity_left < daily) ++network_.nodes[node.value].capacity_left;
}

void CoreSystem::new_day() {
    const auto& nodes = world_.scenario.network.nodes;
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (nodes[i].daily_lines > 0) network_.nodes[i].capacity_left = nodes[i].daily_lines;
    const std::int64_t day = hours(24).us;
    world_.after(Duration{day - world_.local(world_.now).us % day}, EventKind::new_day, 0);
}

void CoreSystem::expire() {
    watched_ = kNever;
    ledger_.advance(world_.now, events_);
    publish();
    watch_expiry();
}

// One pending event stands for the next expiry; an earlier one may come up when a shorter hold is taken.
void CoreSystem::watch_expiry() {
    const SimTime next = ledger_.next_expiry();
    if (next == kNever || next >= watched_) return;
    watched_ = next < world_.now ? world_.now : next;
    world_.queue.push(watched_, EventKind::hold_expiry, 0);
}

// A hold of several lines begins and ends line by line.
void CoreSystem::show_hold(const core::Event& event) {
    const HeldLine line{event.reference, event.node.value, event.sku.value};
    if (event.kind == core::EventKind::held) {
        held_since_[line] = event.at;
        return;
    }
    const auto began = ends_hold(event.kind) ? held_since_.find(line) : held_since_.end();
    if (began == held_since_.end()) return;
    world_.probe->hold_ended(began->second, event.at, std::abs(event.delta));
    held_since_.erase(began);
}

void CoreSystem::goes_dead(HoldId hold, std::span<const core::Line> lines) {
    if (!world_.judges || !ledger_.lives(hold) || dead_holds_.find(hold.value) != nullptr) return;
    Quantity units = 0;
    for (const core::Line& line : lines) {
        world_.causes->note(Mishap::dead_hold, line.node, line.sku, -line.quantity);
        units += line.quantity;
    }
    dead_holds_.insert(hold.value, units);
}

// A hold of several lines ends line by line.
void CoreSystem::dead_hold_ends(const core::Event& event) {
    Quantity* left = dead_holds_.find(event.reference);
    if (left == nullptr) return;
    const Quantity units = std::abs(event.delta);
    world_.causes->note(Mishap::dead_hold, event.node, event.sku, units);
    *left -= units;
    if (*left == 0) dead_holds_.erase(event.reference);
}

void CoreSystem::restart() {
    journal_->compare(ledger_);
    lose_holds();
}

void CoreSystem::lose_holds() {
    std::set<std::uint64_t> lost;
    lost.swap(holds_in_memory_);
    for (const std::uint64_t hold : lost) release(HoldId(hold));  // refused for those that have ended
}

void CoreSystem::reconfigure() {
    for (std::size_t i = 0; i < network_.nodes.size(); ++i) {
        network_.nodes[i].ships = world_.services[i].ships;
        network_.nodes[i].hands_over = world_.services[i].hands_over;
    }
}

Quantity CoreSystem::tells_carelessly(NodeId node, Sku sku) const {
    const core::Cell& cell = ledger_.cell(node, sku);
    const bool on_hand = world_.design.bookkeeping.shows == Bookkeeping::Shows::on_hand;
    const Quantity free = cell.on_hand - cell.safety - (on_hand ? 0 : cell.held + cell.allocated + cell.fenced);
    return world_.design.bookkeeping.netting == Bookkeeping::Netting::over_nodes ? free : std::max(0, free);
}

void CoreSystem::publish() {
    bool changed = false;
    if (journal_) journal_->append(events_);
    if (world_.log != nullptr) world_.log->changed(events_);
    for (const core::Event& event : events_) {
        if (world_.probe != nullptr) show_hold(event);
        if (dead_holds_.size() > 0 && ends_hold(event.kind)) dead_hold_ends(event);
        switch (event.kind) {
            case core::EventKind::held:
                units_held_ += event.delta;
                held_peak_ = std::max(held_peak_, units_held_);
                break;
            case core::EventKind::expired:
                if (event.reference != last_ended_hold_) ++holds_.expired;
                last_ended_hold_ = event.reference;
                give_back_capacity(event.node);
                units_held_ -= std::abs(event.delta);
                break;
            case core::EventKind::deallocated:
                give_back_capacity(event.node);
                break;
            case core::EventKind::released:
                give_back_capacity(event.node);
                [[fallthrough]];
            case core::EventKind::confirmed:
                units_held_ -= std::abs(event.delta);
                break;
            default:
                break;
        }
        const std::size_t index = world_.cell_of(event.node, event.sku);
        const Quantity now = tells_atp_ ? event.atp_after : tells_carelessly(event.node, event.sku);
        const Quantity change = now - published_[index];
        if (change == 0) continue;
        published_[index] = now;
        world_.edges->stock_changed(event.node, event.sku, now, change, event.channel);
        changed = true;
    }
    events_.clear();
    if (changed) world_.edges->flush();
}

}  // namespace lastunit::sim
