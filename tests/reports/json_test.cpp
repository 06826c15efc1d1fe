#include "reports/json.hpp"

#include <google/protobuf/util/message_differencer.h>

#include <catch2/catch.hpp>
#include <limits>

#include "tests/reports/sample_record.hpp"

using namespace lastunit;
using namespace lastunit::reports;

namespace {

// An object that is absent and one whose fields are all zero are the same in JSON.
bool same(const model::RunRecord& a, const model::RunRecord& b) {
    return google::protobuf::util::MessageDifferencer::Equivalent(a, b);
}
bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("json: a record reads back as it was") {
    const auto record = test::sample_record();
    const auto parsed = parse_json(to_json(record));
    INFO(parsed.error);
    REQUIRE(parsed.record);
    CHECK(same(*parsed.record, record));
}

TEST_CASE("json: an empty record reads back, and every field is named all the same") {
    const std::string text = to_json(model::RunRecord{});
    for (const char* field : {"\"kpi\": {", "\"channels\": []", "\"series\": {", "\"oversell_rate\": 0",
                              "\"fulfilment_time_s\": {", "\"partial\": false"})
        CHECK(contains(text, field));
    const auto parsed = parse_json(text);
    REQUIRE(parsed.record);
    CHECK(to_json(*parsed.record) == text);
}

TEST_CASE("json: integers are numbers, to the last bit") {
    model::RunRecord record;
    record.mutable_identity()->set_seed(std::numeric_limits<std::uint64_t>::max());
    record.mutable_kpi()->set_revenue(std::numeric_limits<std::int64_t>::min());
    const std::string text = to_json(record);
    CHECK(contains(text, "\"seed\": 18446744073709551615"));
    CHECK(contains(text, "\"revenue\": -9223372036854775808"));
    const auto parsed = parse_json(text);
    INFO(parsed.error);
    REQUIRE(parsed.record);
    CHECK(same(*parsed.record, record));
}

TEST_CASE("json: doubles are the shortest text that reads back, and never NaN") {
    CHECK(json_number(0.1) == "0.1");
    CHECK(json_number(0.1 + 0.2) == "0.30000000000000004");
    CHECK(json_number(0.1F) == "0.1");
    CHECK(json_number(1e300) == "1e+300");
    CHECK(json_number(std::numeric_limits<double>::quiet_NaN()) == "null");
    CHECK(json_number(-std::numeric_limits<double>::infinity()) == "null");
    model::RunRecord record;
    record.mutable_kpi()->set_oversell_rate(std::numeric_limits<double>::quiet_NaN());
    CHECK(parse_json(to_json(record)).record.has_value());
}

TEST_CASE("json: names are escaped, whatever they hold") {
    CHECK(json_string("say \"hi\"\\\n\t\x01") == R"("say \"hi\"\\\n\t\u0001")");
    CHECK(json_string("</script>") == R"("\u003c/script\u003e")");
    CHECK(json_string("Łódź") == "\"Łódź\"");
    model::RunRecord record;
    record.add_channels()->set_name("a\xFF\"b\\\n</script>\x7F");
    const auto parsed = parse_json(to_json(record));
    INFO(parsed.error);
    REQUIRE(parsed.record);
    CHECK(parsed.record->channels(0).name() == "a\uFFFD\"b\\\n</script>\x7F");
}

TEST_CASE("json: a file that is no record says so, a field of a later version is passed over") {
    CHECK(parse_json("{\"kpi\": ").error.starts_with("not a run record: "));
    CHECK_FALSE(parse_json("[]").record.has_value());
    const auto parsed = parse_json(R"({"kpi": {"orders_accepted": 3, "orders_of_the_future": 4}})");
    REQUIRE(parsed.record);
    CHECK(parsed.record->kpi().orders_accepted() == 3);
}
