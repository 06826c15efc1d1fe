// What a flow can say of one step beyond a request and its answer: asked again, polled, passed over, extracted from anywhere,
// redirects.
#include <catch2/catch.hpp>

#include "drivers/driver.hpp"
#include "drivers/http/encoding.hpp"
#include "drivers/http/extract.hpp"
#include "tests/drivers/http/scripted_shop.hpp"
#include "tests/drivers/http/walk.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

std::string flow_at(const ScriptedShop& shop, const std::string& rest) { return "urls: {shop: \"" + shop.url() + "\"}\n" + rest; }

TEST_CASE("step: a conflict's own version goes into the next try") {
    const ScriptedShop shop([](const Wanted& request, int number) -> Reply {
        if (request.body == R"({"version":8})") return {200, R"({"ok":true})"};
        return {409, R"({"errors":[{"code":"ConcurrentModification","currentVersion":)" + std::to_string(number + 6) + "}]}"};
    });
    const Walked one = walked(flow_at(shop, R"(variables: {version: "1"}
steps:
  order:
    post: /orders
    json: '{"version":{{version}}}'
    extract: {version: {json: "errors[0].currentVersion", answers: [conflict]}}
    rules:
      - {answer: accepted, status: ["200"]}
      - {answer: conflict, status: ["409"]}
    retries: {most: 5, backoff: 2}
    retry_after: 1ms
promise: order
)"));
    CHECK(one.way.answer == Answer::accepted);
    REQUIRE(shop.seen().size() == 3);
    CHECK(shop.seen()[1].body == R"({"version":7})");
}

TEST_CASE("step: tries again after the answers it names, as often as it says, and waits as Retry-After asks for") {
    const ScriptedShop shop([](const Wanted&, int) -> Reply { return {429, "slow down", "Retry-After: 1\r\n", "text/plain"}; });
    const std::string flow = flow_at(shop, R"(steps:
  order:
    post: /orders
    rules:
      - {answer: accepted, status: ["200"]}
      - {answer: error, status: ["429"]}
    retries: {most: 1, on: [error, unknown], honour_retry_after: true}
    retry_after: 1ms
promise: order
)");
    const std::int64_t begun_ns = drivers::steady_now_ns();
    const Walked one = walked(flow);
    CHECK(one.way.answer == Answer::error);
    CHECK(shop.seen().size() == 2);
    CHECK(drivers::steady_now_ns() - begun_ns >= 1'000'000'000);
}

TEST_CASE("step: a date far away in Retry-After waits no longer than `longest`") {
    const ScriptedShop shop([](const Wanted&, int number) -> Reply {
        return number < 3 ? Reply{503, "", "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\n"} : Reply{200, "{}"};
    });
    const Walked one = walked(flow_at(shop, R"(steps:
  order:
    post: /orders
    rules: [{answer: accepted, status: ["200"]}, {answer: conflict, status: ["503"]}]
    retries: {most: 9, honour_retry_after: true, longest: 1ms}
promise: order
)"));
    CHECK(one.way.answer == Answer::accepted);
    CHECK(shop.seen().size() == 3);
}

const char* const kPoll = R"(steps:
  pay:
    post: /pay
    extract: {payment: id}
  status:
    post: /payments/{{payment}}/status
    poll: {every: 1ms, for: LONG}
    rules:
      - {answer: accepted, json: state, is: paid}
      - {answer: out_of_stock, json: state, is: refused}
promise: status
)";

std::string poll_flow(const ScriptedShop& shop, const std::string& how_long) {
    std::string flow = kPoll;
    return flow_at(shop, flow.replace(flow.find("LONG"), 4, how_long));
}

TEST_CASE("poll: asked until a rule fits, whatever is said before that") {
    const ScriptedShop shop([](const Wanted&, int number) -> Reply {
        if (number == 1) return {200, R"({"id":"p1"})"};
        if (number == 2) return {200, R"({"state":"pending"})"};
        if (number == 3) return {502, "<html>bad gateway", "", "text/html"};
        if (number == 4) return {0, "", "", "", Reply::Raw::yes};  // nothing at all
        return {200, R"({"state":"refused"})"};
    });
    const Walked one = walked(poll_flow(shop, "1h"));
    CHECK(one.way.answer == Answer::out_of_stock);
    CHECK(shop.seen().size() == 5);
    CHECK(shop.seen().back().target == "/payments/p1/status");
}

TEST_CASE("poll: given up after its time it is unknown, and says how often it asked") {
    const ScriptedShop shop([](const Wanted&, int number) -> Reply {
        return {200, number == 1 ? R"({"id":"p1"})" : R"({"state":"pending"})"};
    });
    const Walked one = walked(poll_flow(shop, "30ms"));
    CHECK(one.way.answer == Answer::unknown);
    CHECK(one.way.last.way == StepResult::Way::exhausted);
    CHECK_THAT(one.way.last.why, Catch::Contains("times without a final answer; the last: no rule fits status 200"));
}

TEST_CASE("step: passed over unless its condition holds") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        return {200, request.target == "/quote" ? R"({"methods":[]})" : R"({"ok":true})"};
    });
    const Walked one = walked(flow_at(shop, R"(steps:
  quote:
    get: /quote
    extract: {method: {json: "methods[0].id", optional: true}}
  choose:
    post: /method/{{method}}
    when: [{value: "{{method}}"}]
  address:
    post: /address
    when: [{value: "{{method}}", absent: true}, {value: "{{quantity}}", at_least: 2}]
  more:
    post: /more
    when: [{value: "{{quantity}}", at_least: 3}]
  pay:
    post: /pay
    rules: [{answer: accepted, json: ok, is: "true"}]
promise: pay
)"));
    CHECK(one.way.answer == Answer::accepted);
    CHECK_FALSE(one.variable("method"));
    std::string asked;
    for (const Wanted& request : shop.seen()) asked += request.target + " ";
    CHECK(asked == "/quote /address /pay ");
}

