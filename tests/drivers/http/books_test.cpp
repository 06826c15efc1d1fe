// Books that are read page after page, from shops that turn pages in ways of their own.
#include <catch2/catch.hpp>
#include <set>

#include "drivers/http/shop.hpp"
#include "tests/drivers/http/reading.hpp"
#include "tests/drivers/http/scripted_shop.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

constexpr std::int64_t kOrders = 120, kMost = 50;  // of a shop that gives no more at once

Read read_books(const ScriptedShop& shop, const std::string& step) {
    const auto plan = plan_of("urls: {shop: \"" + shop.url() + R"("}
steps: {pay: {post: "/pay?who={{unique.email}}", rules: [{answer: accepted, status: ["200"]}]}}
promise: pay
read_back: {orders: {)" + step +
                              "}}\n");
    return read_back_of(plan);
}

std::int64_t number_in(const Wanted& request, const std::string& name) {
    const std::size_t at = request.target.find(name + "=");
    return at == std::string::npos ? 0 : std::stoll(request.target.substr(at + name.size() + 1));
}

std::string row(std::int64_t number, const std::string& units = "1") {
    const std::string id = std::to_string(number);
    return R"({"id":")" + id + R"(","who":"s)" + id + R"(","sku":"TEE","units":)" + units + "}";
}

std::string rows(std::int64_t from, std::int64_t to) {
    std::string out;
    for (std::int64_t i = from; i < to; ++i) out += (out.empty() ? "" : ",") + row(i);
    return R"({"orders":[)" + out + "]}";
}

const char* const kLines = "orders: {rows: orders, id: id, shopper: who, sku: sku, units: units}";
const char* const kByOffset = "get: \"/orders?limit={{page.size}}&offset={{page.offset}}\", pages: {size: 100}, ";

TEST_CASE("books: a shop that gives fewer rows than it is asked for is read to its end") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        const std::int64_t from =
            number_in(request, "offset") + (std::max<std::int64_t>(number_in(request, "page"), 1) - 1) * kMost;
        return {200, rows(std::min(from, kOrders), std::min(from + kMost, kOrders))};
    });
    const std::string way = GENERATE(as<std::string>{}, kByOffset, "get: \"/orders?page={{page.number}}\", pages: {}, ");
    const Read read = read_books(shop, way + kLines);
    CHECK(read.problem.empty());
    CHECK(read.orders() == kOrders);
}

TEST_CASE("books: with a total, rows count as they come, not as they were asked for") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        const std::int64_t from = number_in(request, "offset");
        std::string body = rows(std::min(from, kOrders), std::min(from + kMost, kOrders));
        return {200, body.insert(1, "\"total\":" + std::to_string(kOrders) + ",")};
    });
    const Read read =
        read_books(shop, std::string("get: \"/orders?offset={{page.offset}}\", pages: {size: 100, total: total}, ") + kLines);
    CHECK(read.orders() == kOrders);
    CHECK(shop.seen().size() == 3);
}

TEST_CASE("books: a total that counts the rows of one page does not end the reading behind a full one") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        const std::int64_t from = std::min(number_in(request, "offset"), kOrders), to = std::min(from + kMost, kOrders);
        return {200, rows(from, to).insert(1, "\"total\":" + std::to_string(to - from) + ",")};
    });
    const Read read =
        read_books(shop, std::string("get: \"/orders?offset={{page.offset}}\", pages: {size: 50, total: total}, ") + kLines);
    CHECK(read.problem.empty());
    CHECK(read.orders() == kOrders);
}

TEST_CASE("books: a total of one full page is believed when the page behind it is refused, or the same again") {
    const bool refuses = GENERATE(true, false);
    const ScriptedShop shop([refuses](const Wanted& request, int) -> Reply {
        if (refuses && number_in(request, "offset") > 0) return {404, "{}"};
        return {200, rows(0, kMost).insert(1, "\"total\":50,")};
    });
    const Read read = read_books(
        shop, std::string("get: \"/orders?offset={{page.offset}}\", retries: 0, pages: {size: 50, total: total}, ") + kLines);
    CHECK(read.problem.empty());
    CHECK(read.orders() == kMost);
    CHECK(shop.seen().size() == 2);
}

TEST_CASE("books: a shop that takes no cursor would give its rows twice, which is a problem") {
    const ScriptedShop shop([](const Wanted&, int) -> Reply { return {200, rows(0, kMost).insert(1, R"("next":"c1",)")}; });
    std::string lines = kLines;
    lines.erase(lines.find("id: id, "), 8);
    const Read read = read_books(shop, "get: \"/orders?after={{page.cursor}}\", pages: {size: 50, cursor: next}, " + lines);
    CHECK_THAT(read.problem, Catch::Contains("cursor `c1`") && Catch::Contains("same rows"));
}

