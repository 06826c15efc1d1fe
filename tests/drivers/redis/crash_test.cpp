// kill -9, stalls and cut connections under load: what was answered is there, what was not is applied once or not at all.
#include <filesystem>
#include <fstream>

#include "drivers/faults/proxy.hpp"
#include "tests/drivers/redis/support.hpp"

using namespace lastunit;
using namespace lastunit::drivers;
using namespace lastunit::drivers::tests;

namespace {

constexpr std::uint64_t kClient = 3;
constexpr Quantity kPlenty = 1'000'000;

struct Load {
    std::vector<Completion> answers;  // [number - 1]
    std::vector<core::Line> lines;    // reserved: commands point into it

    Load() { lines.reserve(1'000'000); }
    std::uint64_t sent() const { return answers.size(); }

    void send(Session& session, std::size_t count) {
        std::vector<Operation> operations(count);
        for (Operation& operation : operations) {
            answers.emplace_back();
            operation.tag = sent();
            operation.command = command(sent());
            operation.timeout = kLong;
        }
        session.submit(operations);
    }
    core::Command command(std::uint64_t number) {
        if (lines.size() < number) lines.emplace_back();
        return hold_of(kClient, number, lines[number - 1]);
    }
    void take(Session& session, Duration at_most) {
        std::vector<Completion> out;
        session.poll(out, at_most);
        for (const Completion& completion : out) answers[completion.tag - 1] = completion;
    }
    std::size_t count(Settled settled) const {
        return static_cast<std::size_t>(
            std::count_if(answers.begin(), answers.end(), [&](const Completion& c) { return c.settled == settled; }));
    }
};

// Sends all the time and calls `strike` when so many are answered; returns when all have come back.
void load_through(Session& session, Load& load, std::size_t before, const std::function<void()>& strike) {
    bool struck = false;
    while (!struck || session.in_flight() != 0) {
        if (!struck && load.count(Settled::applied) >= before) {
            load.send(session, 200);  // under way when it happens
            strike();
            struck = true;
        }
        if (!struck && session.in_flight() < 100) load.send(session, 20);
        load.take(session, milliseconds(20));
    }
}

// Every operation under its key once more: what was answered is answered so again, the rest becomes known.
void check_all(RedisDriver& driver, Load& load) {
    const auto session = driver.open();
    std::uint64_t applied = 0;
    for (std::uint64_t number = 1; number <= load.sent(); ++number) {
        const Completion& before = load.answers[number - 1];
        const Completion again = ask(*session, load.command(number));
        CAPTURE(number, text_of(before), text_of(again));
        REQUIRE(again.settled == Settled::applied);
        if (before.settled == Settled::applied) REQUIRE(again.sequence == before.sequence);
        ++applied;
    }
    const FinalState state = driver.read_back();
    CHECK(static_cast<std::uint64_t>(sums_of(state).held) == applied);
}

}  // namespace

TEST_CASE("redis lua: kill -9 under load with appendfsync always loses nothing that was answered") {
    LASTUNIT_NEEDS_REDIS();
    PrivateRedis server(AppendFsync::always);
    RedisDriver driver = driver_of(server, RedisMode::lua);
    driver.prepare(small_shop(kPlenty));
    CHECK(driver.durability() == "appendonly yes, appendfsync always");
    Load load;
    for (int round = 1; round <= 3; ++round) {
        const auto session = driver.open();
        load_through(*session, load, load.count(Settled::applied) + 300, [&] { server.process().kill_tree(); });
        // Nobody is there: refused at once, and nothing is said to be unknown.
        load.send(*session, 1);
        while (session->in_flight() != 0) load.take(*session, milliseconds(20));
        CHECK(text_of(load.answers.back()) == "refused/unavailable");
        server.restart();
        // The same session finds it again.
        REQUIRE(wait_until([&] {
            load.send(*session, 1);
            while (session->in_flight() != 0) load.take(*session, milliseconds(20));
            return load.answers.back().settled == Settled::applied;
        }));
    }
    CHECK(load.count(Settled::applied) >= 900);
    check_all(driver, load);
}