TEST_CASE("rules: what a value is compared with may hold names") {
    const ScriptedShop shop([](const Wanted&, int) -> Reply { return {200, R"({"email":"lu-r1-1@example.com","left":2})"}; });
    const Walked one = walked(flow_at(shop, R"(variables: {email: "{{unique.email}}"}
steps:
  pay:
    post: /pay
    rules:
      - {answer: out_of_stock, json: left, at_most: "{{quantity | minus: 1}}"}
      - {answer: error, json: email, is_not: "{{email}}"}
      - {answer: accepted, json: email, is: "{{email}}", and: [{json: left, at_least: "{{quantity}}"}, {body_contains: "{{unique.id}}"}]}
promise: pay
)"));
    CHECK(one.way.answer == Answer::accepted);
    CHECK_THAT(one.way.last.why, Catch::Contains("rule 3") && Catch::Contains("is `{{email}}`"));
}

TEST_CASE("extract: between two marks of a page, from a header, a link, the text, and JSON of any kind") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        if (request.target == "/login" && request.method == "GET")
            return {200,
                    "<form id=search><input name=\"_token\" value=\"wrong\"></form><form id=\"login\">"
                    "<input name=\"_token\" value=\"a&#43;b\">",
                    "Set-Cookie: XSRF-TOKEN=x%3D1; Path=/\r\n", "text/html"};
        if (request.target == "/login") return {302, "", "Location: /account?id=77&x=1\r\n"};
        if (request.target == "/cart") return {201, "\"mask3d\""};  // a bare JSON text
        if (request.target == "/price") return {200, "\xef\xbb\xbf{\"price\": 12.5}"};
        if (request.target == "/token") return {200, "plain-token\n", "", "text/plain"};
        return {200, R"({"ok":1})", "Link: <http://a.test/x?p=1>; rel=\"prev\", <http://a.test/x?p=3>; title=t; rel=next\r\n"};
    });
    const Walked one = walked(flow_at(shop, R"(steps:
  page:
    get: /login
    extract:
      csrf: {after: ['id="login"', 'name="_token" value="'], up_to: '"'}
      xsrf: {cookie: XSRF-TOKEN}
  login:
    post: /login
    form: {_token: "{{csrf | html_unescape}}"}
    headers: {x-xsrf-token: "{{xsrf | url_decode}}"}
    redirects: stop
    extract: {customer: {header: location, after: ["id="], up_to: "&"}}
    rules: [{answer: accepted, status: ["302"], header: location, contains: /account}]
  cart:
    post: /cart
    extract: {cart: $}
  price:
    get: /price
    extract: {price: price}
  token:
    get: /token
    extract: {token: {body: true}}
  pay:
    post: /pay
    headers: {authorization: "Bearer {{token | strip}}"}
    extract: {next: {link: next}, gone: {header: x-none, fallback: nothing}}
    rules: [{answer: accepted, json: ok}]
promise: pay
)"));
    CHECK(one.way.answer == Answer::accepted);
    INFO(one.way.last.why);
    CHECK(one.variable("customer") == "77");
    CHECK(one.variable("cart") == "mask3d");
    CHECK(one.variable("price") == "12.5");
    CHECK(one.variable("next") == "http://a.test/x?p=3");
    CHECK(one.variable("gone") == "nothing");
    REQUIRE(shop.seen().size() == 6);
    CHECK(shop.seen()[1].body == "_token=a%2Bb");
    CHECK(shop.seen()[1].header("x-xsrf-token") == "x=1");
    CHECK(shop.seen()[5].header("authorization") == "Bearer plain-token");
}

