// Books that need a second look: orders whose lines are a request each.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "drivers/http/flow_file.hpp"
#include "drivers/http/shop.hpp"
#include "drivers/http/trace.hpp"
#include "tests/drivers/http/reading.hpp"
#include "tests/drivers/http/scripted_shop.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

const char* const kSteps = R"(steps: {pay: {post: "/pay?who={{unique.email}}", rules: [{answer: accepted, status: ["200"]}]}}
promise: pay
)";
const char* const kOrders = R"(read_back:
  orders:
    get: /orders?page={{page.number}}
    pages: {size: 250}
    list:
      rows: $
      only: [{json: state, is_not: cancelled}]
      values: {id: id, shopper: billing.email}
  lines:
    for_each: {of: orders, at_once: 16}
    get: /orders/{{row.id}}/lines
    retries: {most: 1, on: [unknown]}
    retry_after: 1ms
    orders: {rows: $, sku: sku, units: quantity}
)";

struct Traced : Read {
    std::string shown;
};

std::string flow_at(const ScriptedShop& shop, const std::string& hooks) {
    return "urls: {shop: \"" + shop.url() + "\"}\n" + kSteps + hooks;
}

Traced read(const ScriptedShop& shop, const std::string& hooks) {
    const auto plan = plan_of(flow_at(shop, hooks));
    std::string shown;
    Trace trace(*plan, 1000, [&](const std::string& line) { shown += line; });
    Traced out{read_back_of(plan, &trace), {}};
    out.shown = std::move(shown);
    return out;
}

std::string order_row(std::int64_t id, const std::string& state = "paid") {
    return R"({"id":)" + std::to_string(id) + R"(,"state":")" + state + R"(","billing":{"email":"S)" + std::to_string(id) +
           R"(@example.com"}})";
}

// Of orders 1 to `orders`, 250 a page, and 204 where there are none, as BigCommerce answers.
Reply page_of(const Wanted& request, std::int64_t orders) {
    const std::int64_t page = std::stoll(request.target.substr(request.target.find("page=") + 5));
    std::string rows;
    for (std::int64_t id = (page - 1) * 250 + 1; id <= std::min(orders, page * 250); ++id)
        rows += (rows.empty() ? "" : ",") + order_row(id);
    return rows.empty() ? Reply{204, ""} : Reply{200, "[" + rows + "]"};
}

std::int64_t order_of(const Wanted& request) {
    return request.target.ends_with("/lines") ? std::stoll(request.target.substr(8)) : 0;
}

const char* const kOneTee = R"([{"sku":"TEE","quantity":1},{"sku":"CAP","quantity":3}])";

TEST_CASE("rows: two thousand orders are read page after page, and the lines of each by a request of its own") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        return order_of(request) == 0 ? page_of(request, 2000) : Reply{200, kOneTee};
    });
    const Traced one = read(shop, kOrders);
    CHECK(one.problem.empty());
    REQUIRE(one.books.orders.size() == 2000);
    std::set<std::string> ids, shoppers;
    for (const Books::Line& line : one.books.orders) ids.insert(line.id), shoppers.insert(line.shopper);
    CHECK(ids.size() == 2000);
    CHECK(shoppers.count("s1234@example.com") == 1);
    CHECK(shoppers.size() == 2000);
    CHECK(shop.seen().size() == 9 + 2000);
}

TEST_CASE("rows: a shop without orders has read books, with none in them") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply { return page_of(request, 0); });
    const Traced one = read(shop, kOrders);
    CHECK(one.problem.empty());
    CHECK(one.books.has_orders);
    CHECK(one.books.orders.empty());
    CHECK_THAT(one.shown, Catch::Contains("a list of 0") && Catch::Contains("lines: done for no row"));
}

