// The parts of `lastunit load` that need no back end of their own: URLs, clock, holds, the port over an instant ledger.
#include <catch2/catch.hpp>

#include "cli/command.hpp"
#include "cli/load/generators.hpp"
#include "cli/load/live_back_end.hpp"
#include "cli/load/live_clock.hpp"
#include "cli/load/live_holds.hpp"
#include "cli/load/merge_records.hpp"
#include "cli/load/options.hpp"
#include "cli/load/prepared.hpp"
#include "cli/load/target.hpp"
#include "cli/load/target_url.hpp"
#include "drivers/inproc/ledger_driver.hpp"
#include "model/history.pb.h"
#include "reports/balance.hpp"
#include "reports/terminal.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;
using cli::LiveClock;

std::string refusal_of(const std::string& target) {
    try {
        cli::parse_target(target);
    } catch (const cli::BadInput& error) {
        return error.what();
    }
    return "";
}

TEST_CASE("target: a URL is scheme, address and options") {
    struct Row {
        const char *text, *scheme, *address, *mode;
    };
    for (const Row& row : {Row{"inproc", "inproc", "", ""}, Row{"inproc:./stock", "inproc", "./stock", ""},
                           Row{"grpc://127.0.0.1:50051", "grpc", "127.0.0.1:50051", ""}, Row{"serve", "serve", "", ""},
                           Row{"postgres?mode=for_update", "postgres", "", "for_update"},
                           Row{"postgres://u@h:5432/db?connections=8&mode=ledger", "postgres", "u@h:5432/db", "ledger"},
                           Row{"postgresql://h/db", "postgres", "h/db", ""}, Row{"redis://h:6379", "redis", "h:6379", ""}}) {
        CAPTURE(row.text);
        const cli::TargetUrl url = cli::parse_target(row.text);
        CHECK(url.scheme == row.scheme);
        CHECK(url.address == row.address);
        CHECK(url.option("mode").value_or("") == row.mode);
    }
}

TEST_CASE("target: what is wrong with a URL is said in one line, with what would be right") {
    struct Row {
        const char *text, *says;
    };
    for (const Row& row :
         {Row{"postgress://h/db", "did you mean `postgres`?"}, Row{"mysql://h", "there are inproc"}, Row{"", "there are inproc"},
          Row{"grpc", "lacks an address"}, Row{"grpc:127.0.0.1:1", "grpc://HOST:PORT"}, Row{"grpc://", "grpc://HOST:PORT"},
          Row{"inproc://folder", "inproc:FOLDER"}, Row{"serve://h:1", "serve"},
          Row{"grpc://h:1?wey=calls", "did you mean `way`?"}, Row{"inproc?mode=lua", "has none"},
          Row{"redis?mode", "not NAME=VALUE"}, Row{"redis?mode=a&mode=b", "'mode' twice"}}) {
        CAPTURE(row.text);
        const std::string said = refusal_of(row.text);
        CHECK_THAT(said, Contains(row.says) && Contains("--target"));
        CHECK(said.find('\n') == std::string::npos);
    }
}

TEST_CASE("target: a password is not shown") {
    CHECK(cli::parse_target("postgres://shop:s3cret@h:5432/db?mode=ledger").shown() == "postgres://shop@h:5432/db?mode=ledger");
    CHECK(cli::parse_target("redis://:s3cret@h:6379").shown() == "redis://@h:6379");
    CHECK(cli::parse_target("redis://:s3/cr@et@h?mode=lua").shown() == "redis://@h?mode=lua");
    CHECK(cli::parse_target("postgres://h/db?password=s3cret&mode=ledger&sslpassword=s3cret").shown() ==
          "postgres://h/db?mode=ledger");
    CHECK(cli::parse_target("postgres://h/db?pass%77ord=s3cret").shown() == "postgres://h/db");
    CHECK(cli::parse_target("postgres://h:5432/db").shown() == "postgres://h:5432/db");
    CHECK(cli::parse_target("grpc://127.0.0.1:50051").shown() == "grpc://127.0.0.1:50051");
    CHECK(refusal_of("redis://:s3/cret@h?mode").find("cret") == std::string::npos);
}

