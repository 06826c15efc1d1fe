// Rows that are joined from two lists of one answer, as JSON:API gives them.
#include <catch2/catch.hpp>

#include "drivers/http/books.hpp"
#include "drivers/http/references.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {
namespace {

using namespace drivers::http;

const char* const kAnswer = R"({
  "data": [
    {"id": "1", "type": "order", "attributes": {"email": "a@example.com", "state": "complete"}, "relationships": {
       "line_items": {"data": [{"id": "7", "type": "line_item"}, {"id": "8", "type": "line_item"}]}, "user": {"data": null}}},
    {"id": "2", "type": "order", "attributes": {"email": "b@example.com", "state": "complete"}, "relationships": {
       "line_items": {"data": []}, "user": {"data": {"id": "7", "type": "user"}}}}],
  "included": [
    {"id": "7", "type": "variant", "attributes": {"sku": "CAP"}},
    {"id": "7", "type": "user", "attributes": {"name": "Ann"}},
    {"id": "7", "type": "line_item", "attributes": {"quantity": 2}, "relationships": {"variant": {"data": {"id": "5", "type": "variant"}}}},
    {"id": "8", "type": "line_item", "attributes": {"quantity": 1}, "relationships": {"variant": {"data": {"id": "7", "type": "variant"}}}},
    {"id": "5", "type": "variant", "attributes": {"sku": "TEE"}}],
  "extra": {"order_lines": [{"order_id": 1, "sku": "TEE"}, {"order_id": 2, "sku": "CAP"}, {"order_id": 1, "sku": "CAP"}]},
  "variants": [{"variantId": 5, "sku": "TEE"}], "first": {"variant_id": 5, "variants": [5, 5], "gone": 6}
})";

struct Document {
    explicit Document(const std::string& text = kAnswer) { REQUIRE(reader.read(text)); }
    std::vector<std::string> all(const std::string& path) {
        std::vector<std::string> out;
        made(path).each(reader.root(), {}, [&](const JsonValue& value) { out.push_back(text_of(value).value_or("null")); });
        return out;
    }
    static JsonPath made(const std::string& path) {
        Names names(nullptr);
        JsonPath out;
        REQUIRE(out.read(path, names).empty());
        return out;
    }
    JsonReader reader;
};

TEST_CASE("reference: an object leads to the entry with its id and type, a text or number to that with its id or another key") {
    Document document;
    using All = std::vector<std::string>;
    CHECK(document.all("data[0].relationships.line_items.data[-> included].attributes.quantity") == All{"2", "1"});
    CHECK(document.all(
              "data[0].relationships.line_items.data[1][-> included].relationships.variant.data[-> included].attributes.sku") ==
          All{"CAP"});
    CHECK(document.all("data[*].relationships.user.data[-> included].attributes.name") == All{"Ann"});
    CHECK(document.all("data[1].relationships.line_items.data[-> included]").empty());
    CHECK(document.all("data[0].id[-> extra.order_lines by order_id].sku") == All{"TEE", "CAP"});
    CHECK(document.all("first.variant_id[-> variants by variantId].sku") == All{"TEE"});
    CHECK(document.all("first.variants[-> variants by variantId].sku") == All{"TEE", "TEE"});
}

TEST_CASE("reference: one that leads nowhere says what it looked for, and null refers to nothing") {
    Document document;
    const auto broken = [&](const std::string& path) { return Document::made(path).broken(document.reader.root(), {}); };
    CHECK(broken("data[0].relationships.line_items.data[-> included]").empty());
    CHECK(broken("data[0].relationships.user.data[-> included].attributes.name").empty());
    CHECK(broken("first.gone[-> extra.order_lines by order_id]").empty());  // an order without lines
    CHECK_THAT(broken("first.gone[-> variants by variantId].sku"), Catch::Contains("`variants` has no entry with variantId `6`"));
    CHECK_THAT(broken("data[0].relationships.line_items.data[-> include]"), Catch::Contains("the answer has no list `include`"));
    CHECK_THAT(broken("data[*].relationships.user.data[-> data]"),
               Catch::Contains("`data` has no entry with id `7` and type `user`"));
}

TEST_CASE("reference: a mistake in it is named") {
    const auto wrong = [](const std::string& path) {
        Names names(nullptr);
        return JsonPath().read(path, names);
    };
    for (const char* const path : {"a[->]", "a[-> b by]", "a[-> b by c d]", "a[-> b c]", "a[-> $.b]", "a[-> .b]", "a[->b by ]"}) {
        CAPTURE(path);
        CHECK_THAT(wrong(path), Catch::Contains("expected [-> list], or [-> list by key]"));
    }
    CHECK(wrong("a[->b].c").empty());
}