TEST_CASE("books: a shop that knows no pages is read once, and one that refuses the page behind its last to its end") {
    const bool refuses = GENERATE(false, true);
    const ScriptedShop shop([refuses](const Wanted& request, int) -> Reply {
        if (refuses && number_in(request, "offset") > 0) return {404, R"({"detail":"Invalid page."})"};
        return {200, rows(0, 3)};
    });
    const Read read = read_books(shop, std::string(kByOffset) + "retries: 0, " + kLines);
    CHECK(read.problem.empty());
    CHECK(read.orders() == 3);
    CHECK(shop.seen().size() == 2);
}

TEST_CASE("books: a shop that gives its last page again for the one behind it is read to its end") {
    const std::int64_t orders = GENERATE(130, 200);  // the last page has few, or is full
    const std::string id = orders == 130 ? GENERATE("", "id: id, ") : "id: id, ";
    const ScriptedShop shop([orders](const Wanted& request, int) -> Reply {
        const std::int64_t page = number_in(request, "page"), from = std::min<std::int64_t>(page - 1, 1) * 100;
        return {200, rows(from, std::min(from + 100, orders)).insert(1, "\"asked_for\":" + std::to_string(page) + ",")};
    });
    std::string lines = kLines;
    if (id.empty()) lines.erase(lines.find("id: id, "), 8);
    const Read read = read_books(shop, "get: \"/orders?page={{page.number}}\", pages: {size: 100}, " + lines);
    CHECK(read.problem.empty());
    CHECK(read.orders() == static_cast<std::size_t>(orders));
    CHECK(shop.seen().size() == 3);
}

TEST_CASE("books: a page that is refused behind a full one is a problem") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        if (number_in(request, "offset") > 0) return {404, "{}"};
        return {200, rows(0, 100)};
    });
    CHECK_THAT(read_books(shop, std::string(kByOffset) + "retries: 0, " + kLines).problem, Catch::Contains("status 404"));
}

TEST_CASE("books: an order that comes in between two pages, newest first, makes none of the others be there twice") {
    // Ten orders at first, two more with every page.
    const ScriptedShop shop([](const Wanted& request, int number) -> Reply {
        const std::int64_t newest = 10 + 2 * (number - 1);
        std::string list;
        for (std::int64_t i = number_in(request, "offset"); i < newest && i < number_in(request, "offset") + 4; ++i)
            list += (list.empty() ? "" : ",") + row(newest - i);
        return {200, R"({"orders":[)" + list + "]}"};
    });
    const Read read = read_books(shop, std::string("get: \"/orders?offset={{page.offset}}\", pages: {size: 4}, ") + kLines);
    CHECK(read.problem.empty());
    std::set<std::string> ids;
    for (const Books::Line& line : read.books.orders) ids.insert(line.id);
    CHECK(ids.size() == read.orders());
    CHECK(ids.size() >= 10);
}

TEST_CASE("books: an order whose lines are rows on two pages is read whole") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        if (number_in(request, "offset") == 0)
            return {200, R"({"orders":[{"id":"1","who":"a","sku":"TEE","units":1,"line":1}]})"};
        if (number_in(request, "offset") == 1)
            return {200, R"({"orders":[{"id":"1","who":"a","sku":"TEE","units":1,"line":2}]})"};
        return {200, R"({"orders":[]})"};
    });
    CHECK(read_books(shop, std::string("get: \"/orders?offset={{page.offset}}\", pages: {size: 1}, ") + kLines).orders() == 2);
}

TEST_CASE("books: a guest's order has no shopper, and one row without it is no wrong path") {
    const ScriptedShop shop([](const Wanted&, int) -> Reply {
        return {200, R"({"orders":[{"id":"1","who":null,"sku":"TEE","units":1},{"id":"2","sku":"TEE","units":1}]})"};
    });
    const Read read = read_books(shop, std::string("get: /orders, ") + kLines);
    CHECK(read.problem.empty());
    CHECK(read.orders() == 2);
}

TEST_CASE("books: units that are no whole number, or too many for one, are no units") {
    const auto [units, right] = GENERATE(table<std::string, bool>({{"2", true},
                                                                   {"2.0", true},
                                                                   {"\"-2\"", true},
                                                                   {"2.7", false},
                                                                   {"\"2.7\"", false},
                                                                   {"-9223372036854775808", false},
                                                                   {"9007199254740993", false},
                                                                   {"1e300", false},
                                                                   {"\"nan\"", false}}));
    const std::string body = R"({"orders":[)" + row(1, units) + "]}";
    const ScriptedShop shop([&](const Wanted&, int) -> Reply { return {200, body}; });
    const Read read = read_books(shop, std::string("get: /orders, ") + kLines);
    CAPTURE(units, read.problem);
    CHECK(read.problem.empty() == right);
    if (!right) CHECK_THAT(read.problem, Catch::Contains("units: no whole number"));
}

}  // namespace
}  // namespace lastunit::test
