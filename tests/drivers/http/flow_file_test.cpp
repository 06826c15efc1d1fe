// What a flow file may say, and how its mistakes are named.
#include <catch2/catch.hpp>

#include "drivers/http/request_text.hpp"
#include "drivers/http/shop.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

const char* const kSmall = R"(urls: {shop: "http://shop.test:8080/api/"}
variables: {email: "{{unique.email}}", note: "a \"quoted\" note"}
skus: {TEE: {variant: 17}, "*": {variant: other}}
steps:
  buy:
    post: /buy/{{email}}
    headers: {x-key: "{{env.STUB_PASSWORD}}", x-later: "{{order}}"}
    json: '{"variant": {{sku.variant}}, "name": "{{note}}", "n": {{quantity}}}'
    extract: {order: order.id}
    rules: [{answer: accepted, json: ok}]
promise: buy
)";

std::string mistakes(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    std::string out;
    for (const auto& error : load_flow_text(text, "f.yaml", test_options()).errors) out += error.text() + "\n";
    return out;
}

TEST_CASE("flow file: orders that can be nobody's, and values that shoppers never see, are mistakes") {
    const std::string books = std::string(kSmall) +
                              "login: {in: {post: /in, extract: {admin: t}}}\n"
                              "read_back: {orders: {get: /orders, orders: {rows: orders, shopper: email, sku: sku}}}\n";
    CHECK(mistakes(books, "promise", "promise").empty());
    CHECK_THAT(mistakes(books, "{email: \"{{unique.email}}\"", "{email: \"one@example.com\""),
               Catch::Contains("no step sends it: no order would be found"));
    CHECK_THAT(mistakes(books, "/buy/{{email}}", "/buy/{{email}}/{{admin}}"),
               Catch::Contains("steps.buy") && Catch::Contains("{{admin}} is of `login`"));
    // A header without a value is left out: one that the hooks need may stand for all.
    CHECK(mistakes(books, "x-later: \"{{order}}\"", "x-later: \"{{admin}}\"").empty());
}

TEST_CASE("flow file: an identity that does not tell shoppers apart is a mistake") {
    const std::string books =
        std::string(kSmall) + "read_back: {orders: {get: /orders, orders: {rows: orders, shopper: email, sku: sku}}}\n";
    const auto said = [&](const std::string& identity) {
        return mistakes(books, "promise: buy", "promise: buy\nidentity: \"" + identity + "\"");
    };
    for (const char* const shared : {"all@example.com", "{{run}}", "{{sku}}", "{{order}}"})  // the order is found by the promise
        CHECK_THAT(said(shared), Catch::Contains("identity: `") && Catch::Contains("does not tell one shopper's orders"));
    for (const char* const own : {"{{unique.email}}", "{{email}}", "x-{{unique.email | upcase}}"}) CHECK(said(own).empty());
}

TEST_CASE("flow file: a list of one may be written as its entry alone") {
    const auto plan =
        plan_of(kSmall, {{"{answer: accepted, json: ok}", "{answer: accepted, status: 201, json: ok, one_of: yes}"}});
    const Rule& rule = plan->steps[0].rules.at(0);
    REQUIRE(rule.conditions.size() == 1);
    CHECK(rule.conditions[0].status.size() == 1);
    CHECK_THAT(mistakes(kSmall, "json: ok}", "status: 2001}"),
               Catch::Contains("steps.buy.rules[0]") && Catch::Contains("status"));
}

