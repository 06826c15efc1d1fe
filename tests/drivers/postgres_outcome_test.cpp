// Every mode gives the core's answers: random commands, one after the other, against the ledger itself.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "drivers/inproc/ledger_driver.hpp"
#include "tests/core/generator.hpp"
#include "tests/drivers/postgres_server.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;
using core::CommandKind;
using core::Outcome;
using core::testing::Generator;

namespace {

constexpr std::uint16_t kNodes = 2;
constexpr std::uint32_t kSkus = 2;
constexpr int kBatches = 6;
constexpr std::size_t kBatch = 50;
const std::vector<CommandKind> kKinds{
    CommandKind::hold,    CommandKind::hold,     CommandKind::extend,      CommandKind::release, CommandKind::confirm,
    CommandKind::confirm, CommandKind::allocate, CommandKind::deallocate,  CommandKind::pick,    CommandKind::ship,
    CommandKind::sell,    CommandKind::receive,  CommandKind::take_return, CommandKind::adjust,  CommandKind::set_safety};

struct Drawn {
    core::Command command;
    std::vector<core::Line> lines;
};

class Commands {
   public:
    explicit Commands(std::uint64_t seed) : random_(seed) {}

    // Moves as the vector does: the lines stay where they are.
    Drawn next() {
        if (!done_.empty() && random_.one_in(12)) return repeated();
        Drawn drawn;
        core::Command& c = drawn.command;
        c.kind = kKinds[random_.below(static_cast<std::uint32_t>(kKinds.size()))];
        c.key = {7, ++sequence_};
        c.node = node();
        c.sku = sku();
        c.channel = ChannelId(static_cast<std::uint8_t>(random_.below(random_.one_in(20) ? 3 : 2)));
        c.quantity = quantity();
        c.id = c.kind == CommandKind::hold && !random_.one_in(10) ? ++holds_ : recent_hold();
        c.order = 1 + random_.below(5);
        c.ttl = hours(random_.one_in(15) ? 0 : 1);
        c.backorder = random_.one_in(4) ? core::Backorder::accept : core::Backorder::refuse;
        c.return_to = random_.one_in(2) ? core::ReturnTo::shelf : core::ReturnTo::quarantine;
        const std::uint32_t lines = random_.one_in(25) ? 0 : 1 + random_.below(3);
        for (std::uint32_t i = 0; i < lines; ++i) drawn.lines.push_back({node(), sku(), quantity()});
        if (random_.one_in(30)) c.quantity = core::kMaxUnits + 1;
        done_.push_back(drawn);
        return drawn;
    }

   private:
    // The same once more, or other arguments under the same key.
    Drawn repeated() {
        Drawn drawn = done_[random_.below(static_cast<std::uint32_t>(done_.size()))];
        if (random_.one_in(3)) {
            ++drawn.command.order;
            ++drawn.command.quantity;
            drawn.command.id += 1;
        }
        return drawn;
    }
    NodeId node() { return NodeId(static_cast<std::uint16_t>(random_.below(random_.one_in(40) ? kNodes + 1 : kNodes))); }
    Sku sku() { return Sku(random_.below(random_.one_in(40) ? kSkus + 1 : kSkus)); }
    Quantity quantity() { return random_.one_in(25) ? random_.between(-1, 0) : random_.between(1, 4); }
    std::uint64_t recent_hold() { return holds_ > 8 && !random_.one_in(10) ? holds_ - random_.below(8) : 1 + random_.below(8); }

