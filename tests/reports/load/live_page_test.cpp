// The page's section on a live run.
#include <catch2/catch.hpp>

#include "reports/html.hpp"
#include "tests/reports/sample_record.hpp"
#include "tests/support/live_record.hpp"

using namespace lastunit;
using namespace lastunit::reports;
using Catch::Matchers::Contains;

namespace {

model::RunRecord live() {
    model::RunRecord record = reports::test::sample_record();
    *record.mutable_load() = lastunit::test::live_load();
    return record;
}

std::string section_of(const std::string& page) {
    const std::size_t from = page.find("<section id=\"live\">");
    return from == std::string::npos ? "" : page.substr(from, page.find("</section>", from) - from);
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

}  // namespace

TEST_CASE("live page: rate and latency over time, the three distributions, the audit's story and the prediction") {
    const std::string page = section_of(to_html(live()));
    CHECK_THAT(page, Contains("postgres://127.0.0.1:5433/shop, check_then_act, PostgreSQL 15.18, at 60x"));
    CHECK_THAT(page, Contains("VALID") && !Contains("INVALID"));
    for (const char* title : {"Rate", "Latency", "In flight", "Refused", "Attempts without an answer", "Latency by percentile"})
        CHECK_THAT(page, Contains("<b>" + std::string(title) + "</b>"));
    CHECK_THAT(page, Contains("response p99 <output>") && Contains("dispatch lag p99 <output>"));
    CHECK_THAT(page, Contains("99.99 %") && Contains("402 ms") && Contains("coordinated omission"));
    CHECK_THAT(page, Contains("<pre>  +0.000000 s to +0.008000 s  process 12 (web) allocates"));
    CHECK_THAT(page, Contains("Predicted beside measured") && Contains("+854 ms (x 141)"));
    CHECK(count(page, "NaN") + count(page, "inf") == 0);
}

TEST_CASE("live page: a fault that was done is marked in every chart over time, one that was left out in none") {
    model::RunRecord record = live();
    const std::string page = section_of(to_html(record));
    CHECK(count(page, "<rect class=\"band\"") == 5);
    CHECK_THAT(page, Contains("&#9660; stall</span>") && Contains("left out: the target is not started by this run"));
    // A kill is an instant, and seen all the same; a window beyond the end of the axis stays inside.
    record.mutable_load()->mutable_faults(0)->set_until_s(30);
    CHECK_THAT(section_of(to_html(record)), Contains("x=\"30\" y=\"0\" width=\"0.3\""));
    record.mutable_load()->mutable_faults(0)->set_from_s(-5), record.mutable_load()->mutable_faults(0)->set_until_s(1e9);
    CHECK_THAT(section_of(to_html(record)), Contains("x=\"0\" y=\"0\" width=\"60\""));
}

TEST_CASE("live page: an INVALID run says so at the top of the page, with its reasons in the section") {
    model::RunRecord record = live();
    record.mutable_load()->add_invalid("dispatch lag p99 <b>3.2 ms</b>");
    const std::string page = to_html(record);
    CHECK(page.find("<b>INVALID</b> the load was not") < page.find("class=\"cards\""));
    CHECK_THAT(section_of(page), Contains("<li>dispatch lag p99 &lt;b&gt;3.2 ms&lt;/b&gt;</li>"));
    CHECK_THAT(page, Contains("Not judged: the live run is INVALID."));
}

TEST_CASE("live page: no text of a record becomes markup") {
    const std::string attack = "</script><img src=x onerror=alert(1)>{{title}}\"'&";
    model::RunRecord record = live();
    model::LoadReport& load = *record.mutable_load();
    load.set_target(attack), load.set_mode(attack), load.set_system(attack), load.add_invalid(attack);
    load.mutable_audit()->set_headline(attack), load.mutable_audit()->set_history(attack);
    load.mutable_audit()->set_stories(0, attack + "\n" + attack), load.mutable_audit()->mutable_checks(0)->set_text(attack);
    load.mutable_audit()->mutable_checks(0)->set_name(attack), load.mutable_audit()->mutable_checks(0)->set_verdict(attack);
    for (auto& fault : *load.mutable_faults()) fault.set_name(attack), fault.set_kind(attack), fault.set_done(attack);
    load.mutable_faults(1)->set_left_out(attack);
    load.mutable_prediction()->mutable_figures(0)->set_name(attack),
        load.mutable_prediction()->mutable_figures(0)->set_unit(attack);
    load.mutable_prediction()->mutable_calibration(0)->set_kind(attack);
    load.mutable_operations(0)->set_kind(attack), load.mutable_operations(0)->mutable_refusals(0)->set_outcome(attack);
    const std::string page = to_html(record);
    CHECK_THAT(page, !Contains("<img src=x"));
    CHECK(count(page, "</script>") == 3);  // the day's series, the run's, the page's own
}

TEST_CASE("live page: a report of nothing, of one operation and of a broken series is a page") {
    model::RunRecord record = reports::test::sample_record();
    CHECK_THAT(to_html(record), !Contains("<section id=\"live\">"));
    record.mutable_load()->set_target("inproc");
    CHECK_THAT(section_of(to_html(record)),
               Contains("inproc, at 0x") && !Contains("<h3>Over time</h3>") && !Contains("<h3>Audit</h3>"));
    auto& series = *record.mutable_load()->mutable_series();
    series.set_step_s(0.001), series.add_intended(1), series.add_response_p99_ms(-1);
    record.mutable_load()->mutable_service()->set_total(1);
    CHECK(count(section_of(to_html(record)), "NaN") == 0);
}