// What one answer's orders are.
struct Taking {
    explicit Taking(const std::string& orders, const std::string& text = kAnswer) : document(text) {
        const auto plan = plan_of(R"(urls: {shop: "http://a.test"}
steps: {pay: {post: "/pay?who={{unique.email}}", rules: [{answer: accepted, status: ["200"]}]}}
promise: pay
read_back:
  orders:
    get: /orders
    orders: {shopper: attributes.email, id: id, )" +
                                  orders + "}\n");
        const std::vector<SkuEntry> skus{{"TEE", {}}};
        Reading reading;
        taken = take(plan->read_back[0], document.reader.root(), {}, skus, nullptr, {books, reading});
    }
    Document document;
    Books books;
    Taken taken;
};

const char* const kSku =
    R"(rows: data, sku: "relationships.variant.data[-> included].attributes.sku", units: attributes.quantity)";
const char* const kLines = R"(lines: "relationships.line_items.data[-> included]", )";

TEST_CASE("reference: an order's lines, and the variant of each, are found among what is included") {
    const Taking one(std::string(kLines) + kSku);
    CHECK(one.taken.problem.empty());
    CHECK(one.taken.rows == 2);
    REQUIRE(one.books.orders.size() == 1);
    CHECK(one.books.orders[0].id == "1");
    CHECK(one.books.orders[0].shopper == "a@example.com");
    CHECK(one.books.orders[0].units == 2);
}

TEST_CASE("reference: a line that is not there is an error of reading, and so is its variant") {
    std::string text = kAnswer;
    text.replace(text.find(R"({"id": "8", "type": "line_item", "att)"), 11, R"({"id": "9", )");
    CHECK_THAT(
        Taking(std::string(kLines) + kSku, text).taken.problem,
        Catch::Contains("orders.lines: `relationships.line_items.data[-> included]`: `included` has no entry with id `8`"));
    text = kAnswer;
    text.replace(text.find(R"({"id": "5", "type": "variant", "att)"), 11, R"({"id": "6", )");
    CHECK_THAT(Taking(std::string(kLines) + kSku, text).taken.problem,
               Catch::Contains("orders.sku: ") && Catch::Contains("no entry with id `5` and type `variant`"));
    text = kAnswer;
    text.replace(text.find("\"included\""), 10, "\"included_\"");
    CHECK_THAT(Taking(std::string(kLines) + kSku, text).taken.problem, Catch::Contains("the answer has no list `included`"));
    CHECK_THAT(Taking(R"(lines: "relationships.line_item.data[-> included]", )" + std::string(kSku)).taken.problem,
               Catch::Contains("orders.lines: `relationships` has no `line_item`"));
    CHECK_THAT(Taking(R"(only: [{json: "relationships.line_items.data[-> data].id", is: x}], )" + std::string(kLines) + kSku)
                   .taken.problem,
               Catch::Contains("orders.only: "));
}

TEST_CASE("reference: lines that name their order are that order's") {
    const Taking one(R"(rows: data, lines: "id[-> extra.order_lines by order_id]", sku: sku, units: order_id)");
    CHECK(one.taken.problem.empty());
    CHECK(one.books.orders.size() == 1);
    CHECK_THAT(Taking(R"(rows: data, lines: "id[-> extra.lines by order_id]", sku: sku)").taken.problem,
               Catch::Contains("the answer has no list `extra.lines`"));
}

TEST_CASE("reference: an answer of two thousand orders with their lines is read in one go through each list") {
    std::string rows, included;
    for (int i = 0; i < 2000; ++i) {
        const std::string id = std::to_string(i);
        rows +=
            (i == 0 ? "" : ",") + (R"({"id":")" + id + R"(","attributes":{"email":"s)" + id +
                                   R"("},"relationships":{"line_items":{"data":[{"id":")" + id + R"(","type":"line_item"}]}}})");
        included += (i == 0 ? "" : ",") +
                    (R"({"id":")" + id + R"(","type":"line_item","attributes":{"quantity":1},"relationships":)" +
                     R"({"variant":{"data":{"id":"5","type":"variant"}}}},{"id":"v)" + id + R"(","type":"variant"})");
    }
    const Taking one(
        std::string(kLines) + kSku,
        R"({"data":[)" + rows + R"(],"included":[{"id":"5","type":"variant","attributes":{"sku":"TEE"}},)" + included + "]}");
    CHECK(one.taken.problem.empty());
    CHECK(one.books.orders.size() == 2000);
}

}  // namespace
}  // namespace lastunit::test
