// `lastunit flow` as people type it: what it says of a flow and of what is wrong. Shops are bought from in tests/drivers/http.
#include <catch2/catch.hpp>
#include <chrono>
#include <memory>
#include <thread>

#include "tests/cli/process.hpp"
#include "tests/cli/stub.hpp"

namespace lastunit::cli_tests {
namespace {

const char* const kFlow = R"(title: A shop
urls: {shop: "http://127.0.0.1:1"}
steps:
  cart: {post: /carts, json: '{"n": {{quantity}}}'}
  pay: {post: /pay, rules: [{answer: accepted, json: ok}]}
promise: pay
)";

TEST_CASE("flow: a good flow is summed up, with its hold and its promise") {
    const Sandbox sandbox;
    sandbox.write("good.yaml", kFlow);
    const std::string path = sandbox.path("good.yaml");
    const Result result = sandbox.run({"flow", "check", path});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Catch::Contains("A shop") && Catch::Contains("steps cart (hold), pay (promise)"));
}

TEST_CASE("flow: a path that the base URL has already is told, and nobody there says what was asked for") {
    const Sandbox sandbox;
    sandbox.write("twice.yaml",
                  "urls: {shop: \"http://127.0.0.1:1/api\"}\nsteps:\n  pay: {post: /api/pay, rules: [{answer: accepted, "
                  "json: ok}]}\npromise: pay\n");
    const std::string path = sandbox.path("twice.yaml");
    const Result result = sandbox.run({"flow", "check", path});
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Catch::Contains("step pay: /api is in the base URL and in `/api/pay`"));
    CHECK_THAT(sandbox.run({"flow", "check", path, "--trace"}).out, Catch::Contains("127.0.0.1:1: Connection refused"));
}

TEST_CASE("flow: mistakes have line and column, exit 2") {
    const Sandbox sandbox;
    sandbox.write("bad.yaml", std::string(kFlow) + "holds: pay\nsettle: soon\n");
    const std::string path = sandbox.path("bad.yaml");
    const Result result = sandbox.run({"flow", "check", path});
    CHECK(result.status == 2);
    CHECK_THAT(result.err, Catch::Contains("bad.yaml:7:1: holds: unknown field `holds`; did you mean `hold`?") &&
                               Catch::Contains("bad.yaml:8:9: settle:"));
}

struct Wrong {
    std::vector<std::string> words;
    const char* said;
};

TEST_CASE("flow: what cannot be done is said in one line, exit 2") {
    const Sandbox sandbox;
    sandbox.write("race.yaml", kFlow);
    const std::string path = sandbox.path("race.yaml"), blind = sandbox.path("blind.yaml");
    sandbox.write("blind.yaml", std::string(kFlow) + "read_back: {ping: {get: /ping}}\n");
    const Wrong kWrong[] = {
        {{"flow", "chek", path}, "did you mean `check`?"},
        {{"flow", "check", "no-such-flow.yaml"}, "no such file"},
        {{"flow", "check", path, "--url", "shop"}, "is not [NAME=]http://HOST:PORT"},
        {{"flow", "check", path, "--url", "shpo=http://127.0.0.1:2"}, "no such base URL; did you mean `shop`?"},
        {{"flow", "race", path}, "has no `read_back`"},
        {{"flow", "race", blind}, "no step of `read_back` reads `orders`, `reservations` or `counters`"},
        {{"flow", "race", path, "--barrier", "pey"}, "`pey` is none of the flow's steps; did you mean `pay`?"},
        {{"flow", "race", path, "--cancel-and-pay"}, "the flow has no `cancel` steps"},
        {{"flow", "race", path, "--same-cart", "--repeat-submit", "pay"}, "only one of"},
        {{"flow", "race", path, "--shoppers", "0"}, "--shoppers: a count from 1"},
    };
    for (const Wrong& wrong : kWrong) {
        CAPTURE(wrong.words.back());
        const Result result = sandbox.run(wrong.words);
        CHECK(result.status == 2);
        CHECK_THAT(result.err, Catch::Contains(wrong.said));
    }
}

TEST_CASE("flow: a race against a shop that looks before it takes finds the oversell in every run, exit 1") {
    const Sandbox sandbox;
    const Stub stub(sandbox, "oversell");
    const Result result = sandbox.run({"flow", "race", stub.flow, "--sku", "TEE", "--shoppers", "30", "--units", "5", "--runs",
                                       "2", "--json", sandbox.path("v.json")});
    INFO(result.err);
    CHECK(result.status == 1);
    CHECK_THAT(result.out, Catch::Contains("FINDING oversold") && Catch::Contains("in 2 runs: oversold in 2") &&
                               Catch::Contains("time axis:"));
    CHECK_THAT(sandbox.read("v.json"), Catch::Contains("\"findings\":{\"oversold\":2}") && !Catch::Contains("s3cret"));
}