TEST_CASE("rows: an order whose lines cannot be read is an error of reading, never an order without units") {
    const int broken = GENERATE(0, 1);
    const ScriptedShop shop([broken](const Wanted& request, int) -> Reply {
        if (order_of(request) == 0) return page_of(request, 6);
        if (order_of(request) != 5) return {200, kOneTee};
        return broken == 0 ? Reply{500, "not now"} : Reply{200, "<html>", "", "text/html"};
    });
    const Traced one = read(shop, kOrders);
    CHECK_THAT(one.problem, Catch::Contains("read_back: step `lines` for row 5 of 6, id 5: "));
    CHECK_THAT(one.problem, Catch::Contains(broken == 0 ? "no rules, status 500" : "the answer is not JSON"));
    const auto seen = shop.seen();
    CHECK(std::count_if(seen.begin(), seen.end(), [](const Wanted& request) { return order_of(request) == 5; }) ==
          (broken == 0 ? 2 : 1));
}

TEST_CASE("rows: each row's request is tried again by itself") {
    std::set<std::int64_t> asked;
    const ScriptedShop shop([&](const Wanted& request, int) -> Reply {
        if (order_of(request) == 0) return page_of(request, 40);
        return asked.insert(order_of(request)).second ? Reply{500, "not now"} : Reply{200, kOneTee};
    });
    const Traced one = read(shop, kOrders);
    CHECK(one.problem.empty());
    CHECK(one.books.orders.size() == 40);
}

TEST_CASE("rows: the first three are asked for one by one, then as many at once as the step says and no more") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        if (order_of(request) == 0) return page_of(request, 100);
        if (order_of(request) <= 3) return {200, kOneTee};
        return {200, "", "", "", Reply::Raw::silent};
    });
    std::string hooks = kOrders;
    hooks.replace(hooks.find("most: 1, on: [unknown]}"), 23, "most: 0, on: [unknown]}\n    timeout: 3s");
    const auto plan = plan_of(flow_at(shop, hooks));
    Engine engine(engine_options(*plan));
    Shop of(engine, plan, "r1", {"TEE"});
    std::string problem;
    of.read_back([&](const std::string& wrong, const Books&) { problem = wrong; });
    const std::size_t pages = 2;
    REQUIRE(engine.run_until([&] { return shop.seen().size() >= pages + 3 + 16; }, minutes(4)));
    REQUIRE(engine.run_until([&] { return !problem.empty(); }, minutes(4)));
    CHECK(shop.seen().size() == pages + 3 + 16);
    CHECK_THAT(problem, Catch::Contains("step `lines` for row 4 of 100, id 4: unknown"));
}

TEST_CASE("rows: a list of more than the step's `most` is an error, before anything is asked for its rows") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply { return page_of(request, 30); });
    std::string hooks = kOrders;
    hooks.replace(hooks.find("at_once: 16"), 11, "most: 29");
    const Traced one = read(shop, hooks);
    CHECK_THAT(one.problem, Catch::Contains("step `lines`: 30 rows of `orders`, and each is a request: more than 29") &&
                                Catch::Contains("for_each: {of: orders, most: ...}"));
    CHECK(shop.seen().size() == 2);
}

TEST_CASE("rows: what a row refers to by another request is the row's own, and a row that is passed over is none") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        if (request.target == "/orders")
            return {200, R"({"orders":[{"no":"A","customer":7,"state":"paid"},{"no":"B","customer":null,"state":"paid"},
                                       {"no":"A","customer":7,"state":"paid"},{"no":"C","customer":9,"state":"cancelled"}]})"};
        if (request.target.starts_with("/customers/"))
            return {200, R"({"email":"C)" + request.target.substr(11) + "@example.com\"}"};
        if (request.target.starts_with("/orders/")) return {200, R"({"shipments":[{"id":"1"},{"id":"2"}]})"};
        return {200, R"([{"sku":"TEE","quantity":2}])"};
    });
    const Traced one = read(shop, R"(read_back:
  orders:
    get: /orders
    list: {rows: orders, only: [{json: state, is: paid}], values: {id: no, customer: customer}}
  customer:
    for_each: orders
    when: [{value: "{{row.customer}}"}]
    get: /customers/{{row.customer}}
    extract: {shopper: email}
  shipments:
    for_each: orders
    get: /orders/{{row.id}}/shipments
    list: {rows: shipments, values: {shipment: id}}
  items:
    for_each: shipments
    get: /shipments/{{row.id}}-{{row.shipment}}
    orders: {rows: $, sku: sku, units: quantity}
)");
    CHECK(one.problem.empty());
    std::set<std::string> lines;
    for (const Books::Line& line : one.books.orders) lines.insert(line.id + " " + line.shopper);
    CHECK(one.books.orders.size() == 4);
    CHECK(lines == std::set<std::string>{"A c7@example.com", "B "});
    std::set<std::string> targets;
    for (const Wanted& request : shop.seen()) targets.insert(request.target);
    CHECK(targets == std::set<std::string>{"/orders", "/customers/7", "/orders/A/shipments", "/orders/B/shipments",
                                           "/shipments/A-1", "/shipments/A-2", "/shipments/B-1", "/shipments/B-2"});
    CHECK(shop.seen().size() == 8);
}