TEST_CASE("load: the command that repeats a run has all that made it, but for passwords") {
    cli::Arguments arguments;
    arguments.words = {"flash-drop"};
    arguments.options["target"] = {"redis://:pa/ss@h?mode=lua"};
    arguments.options["for"] = {"2h"};
    arguments.options["generators"] = {"4"};
    arguments.options["no-prepare"] = {""};
    CHECK(cli::repeat_load_command(arguments, 7) ==
          "lastunit load flash-drop --target 'redis://@h?mode=lua' --for 2h --generators 4 --no-prepare --seed 7");
    cli::Arguments joined;
    joined.words = {"flash-drop"};
    joined.options["target"] = {"postgres://h/db?password=s3cret"};
    joined.options["merge"] = {"out/1", "out/2"};
    CHECK(cli::repeat_load_command(joined, 7) ==
          "lastunit load flash-drop --target postgres://h/db --merge out/1 --merge out/2 --seed 7");
}

TEST_CASE("load: a speed is a factor, with or without its x") {
    CHECK(cli::speed_of("60x") == 60);
    CHECK(cli::speed_of("0.5") == 0.5);
    for (const char* wrong : {"", "x", "0x", "-1x", "fast", "1e9", "nan", "60xx"}) {
        CAPTURE(wrong);
        CHECK_THROWS_WITH(cli::speed_of(wrong), Contains("--speed"));
    }
}

