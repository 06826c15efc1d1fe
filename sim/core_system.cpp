#include "sim/core_system.hpp"

#include <algorithm>
#include <cstdlib>

#include "core/assert.hpp"
#include "model/routing.hpp"
#include "sim/causes.hpp"
#include "sim/edges.hpp"
#include "sim/event_log.hpp"
#include "sim/faults.hpp"
#include "sim/live.hpp"
#include "sim/operations/replenishment.hpp"
#include "sim/probe.hpp"

namespace lastunit::sim {

using core::CommandKind;
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
      router_(model::make_router(world.design)),
      network_(model::routing_network(world.scenario)),
      facts_(world, network_),
      spillover_(world, network_),
      published_(world.scenario.network.nodes.size() * world.scenario.catalogue.skus.size()),
      tells_atp_(world.design.bookkeeping.shows == Bookkeeping::Shows::atp &&
                 world.design.bookkeeping.netting == Bookkeeping::Netting::per_node),
      hides_protected_(!network_.protection.empty() && network_.protection.strength == core::Strength::hard) {
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
    facts_.stocked(node, sku, units);
    events_.clear();
}

bool CoreSystem::occupy(Ticket::Owner owner, std::uint32_t subject) {
    if (world_.live != nullptr) return false;
    if (world_.design.core_host == model::kNoHost || world_.design.core_service.us == 0)
        return world_.faults->answers_later(owner, subject);
    world_.infrastructure.compute(world_.now, world_.design.core_host, world_.design.core_service, world_.ticket(owner, subject));
    return true;
}

void CoreSystem::plan(const core::RouteRequest& request, core::Plan& plan) {
    ask(request, plan);
    if (plan.outcome == core::PlanOutcome::planned || !may_be_brought(request)) return;
    core::RouteRequest by_parcel = request;  // from nodes that ship, to the store instead of the door
    by_parcel.method = core::Method::ship;
    by_parcel.split = nullptr;
    ask(by_parcel, plan);
}

// A store that does not hand over does not hand over what is brought there either.
bool CoreSystem::may_be_brought(const core::RouteRequest& request) const {
    if (world_.design.pickup_from_elsewhere != model::PickupFromElsewhere::transfer) return false;
    if (!core::waits_in_store(request.method) || !network_.nodes[request.place.value].hands_over) return false;
    return request.only.empty() || std::find(request.only.begin(), request.only.end(), request.place) != request.only.end();
}

void CoreSystem::ask(const core::RouteRequest& request, core::Plan& plan) {
    if (spillover_.limited()) spillover_.planned(request);
    if (facts_.asked()) {
        router_.plan(facts_.completed(request), ledger_, network_, plan);
    } else {
        router_.plan(request, ledger_, network_, plan);
    }
}

Quantity CoreSystem::kept_now(NodeId node, Sku sku) const {
    return network_.protection.units(node, network_.class_of(sku), facts_.time_of_day());
}

void CoreSystem::plan_first(const core::RouteRequest& request, std::uint64_t order, core::Plan& plan) {
    if (drawn_) {
        if (spillover_.limited()) spillover_.planned(request);
        if (drawn_->plan(facts_.asked() ? facts_.completed(request) : request, order, plan)) return;
    }
    this->plan(request, plan);
}

void CoreSystem::start_prices() {
    if (world_.design.prices.foresight == model::Foresight::none) return;
    pricing_ = std::make_unique<Pricing>(world_, network_, ledger_);
    pricing_->start();
    network_.stock.prices = pricing_->prices();
    if (world_.design.prices.foresight == model::Foresight::rounded)
        drawn_ = std::make_unique<RoundedPlans>(world_, router_, network_, ledger_, *pricing_);
}

// Holds that have run out are let go of first: what the two commands below do is undone, and nobody is told.
Money CoreSystem::saving(OrderId order, std::span<const core::Line> own, const core::RouteRequest& request, core::Plan& plan) {
    ledger_.advance(world_.now, events_);
    publish();
    undone_.clear();
    capacity_.clear();
    for (const core::Line& line : own) capacity_.push_back(network_.nodes[line.node.value].capacity_left);
    core::Outcome outcome = ledger_.deallocate(core::Key{}, world_.now, order, own, undone_);
    LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
    for (const core::Line& line : own) give_back_capacity(line.node);
    ask(request, plan);
    outcome = ledger_.allocate(core::Key{}, world_.now, order, request.channel, own, core::Backorder::accept, undone_);
    LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
    for (std::size_t i = own.size(); i-- > 0;) {
        network_.nodes[own[i].node.value].capacity_left = capacity_[i];
        facts_.lines_taken(own[i].node);
    }
    return plan.outcome == core::PlanOutcome::planned ? weight(request, own) - plan.terms.total() : 0;
}

Money CoreSystem::weight(const core::RouteRequest& request, std::span<const core::Line> lines) const {
    Money sum = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const core::Line& line = lines[i];
        const Money price = pricing_ ? pricing_->price(line.node, line.sku) : 0;
        const Money unit = network_.unit_cost(request.method, request.zone, line.node, network_.grams_of(line.sku));
        sum += (unit + price) * line.quantity;
        const auto same = [&](const core::Line& other) { return other.node == line.node; };
        if (std::none_of(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(i), same))
            sum += std::max<Money>(0, network_.parcel_cost(request.method, request.zone, line.node));
    }
    return sum;
}

