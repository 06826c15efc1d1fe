#include "reports/html.hpp"

#include <catch2/catch.hpp>

#include "reports/html_parts.hpp"
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

bool has_no_number(const std::string& page) {
    for (const char* text : {"\"nan", ">nan", " nan", "-nan", "inf\"", "inf%", ">inf<", "n/a", "NaN"})
        if (contains(page, text)) return true;
    return false;
}

}  // namespace

TEST_CASE("html: the page of a day at one-minute steps has every section and stays small") {
    const std::string page = to_html(test::sample_record());
    for (const char* id : {"gates", "day", "channels", "nodes", "edges", "shoppers", "balance", "identity"})
        CHECK(contains(page, "<section id=\"" + std::string(id) + "\">"));
    for (const char* text : {"Black Friday of a Polish fashion retailer", "Łódź", "marketplace",
                             "lastunit run black-friday --seed 1", "9e3779b97f4a7c15"})
        CHECK(contains(page, text));
    CHECK(page.size() < 300'000);
}

TEST_CASE("html: a week at one-second steps with 60 edges stays below a megabyte") {
    auto record = test::sample_record();
    auto& series = *record.mutable_series();
    series.set_step_s(1);
    for (int i = 0; i < 604'800; ++i) series.add_orders(static_cast<std::uint32_t>(i % 97));
    for (int i = 0; i < 60; ++i) *series.add_edge_lag() = series.edge_lag(0);
    CHECK(to_html(record).size() < 1'000'000);
}

TEST_CASE("html: nothing is loaded from anywhere") {
    const std::string page = to_html(test::sample_record());
    for (const char* part : {"http:", "https:", "src=", "href=", "url(", "@import", "fetch("}) {
        INFO(part);
        CHECK_FALSE(contains(page, part));
    }
    CHECK(contains(page, "default-src 'none'"));
}

TEST_CASE("html: names are text, whatever they hold") {
    const std::string attack = "<script>alert(1)</script>\"' onload=x {{style}}\xFF";
    auto record = test::sample_record();
    const std::size_t scripts = count(to_html(record), "<script");
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
    const std::string page = to_html(record);
    CHECK(count(page, "<script") == scripts);
    CHECK_FALSE(contains(page, "\"' onload"));
    CHECK(contains(page, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; onload=x {{style}}\uFFFD"));
}

TEST_CASE("html: a record with nothing in it is a page all the same") {
    const std::string page = to_html({});
    CHECK(contains(page, "Nothing oversold"));
    CHECK_FALSE(contains(page, "<section id=\"day\">"));
    CHECK_FALSE(contains(page, "<section id=\"nodes\">"));
    CHECK_FALSE(has_no_number(page));
}

TEST_CASE("html: odd records draw") {
    auto record = test::sample_record();
    record.mutable_nodes()->DeleteSubrange(1, 40);  // one node: no extent
    record.mutable_identity()->set_start_of_day_s(22 * 3600 + 90);
    record.mutable_series()->set_step_s(0.25);
    const std::string page = to_html(record);
    CHECK(contains(page, "DC Stryków"));
    CHECK_FALSE(has_no_number(page));
}

TEST_CASE("html: a partial run and a broken balance are told at once") {
    auto record = test::sample_record();
    CHECK_FALSE(contains(to_html(record), "PARTIAL RUN"));
    record.mutable_identity()->set_partial(true);
    record.mutable_balance()->set_units_open(1);
    const std::string page = to_html(record);
    CHECK(contains(page, "PARTIAL RUN"));
    CHECK(contains(page, "2 of 45 lines do not close"));
}

TEST_CASE("html: a template is filled in one pass") {
    CHECK(fill("<{{a}}|{{b}}>", {{"a", "{{b}}"}, {"b", "x"}}) == "<{{b}}|x>");
    CHECK(fill("no place {{ here", {}) == "no place {{ here");
}
