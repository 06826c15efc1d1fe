// Races against a shop whose flaws are known: what is found has to be the flaw, and nothing else.
#include <catch2/catch.hpp>
#include <map>

#include "drivers/http/flow_file.hpp"
#include "drivers/http/race/report.hpp"
#include "tests/drivers/http/scripted_shop.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

std::vector<FindingKind> kinds(const Verdict& verdict) {
    std::vector<FindingKind> out;
    for (const Finding& finding : verdict.findings) out.push_back(finding.kind);
    return out;
}

struct Raced {
    RaceRun run;
    Verdict verdict;
};

Raced raced(Flaw flaw, RaceOptions options = {}, const std::string& extra = "") {
    const StubShop shop(flaw);
    const auto plan = plan_of(shop.flow(extra));
    options.run = "r" + std::to_string(static_cast<int>(flaw));
    options.sku = "TEE";
    options.look_again = milliseconds(50);
    Raced out;
    out.run = run_race(plan, options);
    INFO(out.run.problem);
    REQUIRE(out.run.problem.empty());
    out.verdict = judge(out.run);
    INFO(race_text(*plan, {out.run, out.verdict}));
    CHECK_FALSE(race_json(*plan, std::vector<JudgedRace>{{out.run, out.verdict}}).empty());
    return out;
}

TEST_CASE("race: a correct shop sells what it has, and no finding is made up") {
    const Raced one = raced(Flaw::none);
    CHECK(kinds(one.verdict).empty());
    CHECK(one.verdict.told == 10);
    CHECK(one.verdict.orders == 10);
    CHECK(one.verdict.reservations == 10);
    CHECK(one.verdict.counter == 10);
}

TEST_CASE("race: looking first and taking later oversells when shoppers come at once, not when they come one by one") {
    const Raced all = raced(Flaw::oversell);
    REQUIRE(kinds(all.verdict) == std::vector{FindingKind::oversold});
    CHECK(all.verdict.told > 10);
    const Finding& oversold = all.verdict.findings.front();
    CHECK(oversold.units == all.verdict.told - 10);
    REQUIRE(oversold.side_by_side.size() == 2);
    CHECK(oversold.side_by_side[0] != oversold.side_by_side[1]);

    RaceOptions in_turn;
    in_turn.shoppers = 20;
    in_turn.at_once = 1;
    CHECK(kinds(raced(Flaw::oversell, in_turn).verdict).empty());
}

TEST_CASE("race: a counter that is written back as it was read is a lost update beside the oversell") {
    const Raced one = raced(Flaw::lost_update);
    CHECK(kinds(one.verdict) == std::vector{FindingKind::oversold, FindingKind::lost_update});
    CHECK(*one.verdict.counter < *one.verdict.reservations);
}

TEST_CASE("race: a lost update with stock for everybody shows two who were at the promise at the same time") {
    RaceOptions options;
    options.shoppers = 12;
    options.units = 30;
    const Raced one = raced(Flaw::lost_update, options);
    REQUIRE(kinds(one.verdict) == std::vector{FindingKind::lost_update});
    const auto& pair = one.verdict.findings.front().side_by_side;
    REQUIRE(pair.size() == 2);
    CHECK(pair[0] != pair[1]);
}

TEST_CASE("race: an order left behind by a refusal is a phantom order") {
    const Raced one = raced(Flaw::phantom_order);
    const auto found = kinds(one.verdict);
    CHECK(std::find(found.begin(), found.end(), FindingKind::phantom_order) != found.end());
    CHECK(one.verdict.told == 10);
    CHECK(*one.verdict.orders > 10);
}

TEST_CASE("race: a confirmed order that is not kept is a missing order, and no oversell") {
    RaceOptions options;
    options.units = 6;
    const Raced one = raced(Flaw::missing_order, options);
    REQUIRE(kinds(one.verdict) == std::vector{FindingKind::missing_order});
    CHECK(one.verdict.findings.front().units == 2);
    CHECK(one.verdict.told == 6);
    CHECK(*one.verdict.orders == 4);
}