// --- commands ---

core::Outcome CoreSystem::apply(const core::Command& command) {
    const core::Outcome outcome = core::apply(ledger_, world_.now, command, events_);
    publish();
    return outcome;
}

core::Outcome CoreSystem::command(const core::Command& command) {
    const core::Outcome outcome = apply(command);
    if (world_.live != nullptr) world_.live->tell(command);
    return outcome;
}

void CoreSystem::must(const core::Command& command) {
    const core::Outcome outcome = this->command(command);
    LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
}

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
    const core::Outcome outcome = command({.kind = CommandKind::extend, .id = hold.value, .ttl = ttl});
    watch_expiry();
    return outcome;
}

core::Outcome CoreSystem::release(HoldId hold) {
    const core::Outcome outcome = command({.kind = CommandKind::release, .id = hold.value});
    if (outcome == core::Outcome::applied) ++holds_.released;
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
    const core::Outcome outcome = apply({.kind = CommandKind::confirm, .id = hold.value, .order = order.value});
    if (outcome == core::Outcome::applied) ++holds_.confirmed;
    return outcome;
}

core::Outcome CoreSystem::allocate(OrderId order, ChannelId channel, std::span<const core::Line> lines) {
    const core::Outcome outcome =
        apply({.kind = CommandKind::allocate, .channel = channel, .order = order.value, .lines = lines});
    if (outcome == core::Outcome::applied) use_capacity(lines);
    return outcome;
}

void CoreSystem::allocate_beyond(OrderId order, ChannelId channel, std::span<const core::Line> lines) {
    must({.kind = CommandKind::allocate,
          .backorder = core::Backorder::accept,
          .channel = channel,
          .order = order.value,
          .lines = lines});
    use_capacity(lines);
}

void CoreSystem::deallocate(OrderId order, std::span<const core::Line> lines) {
    must({.kind = CommandKind::deallocate, .order = order.value, .lines = lines});
}

void CoreSystem::pick(OrderId order, const core::Line& line) {
    must({.kind = CommandKind::pick, .node = line.node, .sku = line.sku, .quantity = line.quantity, .order = order.value});
}

void CoreSystem::ship(OrderId order, const core::Line& line) {
    must({.kind = CommandKind::ship, .node = line.node, .sku = line.sku, .quantity = line.quantity, .order = order.value});
}

void CoreSystem::sell(NodeId node, Sku sku, Quantity units, ChannelId channel) {
    command({.kind = CommandKind::sell, .channel = channel, .node = node, .sku = sku, .quantity = units});
}

void CoreSystem::count(NodeId node, Sku sku, Quantity counted) {
    command({.kind = CommandKind::adjust, .node = node, .sku = sku, .quantity = counted});
}

void CoreSystem::take_return(NodeId node, Sku sku, Quantity units) {
    command({.kind = CommandKind::take_return, .node = node, .sku = sku, .quantity = units});
}

void CoreSystem::receive(NodeId node, Sku sku, Quantity units) {
    command({.kind = CommandKind::receive, .node = node, .sku = sku, .quantity = units});
}

core::Outcome CoreSystem::quarantine(NodeId node, Sku sku, Quantity units) {
    const core::Command command{.kind = CommandKind::quarantine, .node = node, .sku = sku, .quantity = units};
    const core::Outcome outcome = apply(command);
    if (world_.live != nullptr && outcome == core::Outcome::applied) world_.live->tell(command);
    return outcome;
}

void CoreSystem::expect(NodeId node, Sku sku, Quantity units) {
    command({.kind = CommandKind::expect, .node = node, .sku = sku, .quantity = units});
}

