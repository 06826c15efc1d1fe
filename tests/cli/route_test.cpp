// `lastunit route`, and --routing of run and compare.
#include <catch2/catch.hpp>

#include "scenarios/routing_names.hpp"
#include "tests/cli/process.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

const char* const kRules =
    "  routing: rules\n"
    "  strategies:\n"
    "    dear: {when: {value_from: 100000 PLN}}\n"
    "    shops: {filters: [{kinds: [store]}]}\n"
    "    all: {}\n";

}  // namespace

TEST_CASE("route: says where the order comes from, what it costs, and why not from elsewhere") {
    const Sandbox box;
    const std::string shop = box.scenario("small.yaml", "  name: feed\n", std::string("  name: feed\n") + kRules);
    box.write("order.yaml", "channel: web\nlines: {sku-3: 3}\n");
    const Result result = box.run({"route", box.path("order.yaml"), "--scenario", shop, "--at", "14:30"});
    INFO(result.err);
    CHECK(result.status == 0);
    CHECK_THAT(result.out,
               Contains("3 x sku-3") && Contains("web, ship to anywhere, at 14:30") && Contains("rules, design feed"));
    CHECK_THAT(result.out, Contains("planned: 1 parcel") && Contains("3 x sku-3 from dc"));
    CHECK_THAT(result.out, Contains("1 dear: not for this order (value)") &&
                               Contains("2 shops: 1 node passes, so it gives way") &&
                               Contains("3 all: 2 nodes pass, and can serve it"));
    CHECK_THAT(result.out, Contains("> dc") && Contains("in the plan"));
}

TEST_CASE("route: another policy, another stock, JSON, and exit 1 for an order that is not planned") {
    const Sandbox box;
    const std::string shop = box.scenario("small.yaml");
    box.write("order.yaml", "lines: {sku-3: 2, sku-4: 1}\n");
    box.write("stock.csv", "node,sku,units\nshop,sku-3,2\ndc,sku-4,1\n");
    const Result result = box.run({"route", box.path("order.yaml"), "--scenario", shop, "--routing", "cheapest", "--stock",
                                   box.path("stock.csv"), "--json"});
    INFO(result.err);
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("\"routing\": \"cheapest\"") && Contains("\"parcels\": 2") &&
                               Contains("{\"sku\": \"sku-3\", \"node\": \"shop\", \"units\": 2}"));
    box.write("none.csv", "node,sku,units\n");
    const Result none = box.run({"route", box.path("order.yaml"), "--scenario", shop, "--stock", box.path("none.csv")});
    CHECK(none.status == 1);
    CHECK_THAT(none.out, Contains("not planned: the nodes that may serve it have too little"));
}

TEST_CASE("route: bad input is exit 2, with the place") {
    const Sandbox box;
    const std::string shop = box.scenario("small.yaml");
    box.write("order.yaml", "channel: wep\nlines: {sku-3: 1}\n");
    const Result order = box.run({"route", box.path("order.yaml"), "--scenario", shop});
    CHECK(order.status == 2);
    CHECK_THAT(order.err, Contains("order.yaml:1:10: channel: unknown channel `wep`; did you mean `web`?"));
    CHECK_THAT(box.run({"route", box.path("order.yaml")}).err, Contains("--scenario"));
    box.write("order.yaml", "channel: web\nlines: {sku-3: 1}\n");
    CHECK_THAT(box.run({"route", box.path("order.yaml"), "--scenario", shop, "--at", "late"}).err, Contains("--at:"));
    CHECK_THAT(box.run({"route", box.path("order.yaml"), "--scenario", shop, "--routing", "cheepest"}).err,
               Contains("--routing: there is no policy 'cheepest'; did you mean `cheapest`?"));
    const Result none = box.run({"run", shop, "--routing", "rules"});
    CHECK(none.status == 2);
    CHECK_THAT(none.err, Contains("`rules` needs `design.strategies`"));
}

TEST_CASE("route: says that prices and draws belong to a run, and that a file is not there") {
    const Sandbox box;
    const std::string shop = box.scenario("small.yaml");
    box.write("order.yaml", "channel: web\nlines: {sku-3: 1}\n");
    const Result priced = box.run({"route", box.path("order.yaml"), "--scenario", shop, "--routing", "bid_price"});
    CHECK_THAT(priced.out, Contains("bid_price, design feed") && Contains("its prices belong to a run"));
    const Result drawn = box.run({"route", box.path("order.yaml"), "--scenario", shop, "--routing", "dilated", "--json"});
    CHECK_THAT(drawn.out, Contains("\"routing\": \"dilated\"") && Contains("\"planned_by\": \"cheapest\""));
    CHECK_THAT(box.run({"route", box.path("none.yaml"), "--scenario", shop}).err, Contains("there is no such file"));
}

TEST_CASE("help: names every routing policy where one can be given") {
    const Sandbox box;
    for (const char* command : {"run", "compare", "check", "route"})
        for (const std::string& policy : scenarios::routing_names()) CHECK_THAT(box.run({"help", command}).out, Contains(policy));
}

TEST_CASE("run, compare: --routing takes the place of the design's policy, and is in the command that repeats it") {
    const Sandbox box;
    const std::string shop = box.scenario("small.yaml");
    CHECK(box.run({"run", shop, "--routing", "cheapest", "--json", box.path("run.json")}).status == 0);
    CHECK_THAT(box.read("run.json"), Contains(" --seed 1 --routing cheapest\""));
    CHECK_THAT(box.run({"run", shop, "--routing", "nearest,cheapest"}).err, Contains("lastunit compare"));
    const Result both = box.run({"compare", shop, "--routing", "nearest,cheapest", "--json", box.path("c.json")});
    INFO(both.err);
    CHECK(both.status == 0);
    CHECK_THAT(both.out,
               Contains("design feed under 2 routing policies") && Contains("\n  nearest ") && Contains("\n  cheapest "));
}

}  // namespace lastunit::cli_tests
