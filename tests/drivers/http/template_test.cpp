// Templates with filters, and what they do to values.
#include "drivers/http/template.hpp"

#include <catch2/catch.hpp>

#include "drivers/http/encoding.hpp"
#include "drivers/http/flow_file.hpp"
#include "drivers/http/http_date.hpp"
#include "drivers/http/shop.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

std::string rendered(const std::string& text, Escape escape = Escape::none) {
    Names names([](const std::string& name) -> std::optional<std::string> {
        return name == "KEY" ? std::optional<std::string>("top-secret") : std::nullopt;
    });
    const Slots variables{std::string("19.99"), std::string("A b+C"), std::nullopt, std::string()};
    for (const char* name : {"price", "text", "nothing", "empty"}) names.variable(name);
    Template made;
    if (const std::string wrong = made.read(text, escape, names); !wrong.empty()) return "wrong: " + wrong;
    const std::string body = "{\"a\":1}";
    Values values;
    values.variables = &variables;
    values.stock = 7;
    values.body = &body;
    values.now_ms = 1'700'000'000'123;
    std::string out;
    if (const auto missing = made.render(values, out)) return "missing: " + missing->text();
    return out;
}

struct Row {
    const char* text;
    const char* is;
};

TEST_CASE("template: numbers are decimal and exact; whole ones divide to whole ones, rounded down") {
    const Row kRows[] = {
        {"{{stock | divided_by: 2}}", "3"},
        {"{{stock | plus: 1 | divided_by: 2}}", "4"},
        {"{{stock | minus: 10 | divided_by: 2}}", "-2"},
        {"{{stock | minus: 10 | at_least: 0}}", "0"},
        {"{{stock | at_most: 5}}", "5"},
        {"{{stock | modulo: 4}}", "3"},
        {"{{stock | minus: stock}}", "0"},
        {"{{price | times: 100}}", "1999"},
        {"{{price | times: 3 | minus: 0.07}}", "59.9"},
        {"{{price | round}}", "20"},
        {"{{price | round: 1}}", "20"},
        {"{{price | divided_by: 2.0}}", "9.995"},
        {"{{1999 | divided_by: 100.0}}", "19"},  // a whole number, however it is written
        {"{{1999 | divided_by: 1000.5 | round: 3}}", "1.998"},
        {"{{0.1 | plus: 0.2}}", "0.3"},
        {"{{text | plus: 1}}", "missing: {{text | plus: 1}} cannot be had: `A b+C` is not a number"},
        {"{{stock | divided_by: 0}}", "missing: {{stock | divided_by: 0}} cannot be had: divides by zero"},
        {"{{9223372036854775807 | times: stock}}",
         "missing: {{9223372036854775807 | times: stock}} cannot be had: the number is too large"},
    };
    for (const Row& row : kRows) {
        CAPTURE(row.text);
        CHECK(rendered(row.text) == row.is);
    }
}

