// URLs and cookies.
#include <catch2/catch.hpp>

#include "drivers/http/cookies.hpp"
#include "drivers/http/text.hpp"
#include "drivers/http/url.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

TEST_CASE("text: trimmed at both ends, lower case in ASCII alone, and nothing that ends a request line early") {
    CHECK(trimmed(" \t a b\r\n") == "a b");
    CHECK(trimmed(" \n ").empty());
    CHECK(trimmed("").empty());
    CHECK(lower_case("A-[Z]\xc3\x84") == "a-[z]\xc3\x84");
    CHECK(fits_in_a_line("/a?b=c%20\xc3\xa4"));
    for (const char* bad : {"/a b", "/a\tb", "/a\r\nHost: x", "/\x7f"}) CHECK_FALSE(fits_in_a_line(bad));
}

TEST_CASE("url: host, port, path and query; what is none is refused") {
    const auto url = parse_url("HTTPS://Shop.Test/a?b=1#c");
    REQUIRE(url);
    CHECK(url->origin.scheme == Scheme::https);
    CHECK(url->origin.host == "shop.test");
    CHECK(url->origin.port == 443);
    CHECK(url->target == "/a?b=1");
    CHECK(url->origin.authority() == "shop.test");
    CHECK(parse_url("http://[::1]:81")->origin.authority() == "[::1]:81");
    CHECK(parse_url("http://x?q")->target == "/?q");
    for (const char* bad : {"", "http://", "http://a b/", "http://u@h/", "http://h:0/", "http://h:99999/", "ftp://h",
                            "http://h/a b", "http://h/\r\nX: 1", "http://[::1", "http://h:8x/"})
        CHECK_FALSE(parse_url(bad));
}

TEST_CASE("url: a redirect's location against where it came from, and only to hosts that are listed") {
    const Url from = *parse_url("http://shop.test:81/a/b?c");
    CHECK(resolve("/x", from)->target == "/x");
    CHECK(resolve("y?z", from)->target == "/a/y?z");
    CHECK(resolve("?q=1", from)->target == "/a/b?q=1");
    CHECK(resolve("//other.test/p", from)->origin.host == "other.test");
    CHECK(resolve("https://other.test/p", from)->origin.port == 443);
    CHECK_FALSE(resolve("javascript:alert(1)", from));
    HostList hosts;
    CHECK(hosts.add("other.test").empty());
    CHECK(hosts.add("third.test:81").empty());
    CHECK_FALSE(hosts.add("http://x").empty());
    hosts.add(from.origin);
    CHECK(hosts.has(from.origin));
    CHECK(hosts.has(parse_url("https://other.test")->origin));
    CHECK_FALSE(hosts.has(parse_url("http://third.test:82")->origin));
    CHECK_FALSE(hosts.has(parse_url("http://evil-other.test")->origin));
}

TEST_CASE("cookies: sent back by domain, path and scheme; replaced, deleted, bounded") {
    CookieJar jar;
    const Url shop = *parse_url("http://www.shop.test/cart/items");
    jar.set("a=1; Path=/; HttpOnly", shop);
    jar.set("b=2", shop);  // of /cart
    jar.set("c=3; Domain=.shop.test; Path=/", shop);
    jar.set("d=4; Secure; Path=/", shop);
    jar.set("e=5; Domain=other.test", shop);
    CHECK(jar.for_request(*parse_url("http://www.shop.test/")) == "a=1; c=3");
    CHECK(jar.for_request(*parse_url("http://shop.test/")) == "c=3");
    CHECK(jar.for_request(*parse_url("https://www.shop.test/x")) == "a=1; c=3; d=4");
    CHECK(jar.for_request(*parse_url("http://www.shop.test/cartoon")) == "a=1; c=3");
    jar.set("a=9; Path=/", shop);
    CHECK(*jar.find("a") == "9");
    jar.set("a=; Max-Age=0; Path=/", shop);
    CHECK(jar.find("a") == nullptr);
    jar.set("c=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Domain=shop.test; Path=/", shop);
    CHECK(jar.find("c") == nullptr);
    jar.set("big=" + std::string(10'000, 'x'), shop);
    CHECK(jar.find("big") == nullptr);
    for (int i = 0; i < 500; ++i) jar.set("n" + std::to_string(i) + "=1; Path=/", shop);
    CHECK(jar.for_request(shop).size() < 2000);
}

}  // namespace
}  // namespace lastunit::test