TEST_CASE("flow: a race's page carries the JSON with its figures by step, in the language asked for, without secrets") {
    const Sandbox sandbox;
    const Stub stub(sandbox, "oversell");
    const Result result = sandbox.run({"flow", "race", stub.flow, "--sku", "TEE", "--shoppers", "12", "--units", "3", "--json",
                                       sandbox.path("v.json"), "--html", sandbox.path("v.html"), "--lang", "pl"});
    INFO(result.err);
    CHECK(result.status == 1);
    const std::string json = sandbox.read("v.json"), page = sandbox.read("v.html");
    CHECK_THAT(json, Catch::Contains("\"promise\":\"pay\"") && Catch::Contains("\"before\":{\"available\":3") &&
                         Catch::Contains(
                             "\"steps\":[{\"step\":\"cart\",\"shoppers\":12,\"passed\":12,\"requests\":12,\"accepted\":12") &&
                         !Catch::Contains("\"cpu\""));  // a shop that `target up` did not start
    CHECK_THAT(page, Catch::Contains("\"kind\": \"race\", \"language\": \"pl\"") &&
                         Catch::Contains("\"findings\":{\"oversold\":1}") && !Catch::Contains("s3cret") &&
                         !Catch::Contains("t0ken-of-admin"));
}

TEST_CASE("flow: a race tells a pull request its findings with a story, and a list of tests which of them there are") {
    const Sandbox sandbox;
    const Stub stub(sandbox, "oversell");
    const Result result =
        sandbox.run({"flow", "race", stub.flow, "--sku", "TEE", "--shoppers", "30", "--units", "5", "--runs", "2", "--markdown",
                     sandbox.path("v.md"), "--junit", sandbox.path("v.xml"), "--json", sandbox.path("v.json")});
    INFO(result.err);
    CHECK(result.status == 1);
    const std::string markdown = sandbox.read("v.md"), junit = sandbox.read("v.xml");
    INFO(markdown);
    INFO(junit);
    CHECK_THAT(markdown, Catch::StartsWith("### FAIL race of ") && Catch::Contains("30 shoppers for 5 units of TEE"));
    CHECK_THAT(markdown, Catch::Contains("- **FINDING oversold** in 2 of 2 runs. ") && Catch::Contains(" sold of 5. Shopper ") &&
                             Catch::Contains(" sent pay at ") && Catch::Contains(" and was answered accepted at "));
    CHECK_THAT(markdown, Catch::Contains("| 2 | ") && Catch::Contains("| cart | 30 | 30 | 30 |") &&
                             Catch::Contains("Again: `lastunit flow race ") && !Catch::Contains("v.md") &&
                             !Catch::Contains("s3cret"));
    CHECK_THAT(junit, Catch::Contains("tests=\"7\" failures=\"1\" errors=\"0\"") &&
                          Catch::Contains(
                              "name=\"no oversold\" time=\"0\">\n      <failure type=\"oversold\" message=\"in 2 of 2 runs: ") &&
                          Catch::Contains("name=\"no lost_update\" time=\"0\"/>") && !Catch::Contains("s3cret"));
    // The same of the page: whatever language it has, it makes the sentence of these.
    CHECK_THAT(sandbox.read("v.json"), Catch::Contains("\"disagreement\":{\"form\":\"sold_beyond_stock\",\"units\":") &&
                                           Catch::Contains(",\"beside\":5,\"turned_away\":[]}"));
}

TEST_CASE("flow: books that a flow does not read skip their tests, and a sound race passes the others") {
    const Sandbox sandbox;
    const Stub stub(sandbox, "none");
    const Result result =
        sandbox.run({"flow", "race", stub.flow, "--sku", "TEE", "--shoppers", "12", "--units", "5", "--junit", "-"});
    INFO(result.err);
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Catch::StartsWith("<?xml") && Catch::Contains("tests=\"7\" failures=\"0\" errors=\"0\"") &&
                               Catch::Contains("skipped=\"0\""));
    std::string flow = sandbox.read("stub.yaml");
    for (const char* part : {"reservations:", "stock:"}) {
        const std::size_t at = flow.find(std::string("\n  ") + part, flow.find("\nread_back:")) + 1;
        REQUIRE(at > 0);
        std::size_t end = flow.find('\n', at) + 1;
        while (end < flow.size() && flow.compare(end, 3, "   ") == 0) end = flow.find('\n', end) + 1;
        flow.erase(at, end - at);
    }
    sandbox.write("less.yaml", flow);
    const Result less = sandbox.run({"flow", "race", sandbox.path("less.yaml"), "--sku", "TEE", "--shoppers", "12", "--units",
                                     "5", "--junit", sandbox.path("less.xml"), "--markdown", sandbox.path("less.md")});
    INFO(flow);
    INFO(less.err);
    CHECK(less.status == 0);
    CHECK_THAT(sandbox.read("less.xml"),
               Catch::Contains("skipped=\"2\"") &&
                   Catch::Contains("<skipped message=\"the flow&#39;s `read_back` reads no counters\"/>"));
    CHECK_THAT(sandbox.read("less.md"), Catch::StartsWith("### PASS race of ") && Catch::Contains("- no finding\n") &&
                                            Catch::Contains("- not judged: lost\\_update, since "));
}

