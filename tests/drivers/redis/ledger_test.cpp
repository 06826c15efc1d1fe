// Every operation and every outcome, against the core's ledger: random commands go to both.
#include <algorithm>
#include <random>
#include <set>

#include "drivers/engine/engine.hpp"
#include "drivers/inproc/ledger_driver.hpp"
#include "tests/drivers/redis/support.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

namespace {

using core::CommandKind;

// Beside it what the modes without a script do not do: counts at their limit, holds that end within the microsecond.
enum class Reach : std::uint8_t { all, common };

struct Asked {
    core::Command command;
    std::vector<core::Line> lines;
};

class Commands {
   public:
    Commands(std::uint32_t seed, Reach reach, const RedisDriver& driver) : random_(seed), reach_(reach) {
        for (unsigned kind = 0; kind < core::kCommandKinds; ++kind)
            if (driver.supports(static_cast<CommandKind>(kind))) kinds_.push_back(static_cast<CommandKind>(kind));
    }

    Asked next() {
        if (!past_.empty() && one_in(12)) return again();
        Asked asked;
        fill(asked);
        if (asked.command.kind == CommandKind::advance) return asked;  // takes no key
        asked.command.key = one_in(20) ? core::Key{} : core::Key{9, ++sequence_};
        past_.push_back(asked);
        return asked;
    }

   private:
    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }
    bool one_in(std::uint32_t n) { return below(n) == 0; }

    // A command of the past under its key: as it was, or another one.
    Asked again() {
        Asked asked = past_[below(static_cast<std::uint32_t>(past_.size()))];
        if (one_in(3)) {
            const core::Key key = asked.command.key;
            fill(asked);
            if (asked.command.kind != CommandKind::advance) asked.command.key = key;
        }
        return asked;
    }

    void fill(Asked& asked) {
        // Most of what happens is on holds and orders.
        static constexpr CommandKind kOften[] = {CommandKind::hold,       CommandKind::hold,   CommandKind::confirm,
                                                 CommandKind::allocate,   CommandKind::pick,   CommandKind::ship,
                                                 CommandKind::deallocate, CommandKind::extend, CommandKind::release,
                                                 CommandKind::sell,       CommandKind::receive};
        core::Command& c = asked.command;
        c = {};
        asked.lines.clear();
        c.kind = one_in(3) ? kinds_[below(static_cast<std::uint32_t>(kinds_.size()))] : kOften[below(std::size(kOften))];
        const bool has_lines =
            c.kind == CommandKind::hold || c.kind == CommandKind::allocate || c.kind == CommandKind::deallocate;
        const bool of_hold = c.kind == CommandKind::extend || c.kind == CommandKind::release || c.kind == CommandKind::confirm;
        const bool of_transfer = c.kind == CommandKind::transfer_out || c.kind == CommandKind::transfer_in;
        if (has_lines) {
            const std::uint32_t lines = one_in(30) ? 0 : 1 + below(3);
            for (std::uint32_t i = 0; i < lines; ++i) asked.lines.push_back({node(), sku(), units()});
        } else if (!of_hold && c.kind != CommandKind::transfer_in && c.kind != CommandKind::advance) {
            c.node = node();
            c.sku = sku();
            c.quantity = units();
        }
        if (c.kind == CommandKind::hold || of_hold)
            c.id = c.kind == CommandKind::hold && !one_in(20) ? ++holds_ : 1 + below(holds_ + 2);
        if (of_transfer) c.id = 1 + below(6);
        if (c.kind == CommandKind::hold || c.kind == CommandKind::extend) c.ttl = ttl();
        if (c.kind == CommandKind::confirm || c.kind == CommandKind::allocate || c.kind == CommandKind::deallocate ||
            c.kind == CommandKind::pick || c.kind == CommandKind::ship)
            c.order = 1 + below(40);
        if (c.kind == CommandKind::hold || c.kind == CommandKind::allocate || c.kind == CommandKind::sell)
            c.channel = ChannelId(static_cast<std::uint8_t>(one_in(40) ? 9 : below(2)));
        if (c.kind == CommandKind::allocate && reach_ == Reach::all && one_in(6)) c.backorder = core::Backorder::accept;
        if (c.kind == CommandKind::take_return && one_in(2)) c.return_to = core::ReturnTo::quarantine;
        if (c.kind == CommandKind::transfer_out) {
            c.to = node();
            if (one_in(4)) c.transfer_from = core::TransferFrom::quarantine;
        }
    }

    NodeId node() { return NodeId(static_cast<std::uint16_t>(one_in(60) ? 7 : below(2))); }
    Sku sku() { return Sku(one_in(60) ? 99 : below(3)); }
    Quantity units() {
        if (one_in(40)) return 0;
        if (reach_ == Reach::all && one_in(40)) return core::kMaxUnits - static_cast<Quantity>(below(3));
        return 1 + static_cast<Quantity>(below(4));
    }
    Duration ttl() {
        if (one_in(40)) return Duration{0};
        return reach_ == Reach::all && one_in(4) ? microseconds(1) : hours(1);
    }

    std::mt19937 random_;
    Reach reach_;
    std::vector<CommandKind> kinds_;
    std::vector<Asked> past_;
    std::uint64_t sequence_ = 0;
    std::uint32_t holds_ = 0;
};

InitialStock tiny_shop() {
    InitialStock stock;
    stock.shape = {{"dc", "store"}, {"a", "b", "c"}, {"web", "pos"}};
    stock.units = {20, 5, 10, 0, 3, 30};
    return stock;
}