TEST_CASE("template: texts are cut, changed, encoded and signed") {
    const Row kRows[] = {
        {"{{text | downcase | replace: ' ', '-'}}", "a-b+c"},
        {"{{text | upcase | append: \"!\" | prepend: '>'}}", ">A B+C!"},
        {"{{text | slice: 0, 3}}{{text | slice: -1}}", "A bC"},
        {"{{text | slice: 9, 3}}", ""},
        {"{{text | url_encode}}", "A%20b%2BC"},
        {"{{'a%20b+c' | url_decode}}", "a b c"},
        {"{{text | base64_encode}}", "QSBiK0M="},
        {"{{'QSBiK0M' | base64_decode}}", "A b+C"},
        {"{{'a | b }} c' | remove: ' | b }}'}}", "a c"},
        {"{{'&lt;a&#x20;b&amp;&#39;&nope;' | html_unescape}}", "<a b&'&nope;"},
        {"{{'<a b=\"c\">&&#39;' | escape}}", "&lt;a b=&quot;c&quot;&gt;&amp;&amp;#39;"},
        {"{{nothing | default: 'none'}}-{{empty | default: 1}}-{{text | default: 'x'}}", "none-1-A b+C"},
        {"{{nothing | upcase | default: stock}}", "7"},
        {"{{nothing | upcase}}", "missing: {{nothing | upcase}} has no value"},
        {"{{env.NOT_THERE | default: 'en'}}", "en"},
        {"{{'abc' | sha256}}", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        // RFC 4231, test case 2
        {"{{'what do ya want for nothing?' | hmac_sha256: 'Jefe'}}",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {"{{'what do ya want for nothing?' | hmac_sha256: 'Jefe', 'base64'}}", "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="},
        {"{{now.iso}} {{now.s}} {{now.ms}}", "2023-11-14T22:13:20Z 1700000000 1700000000123"},
        {"{{'zz' | hex_decode}}", "wrong: {{'zz' | hex_decode}}: `zz` is not hexadecimal"},
    };
    for (const Row& row : kRows) {
        CAPTURE(row.text);
        CHECK(rendered(row.text) == row.is);
    }
    CHECK(rendered(R"({"n": {{stock | minus: 1}}, "t": "{{text | append: '"'}}"})", Escape::json) ==
          R"({"n": 6, "t": "A b+C\""})");
    CHECK(rendered("<a t=\"{{'<\"&'}}\">{{text}}<![CDATA[{{'<a>]]>'}}]]>{{'<'}}</a>", Escape::xml) ==
          "<a t=\"&lt;&quot;&amp;\">A b+C<![CDATA[<a>]]]]><![CDATA[>]]>&lt;</a>");
    // A signed webhook, as Stripe's: the time, and an HMAC of the time and the body.
    CHECK(rendered("t={{now.s}},v1={{request.body | prepend: '.' | prepend: now.s | hmac_sha256: env.KEY}}") ==
          "t=1700000000,v1=" + hex(hmac_sha256("top-secret", "1700000000.{\"a\":1}")));
}

TEST_CASE("template: what is wrong with a filter is said when the file is read") {
    CHECK_THAT(rendered("{{text | lower}}"), Catch::Contains("no filter `lower`; it is `downcase`"));
    CHECK_THAT(rendered("{{text | xml_escape}}"), Catch::Contains("no filter `xml_escape`; it is `escape`"));
    CHECK_THAT(rendered("{{stock | minsu: 1}}"), Catch::Contains("no filter `minsu`; did you mean `minus`?"));
    CHECK_THAT(rendered("{{stock | minus}}"), Catch::Contains("`minus` takes 1 argument"));
    CHECK_THAT(rendered("{{stock | minus: 1, 2}}"), Catch::Contains("`minus` takes 1 argument"));
    CHECK_THAT(rendered("{{stock | minus: stokc}}"), Catch::Contains("{{stokc}}: nothing defines it; did you mean `stock`?"));
    CHECK_THAT(rendered("{{stock / 2}}"), Catch::Contains("nothing defines it"));
}

TEST_CASE("secrets: what comes back shortened, in base64 or inside of it is masked as well") {
    const char* const kFlow =
        "urls: {s: \"http://s.test\"}\nsteps: {a: {post: /a, headers: {x: \"{{env.KEY}}\", y: \"{{env.KEY | sha256}}\"},"
        " rules: [{answer: accepted, json: ok}]}}\npromise: a\n";
    FlowOptions options;
    options.environment = [](const std::string& name) -> std::optional<std::string> {
        return name == "KEY" ? std::optional<std::string>("sk_live_51Habc+/def") : std::nullopt;
    };
    const auto plan = load_flow_text(kFlow, "f.yaml", options).plan;
    REQUIRE(plan);
    CHECK(masked("the key sk_live_51Hab... is revoked", plan->secrets) == "the key ***... is revoked");
    CHECK(masked("sk_live_51Habc+/def", plan->secrets) == "***");
    CHECK(masked("sk_liv, a word", plan->secrets) == "sk_liv, a word");
    for (const std::string user : {"", "a", "ab", "abc:"}) {
        const std::string shown = masked("Basic " + base64(user + "sk_live_51Habc+/def"), plan->secrets);
        CAPTURE(shown);
        CHECK_THAT(shown, Catch::Contains("***"));
        CHECK(shown.size() < 20);
    }
    CHECK(masked(hex(sha256("sk_live_51Habc+/def")), plan->secrets) == "***");  // what a filter made of it
}

TEST_CASE("text: a cut is never inside a character, and what is no UTF-8 is shown as `?`") {
    const std::string text = "z\xc5\x82oty \xf0\x9f\x9b\x92";
    CHECK(utf8_cut(text, 2) == "z");
    CHECK(utf8_cut(text, 3) == "z\xc5\x82");
    CHECK(utf8_cut(text, 10) == "z\xc5\x82oty ");
    CHECK(utf8_cut(text, 100) == text);
    CHECK(utf8_cut("a\xff\xc5", 100) == "a??");
}

TEST_CASE("text: what a terminal would act on, or that turns the direction of a text, does not reach it") {
    CHECK(printable("a\x1b[31mb\tc\x7f", '.') == "a.[31mb c.");
    CHECK(printable("\u009b31m\u202eabc\u2066", '.') == ".31m.abc.");
    CHECK(printable("zażółć \u00a0\xff", '.') == "zażółć \u00a0?");
    CHECK(one_line("a\nb\u009bc", 100) == "a b c");
}

TEST_CASE("template: variables made of variables do not grow without end") {
    const std::string eight = "\"{{x}}{{x}}{{x}}{{x}}{{x}}{{x}}{{x}}{{x}}\"";
    std::string variables = "variables:\n  v0: tee\n";
    for (int i = 1; i < 12; ++i) {
        std::string one = eight;
        for (std::size_t at = one.find('x'); at != std::string::npos; at = one.find('x'))
            one.replace(at, 1, "v" + std::to_string(i - 1));
        variables += "  v" + std::to_string(i) + ": " + one + "\n";
    }
    const auto plan = plan_of("urls: {shop: \"http://127.0.0.1:1\"}\n" + variables + R"(steps:
  pay:
    post: /pay
    text: "{{v11}}"
    rules: [{answer: accepted, status: ["200"]}]
promise: pay
)");
    Engine engine({});
    Shop shop(engine, plan, "r1", {"TEE"});
    std::size_t longest = 0;
    const auto shopper = shop.shopper(1, {{shop.skus().data(), 1}});
    for (const auto& value : shopper->variables) longest = std::max(longest, value ? value->size() : 0);
    CHECK(longest == 3 * 8 * 8 * 8 * 8 * 8 * 8 * 8);  // the next one would have 50 MB, and has no value
}

TEST_CASE("http date: Retry-After in seconds or as a date, never below nothing") {
    CHECK(http_date("Sun, 06 Nov 1994 08:49:37 GMT") == 784111777);
    CHECK(http_date("Sunday, 06-Nov-94 08:49:37 GMT") == 784111777);
    CHECK(http_date("Thu, 01 Jan 1970 00:00:00 GMT") == 0);
    CHECK_FALSE(http_date("tomorrow"));
    CHECK(retry_after("120", 0) == seconds(120));
    CHECK(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784111770) == seconds(7));
    CHECK(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784111790) == seconds(0));
    CHECK_FALSE(retry_after("soon", 0));
}

}  // namespace
}  // namespace lastunit::test
