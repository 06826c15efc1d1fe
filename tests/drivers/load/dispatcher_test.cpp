// The generator against a back end that does as it is told: keys, chains, repeats, bounds, its three times.
#include <catch2/catch.hpp>
#include <map>

#include "model/history.pb.h"
#include "tests/drivers/load/fake_driver.hpp"
#include "tests/drivers/load/generator.hpp"
#include "tests/drivers/shop.hpp"

namespace lastunit::drivers::tests {
namespace {

using Kind = FakeDriver::Reaction::Kind;

TEST_CASE("dispatcher: an operation is applied, under a key of this generator, and its answer carries the asker's tag") {
    Generator it;
    it.hold(1, 77);
    const auto answers = it.settle();
    REQUIRE(answers.size() == 1);
    CHECK(answers.at(77).settled == Settled::applied);
    REQUIRE(it.driver.received.size() == 1);
    CHECK(it.driver.received[0].command.key.client == kClient);
    CHECK(it.driver.received[0].command.key.sequence != 0);
}

TEST_CASE("dispatcher: every operation has a key of its own") {
    Generator it;
    for (std::uint64_t i = 1; i <= 500; ++i) it.hold(i, i);
    it.settle();
    std::set<std::uint64_t> sequences;
    for (const auto& received : it.driver.received) sequences.insert(received.command.key.sequence);
    CHECK(sequences.size() == 500);
}

TEST_CASE("dispatcher: a refusal comes back with the back end's own word for it") {
    Generator it(3);
    it.hold(1, 1, 4);  // of 3
    CHECK(it.settle().at(1).outcome == core::Outcome::out_of_stock);
    const model::LoadReport report = it.report();
    REQUIRE(report.operations_size() == 1);
    CHECK(report.operations(0).kind() == "hold");
    REQUIRE(report.operations(0).refusals_size() == 1);
    CHECK(report.operations(0).refusals(0).outcome() == "out_of_stock");
    CHECK(report.operations(0).refusals(0).count() == 1);
}

TEST_CASE("dispatcher: what is told is sent and counted, and nobody gets its answer") {
    Generator it;
    core::Command sale;
    sale.kind = core::CommandKind::sell;
    sale.quantity = 1;
    it->tell(sale, steady_now_ns());
    CHECK(it.settle().empty());
    CHECK(it.report().applied() == 1);
}

TEST_CASE("dispatcher: operations of one chain are sent in order, each after the answer to the one before") {
    Generator it;
    it.driver.holds_answers = true;
    it.hold(7, 1);
    it.confirm(7, 70, 2);
    it.pick(70, 3);
    it.hold(8, 4);  // another chain
    it.turn();
    CHECK(it.kinds_received() == std::vector{core::CommandKind::hold, core::CommandKind::hold});
    it.driver.holds_answers = false;
    const auto answers = it.settle();
    CHECK(it.kinds_received() ==
          std::vector{core::CommandKind::hold, core::CommandKind::hold, core::CommandKind::confirm, core::CommandKind::pick});
    for (const auto& [tag, answer] : answers) CHECK(answer.settled == Settled::applied);
}

TEST_CASE("dispatcher: a chain keeps its order while its first operation is repeated") {
    Generator it;
    it.driver.react = [](std::uint64_t attempt, const Operation&) {
        return FakeDriver::Reaction{attempt < 3 ? Kind::refuse_unseen : Kind::apply};
    };
    it.hold(7, 1);
    it.confirm(7, 70, 2);
    const auto answers = it.settle();
    CHECK(answers.at(1).settled == Settled::applied);
    CHECK(answers.at(2).settled == Settled::applied);
    CHECK(it.kinds_received().back() == core::CommandKind::confirm);
    CHECK(it.driver.received.size() == 5);
}

TEST_CASE("dispatcher: what was refused before it was looked at is sent again under the same key") {
    const Cause cause = GENERATE(Cause::overloaded, Cause::unavailable, Cause::late);
    Generator it;
    it.driver.react = [cause](std::uint64_t attempt, const Operation&) {
        return FakeDriver::Reaction{attempt < 2 ? Kind::refuse_unseen : Kind::apply, cause};
    };
    it.hold(1, 1);
    CHECK(it.settle().at(1).settled == Settled::applied);
    REQUIRE(it.driver.received.size() == 3);
    CHECK(it.driver.received[0].command.key == it.driver.received[2].command.key);
    const model::LoadReport report = it.report();
    CHECK(report.intended() == 1);
    CHECK(report.attempts() == 3);
    CHECK(report.overloaded() == 2);
    CHECK(report.applied() == 1);
}

TEST_CASE("dispatcher: an operation without an answer is asked for again under its key, and took effect once") {
    const Kind lost = GENERATE(Kind::lose_answer, Kind::lose_request);
    Generator it(10);
    it.driver.react = [lost](std::uint64_t attempt, const Operation&) {
        return FakeDriver::Reaction{attempt == 0 ? lost : Kind::apply};
    };
    it.hold(1, 1, 10);
    CHECK(it.settle().at(1).settled == Settled::applied);
    CHECK(it.driver.received[0].command.key == it.driver.received[1].command.key);
    CHECK(it.driver.received[1].lines == it.driver.received[0].lines);
    const model::LoadReport report = it.report();
    CHECK(report.no_answer() == 1);
    CHECK(report.resolved() == 1);
    CHECK(report.unknown() == 0);
    CHECK(it.driver.read_back().stock[0].held == 10);
}

TEST_CASE("dispatcher: what is never answered stays unknown once the time for asking is over") {
    Generator it(1000, [](DispatcherOptions& options) { options.resolve_for = milliseconds(30); });
    it.driver.react = [](std::uint64_t, const Operation&) { return FakeDriver::Reaction{Kind::lose_answer}; };
    it.hold(1, 1);
    const auto answers = it.settle();
    CHECK(answers.at(1).settled == Settled::unknown);
    CHECK(answers.at(1).cause == Cause::no_answer);
    CHECK(it.report().unknown() == 1);
}

TEST_CASE("dispatcher: an operation goes out once the one before it in its chain was given up as unknown") {
    Generator it(1000, [](DispatcherOptions& options) { options.resolve_for = milliseconds(30); });
    it.driver.react = [](std::uint64_t, const Operation& operation) {
        return FakeDriver::Reaction{operation.command.kind == core::CommandKind::hold ? Kind::lose_answer : Kind::apply};
    };
    it.hold(1, 1);
    it.confirm(1, 10, 2);
    const auto answers = it.settle();
    CHECK(answers.at(1).settled == Settled::unknown);
    CHECK(answers.at(2).settled == Settled::applied);  // it had taken effect all the same
}

TEST_CASE("dispatcher: overload after an answer that was lost leaves the operation unknown, never refused") {
    Generator it(1000, [](DispatcherOptions& options) { options.resolve_for = milliseconds(30); });
    it.driver.react = [](std::uint64_t attempt, const Operation&) {
        return FakeDriver::Reaction{attempt == 0 ? Kind::lose_answer : Kind::refuse_unseen};
    };
    it.hold(1, 1);
    CHECK(it.settle().at(1).settled == Settled::unknown);
}

TEST_CASE("dispatcher: overload alone ends as a refusal with that cause") {
    Generator it(1000, [](DispatcherOptions& options) { options.resolve_for = milliseconds(30); });
    it.driver.react = [](std::uint64_t, const Operation&) { return FakeDriver::Reaction{Kind::refuse_unseen}; };
    it.hold(1, 1);
    const auto answers = it.settle();
    CHECK(answers.at(1).settled == Settled::refused);
    CHECK(answers.at(1).cause == Cause::overloaded);
    const model::LoadReport report = it.report();
    CHECK(report.operations(0).refusals(0).outcome() == "overloaded");
}

TEST_CASE("dispatcher: beyond its bound an operation is refused at once, and the run is invalid") {
    Generator it(1000, [](DispatcherOptions& options) { options.most_in_flight = 10; });
    it.driver.holds_answers = true;
    for (std::uint64_t i = 1; i <= 25; ++i) it.hold(i, i);
    std::vector<DispatchAnswer> answers;
    it->poll(answers, Duration{0});
    CHECK(answers.size() == 15);
    for (const DispatchAnswer& answer : answers) CHECK((answer.settled == Settled::refused && answer.cause == Cause::overloaded));
    CHECK(it->in_flight() == 10);
    it.driver.holds_answers = false;
    CHECK(it.settle().size() == 10);
    const model::LoadReport report = it.report();
    CHECK(it.driver.received.size() == 10);
    CHECK(report.intended() == 25);
    CHECK(report.applied() == 10);
    CHECK(report.refused() == 15);
    CHECK(report.in_flight_peak() == 10);
    REQUIRE(report.invalid_size() >= 1);
    CHECK_THAT(report.invalid(0) + report.invalid(report.invalid_size() - 1),
               Catch::Contains("more than 10 operations were under way: 15 of 25 were not sent"));
}

TEST_CASE("dispatcher: no more attempts are with the back end than its pool has, and all get their turn") {
    Generator it(1000, [](DispatcherOptions& options) { options.pool = 4; });
    it.driver.holds_answers = true;
    for (std::uint64_t i = 1; i <= 9; ++i) it.hold(i, i);
    it.turn();
    CHECK(it.driver.received.size() == 4);
    CHECK(it->snapshot().in_flight == 9);
    CHECK(it->snapshot().waiting == 5);
    it.driver.holds_answers = false;
    CHECK(it.settle().size() == 9);
}

TEST_CASE("dispatcher: a session that is dead for good is replaced, and what it was given is asked for again") {
    Generator it;
    it.hold(1, 1);
    it.settle();
    it.driver.dead_sessions = 2;  // and the one that is opened in its place
    it.hold(2, 2);
    it.confirm(2, 20, 3);
    const auto answers = it.settle();
    CHECK(answers.at(2).settled == Settled::applied);
    CHECK(answers.at(3).settled == Settled::applied);
    CHECK(it.driver.opened == 3);
}

TEST_CASE("dispatcher: a back end that cannot be reached for a while is tried again until it can") {
    Generator it;
    it.driver.dead_sessions = 1;
    it.driver.refuses_to_open = true;
    it.hold(1, 1);
    const std::int64_t until_ns = steady_now_ns() + 100'000'000;
    while (steady_now_ns() < until_ns) it.turn();
    CHECK(it->in_flight() == 1);
    CHECK(it.driver.opened == 1);
    it.driver.refuses_to_open = false;
    CHECK(it.settle().at(1).settled == Settled::applied);
}

TEST_CASE("dispatcher: a back end that is not there at the start is an error of the driver's own") {
    FakeDriver driver;
    driver.prepare(small_shop());
    driver.refuses_to_open = true;
    DispatcherOptions options;
    options.client = kClient;
    CHECK_THROWS_AS(Dispatcher(driver, small_shop(), options, {}), DriverError);
}

TEST_CASE("dispatcher: while nobody can be reached operations wait for their next attempt, and the caller for nothing") {
    Generator it;
    it.driver.submit_throws = true;
    for (std::uint64_t i = 1; i <= 20; ++i) {
        it.hold(i, i);
        it.turn();
    }
    CHECK(it->in_flight() == 20);
    it.driver.submit_throws = false;
    const auto answers = it.settle();
    CHECK(answers.size() == 20);
    for (const auto& [tag, answer] : answers) CHECK(answer.settled == Settled::applied);
    CHECK(it.report().resolved() == 20);
}

TEST_CASE("dispatcher: the response time counts from when an operation was intended, the service time from when it was sent") {
    Generator it;
    it.hold(1, 1, 1, steady_now_ns() - 2'000'000'000);
    it.settle();
    const model::LoadReport report = it.report();
    CHECK(report.response().min_ns() >= 2'000'000'000);
    CHECK(report.dispatch_lag().min_ns() >= 2'000'000'000);
    CHECK(report.service().max_ns() < report.response().min_ns());
}

TEST_CASE("dispatcher: a wait for its turn is in the response time of an operation, and no lateness of the generator") {
    Generator it;
    it.driver.holds_answers = true;
    it.hold(1, 1);
    it.confirm(1, 2, 2);
    it.turn();
    const std::int64_t until_ns = steady_now_ns() + 100'000'000;
    while (steady_now_ns() < until_ns) it.turn();
    it.driver.holds_answers = false;
    it.settle();
    const model::LoadReport report = it.report();
    REQUIRE(report.operations_size() == 2);
    CHECK(report.operations(1).kind() == "confirm");
    CHECK(report.operations(1).response().min_ns() >= 100'000'000);
    // The fake answers at the time at which it was asked, so that the lateness since then is the test's own: about the pause.
    CHECK(report.operations(1).service().max_ns() < report.operations(1).response().min_ns());
}

TEST_CASE("dispatcher: what is still under way when the run is over is unknown, what was never sent is refused") {
    Generator it;
    it.driver.holds_answers = true;
    it.hold(1, 1);
    it.confirm(1, 2, 2);
    it.turn();
    std::vector<DispatchAnswer> answers;
    it->finish(milliseconds(5), ReadBack::none, answers);
    REQUIRE(answers.size() == 2);
    CHECK(answers[0].settled == Settled::unknown);
    CHECK(answers[1].settled == Settled::refused);
    const model::LoadReport report = it.report();
    CHECK(report.intended() == report.applied() + report.refused() + report.unknown());
    CHECK(it->in_flight() == 0);
}

TEST_CASE("dispatcher: polling ends about when it was told to") {
    Generator it;
    std::vector<DispatchAnswer> answers;
    for (const std::int64_t us : {0, 50, 500, 20'000}) {
        const std::int64_t before_ns = steady_now_ns();
        it->poll(answers, {us});
        CHECK(steady_now_ns() - before_ns >= us * 1000);
    }
    CHECK(answers.empty());
}

TEST_CASE("dispatcher: of 3,000 random operations on few chains each is settled once, and every chain kept its order") {
    Generator it(100'000);
    model::Stream draw(5, model::Purpose::property, 99);
    it.driver.react = [&](std::uint64_t, const Operation&) {
        const double fate = draw.uniform();
        if (fate < 0.1) return FakeDriver::Reaction{Kind::lose_answer};
        if (fate < 0.2) return FakeDriver::Reaction{Kind::lose_request};
        if (fate < 0.3) return FakeDriver::Reaction{Kind::refuse_unseen};
        return FakeDriver::Reaction{};
    };
    std::map<std::uint64_t, DispatchAnswer> answers;
    for (std::uint64_t tag = 1; tag <= 3000; ++tag) {
        const auto id = 1 + static_cast<std::uint64_t>(draw.uniform() * 40);
        switch (static_cast<int>(draw.uniform() * 4)) {
            case 0:
                it.hold(id, tag);
                break;
            case 1:
                it.confirm(id, 100 + id % 7, tag);
                break;
            case 2:
                it.pick(100 + id % 7, tag);
                break;
            default:
                it.release(id, tag);
        }
        if (tag % 50 == 0) it.turn(&answers);
    }
    it.settle(&answers);
    CHECK(answers.size() == 3000);
    // First attempts of one chain came in the order in which they were asked for.
    std::map<std::uint64_t, std::uint64_t> last_of_hold, last_of_order;
    std::set<std::uint64_t> seen;
    for (const auto& received : it.driver.received) {
        const core::Command& command = received.command;
        if (!seen.insert(command.key.sequence).second) continue;
        if (command.kind != core::CommandKind::pick) {
            CHECK(last_of_hold[command.id] < command.key.sequence);
            last_of_hold[command.id] = command.key.sequence;
        }
        if (command.kind == core::CommandKind::pick || command.kind == core::CommandKind::confirm) {
            CHECK(last_of_order[command.order] < command.key.sequence);
            last_of_order[command.order] = command.key.sequence;
        }
    }
}

}  // namespace
}  // namespace lastunit::drivers::tests