TEST_CASE("race: lock timeouts with units left are undersell, and the unknown answers are resolved by the orders") {
    RaceOptions options;
    options.shoppers = 20;
    options.units = 20;
    const Raced one = raced(Flaw::lock_timeout, options);
    REQUIRE(kinds(one.verdict) == std::vector{FindingKind::undersold});
    CHECK(one.verdict.unknown == 0);
    CHECK(one.verdict.findings.front().units == 20 - one.verdict.told);
}

TEST_CASE("race: orders for which nothing is taken are unallocated even when they are finished one by one") {
    RaceOptions options;
    options.shoppers = 15;
    options.gate = 2;
    options.at_once = 1;
    const Raced one = raced(Flaw::no_allocation, options);
    const auto found = kinds(one.verdict);
    CHECK(std::find(found.begin(), found.end(), FindingKind::oversold) != found.end());
    CHECK(std::find(found.begin(), found.end(), FindingKind::unallocated_order) != found.end());
    CHECK(one.verdict.told == 15);
}

TEST_CASE("race: two clicks on one button make one order in a correct shop and two in a flawed one") {
    RaceOptions options;
    options.shoppers = 5;
    options.units = 50;
    options.twice = Twice::repeat_submit;
    options.twice_step = 2;
    CHECK(kinds(raced(Flaw::none, options).verdict).empty());
    CHECK(kinds(raced(Flaw::order_per_submit, options).verdict) == std::vector{FindingKind::duplicate_order});
    options.twice = Twice::same_cart;
    CHECK(kinds(raced(Flaw::none, options).verdict).empty());
    CHECK(kinds(raced(Flaw::order_per_submit, options).verdict) == std::vector{FindingKind::duplicate_order});
}

TEST_CASE("race: paying and cancelling at once leaves no finding in a correct shop, whichever was first") {
    RaceOptions options;
    options.shoppers = 12;
    options.twice = Twice::cancel_and_pay;
    CHECK(kinds(raced(Flaw::none, options).verdict).empty());
}

TEST_CASE("race: a webhook that comes twice changes nothing in a correct shop") {
    RaceOptions options;
    options.shoppers = 12;
    options.twice = Twice::duplicate_webhook;
    const Raced one = raced(Flaw::none, options);
    CHECK(kinds(one.verdict).empty());
    std::size_t sent = 0;
    for (const RaceEvent& event : one.run.shoppers.front().events) sent += event.step == "paid" ? 1 : 0;
    CHECK(sent == (one.run.shoppers.front().told == Answer::accepted ? 2 : 0));
}

TEST_CASE("race: at a barrier nobody goes on before all are there") {
    RaceOptions options;
    options.shoppers = 12;
    options.gate = 2;
    const Raced one = raced(Flaw::none, options);
    std::int64_t last_check = 0, first_pay = INT64_MAX;
    for (const RaceShopper& shopper : one.run.shoppers)
        for (const RaceEvent& event : shopper.events) {
            if (event.step == "check") last_check = std::max(last_check, event.answered_us);
            if (event.step == "pay") first_pay = std::min(first_pay, event.sent_us);
        }
    CHECK(last_check <= first_pay);
}

TEST_CASE("race: what takes effect although the connection is cut is resolved by the orders, and is no phantom") {
    RaceOptions options;
    options.shoppers = 8;
    const Raced one = raced(Flaw::cut, options);
    CHECK(one.verdict.told == 0);
    CHECK(one.verdict.resolved == 8);
    CHECK(kinds(one.verdict).empty());
}

TEST_CASE("race: answers that no rule fits stay unknown: garbage, too much, a redirect elsewhere") {
    for (const Flaw flaw : {Flaw::malformed, Flaw::oversized, Flaw::redirect_elsewhere, Flaw::not_http}) {
        CAPTURE(static_cast<int>(flaw));
        RaceOptions options;
        options.shoppers = 3;
        const Raced one = raced(flaw, options, "max_response: 100kB\n");
        CHECK(one.verdict.told == 0);
        for (const RaceShopper& shopper : one.run.shoppers) {
            for (const RaceEvent& event : shopper.events)
                UNSCOPED_INFO(event.step << " " << event.status << " " << event.why << " " << event.response.substr(0, 60));
            CHECK(shopper.told == Answer::unknown);
            CHECK(shopper.last_step == "pay");
        }
    }
}