TEST_CASE("live clock: so many times faster than the steady one, and time that was skipped is behind it") {
    LiveClock clock(60, 1'000'000'000);
    CHECK(clock.at(1'000'000'000).us == 0);
    CHECK(clock.at(2'000'000'000).us == 60'000'000);
    CHECK(clock.ns_of(SimTime{60'000'000}) == 2'000'000'000);
    CHECK(clock.at(0).us == -60'000'000);
    clock.skip(2'000'000'000, SimTime{} + hours(1));
    CHECK(clock.at(2'000'000'000) == SimTime{} + hours(1));
    CHECK(clock.at(3'000'000'000) == SimTime{} + hours(1) + minutes(1));
    CHECK(clock.skipped() == minutes(59));
    clock.skip(3'000'000'000, SimTime{} + hours(1));  // the past
    CHECK(clock.at(3'000'000'000) == SimTime{} + hours(1) + minutes(1));
    for (const double speed : {0.01, 1.0, 7.3, 60.0, 99'999.0}) {
        const LiveClock other(speed, 123'456'789'012'345);
        for (const std::int64_t us : {1LL, 999LL, 86'400'000'000LL, 3LL * 86'400'000'000LL}) {
            CAPTURE(speed, us);
            const SimTime back = other.at(other.ns_of(SimTime{us}));
            CHECK(back.us >= us - 1);
            CHECK(back.us <= us + 1 + static_cast<std::int64_t>(speed / 500));
        }
    }
}

core::Command of_hold(core::CommandKind kind, std::uint64_t hold, Duration ttl = {0}) {
    core::Command command;
    command.kind = kind;
    command.id = hold;
    command.ttl = ttl;
    return command;
}

TEST_CASE("live holds: one lives until it is confirmed, released, or its time is over") {
    cli::LiveHolds holds;
    CHECK_FALSE(holds.any(SimTime{0}));
    holds.sent(of_hold(core::CommandKind::hold, 1, microseconds(100)), SimTime{0});
    holds.sent(of_hold(core::CommandKind::hold, 2, microseconds(200)), SimTime{0});
    CHECK(holds.any(SimTime{50}));
    holds.sent(of_hold(core::CommandKind::confirm, 2), SimTime{60});
    CHECK(holds.any(SimTime{99}));
    CHECK_FALSE(holds.any(SimTime{100}));
    holds.sent(of_hold(core::CommandKind::hold, 3, microseconds(200)), SimTime{100});
    holds.sent(of_hold(core::CommandKind::extend, 3, microseconds(250)), SimTime{150});
    CHECK(holds.any(SimTime{350}));
    holds.sent(of_hold(core::CommandKind::release, 3), SimTime{350});
    CHECK_FALSE(holds.any(SimTime{350}));
}

TEST_CASE("live holds: those that ended are forgotten, though nobody asks") {
    cli::LiveHolds holds;
    for (std::int64_t i = 0; i < 10'000; ++i) {
        const auto hold = static_cast<std::uint64_t>(i);
        holds.sent(of_hold(core::CommandKind::hold, hold, microseconds(10)), SimTime{i});
        if (i % 2 == 0) holds.sent(of_hold(core::CommandKind::release, hold), SimTime{i});
        REQUIRE(holds.known() <= 10);
    }
    CHECK(holds.known() > 0);
    CHECK(holds.any(SimTime{10'000}));
    CHECK_FALSE(holds.any(SimTime{10'009}));
    CHECK(holds.known() == 0);
}

// What check_prepared says of this back end, the scenario beginning with five units.
std::string said_of(std::unique_ptr<drivers::Driver> driver) {
    const drivers::InitialStock stock{{{"dc"}, {"sku-1"}, {"web"}}, {5}};
    const model::Scenario scenario;
    cli::LiveOptions options;
    options.target = cli::parse_target("inproc");
    cli::Target target;
    target.driver = std::move(driver);
    try {
        cli::check_prepared({scenario, 1, options, target, "", cli::LiveView::Mode::silent}, stock);
    } catch (const cli::BadInput& error) {
        return error.what();
    }
    return "";
}

TEST_CASE("load: --no-prepare trusts no back end that an earlier run has used") {
    const drivers::InitialStock five{{{"dc"}, {"sku-1"}, {"web"}}, {5}}, four{five.shape, {4}};
    const auto prepared = [](const drivers::InitialStock& stock) {
        auto driver = std::make_unique<drivers::LedgerDriver>();
        driver->prepare(stock);
        return driver;
    };
    CHECK(said_of(prepared(five)).empty());
    CHECK_THAT(said_of(prepared(four)), Contains("4 of sku-1 at dc are on hand, not 5") && Contains("lastunit prepare"));
    CHECK_THAT(said_of(std::make_unique<drivers::LedgerDriver>()), Contains("--target"));
    for (const core::CommandKind kind : {core::CommandKind::hold, core::CommandKind::allocate}) {
        auto driver = prepared(five);
        const core::Line line{NodeId(0), Sku(0), 2};
        core::Command command = of_hold(kind, 1, hours(1));
        command.channel = ChannelId(0);
        command.key = {1, 1};
        command.order = 9;
        command.lines = {&line, 1};
        const drivers::Operation operation{.command = command};
        const auto session = driver->open();
        session->submit({&operation, 1});
        std::vector<drivers::Completion> done;
        while (done.empty()) session->poll(done, seconds(1));
        REQUIRE(done[0].settled == drivers::Settled::applied);
        CHECK_THAT(said_of(std::move(driver)),
                   Contains(kind == core::CommandKind::hold ? "2 of sku-1 at dc are held" : "2 of sku-1 at dc are allocated"));
    }
    drivers::FinalState state;
    state.stock.push_back({NodeId(0), Sku(0), 5});
    CHECK(cli::unlike(state, five).empty());
    state.orders.push_back({OrderId(7), NodeId(0), Sku(0), 1});
    CHECK_THAT(cli::unlike(state, five), Contains("order 7"));
    CHECK_FALSE(cli::unlike({}, five).empty());
}

TEST_CASE("load: --merge wants folders with a record") {
    const std::vector<std::string> folders{"/no/such/folder"};
    CHECK_THROWS_WITH(cli::joined_records(folders), Contains("run.pb"));
}

TEST_CASE("load: a joined record has no balance, and none is said to be broken") {
    model::RunRecord part;
    part.mutable_identity()->set_seed(1);
    part.mutable_kpi()->set_shoppers(10);
    part.mutable_balance()->set_shoppers(10);
    part.mutable_balance()->set_shoppers_left(10);
    CHECK_FALSE(reports::balance(part).empty());
    const model::RunRecord joined = cli::merge_records(std::vector{part, part});
    CHECK(joined.kpi().shoppers() == 20);
    CHECK(reports::balance(joined).empty());
    CHECK(reports::summary(joined, {}).find("BALANCE") == std::string::npos);
    CHECK(reports::summary(joined, {}).find("never fetched") == std::string::npos);
}

TEST_CASE("load: what adds up in the parts of a load is added, and a catalogue is one catalogue") {
    const auto part = [](std::uint64_t shoppers, std::uint64_t oversold) {
        model::RunRecord made;
        auto& sku_class = *made.add_sku_classes();
        sku_class.set_name("A"), sku_class.set_skus(7), sku_class.set_units_accepted(shoppers);
        auto& direct = *made.add_paths();
        direct.add_channels("web"), direct.set_shoppers(shoppers), direct.set_buyers(1);
        auto& round = *made.add_paths();
        round.add_channels("web"), round.add_channels(shoppers > 5 ? "pos" : "app"), round.set_shoppers(2);
        made.mutable_other_paths()->set_shoppers(1);
        auto& sku = *made.add_worst_skus();
        sku.set_sku(oversold > 5 ? "b" : "a"), sku.set_oversold_units(oversold);
        auto& cause = *sku.add_oversold_causes();
        cause.set_cause("race"), cause.set_units(oversold);
        auto& both = *made.add_worst_skus();
        both.set_sku("c"), both.set_undersold_units(oversold);
        auto& times = *made.add_times();
        times.set_method("ship"), times.add_upper_s(shoppers > 5 ? 300 : 900), times.add_count(shoppers);
        auto& persona = *made.add_personas();
        persona.set_name("anyone"), persona.mutable_funnel()->set_carted(shoppers);
        made.mutable_network()->set_sent(3);
        return made;
    };
    const model::RunRecord joined = cli::merge_records(std::vector{part(10, 4), part(5, 9)});
    REQUIRE(joined.sku_classes_size() == 1);
    CHECK(joined.sku_classes(0).skus() == 7);
    CHECK(joined.sku_classes(0).units_accepted() == 15);
    REQUIRE(joined.paths_size() == 3);
    CHECK(joined.paths(0).shoppers() == 15);
    CHECK(joined.paths(0).buyers() == 2);
    CHECK(joined.paths(1).channels(1) == "app");  // as many, by name
    CHECK(joined.paths(2).channels(1) == "pos");
    CHECK(joined.other_paths().shoppers() == 2);
    REQUIRE(joined.worst_skus_size() == 3);
    CHECK(joined.worst_skus(0).sku() == "b");
    CHECK(joined.worst_skus(2).undersold_units() == 13);
    REQUIRE(joined.times_size() == 1);
    REQUIRE(joined.times(0).count_size() == 1);
    CHECK(joined.times(0).upper_s(0) == 900);
    CHECK(joined.times(0).count(0) == 15);
    CHECK(joined.personas(0).funnel().carted() == 15);
    CHECK_FALSE(joined.has_network());
}

TEST_CASE("load: more paths than a record has are joined with the others") {
    model::RunRecord part;
    for (int i = 0; i < 70; ++i) {
        auto& path = *part.add_paths();
        path.add_channels("channel " + std::to_string(i)), path.set_shoppers(100 - static_cast<std::uint64_t>(i)),
            path.set_buyers(1);
    }
    const model::RunRecord joined = cli::merge_records(std::vector{part, part});
    CHECK(joined.paths_size() == 60);
    CHECK(joined.paths(0).shoppers() == 200);
    CHECK(joined.other_paths().shoppers() == 2 * (31 + 40) * 10 / 2);
    CHECK(joined.other_paths().buyers() == 20);
}

struct Bench {
    drivers::LedgerDriver driver;
    drivers::InitialStock stock{{{"dc"}, {"sku-1"}, {"web"}}, {5}};
    std::optional<drivers::Dispatcher> dispatcher;
    Bench() {
        driver.prepare(stock);
        drivers::DispatcherOptions options;
        options.client = 7;
        dispatcher.emplace(driver, stock, options, model::HistoryHeader());
    }
};

TEST_CASE("live back end: what is asked is answered, and a hold's time is that of the clock") {
    Bench bench;
    cli::LiveBackEnd back_end(*bench.dispatcher, {.speed = 1000, .horizon = SimTime{} + hours(1)});
    std::vector<sim::BackEnd::Answer> answers;
    CHECK(back_end.wait(SimTime{0}, answers) >= SimTime{0});
    const core::Line line{NodeId(0), Sku(0), 4};
    core::Command hold = of_hold(core::CommandKind::hold, 11);
    hold.channel = ChannelId(0);
    hold.lines = {&line, 1};
    hold.ttl = minutes(10);  // 0.6 s of the clock
    back_end.ask(1, hold, SimTime{0});
    hold.id = 12;
    back_end.ask(2, hold, SimTime{0});
    while (answers.size() < 2) back_end.wait(kNever, answers);
    for (const sim::BackEnd::Answer& answer : answers) {
        const bool first = answer.tag == 1;
        CHECK(answer.settled == (first ? sim::BackEnd::Answer::Settled::applied : sim::BackEnd::Answer::Settled::refused));
        if (!first) CHECK(answer.outcome == core::Outcome::out_of_stock);
    }
    // The hold's ten minutes are over on the scenario's clock, and so they are at the back end.
    answers.clear();
    SimTime now{};
    while ((now = back_end.wait(SimTime{} + minutes(30), answers)) < SimTime{} + minutes(30)) {
    }
    hold.id = 13;
    back_end.ask(3, hold, now);
    while (answers.empty()) back_end.wait(kNever, answers);
    CHECK(answers.front().settled == sim::BackEnd::Answer::Settled::applied);
}

TEST_CASE("live back end: hours in which nothing can happen are not waited for; those of a live hold are") {
    Bench bench;
    cli::LiveBackEnd back_end(*bench.dispatcher, {.speed = 3600, .horizon = SimTime{} + hours(100'000)});
    std::vector<sim::BackEnd::Answer> answers;
    const std::int64_t begun_ns = drivers::steady_now_ns();
    CHECK(back_end.wait(SimTime{} + hours(90'000), answers) >= SimTime{} + hours(90'000));  // 25 hours of the clock
    CHECK(drivers::steady_now_ns() - begun_ns < 60'000'000'000);
    CHECK(back_end.skipped() > hours(80'000));

    const core::Line line{NodeId(0), Sku(0), 1};
    core::Command hold = of_hold(core::CommandKind::hold, 1);
    hold.channel = ChannelId(0);
    hold.lines = {&line, 1};
    hold.ttl = hours(2);  // 2 s of the clock
    const SimTime now = back_end.wait(SimTime{}, answers);
    back_end.ask(1, hold, now);
    while (answers.empty()) back_end.wait(kNever, answers);
    const std::int64_t held_ns = drivers::steady_now_ns();
    answers.clear();
    back_end.wait(now + hours(50'000), answers);
    CHECK(drivers::steady_now_ns() - held_ns > 1'500'000'000);
}

TEST_CASE("live back end: whoever wants to stop is not kept waiting for the next event") {
    Bench bench;
    cli::LiveBackEndOptions options{.speed = 1, .horizon = SimTime{} + hours(1)};
    options.gaps = cli::LiveBackEndOptions::Gaps::waited_for;
    int looks = 0;
    options.stop = [&looks] { return ++looks > 2; };
    cli::LiveBackEnd back_end(*bench.dispatcher, options);
    std::vector<sim::BackEnd::Answer> answers;
    CHECK(back_end.wait(SimTime{} + minutes(50), answers) >= SimTime{} + minutes(50));
}

}  // namespace
}  // namespace lastunit::cli_tests
