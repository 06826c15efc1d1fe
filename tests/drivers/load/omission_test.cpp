// Coordinated omission, and the generator's honesty about itself.
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

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

// The 99th percentile of how late a thread is that only waits, on this machine as busy as it is now.
std::uint64_t machine_lateness_p99_ns(double rate, Duration lasts) {
    LatencyCounts lateness;
    const std::int64_t start_ns = steady_now_ns();
    const auto period_ns = static_cast<std::int64_t>(1e9 / rate);
    for (std::int64_t due_ns = start_ns; due_ns < start_ns + lasts.us * 1000; due_ns += period_ns) {
        const std::int64_t left_ns = due_ns - steady_now_ns() - 100'000;
        if (left_ns > 0) std::this_thread::sleep_for(std::chrono::nanoseconds(left_ns));
        while (steady_now_ns() < due_ns) continue;
        lateness.add(steady_now_ns() - due_ns);
    }
    return lateness.quantile_ns(0.99);
}

TEST_CASE(
    "honesty: at half of its capacity the generator's own lag stays under a millisecond, or what the machine does to anybody") {
    bool held = false;
    for (int attempt = 0; attempt < 10 && !held; ++attempt) {
        const double capacity = find_capacity(milliseconds(100));
        CHECK(capacity >= 1000);
        InstantDriver driver;
        DispatcherOptions dispatching;
        dispatching.client = kClient;
        Dispatcher dispatcher(driver, small_shop(), dispatching, {});
        ConstantRateOptions options;
        options.phases = {{milliseconds(300), capacity / 4, capacity / 4}};  // pairs
        run_constant_rate(dispatcher, small_shop(), options);
        const std::uint64_t machine_ns = machine_lateness_p99_ns(capacity / 2, milliseconds(300));
        const std::uint64_t lag_ns = static_cast<std::uint64_t>(dispatcher.lag_p99_ns());
        UNSCOPED_INFO("capacity " << capacity << "/s, lag p99 " << lag_ns << " ns, the machine's own lateness " << machine_ns
                                  << " ns");
        held = lag_ns < std::max<std::uint64_t>(1'000'000, 3 * machine_ns);
    }
    CHECK(held);
}

}  // namespace
}  // namespace lastunit::drivers::tests