TEST_CASE("race: on hand moves by what was shipped so far, which proves nothing beside a counter that is right") {
    RaceRun run;
    run.options.shoppers = 10;
    run.before.counters[Sku(0)].available = run.before.counters[Sku(0)].on_hand = 10;
    run.after.has_orders = true;
    for (std::uint64_t i = 1; i <= 10; ++i) {
        RaceShopper shopper;
        shopper.number = i;
        shopper.identity = std::to_string(i);
        shopper.told = Answer::accepted;
        shopper.last_step = "pay";
        shopper.events.push_back({});
        shopper.events.back().step = "pay";
        shopper.events.back().answered_us = 100;
        run.shoppers.push_back(shopper);
        run.after.orders.push_back({"o" + shopper.identity, shopper.identity, Sku(0), 1});
    }
    run.after.counters[Sku(0)].available = 0;
    for (const std::int64_t left : {10, 5, 0}) {
        run.after.counters[Sku(0)].on_hand = left;
        CHECK(kinds(judge(run)).empty());
    }
}

TEST_CASE("race: a poll that ends without a last word is unknown, and its order no phantom") {
    const StubShop shop(Flaw::phantom_order);
    const auto plan = plan_of(shop.flow(), {{"post: /carts/{{cart}}/pay\n    json: '{\"amount\": 1999}'",
                                             "get: /carts/{{cart}}/pay\n    retries: 1\n    retry_after: 1ms"},
                                            {"{answer: out_of_stock, status: [400]", "{answer: conflict, status: [400]"}});
    RaceOptions options;
    options.run = "poll";
    options.sku = "TEE";
    const RaceRun run = run_race(plan, options);
    REQUIRE(run.problem.empty());
    const Verdict verdict = judge(run);
    const auto found = kinds(verdict);
    CHECK(std::find(found.begin(), found.end(), FindingKind::phantom_order) == found.end());
    CHECK(verdict.resolved > 0);
}

// One order per shopper; of two submits the second to come is accepted, and the first is told "busy" until it gives up.
Reply busy_then_paid(const Wanted& request, std::map<std::string, int>& tries) {
    if (request.target == "/orders") {
        std::string rows;
        for (const auto& [who, count] : tries)
            if (count > 1) rows += (rows.empty() ? "" : ",") + (R"({"id":")" + who + R"(","who":")" + who + R"(","sku":"TEE"})");
        return {200, R"({"orders":[)" + rows + "]}"};
    }
    return ++tries[request.target.substr(5)] == 2 ? Reply{200, R"({"ok":1})"} : Reply{409, "{}"};
}

TEST_CASE("race: of two clicks one accepted is enough, although the other one gives up after it") {
    std::map<std::string, int> tries;
    const ScriptedShop shop([&](const Wanted& request, int) { return busy_then_paid(request, tries); });
    const auto plan = plan_of("urls: {shop: \"" + shop.url() + R"("}
identity: "{{unique.id}}"
settle: 0
steps:
  pay:
    post: /pay/{{unique.id}}
    retries: 2
    retry_after: 30ms
    rules: [{answer: accepted, json: ok}, {answer: conflict, status: ["409"]}]
promise: pay
read_back:
  orders: {get: /orders, orders: {rows: orders, id: id, shopper: who, sku: sku}}
)");
    RaceOptions options;
    options.run = "busy";
    options.sku = "TEE";
    options.shoppers = 8;
    options.units = 50;
    options.twice = Twice::repeat_submit;
    options.twice_step = 0;
    const RaceRun run = run_race(plan, options);
    REQUIRE(run.problem.empty());
    const Verdict verdict = judge(run);
    CHECK(kinds(verdict).empty());
    CHECK(verdict.told == 8);
    CHECK(verdict.orders == 8);
}

