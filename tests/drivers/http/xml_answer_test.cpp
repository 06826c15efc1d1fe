// Shops that speak XML: answers of steps, books of none, one and several orders, bodies of requests; and multipart ones.
#include <catch2/catch.hpp>
#include <set>

#include "drivers/http/trace.hpp"
#include "tests/drivers/http/reading.hpp"
#include "tests/drivers/http/scripted_shop.hpp"
#include "tests/drivers/http/walk.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

std::string flow_at(const ScriptedShop& shop, const std::string& rest) { return "urls: {shop: \"" + shop.url() + "\"}\n" + rest; }

TEST_CASE("xml answer: rules, comparisons, extractions and the next request work as on JSON") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        if (request.target == "/stock")
            return {200, "<stock><item sku=\"TEE\"><left>3.0000</left><token> a&amp;b </token></item></stock>", "", "text/xml"};
        return {
            500,
            "<soap:Envelope xmlns:soap=\"urn:e\"><soap:Body><soap:Fault><faultcode>soap:Sold</faultcode></soap:Fault></soap:Body>"
            "</soap:Envelope>",
            "", "application/soap+xml; charset=utf-8"};
    });
    const Walked one = walked(flow_at(shop, R"(steps:
  look:
    get: /stock
    extract:
      left: "stock.item[@sku=TEE].left"
      token: stock.item.token
      whole: {json: stock.item}
      none: {json: stock.item.none, optional: true}
    rules:
      - {answer: out_of_stock, json: stock.item.left, at_most: "2.9999"}
      - {answer: accepted, json: stock.item.left, at_least: "{{quantity}}"}
  order:
    post: /soap
    headers: {content-type: text/xml, soapaction: buy}
    xml: '<e t="{{token}}"><n>{{left | times: 2}}</n><c><![CDATA[{{token}}{{whole}}]]></c></e>'
    rules:
      - {answer: out_of_stock, status: ["500"], json: "soap:Envelope.soap:Body.soap:Fault.faultcode", is: soap:Sold}
      - {answer: accepted, status: ["200"]}
promise: order
)"));
    CHECK(one.way.answer == Answer::out_of_stock);
    CHECK(one.variable("left") == "3.0000");
    CHECK(one.variable("token") == "a&b");
    CHECK(one.variable("none") == std::nullopt);
    CHECK(one.variable("whole") == R"({"@sku":"TEE","left":"3.0000","token":"a&b"})");
    REQUIRE(shop.seen().size() == 2);
    CHECK(shop.seen()[1].header("content-type") == "text/xml");
    CHECK(shop.seen()[1].body == "<e t=\"a&amp;b\"><n>6</n><c><![CDATA[a&b" + *one.variable("whole") + "]]></c></e>");
}

TEST_CASE("xml answer: one that is no XML says so with its place, as no JSON does") {
    const ScriptedShop shop([](const Wanted&, int) -> Reply { return {200, "<order><id>7</order>", "", "application/xml"}; });
    const char* const kFlow = "steps: {pay: {post: /pay, rules: [{answer: accepted, json: order.id}]}}\npromise: pay\n";
    const Walked one = walked(flow_at(shop, kFlow));
    CHECK(one.way.answer == Answer::unknown);
    CHECK_THAT(one.way.last.why,
               Catch::Contains("no rule fits status 200 and a body that is not XML: ") && Catch::Contains("mismatch at byte"));
    const Walked two = walked(flow_at(shop, std::string("steps: {look: {get: /a, extract: {id: order.id}}, ") + (kFlow + 8)));
    CHECK(two.way.answer == Answer::error);
    CHECK_THAT(two.way.last.why, Catch::StartsWith("`id` was not found: the answer is not XML: "));
}

TEST_CASE("xml answer: shops that mislabel theirs are read as the flow or the step says") {
    const std::string body = "<order><id>7</id></order>";
    const ScriptedShop shop([&](const Wanted& request, int) -> Reply {
        return {200, request.target == "/json" ? "{\"order\":{\"id\":8}}" : body, "",
                request.target == "/json" ? "text/xml" : "text/html"};
    });
    const auto answer = [&](const std::string& flow, const std::string& step, const std::string& target) {
        return walked(
                   flow_at(shop, flow + "steps: {pay: {post: " + target + step +
                                     ", rules: [{answer: accepted, json: order.id, one_of: [\"7\", \"8\"]}]}}\npromise: pay\n"))
            .way.answer;
    };
    CHECK(answer("", "", "/xml") == Answer::unknown);
    CHECK(answer("", ", read_as: xml", "/xml") == Answer::accepted);
    CHECK(answer("read_as: xml\n", "", "/xml") == Answer::accepted);
    CHECK(answer("read_as: xml\n", ", read_as: json", "/xml") == Answer::unknown);
    CHECK(answer("", "", "/json") == Answer::accepted);
    CHECK(answer("read_as: xml\n", "", "/json") == Answer::unknown);
    CHECK(answer("read_as: xml\n", ", read_as: json", "/json") == Answer::accepted);
}

