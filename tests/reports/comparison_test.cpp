#include "reports/comparison.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "reports/json.hpp"
#include "reports/text.hpp"

using namespace lastunit;
using namespace lastunit::reports;

namespace {

model::RunRecord record_of(const std::string& design, std::uint64_t oversold) {
    model::RunRecord record;
    model::Identity& id = *record.mutable_identity();
    id.set_scenario("friday"), id.set_scenario_title("A Friday"), id.set_design(design), id.set_seed(7), id.set_currency("PLN");
    id.set_shoppers_fingerprint("5409");
    model::Kpi& k = *record.mutable_kpi();
    k.set_shoppers(12'000), k.set_orders_accepted(900), k.set_units_accepted(1'000), k.set_oversold_units(oversold);
    k.set_oversell_rate(static_cast<double>(oversold) / 1'000), k.set_undersold_units(31), k.set_lost_sales_units(40);
    k.set_cancelled_orders(5), k.set_cancelled_units(6), k.set_promise_kept_rate(0.97), k.set_cost_per_order(11.5);
    k.set_total_cost(1'035'000), k.set_revenue(9'000'050);
    model::TimeStats& time = *k.mutable_fulfilment_time_s();
    time.set_count(800), time.set_p50(90'000), time.set_p90(120'000);
    const auto cause = [&](const char* name, std::uint64_t units) {
        model::CauseCount& count = *k.add_oversold_causes();
        count.set_cause(name), count.set_units(units);
    };
    cause("pos_conflict", oversold / 4);
    cause("stale_view", oversold - oversold / 4);
    record.mutable_series()->set_step_s(60);
    return record;
}

const std::vector<model::RunRecord>& three() {
    static const std::vector<model::RunRecord> records = {record_of("nightly-batch", 80), record_of("unified", 0),
                                                          record_of("unified-reserve-on-cart", 20)};
    return records;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

}  // namespace

TEST_CASE("comparison: fewest oversold first, whole names, a bar in proportion, no line wider than the terminal") {
    TerminalStyle style;
    style.glyphs = Glyphs::ascii;
    const std::string text = comparison(three(), style);
    const auto lines = lines_of(text);
    CHECK(lines[0] == "A Friday");
    CHECK(lines[1] == "The same 12,000 shoppers, seed 7, under 3 designs");
    const std::size_t none = text.find("unified "), some = text.find("unified-reserve-on-cart"),
                      most = text.find("nightly-batch");
    REQUIRE(most != std::string::npos);
    CHECK(none < some);
    CHECK(some < most);
    CHECK(count(text, "#") == 24 + 6);
    CHECK_THAT(text, Catch::Contains("80  8.00 %") && Catch::Contains("stale_view 75 %") && Catch::Contains("25 h 00 min"));
    CHECK_THAT(text, Catch::Contains("90,001"));  // PLN, rounded
    for (const std::string& line : lines) CHECK(display_width(line) <= 100);
    CHECK(text.find('\033') == std::string::npos);
    style.colour = Colour::on;
    CHECK(comparison(three(), style).find("\033[1;31m") != std::string::npos);
}

TEST_CASE("comparison: the Markdown table has a row per design and as many cells as its head") {
    const auto lines = lines_of(comparison_markdown(three()));
    REQUIRE(lines.size() == 7);
    const std::size_t bars = count(lines[0], "|");
    for (std::size_t i = 1; i < 5; ++i) CHECK(count(lines[i], "|") == bars);
    CHECK(lines[2].starts_with("| unified | 0 | 0 % | - | 31 | 40 | 5 | 6 | "));
    CHECK(lines[4].starts_with("| nightly-batch | 80 | 8.00 % | stale_view 75 % |"));
    CHECK(lines[6] == "The same 12,000 shoppers, seed 7, under 3 designs.");
}

TEST_CASE("comparison: a design's name cannot break out of the table") {
    std::vector<model::RunRecord> records = {record_of("a|b\n\033[2J", 1)};
    CHECK_THAT(comparison_markdown(records), Catch::Contains("a\\|b") && !Catch::Contains("\033"));
    CHECK(comparison(records).find('\033') == std::string::npos);
}

TEST_CASE("comparison: the JSON holds each design's record without its series") {
    const std::string text = comparison_json(three());
    CHECK_THAT(text, Catch::StartsWith("{\n\"scenario\": \"friday\",\n\"seed\": 7,\n\"designs\": [\n"));
    CHECK(count(text, "\"shoppers_fingerprint\": \"5409\"") == 3);
    const std::size_t first = text.find("[\n") + 2;
    const std::size_t end = text.find("\n},\n", first);
    REQUIRE(end != std::string::npos);
    const ParsedRecord parsed = parse_json(text.substr(first, end + 2 - first));
    REQUIRE(parsed.record);
    CHECK(parsed.record->kpi().oversold_units() == 80);
    CHECK(parsed.record->series().step_s() == 0);
}

TEST_CASE("comparison: other shoppers are noticed") {
    std::vector<model::RunRecord> records = three();
    CHECK(unequal_shoppers(records).empty());
    records[2].mutable_identity()->set_shoppers_fingerprint("beef");
    CHECK(unequal_shoppers(records) ==
          "the shoppers under unified-reserve-on-cart (beef) are not those under nightly-batch (5409)");
}

TEST_CASE("comparison: rows are named by what tells them apart, and never cut for the sake of figures") {
    const std::string design = "a-design-whose-name-is-longer-than-others";
    const std::vector<model::RunRecord> policies = {record_of(design + ", nearest", 1), record_of(design + ", primal_dual", 2)};
    TerminalStyle narrow;
    narrow.width = 80;
    const std::string by_policy = comparison(policies, narrow);
    CHECK(count(by_policy, design) == 1);  // in the caption
    CHECK_THAT(by_policy, Catch::Contains("under 2 routing policies") && Catch::Contains("\n  primal_dual "));
    const std::vector<model::RunRecord> designs = {record_of(design + ", nearest", 1), record_of("b, nearest", 2)};
    const std::string by_design = comparison(designs, narrow);
    CHECK_THAT(by_design, Catch::Contains("under 2 designs, routing nearest") && Catch::Contains("\n  b  "));
    const std::vector<model::RunRecord> both = {record_of(design + ", nearest", 1), record_of(design + ", primal_dual", 2),
                                                record_of("b, nearest", 3)};
    const std::string mixed = comparison(both, narrow);
    for (const std::string& line : lines_of(mixed)) CHECK(display_width(line) <= 80);
}
