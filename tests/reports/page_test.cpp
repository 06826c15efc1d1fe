#include "reports/page.hpp"

#include <catch2/catch.hpp>

#include "reports/country_outlines.hpp"
#include "reports/html_parts.hpp"
#include "reports/json.hpp"
#include "tests/reports/sample_record.hpp"

using namespace lastunit;
using namespace lastunit::reports;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
    return found;
}

std::string page_of(const model::RunRecord& record) { return run_page(record, Language::english); }

// The text of a document that the page carries.
std::string document_of(const std::string& page, const std::string& id) {
    const std::string opening = "<script type=\"application/json\" id=\"" + id + "\">";
    const std::size_t from = page.find(opening);
    if (from == std::string::npos) return "";
    const std::size_t at = from + opening.size();
    return page.substr(at, page.find("</script>", at) - at);
}

}  // namespace

TEST_CASE("page: it carries the record itself") {
    const model::RunRecord record = test::sample_record();
    const ParsedRecord parsed = parse_json(document_of(page_of(record), "run"));
    REQUIRE(parsed.record);
    CHECK(to_json(*parsed.record) == to_json(record));  // messages that a record lacks are there, empty, once it was JSON
}

TEST_CASE("page: lines of the balance come along, and say which of them do not close") {
    model::RunRecord record = test::sample_record();
    CHECK(contains(document_of(page_of(record), "balance"), "\"closes\":true"));
    record.mutable_balance()->set_units_shipped(record.balance().units_shipped() + 1);
    CHECK(contains(document_of(page_of(record), "balance"), "\"closes\":false"));
}

TEST_CASE("page: a series that was thinned says how long the record's own steps are") {
    model::RunRecord record = test::sample_record();
    CHECK(document_of(page_of(record), "thinned").empty());
    model::Series& s = *record.mutable_series();
    while (s.orders_size() < 20'000) s.add_orders(1);
    CHECK(document_of(page_of(record), "thinned") == "{\"step_s\":60}");
}

TEST_CASE("page: nothing is loaded from anywhere, and its own policy says so") {
    const std::string page = page_of(test::sample_record());
    for (const char* part : {"src=\"", "<link", "@import"}) {
        INFO(part);
        CHECK_FALSE(contains(page, part));
    }
    CHECK(count(page, "url(") == count(page, "url(#"));  // parts of a picture that is in the page
    CHECK(contains(page, "default-src 'none'"));
}

TEST_CASE("page: the countries around the network come along, and no others") {
    const std::string near_lodz = country_outlines({19, 51, 21, 53});
    CHECK(contains(near_lodz, "\"Poland\""));
    CHECK_FALSE(contains(near_lodz, "\"Spain\""));
    CHECK(country_outlines({}) == "[]");
    CHECK(country_outlines({0, -60, 0.1, -59.9}) == "[]");  // the southern sea
}

TEST_CASE("page: names are text, whatever they hold") {
    const std::string attack = "<script>alert(1)</script>\"' onload=x {{style}}\xFF";
    auto record = test::sample_record();
    const std::size_t scripts = count(page_of(record), "<script");
    auto& id = *record.mutable_identity();
    for (auto* field : {id.mutable_scenario(), id.mutable_scenario_title(), id.mutable_scenario_file(), id.mutable_design(),
                        id.mutable_currency(), id.mutable_commit(), id.mutable_fingerprint(), id.mutable_repeat_command()})
        *field = attack;
    for (auto& c : *record.mutable_channels()) c.set_name(attack), c.set_reservation(attack), c.set_decides_on(attack);
    for (auto& n : *record.mutable_nodes()) n.set_name(attack), n.set_kind(attack);
    for (auto& e : *record.mutable_edges()) e.set_name(attack), e.set_from(attack), e.set_to(attack), e.set_kind(attack);
    for (auto& e : *record.mutable_series()->mutable_edge_lag()) e.set_edge(attack);
    for (auto& g : *record.mutable_gates()) g.set_text(attack), g.set_kpi(attack);
    for (auto& j : *record.mutable_journeys()) j.set_name(attack);
    for (auto& p : *record.mutable_personas()) p.set_name(attack);
    for (auto& s : *record.mutable_switches()) s.set_from(attack), s.set_to(attack);
    auto& row = *record.add_rejected_rows();
    row.set_reason(attack);
    record.set_rejected_row_count(1);
    const std::string page = page_of(record);
    CHECK(count(page, "<script") == scripts);
    CHECK_FALSE(contains(page, "alert(1)</script>"));
    CHECK(contains(page, "<title>&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; onload=x {{style}}\uFFFD - lastunit</title>"));
}

TEST_CASE("html: a template is filled in one pass") {
    CHECK(fill("<{{a}}|{{b}}>", {{"a", "{{b}}"}, {"b", "x"}}) == "<{{b}}|x>");
    CHECK(fill("no place {{ here", {}) == "no place {{ here");
}