TEST_CASE("rows: one shopper's order is looked up in the same way") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        if (request.target == "/orders?email=lu-r1-7%40example.com")
            return {200, R"([{"id":12,"billing":{"email":"lu-r1-7@example.com"}}])"};
        if (request.target == "/orders/12/lines") return {200, kOneTee};
        return {204, ""};
    });
    const auto plan = plan_of(flow_at(shop, R"(look_up:
  mine: {get: "/orders?email={{unique.email}}", list: {rows: $, values: {id: id, shopper: billing.email}}}
  lines: {for_each: mine, get: "/orders/{{row.id}}/lines", orders: {rows: $, sku: sku, units: quantity}}
)"));
    Engine engine(engine_options(*plan));
    Shop of(engine, plan, "r1", {"TEE"});
    std::size_t found[2] = {9, 9};
    int over = 0;
    for (const std::size_t i : {0, 1})
        of.look_up(of.shopper(7 + i, {{of.skus().data(), 1}}), [&, i](const std::string& problem, const Books& books) {
            CHECK(problem.empty());
            found[i] = books.orders.size();
            ++over;
        });
    REQUIRE(engine.run_until([&] { return over == 2; }, minutes(4)));
    CHECK(found[0] == 1);
    CHECK(found[1] == 0);
}

TEST_CASE("rows: what set-up finds for each row stays the row's, and shoppers have none of it") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        if (request.target == "/depots") return {200, R"([{"id":"north"},{"id":"south"}])"};
        return {200, R"({"version":4})"};
    });
    const auto plan = plan_of(flow_at(shop, R"(set_up:
  depots: {get: /depots, list: {rows: $, values: {id: id}}}
  look: {for_each: depots, get: "/depots/{{row.id}}", extract: {version: version}}
  empty: {for_each: depots, put: "/depots/{{row.id}}", json: '{"version": {{row.version}}, "units": {{stock}}}'}
)"));
    Engine engine(engine_options(*plan));
    Shop of(engine, plan, "r1", {"TEE"});
    std::string problem = "none yet";
    of.set_up({5}, [&](const std::string& wrong) { problem = wrong; });
    REQUIRE(engine.run_until([&] { return problem != "none yet"; }, minutes(4)));
    CHECK(problem.empty());
    const auto seen = shop.seen();
    REQUIRE(seen.size() == 5);
    CHECK(seen[3].target == "/depots/north");
    CHECK(seen[4].body == R"({"version": 4, "units": 5})");
    CHECK(of.shopper(1, {})->variables.empty());
}

TEST_CASE("rows: a shop that knows no pages, or gives its last one again, has each order once") {
    const bool pages = GENERATE(false, true);
    const ScriptedShop shop([pages](const Wanted& request, int) -> Reply {
        if (order_of(request) != 0) return {200, kOneTee};
        const bool second = pages && request.target.find("page=1") == std::string::npos;
        return {200, second ? "[" + order_row(3) + "," + order_row(4) + "]"
                            : "[" + order_row(1) + "," + order_row(2) + "," + order_row(3) + "]"};
    });
    const Traced one = read(shop, kOrders);
    CHECK(one.problem.empty());
    CHECK(one.books.orders.size() == (pages ? 4 : 3));
    CHECK(shop.seen().size() == (pages ? 3 + 4 : 2 + 3));
}