TEST_CASE("race: a poll that is given up at the promise is unknown, whatever it says, and its order no phantom") {
    std::vector<std::string> paid;
    const ScriptedShop shop([&](const Wanted& request, int) -> Reply {
        if (request.target != "/orders") {
            if (request.target.starts_with("/pay/")) paid.push_back(request.target.substr(5));
            return {202, R"({"state":"processing"})"};
        }
        std::string rows;
        for (const std::string& who : paid) rows += (rows.empty() ? "" : ",") + (R"({"who":")" + who + R"(","sku":"TEE"})");
        return {200, R"({"orders":[)" + rows + "]}"};
    });
    const auto plan = plan_of("urls: {shop: \"" + shop.url() + R"("}
identity: "{{unique.id}}"
settle: 0
steps:
  pay: {post: "/pay/{{unique.id}}"}
  settled:
    post: /status
    poll: {every: 1ms, for: 10ms, exhausted: error}
    rules: [{answer: accepted, json: state, is: paid}]
promise: settled
read_back:
  orders: {get: /orders, orders: {rows: orders, shopper: who, sku: sku}}
)");
    RaceOptions options;
    options.run = "given-up";
    options.sku = "TEE";
    options.shoppers = 3;
    options.units = 3;
    const RaceRun run = run_race(plan, options);
    REQUIRE(run.problem.empty());
    CHECK(kinds(judge(run)).empty());
}

TEST_CASE("race: books are asked for again by a shop that answers 500 for a moment, and not for ever") {
    const std::string retries = GENERATE(as<std::string>{}, "", ", retries: 0");
    int reads = 0;
    const ScriptedShop shop([&](const Wanted& request, int) -> Reply {
        if (request.target == "/orders")
            return ++reads == 2 ? Reply{500, R"({"code":"unknown_error"})"} : Reply{200, R"({"orders":[]})"};
        return {200, "{}"};
    });
    const auto plan = plan_of("urls: {shop: \"" + shop.url() + R"("}
settle: 0
steps: {pay: {post: "/pay?who={{unique.email}}", rules: [{answer: error, status: ["200"]}]}}
promise: pay
read_back: {orders: {get: /orders, orders: {rows: orders, shopper: who, sku: sku})" +
                              retries + "}}\n");
    RaceOptions options;
    options.run = "again";
    options.shoppers = 1;
    const std::string problem = run_race(plan, options).problem;
    CHECK(problem.empty() == retries.empty());
    if (!retries.empty())
        CHECK_THAT(problem, Catch::Contains("read_back: step `orders`: unknown") && Catch::Contains("status 500"));
}

TEST_CASE("race: orders are known by what a step has found, and two shoppers who are one in the books are refused") {
    const bool same = GENERATE(false, true);
    std::string orders;
    const ScriptedShop shop([&](const Wanted& request, int number) -> Reply {
        if (request.target == "/orders") return {200, "{\"orders\":[" + orders + "]}"};
        if (request.target == "/carts") return {200, R"({"id":"C)" + std::to_string(same ? 0 : number) + "\"}"};
        if (request.target.rfind("/pay/", 0) == 0)
            orders += (orders.empty() ? "" : ",") + (R"({"who":")" + request.target.substr(5) + R"(","sku":"TEE"})");
        return {200, "{}"};
    });
    const auto plan = plan_of("urls: {shop: \"" + shop.url() + R"("}
settle: 0
identity: "{{cart}}"
steps:
  cart: {post: /carts, extract: {cart: id}}
  pay: {post: "/pay/{{cart}}", rules: [{answer: accepted, status: ["200"]}]}
promise: pay
read_back: {orders: {get: /orders, orders: {rows: orders, shopper: who, sku: sku}}}
)");
    RaceOptions options;
    options.run = "found";
    options.sku = "TEE";
    options.shoppers = 3;
    options.units = 3;
    const RaceRun run = run_race(plan, options);
    if (same) {
        CHECK_THAT(run.problem, Catch::Contains("identity: shoppers 1 and 2 are both `c0` in the books"));
    } else {
        CHECK(run.problem.empty());
        CHECK(judge(run).findings.empty());
        CHECK(judge(run).orders == 3);
    }
}

