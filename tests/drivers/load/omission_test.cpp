// Coordinated omission, and the generator's honesty about itself.
#include <catch2/catch.hpp>

#include "drivers/load/constant_rate.hpp"
#include "drivers/load/instant_driver.hpp"
#include "drivers/load/latency_counts.hpp"
#include "drivers/load/validity.hpp"
#include "tests/drivers/load/generator.hpp"

namespace lastunit::drivers::tests {
namespace {

LatencyCounts read(const model::LatencyHistogram& from) {
    LatencyCounts histogram;
    histogram.merge(from);
    return histogram;
}

TEST_CASE("omission: a back end that stalls for a second at 2,000/s shows in the response time, and the service time hides it") {
    Generator it(1'000'000, [](DispatcherOptions& options) { options.pool = 20; });
    ConstantRateOptions options;
    options.phases = {{seconds(3), 1000, 1000}};  // pairs
    options.spacing = Spacing::even;
    const std::int64_t start_ns = steady_now_ns();
    it.driver.stalled_from_ns = start_ns + 1'000'000'000;
    it.driver.stalled_until_ns = start_ns + 2'000'000'000;
    const ConstantRateResult result = run_constant_rate(*it, small_shop(1'000'000), options);
    CHECK(result.holds == 3000);
    CHECK(result.confirmed == 3000);

    const model::LoadReport report = it.report();
    const LatencyCounts service = read(report.service()), response = read(report.response());
    CAPTURE(service.quantile_ns(0.99), response.quantile_ns(0.99));
    // 1,000 of 6,000 operations wanted to go through the stall, those that came first for nearly all of it.
    CHECK(response.quantile_ns(0.99) > 800'000'000);
    // 20 of 6,000 were with the back end meanwhile.
    CHECK(service.quantile_ns(0.99) < response.quantile_ns(0.99) / 2);
    CHECK(service.max_ns() > 800'000'000);
    CHECK(service.count() == response.count());
}

TEST_CASE("omission: without a pool the back end gets everything at once, and both times show the stall") {
    Generator it(1'000'000, [](DispatcherOptions& options) { options.pool = 0; });
    it.driver.holds_answers = true;
    for (std::uint64_t i = 1; i <= 200; ++i) it.hold(i, i);
    const std::int64_t until_ns = steady_now_ns() + 50'000'000;
    while (steady_now_ns() < until_ns) it.turn();
    CHECK(it.driver.received.size() == 200);
}

TEST_CASE("validity: a schedule that was held has nothing against it") {
    CHECK(reasons_for_invalid({.lag_p99_ns = 100'000, .service_p99_ns = 200'000}, {}).empty());
    // Late by more than it takes to notice, and little beside what is measured.
    CHECK(reasons_for_invalid({.lag_p99_ns = 5'000'000, .service_p99_ns = 100'000'000}, {}).empty());
}

TEST_CASE("validity: lag that distorts what is measured makes a run invalid") {
    const auto beside = reasons_for_invalid({.lag_p99_ns = 1'500'000, .service_p99_ns = 2'000'000}, {});
    REQUIRE(beside.size() == 1);
    CHECK(beside[0] ==
          "the generator sent late: dispatch lag p99 1.50 ms beside service p99 2.00 ms; a lower speed, or more shards");
    const auto ever = reasons_for_invalid({.lag_p99_ns = 23'000'000, .service_p99_ns = 1'000'000'000}, {});
    REQUIRE(ever.size() == 1);
    CHECK(ever[0] == "the generator sent late: dispatch lag p99 23 ms, above 10 ms; a lower speed, or more shards");
}

TEST_CASE("validity: operations that were not sent and a broken history are reasons of their own") {
    const auto reasons =
        reasons_for_invalid({.intended = 100, .beyond_most_in_flight = 7, .history_error = "cannot write h: no space"}, {});
    REQUIRE(reasons.size() == 2);
    CHECK_THAT(reasons[0], Catch::Contains("7 of 100 were not sent"));
    CHECK_THAT(reasons[1], Catch::Contains("no space"));
}

TEST_CASE("honesty: a schedule that nobody can hold makes the run invalid, not slow") {
    InstantDriver driver;
    DispatcherOptions dispatching;
    dispatching.client = kClient;
    Dispatcher dispatcher(driver, small_shop(), dispatching, {});
    ConstantRateOptions options;
    options.phases = {{milliseconds(100), 50'000'000, 50'000'000}};
    run_constant_rate(dispatcher, small_shop(), options, milliseconds(200));
    model::LoadReport report;
    dispatcher.fill(report);
    REQUIRE(report.invalid_size() >= 1);
    CHECK_THAT(report.invalid(0), Catch::Contains("dispatch lag p99"));
}

TEST_CASE("honesty: at half of its capacity the generator's own lag stays under a millisecond") {
    // Both are measured on the machine as it is: one that is busy with something else gets several chances.
    bool held = false;
    std::int64_t lag_ns = 0;
    for (int attempt = 0; attempt < 10 && !held; ++attempt) {
        const double capacity = find_capacity(milliseconds(100));
        InstantDriver driver;
        DispatcherOptions dispatching;
        dispatching.client = kClient;
        Dispatcher dispatcher(driver, small_shop(), dispatching, {});
        ConstantRateOptions options;
        options.phases = {{milliseconds(300), capacity / 4, capacity / 4}};  // pairs
        run_constant_rate(dispatcher, small_shop(), options);
        lag_ns = dispatcher.lag_p99_ns();
        held = lag_ns < 1'000'000;
        CAPTURE(capacity);
        CHECK(capacity >= 1000);
    }
    CAPTURE(lag_ns);
    CHECK(held);
}

}  // namespace
}  // namespace lastunit::drivers::tests
