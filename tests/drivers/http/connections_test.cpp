// Whose turn it is where there are too few connections.
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

}  // namespace
}  // namespace lastunit::test
