// What a study measured, and what is said of it.
#include <catch2/catch.hpp>
#include <cmath>

#include "reports/study/estimates.hpp"
#include "reports/study/figures.hpp"
#include "reports/study/kpi_table.hpp"

namespace lastunit::reports {
namespace {

model::RunRecord run(std::uint64_t seed, std::uint64_t oversold) {
    model::RunRecord record;
    record.mutable_identity()->set_seed(seed);
    record.mutable_identity()->set_scenario("peak");
    record.mutable_identity()->set_currency("PLN");
    record.mutable_kpi()->set_oversold_units(oversold);
    record.mutable_kpi()->set_oversold_value(static_cast<std::int64_t>(oversold) * 1000);
    record.mutable_kpi()->set_conversion(0.25);
    return record;
}

const std::vector<std::string> kPaths = {"oversold_units", "conversion", "fulfilment_time_s.p90"};

}  // namespace

TEST_CASE("study: figures lie by seed, in whatever order they came, each seed once") {
    StudyFigures figures({"a", "b"});
    for (const std::uint64_t seed : {3, 1, 2, 3}) figures.add(0, run(seed, seed * 10));
    figures.add(1, run(2, 5));
    figures.add(1, run(4, 6));
    CHECK(figures.sample(0, "oversold_units") == std::vector<double>{10, 20, 30});
    CHECK(figures.replications(0).size() == 3);
    CHECK_FALSE(figures.sample(0, "no_such_kpi"));
    CHECK_FALSE(StudyFigures({"empty"}).sample(0, "oversold_units"));
    const auto pairs = figures.pairs(0, 1, "oversold_units");
    REQUIRE(pairs);
    CHECK(pairs->a == std::vector<double>{20});
    CHECK(pairs->b == std::vector<double>{5});
}

TEST_CASE("study: a KPI that one replication did not measure has no sample") {
    StudyFigures figures({"a"});
    model::RunRecord fast = run(1, 0);
    fast.mutable_kpi()->mutable_fulfilment_time_s()->set_count(4);
    fast.mutable_kpi()->mutable_fulfilment_time_s()->set_p90(60);
    figures.add(0, fast);
    CHECK(figures.sample(0, "fulfilment_time_s.p90") == std::vector<double>{60});
    figures.add(0, run(2, 0));
    CHECK_FALSE(figures.sample(0, "fulfilment_time_s.p90"));
    const std::string text = estimates(figures, kPaths);
    CHECK(text.find("not measured in every run: fulfilment time, p90") != std::string::npos);
}

TEST_CASE("study: the estimate of a KPI is its mean with Student's interval") {
    StudyFigures figures({"a"});
    for (std::uint64_t seed = 1; seed <= 4; ++seed) figures.add(0, run(seed, seed * 10));
    const auto one = estimate(figures, 0, "oversold_units");
    REQUIRE(one);
    CHECK(one->mean.value == Approx(25));
    CHECK(one->mean.half_width() == Approx(3.182446 * std::sqrt(500.0 / 3 / 4)).epsilon(1e-6));  // t(0.975, 3)
    CHECK(one->least == 10);
    CHECK(one->most == 40);
    const std::string json = estimates_json(figures);
    CHECK(json.find("\"oversold_units\": {\"mean\": {\"value\": 25,") != std::string::npos);
    CHECK(json.find("\"values\": [10, 20, 30, 40]") != std::string::npos);
    CHECK(estimates_markdown(figures, kPaths).find("| oversold units | 25 |") != std::string::npos);
}

TEST_CASE("study: how often a run oversells has an exact binomial interval") {
    StudyFigures figures({"a"});
    for (std::uint64_t seed = 1; seed <= 20; ++seed) figures.add(0, run(seed, seed <= 3 ? 12 : 0));
    const auto risk = oversell_risk(figures, 0);
    REQUIRE(risk);
    REQUIRE(risk->units.size() == 2);
    CHECK(risk->units[1].units == 10);
    CHECK(risk->units[0].probability.value == Approx(0.15));
    CHECK(risk->units[0].probability.low == Approx(0.03207).epsilon(1e-3));  // Clopper & Pearson, 3 of 20
    CHECK(risk->units[0].probability.high == Approx(0.37893).epsilon(1e-3));
    CHECK(risk->oversold_value.var.value == 12'000);
}

TEST_CASE("study: every KPI knows which way it is better, whoever's it is") {
    CHECK(better("oversold_units") == Better::lower);
    CHECK(better("channels.web.oversold_units") == Better::lower);
    CHECK(better("promise_kept_rate") == Better::higher);
    CHECK(better("pickup.promise_kept_rate") == Better::higher);
    CHECK(better("channels.web.pickup.promise_kept_rate") == Better::higher);
    CHECK(better("shoppers") == Better::neither);
    CHECK(better("fulfilment_time_s.count") == Better::neither);
    CHECK(kpi_label("cost_per_order") == "cost per order");
    CHECK(kpi_hint("oversel_rate", {"oversell_rate", "revenue"}) == "; did you mean `oversell_rate`?");
}

}  // namespace lastunit::reports