TEST_CASE("redis lua: half of a command at the end of the append-only file is no command after a restart") {
    LASTUNIT_NEEDS_REDIS();
    PrivateRedis server(AppendFsync::always);
    RedisDriver driver = driver_of(server, RedisMode::lua);
    driver.prepare(small_shop(10));
    core::Line line;
    const core::Command hold = hold_of(1, 1, line);
    const Completion before = ask(*driver.open(), hold);
    REQUIRE(before.settled == Settled::applied);
    server.process().kill_tree();
    {
        // As a power cut leaves it: the transaction of a hold without its end, and a command without its last bytes.
        std::string torn;
        redis::append_command(torn, {"MULTI"});
        redis::append_command(torn, {"HINCRBY", "lastunit:cell:1:1", "held", "5"});
        redis::append_command(torn, {"SET", "lastunit:hold:77", "1 1:1 5"});
        torn.resize(torn.size() - 4);
        std::ofstream file(server.append_only_file(), std::ios::binary | std::ios::app);
        file << torn;
        REQUIRE(file.flush().good());
    }
    server.restart();
    CHECK(sums_of(driver.read_back()).held == 1);
    const Completion again = ask(*driver.open(), hold);
    CHECK(again.settled == Settled::applied);
    CHECK(again.sequence == before.sequence);
    CHECK(sums_of(driver.read_back()).held == 1);
}

TEST_CASE("redis lua: after a cut of all connections keys tell what had happened, and the session goes on") {
    LASTUNIT_NEEDS_REDIS();
    Proxy proxy("127.0.0.1", shared_redis().port());
    RedisOptions options = shared_redis().options();
    options.port = proxy.port();
    options.connections = 4;
    RedisDriver driver(options);
    driver.prepare(small_shop(kPlenty));
    Load load;
    const auto session = driver.open();
    for (int round = 1; round <= 3; ++round) {
        load_through(*session, load, load.count(Settled::applied) + 200, [&] { proxy.cut(); });
        load.send(*session, 1);
        while (session->in_flight() != 0) load.take(*session, milliseconds(20));
        CHECK(text_of(load.answers.back()) == "refused/unavailable");
        proxy.mend();
        REQUIRE(wait_until([&] {
            load.send(*session, 1);
            while (session->in_flight() != 0) load.take(*session, milliseconds(20));
            return load.answers.back().settled == Settled::applied;
        }));
    }
    check_all(driver, load);
}

TEST_CASE("redis: a server that is stalled beyond an operation's time leaves it unknown, and resolve() makes it known, once") {
    LASTUNIT_NEEDS_REDIS();
    PrivateRedis server(AppendFsync::no);
    for (const RedisMode mode : {RedisMode::lua, RedisMode::watch}) {
        CAPTURE(name_of(mode));
        RedisDriver driver = driver_of(server, mode);
        driver.prepare(small_shop(10));
        const auto session = driver.open();
        core::Line line;
        Operation operation{.tag = 1, .command = hold_of(1, 1, line), .timeout = milliseconds(100)};
        server.process().stall();
        const Completion first = ask(*session, operation.command, operation.timeout);
        // Under WATCH it has only been reading: it goes no further.
        CHECK(text_of(first) == (mode == RedisMode::lua ? "unknown/no_answer" : "refused/late"));
        server.process().resume();
        operation.timeout = seconds(30);
        CHECK(text_of(driver.resolve(operation, kLong)) == "applied/applied");
        // The first attempt's answer comes late and is nobody's; the next one gets its own.
        core::Line other;
        const core::Command next = hold_of(1, 2, other);
        CHECK(text_of(ask(*session, next)) == "applied/applied");
        CHECK(sums_of(driver.read_back()).held == 2);
    }
}

TEST_CASE("redis lua: a server that forgets its scripts gets them again") {
    LASTUNIT_NEEDS_REDIS();
    RedisDriver driver = driver_of(shared_redis(), RedisMode::lua);
    driver.prepare(small_shop(kPlenty));
    const auto session = driver.open();
    Load load;
    load.send(*session, 50);
    while (session->in_flight() != 0) load.take(*session, milliseconds(20));
    caller_of(shared_redis().options()).call({"SCRIPT", "FLUSH"});
    load.send(*session, 50);
    while (session->in_flight() != 0) load.take(*session, milliseconds(20));
    CHECK(load.count(Settled::applied) == 100);
    CHECK(sums_of(driver.read_back()).held == 100);
}
