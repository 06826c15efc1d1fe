// What a trace shows to whoever looks over the shoulder.
#include <catch2/catch.hpp>

#include "drivers/http/shop.hpp"
#include "drivers/http/trace.hpp"
#include "tests/drivers/http/scripted_shop.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

const char* const kFlow = R"(steps:
  pay:
    post: /pay
    form: {email: "{{unique.email}}"}
    rules: [{answer: accepted, status: ["200"]}]
promise: pay
login:
  admin:
    post: /login
set_up:
  stock:
    get: /stock
look_up:
  mine:
    get: /mine
    orders: {rows: orders, id: id, shopper: email, sku: sku, units: units}
)";

TEST_CASE("trace: nothing that an administrator's session is known by is shown, whatever hook it is sent with") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        if (request.target == "/login") return {200, "{}", "Set-Cookie: adminsid=abc123def456; Path=/; HttpOnly\r\n"};
        if (request.target == "/stock") return {200, R"({"session": "abc123def456"})", "Set-Cookie: seen=yes; Path=/shown\r\n"};
        return {200, R"({"orders": []})"};
    });
    std::string shown;
    const auto plan = plan_of("urls: {shop: \"" + shop.url() + "\"}\n" + kFlow);
    Engine engine(engine_options(*plan));
    Shop of(engine, plan, "r1", {"TEE"});
    Trace trace(*plan, 1000, [&](const std::string& line) { shown += line; });
    of.runner().observe(&trace);
    int over = 0;
    of.set_up({1}, [&](const std::string& problem) {
        CHECK(problem.empty());
        ++over;
    });
    REQUIRE(engine.run_until([&] { return over == 1; }, minutes(4)));
    of.look_up(of.shopper(7, {{of.skus().data(), 1}}), [&](const std::string&, const Books&) { ++over; });
    REQUIRE(engine.run_until([&] { return over == 2; }, minutes(4)));
    REQUIRE(shop.seen().size() == 3);
    CHECK(shop.seen()[1].header("cookie") == "adminsid=abc123def456");
    CHECK(shop.seen()[2].header("cookie") == "adminsid=abc123def456");
    INFO(shown);
    CHECK(shown.find("abc123") == std::string::npos);
    CHECK(shown.find("> Cookie: adminsid=***\n") != shown.rfind("> Cookie: adminsid=***\n"));
    CHECK_THAT(shown, Catch::Contains("< Set-Cookie: seen=***; Path=/shown") && Catch::Contains("\"session\": \"***\""));
}

TEST_CASE("shop: what a login found is not in the line that says what went wrong, nor what a terminal would act on") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        if (request.target == "/login") return {200, R"({"token": "adminTOKEN123"})", "Set-Cookie: adminsid=abc123def456\r\n"};
        return {500, "{\"echo\": \"Bearer adminTOKEN123, adminsid=abc123def456 \u009b31m\"}"};
    });
    std::string flow = kFlow;
    flow.replace(flow.find("    post: /login\n"), 17, "    post: /login\n    extract: {token: token}\n");
    const auto plan = plan_of("urls: {shop: \"" + shop.url() + "\"}\n" + flow);
    Engine engine(engine_options(*plan));
    Shop of(engine, plan, "r1", {"TEE"});
    std::string said;
    of.set_up({1}, [&](const std::string& problem) { said = problem; });
    REQUIRE(engine.run_until([&] { return !said.empty(); }, minutes(4)));
    CHECK_THAT(said, Catch::Contains("step `stock`") && Catch::Contains("Bearer ***, adminsid=*** ") && Catch::Contains("31m"));
    CHECK(said.find("\u009b") == std::string::npos);
}

}  // namespace
}  // namespace lastunit::test