    Generator random_;
    std::vector<Drawn> done_;
    std::uint64_t sequence_ = 0, holds_ = 0;
};

InitialStock tiny_shop() {
    InitialStock stock;
    stock.shape.nodes = {"dc", "store"};
    stock.shape.skus = {"shirt", "shoe"};
    stock.shape.channels = {"web", "pos"};
    stock.units = {12, 0, 7, 3};
    return stock;
}

std::vector<std::vector<std::int64_t>> picture(const FinalState& state) {
    std::vector<std::vector<std::int64_t>> rows;
    for (const FinalState::Stock& c : state.stock)
        if (c.on_hand != 0 || c.held != 0 || c.allocated != 0 || c.safety != 0 || c.quarantined != 0)
            rows.push_back({c.sku.value, c.node.value, c.on_hand, c.held, c.allocated, c.safety, c.quarantined, c.shortage});
    return rows;
}

// Summed over an order's channels, which only the core tells apart.
std::vector<std::vector<std::int64_t>> orders_in(const FinalState& state) {
    std::map<std::vector<std::int64_t>, std::pair<std::int64_t, std::int64_t>> sums;
    for (const FinalState::OrderLine& line : state.orders) {
        auto& sum = sums[{static_cast<std::int64_t>(line.order.value), line.sku.value, line.node.value}];
        sum.first += line.quantity;
        sum.second += line.picked;
    }
    std::vector<std::vector<std::int64_t>> rows;
    for (const auto& [name, sum] : sums) rows.push_back({name[0], name[1], name[2], sum.first, sum.second});
    return rows;
}

// One connection and nothing sent ahead: what is submitted together is done in that order.
void compare(PrivatePostgres& server, PostgresMode mode, std::uint64_t seed, std::vector<int>& seen) {
    PostgresDriver driver(target_on(server, mode, "connections=1&pipeline=1&synchronous_commit=off"));
    driver.prepare(tiny_shop());
    const auto session = driver.open();
    core::Ledger ledger = ledger_with(tiny_shop(), hours(24), SimTime{0});
    core::Events events;
    Commands commands(seed);
    for (int batch = 0; batch < kBatches; ++batch) {
        std::vector<Drawn> drawn;
        while (drawn.size() < kBatch) {
            drawn.push_back(commands.next());
            if (!driver.supports(drawn.back().command.kind)) drawn.pop_back();
        }
        std::vector<Operation> operations;
        std::vector<Outcome> expected;
        for (Drawn& one : drawn) {
            one.command.lines = one.lines;
            operations.push_back({.tag = operations.size(), .command = one.command, .timeout = seconds(100)});
            expected.push_back(core::apply(ledger, SimTime{0}, one.command, events));
            ++seen[static_cast<std::size_t>(expected.back())];
        }
        session->submit(operations);
        for (const Completion& answer : answers_of(*session, kBatch)) {
            INFO(name_of(mode) << ", seed " << seed << ", batch " << batch << ", command " << answer.tag << ": "
                               << core::name_of(operations[answer.tag].command.kind));
            REQUIRE(answer.cause == Cause::outcome);
            REQUIRE(std::string(core::name_of(answer.outcome)) == core::name_of(expected[answer.tag]));
            REQUIRE(answer.settled == (answer.outcome == Outcome::applied ? Settled::applied : Settled::refused));
        }
        const FinalState there = driver.read_back();
        REQUIRE(picture(there) == picture(state_of(ledger)));
        REQUIRE(orders_in(there) == orders_in(state_of(ledger)));
    }
}

}  // namespace

TEST_CASE("postgres: every mode answers random commands as the core does, and ends with the same stock and orders") {
    PrivatePostgres* server = postgres_server();
    if (server == nullptr) return;
    std::vector<int> seen(static_cast<std::size_t>(Outcome::over_limit) + 1);
    for (const PostgresMode mode : all_postgres_modes())
        for (std::uint64_t seed = 1; seed <= 2; ++seed) compare(*server, mode, seed, seen);
    // A sequence that never meets an outcome proves nothing about it. Time does not pass here, and transfers are not offered.
    for (unsigned i = 0; i < seen.size(); ++i) {
        const auto outcome = static_cast<Outcome>(i);
        if (outcome == Outcome::same_node || outcome == Outcome::unknown_transfer || outcome == Outcome::not_enough_in_state ||
            outcome == Outcome::hold_expired)
            continue;
        INFO(core::name_of(outcome));
        CHECK(seen[i] > 0);
    }
}