TEST_CASE("race: what is kept of a long answer ends with a whole character") {
    std::string text;
    for (int i = 0; i < 600; ++i) text += "\xc5\x82";  // two bytes each
    for (const std::string begin : {"", "x"}) {
        const ScriptedShop shop([&](const Wanted& request, int) -> Reply {
            if (request.target == "/orders") return {200, R"({"orders":[]})"};
            return {200, begin + text, "", "text/plain"};
        });
        const auto plan = plan_of("urls: {shop: \"" + shop.url() + R"("}
settle: 0
steps: {pay: {post: "/pay?who={{unique.email}}", rules: [{answer: error, status: ["200"]}]}}
promise: pay
read_back: {orders: {get: /orders, orders: {rows: orders, shopper: who, sku: sku}}}
)");
        RaceOptions options;
        options.run = "long";
        options.shoppers = 1;
        const RaceRun run = run_race(plan, options);
        REQUIRE(run.problem.empty());
        const std::string kept = run.shoppers.at(0).events.at(0).response;
        CHECK(kept.size() >= 599);
        CHECK(kept == (begin + text).substr(0, kept.size()));
        CHECK(kept.size() % 2 == begin.size());
    }
}

// A shop whose hooks work, and whose shoppers buy at another address, or not at all.
std::string flow_of(const std::string& admin, const std::string& shop, const std::string& pay) {
    return "urls: {shop: \"" + shop + "\", admin: \"" + admin + R"("}
settle: 0
steps: {look: {get: "/look", extract: {next: next}}, pay: {)" +
           pay + R"(, rules: [{answer: accepted, json: ok}, {answer: out_of_stock, status: ["400"]}]}}
promise: pay
read_back:
  orders: {on: admin, get: /orders, orders: {rows: orders, id: id, shopper: who, sku: sku}}
)";
}

TEST_CASE("race: a shop that none of the shoppers reached is not judged: it is said why") {
    const ScriptedShop admin([](const Wanted&, int) -> Reply { return {200, R"({"orders":[]})"}; });
    std::string gone;
    {
        const ScriptedShop closed([](const Wanted&, int) -> Reply { return {}; });
        gone = closed.url();
    }
    RaceOptions options;
    options.run = "unreached";
    options.shoppers = 3;
    const RaceRun run = run_race(plan_of(flow_of(admin.url(), gone, R"(post: "/pay/{{unique.email}}")")), options);
    CHECK_THAT(run.problem, Catch::Contains("none of the shoppers reached the shop: look: ") && Catch::Contains("refused"));
}

TEST_CASE("race: a template that gives no URL says so without the secret in it, in the text and in the JSON") {
    const ScriptedShop shop([](const Wanted&, int) -> Reply { return {200, R"({"orders":[], "next": "/x y"})"}; });
    const auto plan =
        plan_of(flow_of(shop.url(), shop.url(), R"(post: "{{next}}?who={{unique.email}}&k={{env.STUB_PASSWORD}}")"));
    RaceOptions options;
    options.run = "secret";
    options.shoppers = 2;
    JudgedRace race{run_race(plan, options), {}};
    REQUIRE(race.run.problem.empty());
    race.verdict = judge(race.run);
    CHECK_THAT(race.run.shoppers[0].why, Catch::Contains("/x y") && !Catch::Contains("s3cret"));
    const std::string text = race_text(*plan, race);
    CHECK_THAT(text, Catch::Contains("at pay") && !Catch::Contains("s3cret"));
    CHECK(kinds(race.verdict).empty());  // nobody asked the shop for anything that it could refuse
    std::vector<JudgedRace> races;
    races.push_back(std::move(race));
    CHECK_THAT(race_json(*plan, races), !Catch::Contains("s3cret"));
}

