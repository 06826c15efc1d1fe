// A run over time: never more than a thousand steps, nothing lost, and the last seconds for the terminal.
#include <catch2/catch.hpp>
#include <numeric>

#include "drivers/load/series.hpp"
#include "drivers/load/tally.hpp"

namespace lastunit::drivers {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

template <class Column> std::uint64_t sum(const Column& column) {
    return std::accumulate(column.begin(), column.end(), std::uint64_t{0});
}

TEST_CASE("series: a step is a tenth of a second, and begins at a multiple of itself on the wall clock") {
    Series series;
    series.at(1'700'000'000'250'000).intended += 1;
    series.at(1'700'000'000'290'000).intended += 1;
    series.at(1'700'000'000'300'000).intended += 1;
    series.at(1'700'000'000'650'000).intended += 1;
    CHECK(series.begin_us() == 1'700'000'000'200'000);
    model::LoadSeries out;
    series.fill(out);
    CHECK(out.step_s() == Approx(0.1));
    CHECK(std::vector<std::uint32_t>(out.intended().begin(), out.intended().end()) == std::vector<std::uint32_t>{2, 1, 0, 0, 1});
    CHECK(out.service_p99_ms(0) == -1);
}

TEST_CASE("series: a day has at most a thousand steps, and every operation is in one") {
    Series series;
    const std::int64_t start = 1'700'000'000 * kSecond + 123'456;
    for (std::int64_t s = 0; s < 86'400; s += 7) {
        StepFigures& step = series.at(start + s * kSecond);
        ++step.intended;
        step.service.add(1'000'000 * (1 + s % 5));
    }
    CHECK(series.steps() <= Series::kMostSteps);
    CHECK(series.steps() > Series::kMostSteps / 2);
    model::LoadSeries out;
    series.fill(out);
    CHECK(sum(out.intended()) == (86'400 + 6) / 7);
    CHECK(out.service_p50_ms(3) == Approx(3).epsilon(0.04));
    const double steps_of_a_tenth = out.step_s() / 0.1;
    CHECK(std::log2(steps_of_a_tenth) == Approx(std::round(std::log2(steps_of_a_tenth))));
}

TEST_CASE("series: coarse from the start or made coarse on the way, the steps are the same") {
    const std::int64_t start = 1'700'000'001 * kSecond;
    Series grown, coarse;
    coarse.at(start);
    coarse.at(start + 390 * kSecond);  // makes room for all first
    for (std::int64_t us = 0; us < 390 * kSecond; us += 30'011) {
        ++grown.at(start + us).sent;
        ++coarse.at(start + us).sent;
    }
    ++grown.at(start + 390 * kSecond).sent;
    ++coarse.at(start + 390 * kSecond).sent;
    model::LoadSeries a, b;
    grown.fill(a);
    coarse.fill(b);
    CHECK(a.SerializeAsString() == b.SerializeAsString());
    CHECK(a.step_s() == Approx(0.4));
}

TEST_CASE("series: what is in flight is noted at the end of each step, also of those in which nothing happened") {
    Series series;
    const std::int64_t start = 1'700'000'000 * kSecond;
    series.at(start).intended += 1;
    series.passed(start + 50'000, 3);
    series.passed(start + 420'000, 5);
    series.passed(start + 510'000, 2);
    model::LoadSeries out;
    series.fill(out);
    CHECK(std::vector<std::uint32_t>(out.in_flight().begin(), out.in_flight().end()) ==
          std::vector<std::uint32_t>{5, 5, 5, 5, 2, 0});
}

TEST_CASE("series: what is in flight survives steps becoming longer") {
    Series series;
    const std::int64_t start = 1'700'000'000 * kSecond;
    for (std::int64_t step = 0; step < 5000; ++step) {
        series.at(start + step * 100'000).intended += 1;
        series.passed(start + step * 100'000, 9);
    }
    series.passed(start + 5000 * 100'000, 9);
    model::LoadSeries out;
    series.fill(out);
    REQUIRE(out.in_flight_size() > 500);
    for (int i = 0; i + 1 < out.in_flight_size(); ++i) CHECK(out.in_flight(i) == 9);
}

TEST_CASE("live figures: rates and quantiles are those of the last whole seconds, not of the beginning") {
    Tally tally(0);
    const auto operation = [&](std::int64_t at_us, std::int64_t service_ns) {
        const std::int64_t at_ns = at_us * 1000;
        tally.intended(core::CommandKind::hold, at_ns);
        tally.first_sent(at_ns, 0);
        tally.settled({.kind = core::CommandKind::hold,
                       .settled = Settled::applied,
                       .intended_ns = at_ns,
                       .first_sent_ns = at_ns,
                       .at_ns = at_ns + service_ns});
    };
    const std::int64_t start = 1'700'000'000 * kSecond;
    for (std::int64_t us = 0; us < 10 * kSecond; us += 10'000) operation(start + us, 500'000'000);
    for (std::int64_t us = 10 * kSecond; us < 20 * kSecond; us += 5'000) operation(start + us, 2'000'000);
    const LiveFigures live = tally.live((start + 20 * kSecond + 1000) * 1000);
    CHECK(live.over_s == 5);
    CHECK(live.rate_intended == Approx(200));
    CHECK(live.rate_answered == Approx(200));
    CHECK(live.service_p99_ms == Approx(2).epsilon(0.04));
    CHECK(live.intended == 3000);
    CHECK(live.applied == 3000);
}

TEST_CASE("tally: a run that was told when it begins counts from there, before the first operation is intended") {
    Tally tally(0);
    const std::int64_t start_ns = 1'700'000'000'050'000'000;
    tally.begins(start_ns);
    tally.intended(core::CommandKind::hold, start_ns + 3'000'000'000);
    tally.first_sent(start_ns + 3'000'000'000, 0);
    tally.settled({.kind = core::CommandKind::hold,
                   .settled = Settled::applied,
                   .intended_ns = start_ns + 3'000'000'000,
                   .first_sent_ns = start_ns + 3'000'000'000,
                   .at_ns = start_ns + 4'000'000'000});
    model::LoadReport report;
    tally.fill(report);
    CHECK(report.started_unix_us() == start_ns / 1000);
    CHECK(report.span_s() == Approx(4));
    CHECK(report.series().intended(30) == 1);
}

TEST_CASE("live figures: a run that has not lasted a second shows no rate") {
    Tally tally(0);
    tally.intended(core::CommandKind::hold, 1'700'000'000'000'000'000);
    const LiveFigures live = tally.live(1'700'000'000'000'000'000 + 1000);
    CHECK(live.over_s == 0);
    CHECK(live.rate_intended == 0);
    CHECK(live.intended == 1);
}

}  // namespace
}  // namespace lastunit::drivers