TEST_CASE("rows: a login that is over in the middle of them is renewed, and every row is read") {
    int logins = 0, asked = 0;
    const ScriptedShop shop([&](const Wanted& request, int) -> Reply {
        if (request.target == "/login") return {200, R"({"token":"t)" + std::to_string(++logins) + "\"}"};
        if (order_of(request) == 0) return page_of(request, 60);
        if (++asked == 20) ++logins;  // what it gave is good no more
        const bool known = request.header("authorization") == "Bearer t" + std::to_string(logins);
        return known ? Reply{200, kOneTee} : Reply{401, "{}"};
    });
    const Traced one = read(shop, std::string(kOrders) + R"(headers: {authorization: "Bearer {{token}}"}
login: {in: {post: /login, extract: {token: token}}}
)");
    CHECK(one.problem.empty());
    CHECK(one.books.orders.size() == 60);
    CHECK(logins == 3);
}

TEST_CASE("rows: a value that no row has is a wrong path") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply { return page_of(request, 2); });
    std::string hooks = kOrders;
    hooks.replace(hooks.find("billing.email"), 13, "billing.mail");
    CHECK_THAT(read(shop, hooks).problem,
               Catch::Contains("step `orders`: list.values.shopper: `billing` has no `mail`: it is an object with email"));
}

TEST_CASE("trace: of a step for each row the first three requests are shown, and how many there were") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        return order_of(request) == 0 ? page_of(request, 60) : Reply{200, kOneTee};
    });
    const std::string shown = read(shop, kOrders).shown;
    CHECK_THAT(shown, Catch::Contains("orders: a list of 60, the first: id = 1, shopper = S1@example.com\n"));
    for (const char* id : {"1", "2", "3"}) CHECK_THAT(shown, Catch::Contains(std::string("/orders/") + id + "/lines\n"));
    CHECK(shown.find("/orders/4/lines") == std::string::npos);
    CHECK_THAT(shown, Catch::Contains("lines: 60 rows in all; 57 requests more, not shown\n"));
}

TEST_CASE("flow file: lists, and the steps that are done for their rows, are checked against each other") {
    const auto said = [](const std::string& from, const std::string& to) {
        std::string text = std::string("urls: {shop: \"http://a.test\"}\n") + kSteps + kOrders;
        const std::size_t at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
        std::string out;
        for (const auto& error : load_flow_text(text, "f.yaml", test_options()).errors) out += error.text() + "\n";
        return out;
    };
    CHECK(said("promise", "promise").empty());
    CHECK_THAT(said("of: orders", "of: order"), Catch::Contains("read_back.lines.for_each") && Catch::Contains("did you mean"));
    CHECK_THAT(said("    list:\n      rows: $\n      only: [{json: state, is_not: cancelled}]\n      values: {id: id, shopper: "
                    "billing.email}\n",
                    "    orders: {rows: $, shopper: email, sku: sku}\n"),
               Catch::Contains("step `orders` has no `list`"));
    CHECK_THAT(said("    for_each: {of: orders, at_once: 16}\n", ""),
               Catch::Contains("{{row.id}} is of a step with `for_each`") && Catch::Contains("no step is done for its rows"));
    CHECK_THAT(said("{{row.id}}", "{{row.di}}"),
               Catch::Contains("{{row.di}}: neither the `values` of its list") && Catch::Contains("did you mean `id`"));
    CHECK_THAT(
        said("id, shopper: billing.email", "id"),
        Catch::Contains("read_back.lines.orders") && Catch::Contains("needs `shopper`, here or among the `values` of the list"));
    CHECK_THAT(said("for_each: {of", "each: sku\n    for_each: {of"),
               Catch::Contains("for each row or, by `each: sku`, for each SKU"));
    CHECK_THAT(said("at_once: 16", "at_once: 0"), Catch::Contains("at_once"));
    CHECK_THAT(said("{post: \"/pay", "{for_each: orders, post: \"/pay"),
               Catch::Contains("is for steps of `set_up`, `read_back` and `look_up`"));
    CHECK_THAT(said("values: {id: id, shopper: billing.email}", "values: {}"), Catch::Contains("values"));
}

}  // namespace
}  // namespace lastunit::test