TEST_CASE("race: a cancelling whose answer is lost leaves no finding, whether or not it took effect") {
    const bool cancels = GENERATE(true, false);
    int orders = 0, paid = 0;
    const ScriptedShop shop([&](const Wanted& request, int) -> Reply {
        if (request.target == "/orders") {
            if (orders == 0) return {200, R"({"orders":[]})"};
            return {200, R"({"orders":[{"id":"o","who":")" + std::string("s1-lost") + R"(","sku":"TEE"}]})"};
        }
        if (request.target == "/cancel") {
            orders = cancels ? 0 : paid;
            return {200, "", "", "", Reply::Raw::yes};  // the connection is closed
        }
        orders = paid = 1;
        return {200, R"({"ok":1})"};
    });
    const auto plan = plan_of("urls: {shop: \"" + shop.url() + R"("}
identity: "s{{shopper}}-{{run}}"
settle: 0
steps: {pay: {post: "/pay/s{{shopper}}-{{run}}", rules: [{answer: accepted, json: ok}]}}
promise: pay
cancel: {leave: {post: /cancel, rules: [{answer: accepted, json: ok}]}}
read_back: {orders: {get: /orders, orders: {rows: orders, id: id, shopper: who, sku: sku}}}
)");
    RaceOptions options;
    options.run = "lost";
    options.sku = "TEE";
    options.shoppers = 1;
    options.units = 1;
    options.twice = Twice::cancel_and_pay;
    const RaceRun run = run_race(plan, options);
    REQUIRE(run.problem.empty());
    CHECK(run.shoppers[0].may_be_cancelled);
    CHECK(kinds(judge(run)).empty());
}

TEST_CASE("race: no finding names the numbers that were read, and says that they agree only where they do") {
    const StubShop shop;
    const auto plan = plan_of(shop.flow());
    JudgedRace race;
    race.verdict.told = race.verdict.stock = 10;
    race.verdict.orders = 10;
    CHECK_THAT(race_text(*plan, race), Catch::Contains("no finding: told, orders agree\n"));
    race.verdict.counter = 12;
    CHECK_THAT(race_text(*plan, race), Catch::Contains("no finding: told, orders, counter were read; they differ"));
}

TEST_CASE("race: requests that no story needs are dropped, and the figures by step stay") {
    Raced one = raced(Flaw::oversell);
    const StubShop shop;
    const auto plan = plan_of(shop.flow());
    std::vector<JudgedRace> races;
    races.push_back({std::move(one.run), std::move(one.verdict)});
    const std::size_t whole = kept_bytes(races[0].run);
    const std::string stories = race_json(*plan, races, Shoppers::of_stories);
    keep_stories(*plan, races[0]);
    CHECK(kept_bytes(races[0].run) < whole / 5);
    CHECK(race_json(*plan, races, Shoppers::all) == stories);
    CHECK_THAT(stories, Catch::Contains("\"shoppers_left_out\":58"));
}

TEST_CASE("race: a redirect to a listed host is followed") {
    RaceOptions options;
    options.shoppers = 3;
    CHECK(raced(Flaw::redirect_home, options).verdict.told == 3);
}

TEST_CASE("race: a shop that does not answer in time leaves unknown answers, and the hooks say which step it was") {
    const StubShop shop(Flaw::slow);
    const auto plan =
        plan_of(shop.flow("") + "most_redirects: 1\n", {{"    post: /login\n", "    post: /login\n    timeout: 50ms\n"}});
    RaceOptions options;
    options.run = "slow";
    const RaceRun run = run_race(plan, options);
    CHECK_THAT(run.problem, Catch::Contains("login: step `admin`: unknown, nothing within 0.05s"));
}

TEST_CASE("race: shoppers think before a step as the flow says, before all others wait for them") {
    const StubShop shop;
    const auto plan = plan_of(shop.flow(), {{"  pay:\n", "  pay:\n    think: uniform(80ms, 200ms)\n"}});
    RaceOptions options;
    options.run = "think";
    options.sku = "TEE";
    options.shoppers = 5;
    const RaceRun run = run_race(plan, options);
    REQUIRE(run.problem.empty());
    for (const RaceShopper& shopper : run.shoppers) {
        REQUIRE(shopper.events.size() >= 3);
        CHECK(shopper.events[2].sent_us - shopper.events[1].answered_us >= 80'000);
    }
}

TEST_CASE("race: nobody there is an error, said with the address") {
    std::string flow;
    {
        const StubShop gone;
        flow = gone.flow();
    }
    RaceOptions options;
    options.run = "gone";
    CHECK_THAT(run_race(plan_of(flow), options).problem, Catch::Contains("error, 127.0.0.1:") && Catch::Contains("refused"));
}

}  // namespace
}  // namespace lastunit::test
