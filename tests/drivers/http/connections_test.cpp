// Whose turn it is where there are too few connections, and what is sent twice when a kept one is dead.
#include <catch2/catch.hpp>

#include "drivers/http/engine.hpp"
#include "tests/drivers/http/scripted_shop.hpp"
#include "tests/drivers/http/walk.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

Exchange ping(const Url& url) {
    return {.origin = url.origin,
            .bytes = "GET / HTTP/1.1\r\nHost: " + url.origin.authority() + "\r\n\r\n",
            .timeout = seconds(60),
            .most_bytes = 1000};
}

TEST_CASE("http engine: a host that nobody knows holds up nobody who waits for the only connection") {
    const ScriptedShop shop([](const Wanted&, int) -> Reply { return {}; });
    const Url here = parse_url(shop.url()).value();
    // Longer than a name may be in the DNS: nobody is asked.
    const Url nowhere = parse_url("http://" + std::string(70, 'x') + ".invalid/").value();
    Engine engine({.connections = 1});
    std::size_t answered = 0, refused = 0;
    const auto done = [&](const Response& response) {
        answered += response.problem == Response::Problem::none ? 1 : 0;
        refused += response.problem == Response::Problem::not_sent ? 1 : 0;
    };
    for (const Url& url : {here, nowhere, here, nowhere, here}) engine.exchange(ping(url), done);
    REQUIRE(engine.run_until([&] { return answered + refused == 5; }, minutes(4)));
    CHECK(answered == 3);
    CHECK(refused == 2);
    CHECK(engine.figures().most_open == 1);
}

// The second request is on the connection that the first one kept open.
std::string flow_at(const ScriptedShop& shop, const std::string& look) {
    return "urls: {shop: \"" + shop.url() + "\"}\n" + R"(steps:
  home:
    get: /
  look:
    get: /look
)" + look + R"(  pay:
    post: /pay
    rules: [{answer: accepted, status: ["200"]}]
promise: pay
)";
}

TEST_CASE("http engine: a GET that had no answer in time is not sent again, as the shop may be at work on it") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        if (request.target == "/look") return {0, "", "", "", Reply::Raw::silent};
        return {};
    });
    const Walked one = walked(flow_at(shop, "    timeout: 300ms\n"));
    CHECK(one.way.answer == Answer::unknown);
    CHECK(shop.seen().size() == 2);
}

TEST_CASE("http engine: a GET on a kept connection that turns out to be closed is sent once more") {
    const ScriptedShop shop([](const Wanted&, int number) -> Reply {
        if (number == 2) return {0, "", "", "", Reply::Raw::yes};
        return {};
    });
    const Walked one = walked(flow_at(shop, ""));
    CHECK(one.way.answer == Answer::accepted);
    REQUIRE(shop.seen().size() == 4);
    CHECK(shop.seen()[1].target == "/look");
    CHECK(shop.seen()[2].target == "/look");
}

TEST_CASE("http engine: a GET of whose answer the beginning came is not sent again") {
    const ScriptedShop shop([](const Wanted&, int number) -> Reply {
        if (number == 2) return {0, "HTTP/1.1 20", "", "", Reply::Raw::yes};
        return {};
    });
    CHECK(walked(flow_at(shop, "")).way.answer == Answer::unknown);
    CHECK(shop.seen().size() == 2);
}

TEST_CASE("http engine: a promise by GET is never sent twice") {
    const ScriptedShop shop([](const Wanted&, int number) -> Reply {
        if (number == 2) return {0, "", "", "", Reply::Raw::yes};
        return {};
    });
    const Walked one = walked("urls: {shop: \"" + shop.url() + "\"}\n" + R"(steps:
  home:
    get: /
  pay:
    get: /pay
    rules: [{answer: accepted, status: ["200"]}]
promise: pay
)");
    CHECK(one.way.answer == Answer::unknown);
    CHECK(shop.seen().size() == 2);
}

TEST_CASE("http engine: bytes behind an answer are nobody's answer") {
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    const ScriptedShop shop([&](const Wanted&, int number) -> Reply {
        if (number == 1) return {0, answer + answer, "", "", Reply::Raw::yes};
        return {};
    });
    CHECK(walked(flow_at(shop, "")).way.answer == Answer::accepted);
    CHECK(shop.seen().size() == 3);  // each of the three was asked
}

TEST_CASE("http engine: what no body's bound is on is bounded as well") {
    const std::string endless(1'000'000, 'x');
    const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    const auto answer = GENERATE_COPY(head + "4;x=" + endless, head + "4\r\n{  }\r\n0\r\nX-Trailer: " + endless,
                                      "HTTP/1.1 200 OK\r\nX-Head: " + endless);
    const ScriptedShop shop([&](const Wanted&, int) -> Reply { return {0, answer, "", "", Reply::Raw::yes}; });
    Engine engine({});
    std::optional<Response> out;
    engine.exchange(ping(parse_url(shop.url()).value()), [&](Response&& response) { out = std::move(response); });
    REQUIRE(engine.run_until([&] { return out.has_value(); }, minutes(4)));
    INFO(out->why);
    CHECK((out->problem == Response::Problem::too_large || out->problem == Response::Problem::garbled));
}

}  // namespace
}  // namespace lastunit::test
