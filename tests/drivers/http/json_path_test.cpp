#include "drivers/http/json_path.hpp"

#include <catch2/catch.hpp>

namespace lastunit::test {
namespace {

using namespace drivers::http;

const std::string kDocument =
    R"({"cart":{"id":"c1","lines":[{"sku":"A","n":2},{"sku":"B","n":3,"tags":["x","y"]}],"total":19.5,"none":null},
        "a key":true,"big":9007199254740993})";

std::string at(const std::string& path, const std::string& document = kDocument) {
    Names names(nullptr);
    JsonPath compiled;
    if (const std::string wrong = compiled.read(path, names); !wrong.empty()) return "wrong: " + wrong;
    JsonReader reader;
    if (!reader.read(document)) return "not JSON";
    std::string out;
    compiled.each(reader.root(), {},
                  [&](const JsonValue& value) { out += (out.empty() ? "" : "|") + text_of(value).value_or("null"); });
    return out;
}

TEST_CASE("json path: keys, indices from either end, every one, the first with a value, quoted keys, the document") {
    CHECK(at("cart.id") == "c1");
    CHECK(at("cart.lines[0].sku") == "A");
    CHECK(at("cart.lines[-1].n") == "3");
    CHECK(at("cart.lines[*].sku") == "A|B");
    CHECK(at("cart.lines[sku=B].tags[*]") == "x|y");
    CHECK(at("cart.lines[sku=\"B\"].n") == "3");
    CHECK(at("[\"a key\"]") == "true");
    CHECK(at("cart.none") == "null");
    CHECK(at("cart.total") == "19.5");
    CHECK(at("big") == "9007199254740993");
    CHECK(at("$.cart.lines[1].tags") == R"(["x","y"])");
    CHECK(at("$[1]", "[1,2,3]") == "2");
    CHECK(at("cart.lines[7].sku").empty());
    CHECK(at("cart.id.deeper").empty());
    CHECK(at("cart.lines[-9]").empty());
}

TEST_CASE("json: numbers beyond 64 bits are texts, bytes that are no UTF-8 are `?`, and nothing else is mended") {
    CHECK(at("a", R"({"a":123456789012345678901234567890,"b":"12345678901234567890123"})") == "123456789012345678901234567890");
    CHECK(at("b", R"({"a":-123456789012345678901234567890,"b":"\"12345678901234567890123"})") == "\"12345678901234567890123");
    CHECK(at("n", R"({"a":[123456789012345678901234567890,1.5e3],"n":3})") == "3");
    CHECK(at("name", "{\"name\":\"T\xff\"}") == "T?");
    CHECK(at("a", R"({"a":1)") == "not JSON");
    CHECK(at("a", R"({"a":123456789012345678901234567890)") == "not JSON");
}

TEST_CASE("json path: what cannot be read is refused with its place") {
    CHECK_THAT(at(""), Catch::Contains("cannot be empty"));
    CHECK_THAT(at("a..b"), Catch::Contains("expected a key at character 3"));
    CHECK_THAT(at("a[1"), Catch::Contains("`[` is not closed at character 2"));
    CHECK_THAT(at("a]b"), Catch::Contains("wrong"));
    CHECK_THAT(at("a[=x]"), Catch::Contains("wrong"));
}

TEST_CASE("json path: where nothing is found it says how far the path leads and what is there") {
    Names names(nullptr);
    JsonReader reader;
    REQUIRE(reader.read(kDocument));
    const auto missing = [&](const char* path) {
        JsonPath compiled;
        compiled.read(path, names);
        return compiled.missing(reader.root(), {});
    };
    CHECK(missing("cart.ids") == "`cart` has no `ids`: it is an object with id, lines, total, none");
    CHECK(missing("cart.lines[5].sku") == "`cart.lines` has no `[5]`: it is a list of 2");
    CHECK(missing("cart.none.x") == "`cart.none` has no `x`: it is null");
    CHECK(missing("order.id") == "the document has no `order`: it is an object with cart, a key, big");
}

}  // namespace
}  // namespace lastunit::test
