// Every outcome stands in some row: what was done before, and the one command that is answered so.
#include <catch2/catch.hpp>
#include <functional>
#include <set>

#include "tests/core/fixture.hpp"
#include "tests/core/request.hpp"

using namespace lastunit;
using namespace lastunit::core;
using namespace lastunit::core::testing;

namespace {

struct Row {
    const char* name;
    Outcome expected;
    Request request;
    std::vector<Request> before = {};
};

std::vector<Line> lines_of(Quantity units, NodeId node = kDc, Sku sku = kShirt) { return {{node, sku, units}}; }

Request on_cell(Do what, Quantity units, NodeId node = kDc, Sku sku = kShirt) {
    return {.what = what, .node = node, .sku = sku, .quantity = units};
}
Request hold(std::uint64_t id, Quantity units, Duration ttl = seconds(10)) {
    return {.what = Do::hold, .id = id, .ttl = ttl, .lines = lines_of(units)};
}
Request on_hold(Do what, std::uint64_t id, SimTime now = {}) {
    return {.what = what, .now = now, .id = id, .order = 70, .ttl = seconds(10)};
}
Request allocate(Quantity units, Backorder backorder = Backorder::refuse) {
    return {.what = Do::allocate, .order = 70, .lines = lines_of(units), .backorder = backorder};
}
Request on_order(Do what, Quantity units) { return {.what = what, .quantity = units, .order = 70, .lines = lines_of(units)}; }
Request transfer(NodeId from, NodeId to, Quantity units) {
    return {.what = Do::transfer_out, .node = from, .to = to, .quantity = units, .id = 9};
}
Request from_quarantine(Request request) {
    request.transfer_from = TransferFrom::quarantine;
    return request;
}
Request with_key(Request request, std::uint64_t sequence) {
    request.key = {1, sequence};
    return request;
}
Request in_channel(Request request, std::uint8_t channel) {
    request.channel = ChannelId(channel);
    return request;
}
Request with_lines(Request request, std::vector<Line> lines) {
    request.lines = std::move(lines);
    return request;
}

const NodeId kNowhere(2);
const Sku kNothing(2);

std::vector<Row> request_rows() {
    return {
        {"receive", Outcome::applied, on_cell(Do::receive, 1)},
        {"a count that finds what is recorded", Outcome::applied, on_cell(Do::adjust, 5)},
        {"the key again, other units",
         Outcome::key_reused,
         with_key(on_cell(Do::receive, 2), 1),
         {with_key(on_cell(Do::receive, 1), 1)}},
        {"the key again, other command",
         Outcome::key_reused,
         with_key(on_cell(Do::expect, 1), 1),
         {with_key(on_cell(Do::receive, 1), 1)}},
        {"hold nothing", Outcome::empty, with_lines(hold(1, 1), {})},
        {"allocate nothing", Outcome::empty, with_lines(allocate(1), {})},
        {"deallocate nothing", Outcome::empty, with_lines(on_order(Do::deallocate, 1), {})},
        {"empty comes before everything else", Outcome::empty, in_channel(with_lines(hold(1, 1, seconds(0)), {}), 7)},
        {"receive none", Outcome::quantity_not_positive, on_cell(Do::receive, 0)},
        {"a count below nothing", Outcome::quantity_not_positive, on_cell(Do::adjust, -1)},
        {"a negative safety stock", Outcome::quantity_not_positive, on_cell(Do::set_safety, -1)},
        {"the second line wants nothing", Outcome::quantity_not_positive,
         with_lines(hold(1, 1, seconds(0)), {{kNowhere, kShirt, 1}, {kDc, kShirt, 0}})},
        {"hold for no time", Outcome::ttl_not_positive, hold(1, 1, seconds(0))},
        {"extend by no time", Outcome::ttl_not_positive, {.what = Do::extend, .id = 1}},
        {"the TTL comes before the node", Outcome::ttl_not_positive, with_lines(hold(1, 1, seconds(-1)), lines_of(1, kNowhere))},
        {"an unknown node", Outcome::unknown_node, on_cell(Do::sell, 1, kNowhere)},
        {"transfer to an unknown node", Outcome::unknown_node, transfer(kDc, kNowhere, 1)},
        {"an unknown node on the second line comes before the SKU on the first", Outcome::unknown_node,
         with_lines(hold(1, 1), {{kDc, kNothing, 1}, {kNowhere, kShirt, 1}})},
        {"an unknown SKU", Outcome::unknown_sku, on_cell(Do::adjust, 1, kDc, kNothing)},
        {"sell in an unknown channel", Outcome::unknown_channel, in_channel(on_cell(Do::sell, 1), 2)},
        {"fence for an unknown channel", Outcome::unknown_channel, in_channel(on_cell(Do::set_channel_allocation, 1), 2)},
        {"hold in an unknown channel", Outcome::unknown_channel, in_channel(hold(1, 1), 2)},
        {"transfer to itself", Outcome::same_node, transfer(kDc, kDc, 99)},
    };
}

std::vector<Row> reference_rows() {
    const SimTime later = SmallLedger::at(10);
    return {
        {"a live hold's id", Outcome::hold_exists, hold(1, 9), {hold(1, 1)}},
        {"an ended hold's id", Outcome::hold_exists, hold(1, 1), {hold(1, 1), on_hold(Do::release, 1)}},
        {"extend what never was", Outcome::unknown_hold, on_hold(Do::extend, 1)},
        {"release what never was", Outcome::unknown_hold, on_hold(Do::release, 1)},
        {"confirm what never was", Outcome::unknown_hold, on_hold(Do::confirm, 1)},
        {"extend at the very end", Outcome::hold_expired, on_hold(Do::extend, 1, later), {hold(1, 1)}},
        {"release after the end", Outcome::hold_expired, on_hold(Do::release, 1, later), {hold(1, 1)}},
        {"confirm after the end", Outcome::hold_expired, on_hold(Do::confirm, 1, later), {hold(1, 1)}},
        {"extend a released hold", Outcome::hold_ended, on_hold(Do::extend, 1), {hold(1, 1), on_hold(Do::release, 1)}},
        {"release a confirmed hold", Outcome::hold_ended, on_hold(Do::release, 1), {hold(1, 1), on_hold(Do::confirm, 1)}},
        {"confirm twice", Outcome::hold_ended, on_hold(Do::confirm, 1), {hold(1, 1), on_hold(Do::confirm, 1)}},
        {"deallocate more than the order has", Outcome::unknown_order, on_order(Do::deallocate, 3), {allocate(2)}},
        {"two lines together ask back too much",
         Outcome::unknown_order,
         with_lines(on_order(Do::deallocate, 1), {{kDc, kShirt, 1}, {kDc, kShirt, 2}}),
         {allocate(2)}},
        {"pick for no order", Outcome::unknown_order, on_order(Do::pick, 1)},
        {"ship more than the order has", Outcome::unknown_order, on_order(Do::ship, 3), {allocate(2)}},
        {"ship a second time",
         Outcome::unknown_order,
         on_order(Do::ship, 1),
         {allocate(1), on_order(Do::pick, 1), on_order(Do::ship, 1)}},
        {"receive no transfer", Outcome::unknown_transfer, {.what = Do::transfer_in, .id = 9}},
        {"receive a transfer twice",
         Outcome::unknown_transfer,
         {.what = Do::transfer_in, .id = 9},
         {transfer(kDc, kStore, 1), {.what = Do::transfer_in, .id = 9}}},
        {"ship before pick", Outcome::not_picked, on_order(Do::ship, 2), {allocate(2), on_order(Do::pick, 1)}},
        {"pick twice", Outcome::already_picked, on_order(Do::pick, 2), {allocate(2), on_order(Do::pick, 1)}},
    };
}

std::vector<Row> stock_rows() {
    return {
        {"quarantine a held unit", Outcome::not_enough_on_hand, on_cell(Do::quarantine, 5), {hold(1, 1)}},
        {"transfer an allocated unit", Outcome::not_enough_on_hand, transfer(kDc, kStore, 5), {allocate(1)}},
        {"count fewer than were picked",
         Outcome::not_enough_on_hand,
         on_cell(Do::adjust, 1),
         {allocate(2), on_order(Do::pick, 2)}},
        {"count as many as were picked", Outcome::applied, on_cell(Do::adjust, 2), {allocate(2), on_order(Do::pick, 2)}},
        {"more out of quarantine than in it",
         Outcome::not_enough_in_state,
         on_cell(Do::unquarantine, 2),
         {on_cell(Do::quarantine, 1)}},
        {"dispose of more than is in quarantine",
         Outcome::not_enough_in_state,
         on_cell(Do::dispose, 2),
         {on_cell(Do::quarantine, 1)}},
        {"dispose of what is in quarantine", Outcome::applied, on_cell(Do::dispose, 1), {on_cell(Do::quarantine, 1)}},
        {"send more out of quarantine than is in it",
         Outcome::not_enough_in_state,
         from_quarantine(transfer(kDc, kStore, 2)),
         {on_cell(Do::quarantine, 1)}},
        {"hold above ATP", Outcome::out_of_stock, hold(1, 6)},
        {"hold into the safety stock", Outcome::out_of_stock, hold(1, 5), {on_cell(Do::set_safety, 1)}},
        {"two lines of one SKU are one demand", Outcome::out_of_stock,
         with_lines(hold(1, 1), {{kDc, kShirt, 3}, {kDc, kShirt, 3}})},
        {"sums beyond every number", Outcome::out_of_stock,
         with_lines(hold(1, 1), {{kDc, kShirt, INT32_MAX}, {kDc, kShirt, INT32_MAX}})},
        {"one short line refuses all", Outcome::out_of_stock, with_lines(allocate(1), {{kDc, kShirt, 1}, {kStore, kShoe, 1}})},
        {"another channel's fence", Outcome::out_of_stock, hold(1, 3), {in_channel(on_cell(Do::set_channel_allocation, 3), 1)}},
        {"the own fence", Outcome::applied, in_channel(hold(1, 3), 1), {in_channel(on_cell(Do::set_channel_allocation, 3), 1)}},
        {"allocate above ATP as a backorder", Outcome::applied, allocate(6, Backorder::accept)},
        {"sell above the record", Outcome::applied, on_cell(Do::sell, 6)},
        {"receive beyond the limit", Outcome::over_limit, on_cell(Do::receive, kMaxUnits)},
        {"expect beyond the limit", Outcome::over_limit, on_cell(Do::expect, INT32_MAX)},
        {"count beyond the limit", Outcome::over_limit, on_cell(Do::adjust, kMaxUnits + 1)},
        {"return beyond the limit", Outcome::over_limit, on_cell(Do::take_return, kMaxUnits)},
        {"safety beyond the limit", Outcome::over_limit, on_cell(Do::set_safety, kMaxUnits + 1)},
        {"fence beyond the limit", Outcome::over_limit, on_cell(Do::set_channel_allocation, kMaxUnits + 1)},
        {"fences that add up beyond the limit",
         Outcome::over_limit,
         in_channel(on_cell(Do::set_channel_allocation, kMaxUnits), 1),
         {on_cell(Do::set_channel_allocation, 1)}},
        {"backorder beyond the limit", Outcome::over_limit, allocate(kMaxUnits, Backorder::accept), {hold(1, 1)}},
        {"unquarantine beyond the limit",
         Outcome::over_limit,
         on_cell(Do::unquarantine, 1),
         {on_cell(Do::quarantine, 1), on_cell(Do::adjust, kMaxUnits)}},
        {"transfer beyond the limit", Outcome::over_limit, transfer(kDc, kStore, 1), {on_cell(Do::expect, kMaxUnits, kStore)}},
        {"a transfer that no longer fits",
         Outcome::over_limit,
         {.what = Do::transfer_in, .id = 9},
         {transfer(kDc, kStore, 1), on_cell(Do::adjust, kMaxUnits, kStore)}},
    };
}

std::vector<Row> all_rows() {
    std::vector<Row> rows = request_rows();
    for (const Row& row : reference_rows()) rows.push_back(row);
    for (const Row& row : stock_rows()) rows.push_back(row);
    return rows;
}

std::vector<Quantity> picture(const Ledger& ledger) {
    std::vector<Quantity> all;
    for (const Sku sku : {kShirt, kShoe})
        for (const Cell& cell : ledger.cells_of(sku))
            for (const Quantity value : {cell.on_hand, cell.held, cell.allocated, cell.safety, cell.inbound, cell.quarantined,
                                         cell.shortage, cell.fenced})
                all.push_back(value);
    return all;
}

}  // namespace

TEST_CASE("outcomes: each command is answered as its row says, and a refusal changes nothing") {
    for (const Row& row : all_rows()) {
        INFO(row.name);
        SmallLedger small;
        for (const Request& request : row.before) REQUIRE(apply(small.ledger, request, small.events) == Outcome::applied);
        small.ledger.advance(row.request.now, small.events);
        const auto before = picture(small.ledger);
        Events events;
        const Outcome outcome = apply(small.ledger, row.request, events);
        CHECK(std::string(name_of(outcome)) == name_of(row.expected));
        if (outcome != Outcome::applied) {
            CHECK(events.empty());
            CHECK(picture(small.ledger) == before);
        }
        CHECK(small.sound());
    }
}

TEST_CASE("outcomes: every one stands in some row") {
    std::set<Outcome> seen;
    for (const Row& row : all_rows()) seen.insert(row.expected);
    for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(Outcome::over_limit); ++i) {
        INFO(name_of(static_cast<Outcome>(i)));
        CHECK(seen.contains(static_cast<Outcome>(i)));
    }
}