TEST_CASE("flow file: values stand in URLs, headers and JSON, each escaped as its place needs it") {
    const auto plan = plan_of(kSmall);
    Slots variables(plan->variable_names.size());
    SkuEntry sku{"TEE", {std::string("17")}};
    const std::vector<std::string> urls{"http://shop.test:8080/api"};
    Values values;
    values.run = "r1";
    values.shopper = 4;
    values.quantity = 2;
    values.variables = &variables;
    values.sku = &sku;
    values.urls = &urls;
    for (const auto& [slot, text] : plan->variables) {
        std::string value;
        text.render(values, value);
        variables[slot] = value;
    }
    const RequestText request = request_of(plan->steps[0], *plan, plan->urls[0].addresses[0], values);
    CHECK(request.problem.empty());
    CHECK(request.url.target == "/api/buy/lu-r1-4%40example.com");
    CHECK(request.body == R"({"variant": 17, "name": "a \"quoted\" note", "n": 2})");
    CHECK(request.own_headers == "x-key: s3cret\r\n");  // x-later has no value yet
    sku.values[0] = "v-9";
    CHECK_THAT(request_of(plan->steps[0], *plan, plan->urls[0].addresses[0], values).body,
               Catch::Contains(R"("variant": "v-9")"));
    sku.values[0].reset();
    CHECK_THAT(request_of(plan->steps[0], *plan, plan->urls[0].addresses[0], values).problem,
               Catch::Contains("{{sku.variant}} has no value"));
}

TEST_CASE("flow file: a value cannot break out of its header or its line") {
    std::string out;
    append_escaped("a\r\nEvil: 1", Escape::header, InQuotes::no, out);
    CHECK(out == "a  Evil: 1");
    out.clear();
    append_escaped("x\", \"y\": 1\n", Escape::json, InQuotes::yes, out);
    CHECK(out == "x\\\", \\\"y\\\": 1\\u000A");
    out.clear();
    append_escaped("/../?a=b&c", Escape::url, InQuotes::no, out);
    CHECK(out == "%2F..%2F%3Fa%3Db%26c");
}

struct Mistake {
    const char* from;
    const char* to;
    const char* said;
};