// The books of a shop that gives this list.
Read read_books(const std::string& list, const std::string& rows = "shop.orders.order") {
    const ScriptedShop shop([&](const Wanted& request, int) -> Reply {
        return {200, request.target == "/stock" ? "<stock><sku code=\"TEE\"><on>3.0000</on></sku></stock>" : list, "",
                "text/xml"};
    });
    const auto plan = plan_of(flow_at(shop, R"(
steps: {pay: {post: "/pay?who={{unique.email}}", rules: [{answer: accepted, status: ["200"]}]}}
promise: pay
read_back:
  orders: {get: /orders, orders: {rows: )" + rows +
                                                R"(, id: "@id", shopper: who, lines: lines.line, sku: sku, units: units}}
  stock: {get: /stock, counters: {rows: stock.sku, sku: "@code", available: on}}
)"));
    return read_back_of(plan);
}

std::string orders(int count, int lines) {
    std::string out = "<shop><orders>";
    for (int i = 1; i <= count; ++i) {
        out += "<order id=\"" + std::to_string(i) + "\"><who>s" + std::to_string(i) + "@x</who><lines>";
        for (int line = 0; line < lines; ++line) out += "<line><sku>TEE</sku><units>2.000</units></line>";
        out += "</lines></order>";
    }
    return out + "</orders></shop>";
}

TEST_CASE("xml books: a shop with one order, of one line, is read as one with two, and as one with none") {
    for (const std::string rows : {"shop.orders.order", "\"shop.orders.order[*]\""})
        for (const int count : {0, 1, 2, 3})
            for (const int lines : {0, 1, 2}) {
                CAPTURE(rows, count, lines);
                const Read read = read_books(orders(count, lines), rows);
                CHECK(read.problem.empty());
                REQUIRE(read.books.orders.size() == static_cast<std::size_t>(count * lines));
                std::set<std::string> ids;
                for (const Books::Line& line : read.books.orders) {
                    CHECK(line.units == 2);
                    ids.insert(line.id + line.shopper);
                }
                if (lines > 0) CHECK(ids.size() == static_cast<std::size_t>(count));
                CHECK(read.books.counters.at(Sku(0)).available == 3);
            }
}

TEST_CASE("xml books: a list that is not where it should be is a mistake, and none that is empty") {
    CHECK(read_books("<shop><orders total=\"0\"/></shop>").problem.empty());
    CHECK(read_books("<shop><orders xsi:nil=\"true\"/></shop>").problem.empty());
    CHECK_THAT(read_books("<shop><orders><page>1</page></orders></shop>").problem,
               Catch::Contains("rows: `shop.orders` has no `order`: it is an element with page"));
    CHECK_THAT(read_books("<shop><orders>access denied</orders></shop>").problem,
               Catch::Contains("rows: `shop.orders` has no `order`: it is `access denied`"));
    CHECK_THAT(read_books("<html>").problem, Catch::Contains("the answer is not XML: "));
}

TEST_CASE("xml answer: a trace shows it as it came, and as paths see it") {
    const ScriptedShop shop([](const Wanted&, int) -> Reply {
        return {200, "<order>\n  <id k=\"v\">7</id>\n</order>", "", "text/xml"};
    });
    const auto plan =
        plan_of(flow_at(shop,
                        "steps: {pay: {post: /pay, extract: {id: order.id}, rules: [{answer: accepted, json: order}]}}\n"
                        "promise: pay\n"));
    std::string shown;
    Engine engine(engine_options(*plan));
    Shop of(engine, plan, "r1", {"TEE"});
    Trace trace(*plan, 1000, [&](const std::string& line) { shown += line; });
    of.runner().observe(&trace);
    bool over = false;
    run_steps(of.runner(), plan->steps, of.shopper(1, {{of.skus().data(), 1}}), {.from = 0, .to = 1, .gate = {}, .think = {}},
              [&](const WayResult&) { over = true; });
    REQUIRE(engine.run_until([&] { return over; }, seconds(240)));
    CHECK_THAT(shown, Catch::Contains("    <   <id k=\"v\">7</id>\n") &&
                          Catch::Contains("    = {\"order\":{\"id\":{\"@k\":\"v\",\"#text\":\"7\"}}}\n") &&
                          Catch::Contains("    id = 7\n"));
}

TEST_CASE("multipart: fields as they are, with a boundary that stands in none of them") {
    const ScriptedShop shop([](const Wanted& request, int number) -> Reply {
        return number == 1 ? Reply{200, "{\"note\": \"--lastunit-0\\r\\nlastunit-1 & <x>\"}"} : Reply{200, request.body};
    });
    const Walked one = walked(flow_at(shop, R"(headers: {content-type: text/plain, x-a: b}
steps:
  look: {get: /note, extract: {note: note}}
  pay:
    post: /pay
    multipart: {note: "{{note}}", 'a "b"': "{{quantity}} units", empty: "{{note | remove: note}}"}
    rules: [{answer: accepted, body_contains: lastunit-2}]
promise: pay
)"));
    CHECK(one.way.answer == Answer::accepted);
    REQUIRE(shop.seen().size() == 2);
    const Wanted sent = shop.seen()[1];
    CHECK(sent.header("content-type") == "multipart/form-data; boundary=lastunit-2");
    CHECK(sent.header("x-a") == "b");
    CHECK(sent.body ==
          "--lastunit-2\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n--lastunit-0\r\nlastunit-1 & <x>\r\n"
          "--lastunit-2\r\nContent-Disposition: form-data; name=\"a %22b%22\"\r\n\r\n2 units\r\n"
          "--lastunit-2\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--lastunit-2--\r\n");
}

}  // namespace
}  // namespace lastunit::test
