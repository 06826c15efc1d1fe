#include "reports/gates.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace lastunit;
using namespace lastunit::reports;
using Compare = model::Gate::Compare;

namespace {

model::GateVerdict verdict(const std::string& kpi, Compare compare, double bound, const model::Kpi& values) {
    model::RunRecord record;
    *record.mutable_kpi() = values;
    return judge({{"gate", kpi, compare, bound}}, record).at(0);
}

}  // namespace

TEST_CASE("gates: the bound itself belongs to at_most and at_least, not to less and more") {
    model::Kpi kpi;
    kpi.set_orders_accepted(1000);
    kpi.set_oversell_rate(0.005);
    CHECK_FALSE(verdict("oversell_rate", Compare::less, 0.005, kpi).passed());
    CHECK(verdict("oversell_rate", Compare::at_most, 0.005, kpi).passed());
    CHECK_FALSE(verdict("oversell_rate", Compare::more, 0.005, kpi).passed());
    CHECK(verdict("oversell_rate", Compare::at_least, 0.005, kpi).passed());
    CHECK(verdict("oversell_rate", Compare::less, 0.00501, kpi).passed());
    CHECK_FALSE(verdict("oversell_rate", Compare::at_least, 0.00501, kpi).passed());
}

TEST_CASE("gates: a path reaches counts, money, rates and quantiles") {
    model::Kpi kpi;
    kpi.set_oversold_units(412);
    kpi.set_revenue(-7);
    kpi.mutable_fulfilment_time_s()->set_count(10);
    kpi.mutable_fulfilment_time_s()->set_p99(171'000);
    CHECK(verdict("oversold_units", Compare::less, 1, kpi).value() == 412);
    CHECK(verdict("revenue", Compare::less, 0, kpi).passed());
    const auto time = verdict("fulfilment_time_s.p99", Compare::at_most, 172'800, kpi);
    CHECK(time.value() == 171'000);
    CHECK(time.bound() == 172'800);
    CHECK(time.text() == "gate");
    CHECK(time.passed());
}

TEST_CASE("gates: an unknown KPI, an empty sample and a value that is no number fail, and say so") {
    model::Kpi kpi;
    kpi.set_oversell_rate(std::numeric_limits<double>::quiet_NaN());
    const auto unknown = verdict("oversel_rate", Compare::less, 1, kpi);
    CHECK_FALSE(unknown.passed());
    CHECK(unknown.text() == "gate (no such KPI)");
    for (const char* path : {"", ".", "oversell", "fulfilment_time_s", "fulfilment_time_s.", "fulfilment_time_s.p75",
                             "oversell_rate.p99", "kpi.oversell_rate"})
        CHECK(verdict(path, Compare::less, 1, kpi).text() == "gate (no such KPI)");
    const auto empty = verdict("fulfilment_time_s.p99", Compare::less, 1, kpi);
    CHECK_FALSE(empty.passed());
    CHECK(empty.text() == "gate (nothing was measured)");
    CHECK(verdict("fulfilment_time_s.count", Compare::less, 1, kpi).passed());
    const auto no_orders = verdict("oversell_rate", Compare::less, 1, model::Kpi{});
    CHECK_FALSE(no_orders.passed());
    CHECK(no_orders.text() == "gate (nothing was measured)");
    kpi.set_orders_accepted(1);
    CHECK_FALSE(verdict("oversell_rate", Compare::less, 1, kpi).passed());
}

TEST_CASE("gates: p95 is judged as the other quantiles are; a record of an older version has none to judge") {
    model::Kpi kpi;
    kpi.set_orders_accepted(1);
    kpi.mutable_fulfilment_time_s()->set_count(4), kpi.mutable_fulfilment_time_s()->set_p99(9);
    CHECK(verdict("fulfilment_time_s.p95", Compare::less, 8, kpi).text() == "gate (nothing was measured)");
    kpi.mutable_fulfilment_time_s()->set_p95(7);
    CHECK(verdict("fulfilment_time_s.p95", Compare::less, 8, kpi).passed());
    CHECK_FALSE(verdict("fulfilment_time_s.p95", Compare::less, 7, kpi).passed());
}

TEST_CASE("gates: a value is told in the unit of its KPI") {
    CHECK(kpi_text("oversell_rate", 0.0067) == "0.67 %");
    CHECK(kpi_text("fulfilment_time_s.p99", 171'000) == "47 h 30 min");
    CHECK(kpi_text("fulfilment_time_s.p95", 171'000) == "47 h 30 min");
    CHECK(kpi_text("fulfilment_time_s.count", 12'345) == "12,345");
    CHECK(kpi_text("oversold_units", 412) == "412");
    CHECK(kpi_text("cost_per_order", 14.2) == "14.20");
    CHECK(kpi_text("revenue", 2'724'422) == "27,244.22");
}

TEST_CASE("gates: none is judged of a partial run") {
    model::RunRecord record;
    record.mutable_identity()->set_partial(true);
    const auto verdicts = judge({{"gate", "oversold_units", model::Gate::Compare::at_most, 5}}, record);
    CHECK(verdicts.at(0).not_judged());
    CHECK_FALSE(verdicts.at(0).passed());
    record.mutable_identity()->set_partial(false);
    CHECK_FALSE(judge({{"gate", "oversold_units", model::Gate::Compare::at_most, 5}}, record).at(0).not_judged());
}
