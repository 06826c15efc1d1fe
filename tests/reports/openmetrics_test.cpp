#include "reports/openmetrics.hpp"

#include <catch2/catch.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "tests/reports/sample_record.hpp"
#include "tests/support/live_record.hpp"
#include "tests/support/shop_record.hpp"

using namespace lastunit;
using namespace lastunit::reports;
using Catch::Matchers::Contains;

namespace {

model::RunRecord live() {
    model::RunRecord record = reports::test::sample_record();
    *record.mutable_load() = lastunit::test::live_load();
    record.mutable_identity()->set_design("hub \"fast\"\nC:\\");
    return record;
}

// Each family is declared once before its samples, and every other line is a sample of the last one.
void check_format(const std::string& text) {
    const std::regex sample(R"RX(([a-z_]+)\{([a-z_]+="([^"\\\n]|\\["\\n])*",?)*\} (NaN|-?[0-9.]+(e[+-]?[0-9]+)?))RX");
    std::istringstream lines(text);
    std::set<std::string> families, seen;
    std::string family, line, last;
    while (std::getline(lines, line)) {
        INFO(line);
        last = line;
        if (line.starts_with("# TYPE ")) {
            family = line.substr(7, line.find(' ', 7) - 7);
            CHECK(families.insert(family).second);
        } else if (!line.starts_with("#")) {
            std::smatch parts;
            REQUIRE(std::regex_match(line, parts, sample));
            const std::string name = parts[1];
            CHECK((name == family || name == family + "_sum" || name == family + "_count"));
            CHECK(seen.insert(line.substr(0, line.rfind(' '))).second);
        }
    }
    CHECK(last == "# EOF");
}

}  // namespace

TEST_CASE("openmetrics: every line is well formed, no sample is there twice, whatever the names") {
    check_format(openmetrics(live()));
    check_format(openmetrics(reports::test::sample_record()));
    check_format(openmetrics({}));
}

TEST_CASE("openmetrics: validity, the three times and the audit of a live run") {
    const std::string text = openmetrics(live());
    CHECK_THAT(text,
               Contains("lastunit_load_valid{scenario=\"black-friday\",design=\"hub \\\"fast\\\"\\nC:\\\\\",seed=\"1\",target="
                        "\"postgres://127.0.0.1:5433/shop\",mode=\"check_then_act\"} 1\n"));
    CHECK_THAT(text, Contains("quantile=\"0.99\"} 0.4"));
    CHECK_THAT(text,
               Contains("verdict=\"refuted\"} 1\n") && Contains("verdict=\"sound\"} 0\n") && Contains("bound=\"high\"} 5\n"));
    model::RunRecord invalid = live();
    invalid.mutable_load()->add_invalid("too slow");
    CHECK_THAT(openmetrics(invalid), Contains("mode=\"check_then_act\"} 0\n"));
    CHECK_THAT(openmetrics(reports::test::sample_record()), !Contains("lastunit_load") && Contains("lastunit_oversold_units{"));
}

TEST_CASE("openmetrics: a shop over HTTP has its steps, answers by class and rule, books and processor time") {
    model::RunRecord record = live();
    lastunit::test::add_shop(*record.mutable_load());
    record.mutable_load()->mutable_flow_steps(1)->mutable_answers(0)->set_why("rule \"2\"\n");
    // Two rows that a merge left with one name are one sample.
    *record.mutable_load()->mutable_flow_steps(1)->add_answers() = record.load().flow_steps(1).answers(2);
    const std::string text = openmetrics(record);
    check_format(text);
    CHECK_THAT(text, Contains("step=\"pay\",result=\"came\"} 900\n") && Contains("step=\"pay\",result=\"passed\"} 400\n"));
    CHECK_THAT(text, Contains("step=\"pay\",class=\"out_of_stock\",status=\"409\",rule=\"rule \\\"2\\\"\\n\"} 500\n") &&
                         Contains("class=\"unknown\",status=\"0\",rule=\"\"} 20\n"));
    CHECK_THAT(text, Contains("# TYPE lastunit_flow_seconds summary\n") && Contains("step=\"pay\",quantile=\"0.95\"} 0.8"));
    CHECK_THAT(text, Contains("figure=\"counter_moved_by\"} 371\n") && !Contains("figure=\"reservations\""));
    CHECK_THAT(text, Contains("kind=\"lost_update\"} 29\n") && Contains("kind=\"lost_update\"} 3\n") &&
                         Contains("kind=\"oversold\"} 0\n"));  // an alert ends
    CHECK_THAT(text, Contains("part=\"database\"} 4\n") && Contains("lastunit_shop_cpu_seconds_per_checkout{"));
    CHECK_THAT(openmetrics(live()), !Contains("lastunit_flow") && !Contains("lastunit_books") && !Contains("lastunit_shop"));
    record.mutable_load()->mutable_shop_books()->set_problem("answered 500");
    CHECK_THAT(openmetrics(record), Contains("lastunit_books_judged{") && !Contains("lastunit_books_units"));
}

TEST_CASE("openmetrics: the figures of a dashboard are there where they were measured, and left out where not") {
    model::RunRecord record = reports::test::sample_record();
    auto& k = *record.mutable_kpi();
    k.set_orders_accepted(10), k.set_cost_per_order(12.5), k.set_oversell_rate(0.02), k.set_promise_kept_rate(0.9);
    k.mutable_ship()->set_promises_due(10);
    auto& time = *k.mutable_fulfilment_time_s();
    time.set_count(4), time.set_mean(100), time.set_p50(90), time.set_p90(150), time.set_p95(180), time.set_p99(200),
        time.set_max(210);
    record.mutable_identity()->set_currency("PLN");
    record.clear_edges();
    auto& edge = *record.add_edges();
    edge.set_name("stock to \"web\"");
    edge.mutable_lag_s()->set_count(3), edge.mutable_lag_s()->set_p99(61.5);
    record.add_edges()->set_name("silent");
    const std::string text = openmetrics(record);
    check_format(text);
    CHECK_THAT(text, Contains("lastunit_oversell_ratio{") && Contains("} 0.02\n") && Contains("lastunit_undersold_units{") &&
                         Contains("lastunit_lost_sales_units{") && Contains("lastunit_promise_kept_ratio{"));
    CHECK_THAT(text, Contains("lastunit_fulfilment_seconds{") && Contains("quantile=\"0.9\"} 150\n") &&
                         Contains("quantile=\"0.95\"} 180\n") && Contains("lastunit_fulfilment_seconds_sum{") &&
                         Contains("} 400\n"));
    CHECK_THAT(text, Contains("currency=\"PLN\"} 12.5\n"));
    CHECK_THAT(text, Contains("edge=\"stock to \\\"web\\\"\",quantile=\"0.99\"} 61.5\n") && !Contains("silent"));
    CHECK_THAT(text, !Contains("edge=\"stock to \\\"web\\\"\",quantile=\"0.95\""));  // a record of an older version has none
    const std::string nothing = openmetrics({});
    CHECK_THAT(nothing, !Contains("cost_per_order") && !Contains("fulfilment") && !Contains("promise") && !Contains("sync_lag"));
}