const Mistake kMistakes[] = {
    {"promise: buy", "promise: by", "f.yaml:11:10: promise: unknown step `by`; did you mean `buy`?"},
    {"post: /buy/{{email}}", "post: /buy/{{emial}}", "{{emial}}: nothing defines it; did you mean `email`?"},
    {"post: /buy/{{email}}", "post: buy", "begins with `/`"},
    {"post: /buy/{{email}}", "post: http://elsewhere.test/x", "`elsewhere.test` is neither of `urls` nor among `hosts`"},
    {"post: /buy/{{email}}", "get: /a b", "has a space in it: write %20"},
    {"post: /buy/{{email}}", "get: /a", "a GET has no body"},
    {"    post: /buy/{{email}}\n", "", "needs one of get, post, put, patch, delete"},
    {"post: /buy/{{email}}", "post: /a\n    put: /b", "a step has one method: `post` is there already"},
    {"x-later:", "content-length:", "is set by lastunit itself"},
    {"x-later:", "\"a b\":", "is no name of a header"},
    {"{{order}}", "{{order", "the braces are not closed"},
    {"\"n\": {{quantity}}}", "\"n\": {{quantity}}", "is not JSON once values stand in it"},
    {"{{sku.variant}}", "{{sku.variants}}", "defines `variants`; did you mean `variant`?"},
    {"json: ok", "jsn: ok", "unknown field `jsn`"},
    {"json: ok", "json: \"a[\"", "`[` is not closed"},
    {"json: ok", "json: \"a[x]\"", "expected [0], [-1], [*], [key=value]"},
    {"answer: accepted", "answer: acepted", "unknown value `acepted`; did you mean `accepted`?"},
    {"json: ok", "status: [\"20\"]", "expected `200`, `4xx` or `500-504`, not `20`"},
    {"json: ok", "is: x, status: [\"200\"]", "are of a value: say `json` or `header`"},
    {"    rules: [{answer: accepted, json: ok}]\n", "", "is the promise: its `rules` have to say"},
    {"http://shop.test:8080/api/", "ftp://shop.test", "expected http://HOST:PORT or https://HOST"},
    {"http://shop.test:8080/api/", "http://me:pw@shop.test", "expected http://HOST:PORT or https://HOST"},
    {"extract: {order: order.id}", "extract: {order: {json: a, header: b}}", "is one of json, header, cookie, link and body"},
    {"promise: buy", "promise: buy\nset_up: {x: {get: /a, each: line}}", "`line` is for shoppers' steps"},
    {"promise: buy", "promise: buy\nread_back: {x: {get: /a, orders: {rows: a, sku: b}}}", "needs `shopper`"},
    {"promise: buy", "promise: buy\nread_back: {x: {get: /a, counters: {sku: b}}}", "needs `on_hand` or `available`"},
    {"promise: buy", "promise: buy\ntimeout: 0", "has to be above"},
    {"json: ok", "value: \"{{order}}\", at_least: many", "at_least: `many` is not a number"},
    {"json: ok", "json: ok, value: \"{{order}}\"", "has more than one of `json`, `header` and `value`"},
    {"json: ok", "json: ok, is: \"{{ordre}}\"", "{{ordre}}: nothing defines it; did you mean `order`?"},
    {"extract:", "poll: {every: 1s}\n    when: [{value: \"{{order}}\"}]\n    extract:", "the promise is never passed over"},
    {"extract:", "when: [{json: a}]\n    extract:", "is asked before there is an answer"},
    {"extract:", "retries: {most: 2, on: [accepted]}\n    extract:", "`accepted` is what the step is done for"},
    {"extract:", "retries: {most: 2, backoff: 0.5}\n    extract:", "has to be at least"},
    {"extract:", "poll: {exhausted: accepted}\n    extract:", "is what nobody has said yet"},
    {"extract: {order: order.id}", "extract: {order: {optional: true}}", "or `after` and `up_to` of the body"},
    {"extract: {order: order.id}", "extract: {order: {json: a, optional: true, fallback: b}}", "is never without a value"},
    {"promise: buy", "promise: buy\nset_up: {x: {get: /a, poll: {}}}", "asks until a rule fits"},
    {"promise: buy", "promise: buy\ntls: {ca: ../ca.pem}", "is a file in the flow file's folder"},
    {"promise: buy", "promise: buy\ntls: {ca: /etc/ca.pem}", "is a file in the flow file's folder"},
    {"promise: buy", "promise: buy\ntls: {ca: no-such.pem}", "there is no file `no-such.pem`"},
    {"variant: other", "variant: \"{{unique.id}}\"", "it may use {{sku}}, {{run}} and {{env.NAME}} alone"},
    {"post: /buy/{{email}}", "post: /buy/{email}", "a name stands in two braces, {{email}}"},
    {"post: /buy/{{email}}", "post: \"/buy/${email}\"", "a name stands in two braces, {{email}}"},
    {"{answer: accepted, json: ok}", "{answer: accepted}", "accepts whatever comes, an error page too"},
    {"post: /buy/{{email}}", "post: /buy/{{email | default: 'x'}}", "a text with a colon and a space in it goes in quotes"},
    {"order: order.id", "order: /order/id", "a path goes by dots and brackets"},
    {"    post: /buy/{{email}}", "\tpost: /buy/{{email}}", "a line is indented by spaces, not by a tab"},
    {"    post: /buy/{{email}}", "      post: /buy/{{email}}", "what belongs together begins in one column"},
    {"json: '{\"variant\": {{sku.variant}}, \"name\": \"{{note}}\", \"n\": {{quantity}}}'", "json: {\"n\": 1}",
     "a text with a brace at its beginning goes in quotes"},
    {"post: /buy/{{email}}", "post: {{email}}", "a text that begins with a brace goes in quotes"},
    {"promise: buy", "promise: buy\nmax_response: 1GB", "has to be at most"},
    {"extract: {order", "xml: <a/>\n    extract: {order", "has more than one of json, graphql, form, text, xml and multipart"},
    {"extract: {order", "multipart: {a: b}\n    extract: {order", "has more than one of"},
    {"promise: buy", "promise: buy\ncancel: {x: {get: /x, xml: <a/>}}", "a GET has no body"},
    {"promise: buy", "promise: buy\ncancel: {x: {get: /x, multipart: {a: b}}}", "a GET has no body"},
    {"promise: buy", "promise: buy\ncancel: {x: {post: /x, xml: \"<a>{{note}}\"}}",
     "x.xml: is not XML once values stand in it: "},
    {"promise: buy", "promise: buy\ncancel: {x: {post: /x, xml: \"{{note}}\"}}", "text outside of its element"},
    {"promise: buy", "promise: buy\ncancel: {x: {post: /x, xml: \"<a>{{nobody}}</a>\"}}", "nobody"},
    {"promise: buy", "promise: buy\ncancel: {x: {post: /x, headers: {Content-Type: a/b}, multipart: {a: b}}}",
     "is set by `multipart` itself"},
    {"promise: buy", "promise: buy\nread_as: html", "read_as"},
    {"order: order.id", "order: order/@id", "an attribute is a key of its own: `order.@id`"},
    {"order: order.id", "order: order.text()", "the text of an element is `#text`"},
    {"promise: buy", "promise: buy\nhosts: [\"http://x\"]", "expected HOST or HOST:PORT"},
};