using Totals = std::map<std::tuple<std::uint64_t, std::uint16_t, std::uint32_t>, std::pair<std::int64_t, std::int64_t>>;
Totals totals_of(const FinalState& state) {
    Totals totals;
    for (const FinalState::OrderLine& line : state.orders) {
        auto& [units, picked] = totals[{line.order.value, line.node.value, line.sku.value}];
        units += line.quantity;
        picked += line.picked;
    }
    return totals;
}

void compare(const FinalState& have, const FinalState& wanted) {
    std::map<std::pair<std::uint32_t, std::uint16_t>, FinalState::Stock> cells;
    for (const FinalState::Stock& cell : have.stock) cells[{cell.sku.value, cell.node.value}] = cell;
    for (const FinalState::Stock& want : wanted.stock) {
        const FinalState::Stock got = cells[{want.sku.value, want.node.value}];
        CAPTURE(want.sku.value, want.node.value);
        CHECK(got.on_hand == want.on_hand);
        CHECK(got.held == want.held);
        CHECK(got.allocated == want.allocated);
        CHECK(got.safety == want.safety);
        CHECK(got.quarantined == want.quarantined);
        CHECK(got.inbound == want.inbound);
        CHECK(got.shortage == want.shortage);
    }
    CHECK(totals_of(have) == totals_of(wanted));
}

// Sends `count` commands to both, so many at a time over one connection; the outcomes that were seen.
std::set<core::Outcome> run(RedisMode mode, Reach reach, std::uint32_t seed, int count, std::size_t at_a_time) {
    RedisDriver driver = driver_of(shared_redis(), mode, 1);
    driver.prepare(tiny_shop());
    const auto session = driver.open();
    core::Ledger ledger = ledger_with(tiny_shop(), hours(1), Engine::wall_clock());
    core::Events events;
    Commands commands(seed, reach, driver);
    std::set<core::Outcome> seen;
    std::map<std::uint64_t, std::uint64_t> places;  // key -> place in the back end's order
    std::vector<Completion> got(at_a_time);
    for (int first = 0; first < count; first += static_cast<int>(at_a_time)) {
        std::vector<Asked> asked(at_a_time);
        std::vector<Operation> operations(at_a_time);
        for (std::size_t i = 0; i < at_a_time; ++i) {
            asked[i] = commands.next();
            asked[i].command.lines = asked[i].lines;
            operations[i] = {.tag = i, .command = asked[i].command, .timeout = kLong};
        }
        session->submit(operations);
        std::vector<Completion> out;
        take_all(*session, out);
        REQUIRE(out.size() == at_a_time);
        for (const Completion& completion : out) got[completion.tag] = completion;
        for (std::size_t i = 0; i < at_a_time; ++i) {
            const core::Command& command = asked[i].command;
            CAPTURE(seed, first, i, core::name_of(command.kind), command.id, command.order, command.quantity);
            // Two microseconds are enough for the holds that are to end at once.
            const SimTime now = std::max(Engine::wall_clock(), ledger.now() + microseconds(2));
            const core::Outcome wanted = core::apply(ledger, now, command, events);
            events.clear();
            REQUIRE(got[i].cause == Cause::outcome);
            REQUIRE(std::string(core::name_of(got[i].outcome)) == core::name_of(wanted));
            REQUIRE(got[i].settled == (wanted == core::Outcome::applied ? Settled::applied : Settled::refused));
            if (mode == RedisMode::lua && wanted != core::Outcome::key_reused && command.key.sequence != 0)
                REQUIRE(places.emplace(command.key.sequence, got[i].sequence).first->second == got[i].sequence);
            seen.insert(wanted);
        }
    }
    compare(driver.read_back(), state_of(ledger));
    return seen;
}

}  // namespace

TEST_CASE("redis lua: random commands get the ledger's own answers, and leave the ledger's own state") {
    LASTUNIT_NEEDS_REDIS();
    std::set<core::Outcome> seen;
    for (std::uint32_t seed = 1; seed <= 4; ++seed) seen.merge(run(RedisMode::lua, Reach::all, seed, 4000, 40));
    for (auto i = static_cast<unsigned>(core::Outcome::applied); i <= static_cast<unsigned>(core::Outcome::over_limit); ++i) {
        CAPTURE(core::name_of(static_cast<core::Outcome>(i)));
        CHECK(seen.contains(static_cast<core::Outcome>(i)));
    }
}

TEST_CASE("redis watch: one caller alone gets the ledger's own answers") {
    LASTUNIT_NEEDS_REDIS();
    run(RedisMode::watch, Reach::common, 1, 2000, 1);
}

TEST_CASE("redis get_decr: one caller alone gets the ledger's own answers") {
    LASTUNIT_NEEDS_REDIS();
    run(RedisMode::get_decr, Reach::common, 2, 2000, 1);
}

TEST_CASE("redis lua: what it has no command for is refused as unsupported") {
    LASTUNIT_NEEDS_REDIS();
    RedisDriver driver = driver_of(shared_redis(), RedisMode::lua);
    driver.prepare(tiny_shop());
    core::Command fence;
    fence.kind = CommandKind::set_channel_allocation;
    CHECK_FALSE(driver.supports(fence.kind));
    CHECK(text_of(ask(*driver.open(), fence)) == "refused/unsupported");
}