TEST_CASE("extract: from an answer that is refused, without missing what is not there") {
    const ScriptedShop shop([](const Wanted&, int) -> Reply { return {422, R"({"order":"o-9"})"}; });
    const Walked one = walked(flow_at(shop, R"(steps:
  pay:
    post: /pay
    extract: {order: {json: order, answers: [accepted, error]}, none: {json: none, answers: [error]}}
    rules: [{answer: accepted, json: ok}, {answer: error, status: [4xx]}]
promise: pay
)"));
    CHECK(one.way.answer == Answer::error);
    CHECK_THAT(one.way.last.why, Catch::Contains("rule 2"));
    CHECK(one.variable("order") == "o-9");
}

TEST_CASE("redirect: to another origin goes what is the same for everybody, and nothing of the shopper's") {
    const ScriptedShop other([](const Wanted&, int) -> Reply { return {200, R"({"ok":1})"}; });
    const ScriptedShop shop([&](const Wanted& request, int) -> Reply {
        if (request.target == "/pay") return {303, "", "Location: /here\r\nSet-Cookie: s=1; Path=/\r\n"};
        return {302, "", "Location: " + other.url() + "/there\r\n"};
    });
    const Walked one = walked("urls: {shop: \"" + shop.url() + "\", other: \"" + other.url() + R"("}
headers: {accept-language: de, x-key: "{{env.STUB_PASSWORD}}", x-csrf-token: "{{unique.id}}", authorization: "Bearer t", content-type: application/ld+json}
steps:
  pay:
    post: /pay
    json: '{"a": 1}'
    rules: [{answer: accepted, json: ok}]
promise: pay
)");
    CHECK(one.way.answer == Answer::accepted);
    REQUIRE(shop.seen().size() == 2);
    const Wanted here = shop.seen()[1], there = other.seen().at(0);
    CHECK(here.method == "GET");
    CHECK(here.body.empty());
    CHECK(here.header("content-type").empty());
    CHECK(here.header("x-csrf-token") == "lu-r1-1");
    CHECK(here.header("authorization") == "Bearer t");
    CHECK(here.header("cookie") == "s=1");
    CHECK(there.header("accept-language") == "de");
    for (const char* own : {"x-key", "x-csrf-token", "authorization"}) CHECK(there.header(own).empty());
}

TEST_CASE("step: a signature is of the body as it is sent") {
    const ScriptedShop shop([](const Wanted&, int) -> Reply { return {200, R"({"ok":1})"}; });
    walked(flow_at(shop, R"(steps:
  paid:
    post: /hook
    headers: {x-signature: "{{request.body | hmac_sha256: env.STUB_PASSWORD, 'base64'}}"}
    json: '{"order": "{{unique.id}}"}'
    rules: [{answer: accepted, json: ok}]
promise: paid
)"));
    const Wanted sent = shop.seen().at(0);
    CHECK(sent.body == R"({"order": "lu-r1-1"})");
    CHECK(sent.header("x-signature") == base64(hmac_sha256("s3cret", sent.body)));
}

TEST_CASE("step: a value that would break the request line, or that a filter cannot take, is an error and nothing is sent") {
    const ScriptedShop shop([](const Wanted& request, int) -> Reply {
        return {200, request.target == "/a" ? R"({"iri":"/b c\r\nEvil: 1","n":"x"})" : "{}"};
    });
    const std::string begin = R"(steps:
  a: {get: /a, extract: {iri: iri, n: n}}
)";
    const std::string end = R"(    rules: [{answer: accepted, status: [2xx]}]
promise: b
)";
    const Walked line = walked(flow_at(shop, begin + "  b:\n    get: \"{{iri}}\"\n" + end));
    CHECK(line.way.answer == Answer::error);
    CHECK_THAT(line.way.last.why, Catch::Contains("has a space or a control character"));
    const Walked filter = walked(flow_at(shop, begin + "  b:\n    get: /b\n    headers: {x: \"{{n | plus: 1}}\"}\n" + end));
    CHECK_THAT(filter.way.last.why, Catch::Contains("header x: {{n | plus: 1}} cannot be had: `x` is not a number in step `b`"));
    CHECK(shop.seen().size() == 2);
}

}  // namespace
}  // namespace lastunit::test