TEST_CASE("flow file: every mistake is named where it stands") {
    CHECK(mistakes(kSmall, "promise: buy", "promise: buy").empty());
    for (const Mistake& one : kMistakes) {
        CAPTURE(one.from, one.to);
        const std::string said = mistakes(kSmall, one.from, one.to);
        CHECK_THAT(said, Catch::StartsWith("f.yaml:") && Catch::Contains(one.said));
    }
}

TEST_CASE("flow file: a short patience of shoppers is not that of whoever reads the books") {
    const std::string flow = R"(urls: {shop: "http://127.0.0.1:1"}
timeout: 700ms
steps:
  pay:
    post: /pay
    rules: [{answer: accepted, status: ["200"]}]
promise: pay
read_back:
  stock:
    get: /stock
    each: sku
    counters: {available: free}
  rows:
    get: /rows
    timeout: 2s
    reservations: {rows: rows, sku: sku}
)";
    const auto plan = plan_of(flow);
    CHECK(plan->steps[0].timeout == milliseconds(700));
    CHECK(plan->read_back[0].timeout == seconds(30));
    CHECK(plan->read_back[1].timeout == seconds(2));
}

TEST_CASE("flow file: what cancelling needs of the promise's answer cannot be sent together with it") {
    const auto needed = [](const std::string& cancel) {
        return cancel_needs_of_promise(*plan_of(R"(urls: {shop: "http://127.0.0.1:1"}
steps:
  cart:
    post: /carts
    extract: {cart: id}
  pay:
    post: /carts/{{cart}}/pay
    extract: {order: id}
    rules: [{answer: accepted, status: ["200"]}]
promise: pay
cancel:
  cancel:
    post: /x
)" + cancel));
    };
    CHECK(needed("    form: {order: \"{{order}}\"}\n") == "order");
    CHECK(needed("    form: {cart: \"{{cart}}\"}\n").empty());
}

TEST_CASE("flow file: several mistakes are told together") {
    const std::string said =
        mistakes(kSmall, "post: /buy/{{email}}\n    headers: {x-key: ", "post: /buy/{{nobody}}\n    headers: {host: x, x-key: ");
    CHECK_THAT(said, Catch::Contains("{{nobody}}") && Catch::Contains("headers.host"));
}

TEST_CASE("flow file: an address of the command line goes before the environment's, and that before the file's") {
    FlowOptions options = test_options();
    options.environment = [](const std::string& name) -> std::optional<std::string> {
        if (name == "LASTUNIT_URL_shop") return "http://127.0.0.1:1111";
        return std::nullopt;
    };
    CHECK(load_flow_text(kSmall, "f.yaml", options).plan->urls[0].addresses[0].origin.port == 1111);
    options.environment = [](const std::string& name) -> std::optional<std::string> {
        if (name == "LASTUNIT_URL_SHOP") return "http://127.0.0.1:1212";
        return std::nullopt;
    };
    CHECK(load_flow_text(kSmall, "f.yaml", options).plan->urls[0].addresses[0].origin.port == 1212);
    options.urls = {{"shop", "http://127.0.0.1:2222, http://127.0.0.1:3333"}};
    const auto plan = load_flow_text(kSmall, "f.yaml", options).plan;
    REQUIRE(plan->urls[0].addresses.size() == 2);
    CHECK(plan->urls[0].addresses[1].origin.port == 3333);
    CHECK(plan->unset == std::vector<std::string>{"STUB_PASSWORD"});
    options.urls = {{"shpo", "http://127.0.0.1:2222"}};
    CHECK_THAT(load_flow_text(kSmall, "f.yaml", options).errors[0].text(),
               Catch::Contains("no such base URL; did you mean `shop`?"));
}

TEST_CASE("flow file: literal text of a form is percent-encoded once, and a flow's headers replace the defaults") {
    const auto plan = plan_of(kSmall, {{"x-later:", "user-agent: me, ACCEPT: text/html, x-later:"},
                                       {R"(json: '{"variant": {{sku.variant}}, "name": "{{note}}", "n": {{quantity}}}')",
                                        R"(form: {lit: "a&b=+c ä{{quantity}}{{env.STUB_PASSWORD}}"})"}});
    Values values;
    values.quantity = 2;
    Slots variables(plan->variable_names.size(), std::string("x"));
    values.variables = &variables;
    const RequestText request = request_of(plan->steps[0], *plan, plan->urls[0].addresses[0], values);
    CHECK(request.body == "lit=a%26b%3D%2Bc%20%C3%A42s3cret");
    const std::string bytes = bytes_of(request, "", Plan::KeepAlive::yes);
    CHECK_THAT(bytes, Catch::Contains("user-agent: me\r\n") && !Catch::Contains("User-Agent:"));
    CHECK_THAT(bytes, Catch::Contains("ACCEPT: text/html\r\n") && !Catch::Contains("Accept:"));
}

TEST_CASE("flow file: a secret of a base URL is masked as any other") {
    const auto plan = plan_of(kSmall, {{"8080/api/", "8080/{{env.STUB_PASSWORD}}/"}, {"x-key: \"{{env.STUB_PASSWORD}}\", ", ""}});
    CHECK(masked(plan->urls[0].addresses[0].text, plan->secrets) == "http://shop.test:8080/***/");
    CHECK_THAT(mistakes(kSmall, "http://shop.test", "ftp://{{env.STUB_PASSWORD}}"), !Catch::Contains("s3cret"));
}

TEST_CASE("flow file: secrets are masked in whatever form they stand") {
    FlowOptions options;
    options.environment = [](const std::string&) -> std::optional<std::string> { return "p@ss\"1"; };
    const auto plan = load_flow_text(kSmall, "f.yaml", options).plan;
    // The same variable is the base URL of nothing: the file names one secret alone.
    REQUIRE_FALSE(plan);
    FlowOptions one;
    one.environment = [](const std::string& name) -> std::optional<std::string> {
        return name == "STUB_PASSWORD" ? std::optional<std::string>("p@ss\"1") : std::nullopt;
    };
    const auto secrets = load_flow_text(kSmall, "f.yaml", one).plan->secrets;
    CHECK(masked("x p@ss\"1 y p%40ss%221 z p@ss\\\"1", secrets) == "x *** y *** z ***");
}

TEST_CASE("flow file: a SKU's values may be made of its name") {
    const auto plan = plan_of(kSmall, {{"variant: other", "variant: \"{{sku | downcase}}-{{run}}\""}});
    Engine engine({});
    const Shop shop(engine, plan, "r9", {"TEE", "CAP"});
    REQUIRE(shop.skus().size() == 2);
    CHECK(shop.skus()[0].values[0] == "17");
    CHECK(shop.skus()[1].values[0] == "cap-r9");
}

}  // namespace
}  // namespace lastunit::test