void CoreSystem::transfer_out(std::uint64_t transfer, NodeId from, NodeId to, Sku sku, Quantity units, core::TransferFrom state) {
    must({.kind = CommandKind::transfer_out,
          .transfer_from = state,
          .node = from,
          .to = to,
          .sku = sku,
          .quantity = units,
          .id = transfer});
}

void CoreSystem::transfer_in(std::uint64_t transfer) { must({.kind = CommandKind::transfer_in, .id = transfer}); }

void CoreSystem::quarantine_return(NodeId node, Sku sku, Quantity units) {
    command(
        {.kind = CommandKind::take_return, .return_to = core::ReturnTo::quarantine, .node = node, .sku = sku, .quantity = units});
}

void CoreSystem::unquarantine(NodeId node, Sku sku, Quantity units) {
    must({.kind = CommandKind::unquarantine, .node = node, .sku = sku, .quantity = units});
}

void CoreSystem::dispose(NodeId node, Sku sku, Quantity units) {
    must({.kind = CommandKind::dispose, .node = node, .sku = sku, .quantity = units});
}

// --- the copy of a live back end's record ---

void CoreSystem::copy_hold(HoldId hold, ChannelId channel, std::span<const core::Line> lines, Duration ttl) {
    if (this->hold(hold, channel, lines, ttl) == core::Outcome::applied) return;
    held_beyond_.insert(hold.value);
    world_.live->beyond_record();
}

void CoreSystem::copy_confirm(HoldId hold, OrderId order, ChannelId channel, std::span<const core::Line> lines) {
    if (confirm(hold, order) == core::Outcome::applied) return;
    if (held_beyond_.erase(hold.value) == 0) world_.live->beyond_record();  // run out here before it did there
    cover(order, channel, lines);
}

void CoreSystem::copy_allocate(OrderId order, ChannelId channel, std::span<const core::Line> lines) {
    if (allocate(order, channel, lines) == core::Outcome::applied) return;
    world_.live->beyond_record();
    cover(order, channel, lines);
}

void CoreSystem::cover(OrderId order, ChannelId channel, std::span<const core::Line> lines) {
    const core::Outcome outcome = apply({.kind = CommandKind::allocate,
                                         .backorder = core::Backorder::accept,
                                         .channel = channel,
                                         .order = order.value,
                                         .lines = lines});
    LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
    use_capacity(lines);
}

void CoreSystem::copy_deallocate(OrderId order, std::span<const core::Line> lines) {
    const core::Outcome outcome = apply({.kind = CommandKind::deallocate, .order = order.value, .lines = lines});
    LASTUNIT_ASSERT(outcome == core::Outcome::applied, core::name_of(outcome));
}

void CoreSystem::copy_end(HoldId hold) {
    held_beyond_.erase(hold.value);
    if (apply({.kind = CommandKind::release, .id = hold.value}) == core::Outcome::applied) ++holds_.released;
}

// --- the nodes' capacity ---

// An order line planned for a node uses a line of its day, picked today or not.
void CoreSystem::use_capacity(std::span<const core::Line> lines) {
    for (const core::Line& line : lines)
        if (world_.scenario.network.nodes[line.node.value].daily_lines > 0 && network_.nodes[line.node.value].capacity_left > 0) {
            --network_.nodes[line.node.value].capacity_left;
            facts_.lines_taken(line.node);
        }
}

void CoreSystem::give_back_capacity(NodeId node) {
    const Quantity daily = world_.scenario.network.nodes[node.value].daily_lines;
    if (daily == 0 || network_.nodes[node.value].capacity_left >= daily) return;
    ++network_.nodes[node.value].capacity_left;
    facts_.lines_taken(node);
}

void CoreSystem::new_day() {
    const auto& nodes = world_.scenario.network.nodes;
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (nodes[i].daily_lines > 0) {
            network_.nodes[i].capacity_left = nodes[i].daily_lines;
            facts_.lines_taken(NodeId(static_cast<std::uint16_t>(i)));
        }
    if (spillover_.limited()) spillover_.new_day();
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
    if (spillover_.limited()) network_.find_homes();
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
        if (pricing_) pricing_->happened(event);
        if (world_.probe != nullptr) show_hold(event);
        if (dead_holds_.size() > 0 && ends_hold(event.kind)) dead_hold_ends(event);
        if (spillover_.limited()) spillover_.changed(event);
        if (facts_.follows_stock()) facts_.changed(event, ledger_.cell(event.node, event.sku).on_hand);
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
        if (watched_by_replenishment_) world_.replenishment->record_changed(event.node, event.sku);
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
