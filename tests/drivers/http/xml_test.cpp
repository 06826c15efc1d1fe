// XML as the document that paths lead into, and paths that read one element as they read two.
#include "drivers/http/xml.hpp"

#include <catch2/catch.hpp>

#include "drivers/http/json_path.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

std::string json(const std::string& xml) {
    std::string out;
    const std::string wrong = json_of_xml(xml, out);
    return wrong.empty() ? out : "wrong: " + wrong;
}

TEST_CASE("xml: elements are keys, attributes `@name`, text `#text`, and what comes again is a list") {
    struct Row {
        const char *xml, *is;
    };
    const Row kRows[] = {
        {"<a>x</a>", R"({"a":"x"})"},
        {"<?xml version=\"1.0\"?><!-- said --><a> <![CDATA[ 1 ]]>\n</a>", R"({"a":"1"})"},
        {"<a/>", R"({"a":""})"},
        {"<a>\n \n</a>", R"({"a":""})"},
        {"<a k='v'>x</a>", R"({"a":{"@k":"v","#text":"x"}})"},
        {"<a k=\"v\"/>", R"({"a":{"@k":"v","#text":""}})"},
        {"<a><b>1</b><c/></a>", R"({"a":{"b":"1","c":""}})"},
        {"<a><b>1</b><c>2</c><b>3</b></a>", R"({"a":{"b":["1","3"],"c":"2"}})"},
        {"<a z=\"1\"><y/>text<b/>more</a>", R"({"a":{"@z":"1","#text":"textmore","y":"","b":""}})"},
        {"<soap:Envelope xmlns:soap=\"urn:s\"><soap:Body>1</soap:Body></soap:Envelope>",
         R"({"soap:Envelope":{"@xmlns:soap":"urn:s","soap:Body":"1"}})"},
        {"<a><b xsi:nil=\"true\"/><c xsi:nil=\"0\"/></a>", R"({"a":{"b":null,"c":{"@xsi:nil":"0","#text":""}}})"},
        {"<a>&lt;&amp;&gt; &quot;&#228;&#x20AC;</a>", "{\"a\":\"<&> \\\"\xc3\xa4\xe2\x82\xac\"}"},
        {"\xef\xbb\xbf<a>\xc3\xa4</a>", "{\"a\":\"\xc3\xa4\"}"},
        {"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe4</a>", "{\"a\":\"\xc3\xa4\"}"},
        {"<a>3.0000</a>", R"({"a":"3.0000"})"},
    };
    for (const Row& row : kRows) {
        CAPTURE(row.xml);
        CHECK(json(row.xml) == row.is);
    }
}

TEST_CASE("xml: what is none is refused with its place") {
    CHECK_THAT(json("<a><b></a>"), Catch::StartsWith("wrong: ") && Catch::Contains("mismatch at byte 9"));
    CHECK_THAT(json("<a>1"), Catch::StartsWith("wrong: ") && Catch::Contains(" at byte "));
    CHECK(json("{\"a\": 1}") == "wrong: text outside of its element");
    CHECK(json("<a/><b/>") == "wrong: a second element behind its first");
    CHECK(json("<!-- nothing -->") == "wrong: no element");
    CHECK(json("  ") == "wrong: no element");
}

TEST_CASE("xml: elements inside each other are bounded, and hostile documents stay small") {
    const auto nested = [](std::size_t depth) {
        std::string text;
        for (std::size_t i = 0; i < depth; ++i) text += "<a>";
        for (std::size_t i = 0; i < depth; ++i) text += "</a>";
        return json(text);
    };
    CHECK_THAT(nested(kDeepestXml), Catch::StartsWith("{\"a\":"));
    CHECK(nested(kDeepestXml + 1) == "wrong: more than " + std::to_string(kDeepestXml) + " elements inside each other");
    CHECK_THAT(nested(200'000), Catch::StartsWith("wrong: more than"));
    std::string many = "<a>";
    for (int i = 0; i < 50'000; ++i) many += "<n" + std::to_string(i) + "/>";
    CHECK(json(many + "</a>").size() < 2 * many.size());
}

TEST_CASE("xml: no entity of a document type is expanded, and none is fetched") {
    std::string bomb = "<!DOCTYPE a [<!ENTITY e0 \"ha\">";
    for (int i = 1; i < 30; ++i) {
        const std::string before = "&e" + std::to_string(i - 1) + ";";
        bomb += "<!ENTITY e" + std::to_string(i) + " \"" + before + before + "\">";
    }
    CHECK(json(bomb + "]><a>&e29;</a>") == R"({"a":"&e29;"})");
    CHECK(json("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>") == R"({"a":"&x;"})");
    CHECK(json("<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a>1</a>") == R"({"a":"1"})");
}

// All that a path leads to; with `first` the value alone.
enum class Take { every, first };
std::string at(const std::string& path, const std::string& xml, Take take = Take::every) {
    Names names(nullptr);
    JsonPath compiled;
    if (const std::string wrong = compiled.read(path, names); !wrong.empty()) return "wrong: " + wrong;
    JsonReader reader;
    REQUIRE(reader.read(json(xml)));
    Values values;
    values.notation = Notation::xml;
    if (take == Take::first) {
        const auto found = compiled.first(reader.root(), values);
        return found ? text_of(*found).value_or("null") : "nothing: " + compiled.missing(reader.root(), values);
    }
    std::string out;
    compiled.each(reader.root(), values,
                  [&](const JsonValue& value) { out += (out.empty() ? "" : "|") + text_of(value).value_or("null"); });
    return out;
}

const std::string kOne = "<shop><orders><order id=\"7\"><total cur=\"EUR\">3.50</total></order></orders></shop>";
const std::string kTwo =
    "<shop><orders><order id=\"7\"><total cur=\"EUR\">3.50</total></order><order "
    "id=\"8\"><total>4</total></order></orders></shop>";

TEST_CASE("xml path: an element that is there once reads as one of several does") {
    for (const std::string& document : {kOne, kTwo}) {
        CAPTURE(document);
        for (const char* path : {"shop.orders.order.total", "shop.orders.order[0].total", "shop.orders[0].order[*].total",
                                 "shop.orders.order[@id=7].total", "shop.orders.order[total=3.50].total.#text",
                                 "shop.orders.order[total=\"3.50\"].total[-1]", "$.shop.orders.order.total[*]"}) {
            CAPTURE(path);
            CHECK(at(path, document, Take::first) == "3.50");
        }
        CHECK(at("shop.orders.order.@id", document, Take::first) == "7");
        CHECK(at("shop.orders.order.total.@cur", document, Take::first) == "EUR");
        CHECK_THAT(at("shop.orders.order[2]", document, Take::first), Catch::StartsWith("nothing: "));
        CHECK_THAT(at("shop.orders.order[-3]", document, Take::first), Catch::StartsWith("nothing: "));
    }
    CHECK(at("shop.orders.order.@id", kOne) == "7");
    CHECK(at("shop.orders.order[*].@id", kTwo) == "7|8");
    CHECK(at("shop.orders.order.@id", kTwo) == "7|8");
    CHECK(at("shop.orders.order[-1].@id", kOne) == "7");
    CHECK(at("shop.orders.order[-1].@id", kTwo) == "8");
    CHECK(at("shop.orders.order[1].total", kTwo, Take::first) == "4");
}

TEST_CASE("xml path: where nothing is found it says how far the path leads and what is there") {
    CHECK(at("shop.order.id", kOne, Take::first) == "nothing: `shop` has no `order`: it is an element with orders");
    CHECK(at("shop.orders.order.nr", kTwo, Take::first) ==
          "nothing: `shop.orders.order` has no `nr`: it is 2 elements, the first an element with @id, total");
    CHECK(at("shop.orders.order", "<shop><orders/></shop>", Take::first) == "nothing: `shop.orders` has no `order`: it is empty");
    CHECK(at("a.b", "<a><b xsi:nil=\"true\"/></a>", Take::first) == "null");
}

TEST_CASE("xml path: what XPath writes otherwise is refused with what it is here") {
    CHECK_THAT(at("//order/id", kOne), Catch::Contains("not by slashes"));
    CHECK_THAT(at("shop.order/@id", kOne), Catch::Contains("`order.@id`"));
    CHECK_THAT(at("shop.order.text()", kOne), Catch::Contains("`#text`"));
}

TEST_CASE("xml path: a reference leads into a list of one as into one of several, and from an element with attributes") {
    const auto shop = [](const std::string& lines) {
        return "<shop><orders><order id=\"5\"><item href=\"x\">7</item></order></orders><lines>" + lines + "</lines></shop>";
    };
    const std::string one = "<line><id>7</id><of nr=\"5\"/><sku>TEE</sku></line>",
                      other = "<line><id>8</id><sku>CAP</sku></line>";
    for (const std::string& lines : {one, one + other, other + one}) {
        CAPTURE(lines);
        CHECK(at("shop.orders.order.item[-> shop.lines.line].sku", shop(lines)) == "TEE");
        CHECK(at("shop.orders.order.@id[-> shop.lines.line by of.@nr].sku", shop(lines), Take::first) == "TEE");
    }
    CHECK_THAT(at("shop.orders.order.item[-> shop.lines.line].sku", shop(other), Take::first),
               Catch::Contains("has no entry with id `7`"));
    CHECK_THAT(at("shop.orders.order.item[-> shop.lines.line].sku", shop(""), Take::first),
               Catch::Contains("has no entry with id `7`"));
}

TEST_CASE("xml path: a document that was JSON is read as before") {
    Names names(nullptr);
    JsonPath path;
    REQUIRE(path.read("a[0].b", names).empty());
    JsonReader reader;
    REQUIRE(reader.read(R"({"a":{"b":1}})"));
    CHECK_FALSE(path.first(reader.root(), {}));
}

}  // namespace
}  // namespace lastunit::test