TEST_CASE("flow: a shop that goes away during the runs costs the run that could not be made, not the findings before it") {
    const Sandbox sandbox;
    auto stub = std::make_unique<Stub>(sandbox, "oversell");
    const pid_t race =
        sandbox.start(LASTUNIT_BINARY, {"flow", "race", stub->flow, "--sku", "TEE", "--shoppers", "30", "--units", "5", "--runs",
                                        "1000", "--json", sandbox.path("v.json"), "--junit", sandbox.path("v.xml")});
    for (int i = 0; i < 600 && sandbox.read(".stdout").find("FINDING") == std::string::npos; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stub.reset();
    const Result result = sandbox.finish(race);
    INFO(result.err);
    CHECK(result.status == 2);
    CHECK_THAT(result.err, Catch::Contains("lastunit flow: run ") && Catch::Contains(" of 1000: "));
    CHECK_THAT(sandbox.read("v.json"), Catch::Contains("\"findings\":{\"oversold\":"));
    CHECK_THAT(sandbox.read("v.xml"), Catch::Contains("errors=\"1\"") && Catch::Contains("name=\"every run is made\"") &&
                                          Catch::Contains("<error type=\"INVALID\" message=\"run "));
}

TEST_CASE("flow: a race's files are refused before the shop is asked for anything, exit 2") {
    const Sandbox sandbox;
    const Stub stub(sandbox, "none");
    const Result same = sandbox.run({"flow", "race", stub.flow, "--json", sandbox.path("v"), "--html", sandbox.path("v")});
    CHECK(same.status == 2);
    CHECK_THAT(same.err, Catch::Contains("two reports would be written to"));
    const Result nowhere = sandbox.run({"flow", "race", stub.flow, "--junit", sandbox.path("no/such/folder.xml")});
    CHECK(nowhere.status == 2);
    CHECK_THAT(nowhere.err, Catch::Contains("folder.xml"));
    CHECK(sandbox.run({"flow", "race", stub.flow, "--html", sandbox.path("v.html"), "--lang", "de"}).status == 2);
    CHECK(!sandbox.has("v.html"));
}

TEST_CASE("flow: a trace shows every request and answer, and neither the password nor the login's token") {
    const Sandbox sandbox;
    const Stub stub(sandbox, "none");
    const Result result = sandbox.run({"flow", "check", stub.flow, "--trace", "--sku", "TEE"});
    INFO(result.err);
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Catch::Contains("pay: POST http://127.0.0.1:") && Catch::Contains("cart = c1") &&
                               Catch::Contains("accepted: rule 1: status 200, json type, is `order`") &&
                               Catch::Contains("told to the shopper: accepted at step `pay`") &&
                               Catch::Contains("1 units of this shopper"));
    CHECK_THAT(result.out, !Catch::Contains("s3cret") && !Catch::Contains("t0ken-of-admin"));
    const Result correct = sandbox.run({"flow", "race", stub.flow, "--sku", "TEE", "--shoppers", "20", "--units", "5"});
    CHECK(correct.status == 0);
    CHECK_THAT(correct.out, Catch::Contains("no finding"));
}

TEST_CASE("load: a scenario's shoppers buy at a shop over HTTP") {
    const Sandbox sandbox;
    const Stub stub(sandbox, "none");
    const Result result = sandbox.run(
        {"load", sandbox.scenario("small.yaml"), "--target", "http:" + stub.flow, "--speed", "600x", "--quiet", "--json", "-"});
    INFO(result.err);
    CHECK((result.status == 0 || result.status == 4));  // a busy machine does not keep the schedule
    CHECK_THAT(result.out, Catch::Contains("\"verdict\": \"sound\"") && Catch::Contains("SOUND: "));
}

TEST_CASE("load: an HTTP target is a flow file, and what is wrong with it is said before anything is done") {
    const Sandbox sandbox;
    const Result slashes = sandbox.run({"load", "flash-drop", "--target", "http://127.0.0.1:3000"});
    CHECK(slashes.status == 2);
    CHECK_THAT(slashes.err, Catch::Contains("is not written as http:FLOW.yaml"));
    const Result none = sandbox.run({"load", "flash-drop", "--target", "http:no-such-flow"});
    CHECK(none.status == 2);
    CHECK_THAT(none.err, Catch::Contains("no flow of that name ships"));
}

}  // namespace
}  // namespace lastunit::cli_tests
