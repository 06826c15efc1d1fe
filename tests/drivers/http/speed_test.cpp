// Thousands of shoppers at once. The default version is small; `lastunit_http_tests [.speed]` measures.
#include <sys/resource.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <ctime>
#include <deque>
#include <fstream>
#include <memory>
#include <vector>

#include "drivers/driver.hpp"
#include "drivers/http/engine.hpp"
#include "drivers/http/shop.hpp"
#include "drivers/http/steps_run.hpp"
#include "tests/drivers/http/support.hpp"

namespace lastunit::test {
namespace {

using namespace drivers;
using namespace drivers::http;

double thread_cpu() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::int64_t resident_kib() {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("VmRSS:")) return std::atoll(line.c_str() + 6);
    return 0;
}

const char* const kPing = R"(
steps:
  ping:
    post: /ping
    json: '{"shopper": {{shopper}}, "email": "{{unique.email}}"}'
    extract: {id: id}
    rules: [{answer: accepted, json: ok, is: "true"}]
promise: ping
)";

// So many shoppers at once, each again and again until `requests` are done.
struct Crowd {
    Crowd(const std::shared_ptr<const Plan>& plan, std::size_t shoppers, std::size_t requests)
        : engine({.connections = 20'000}), shop(engine, plan, "speed", {"sku"}), left(requests), under_way(shoppers) {
        for (std::size_t i = 0; i < shoppers; ++i) next(shop.shopper(i + 1, {{shop.skus().data(), 1}}));
    }
    void next(const std::shared_ptr<Actor>& actor) {
        if (left == 0) {
            --under_way;
            return;
        }
        --left;
        run_steps(shop.runner(), shop.plan().steps, actor, {.from = 0, .to = 1, .gate = {}, .think = {}},
                  [this, actor](const WayResult& way) {
                      if (way.answer == Answer::accepted) ++accepted;
                      next(actor);
                  });
    }
    Engine engine;
    Shop shop;
    std::size_t left, under_way, accepted = 0;
};

TEST_CASE("http engine: three hundred shoppers at once share no variable, and every request is answered") {
    const StubShop shop;
    Crowd crowd(plan_of("urls: {shop: \"" + shop.url() + "\"}" + kPing), 300, 3000);
    REQUIRE(crowd.engine.run_until([&] { return crowd.under_way == 0; }, minutes(5)));
    CHECK(crowd.accepted == 3000);
    CHECK(crowd.engine.figures().requests == 3000);
    // Kept alive: one connection each, not one per request.
    CHECK(crowd.engine.figures().connections_opened <= 300);
}

TEST_CASE("http engine: more shoppers than connections wait for their turn") {
    const StubShop shop;
    const auto plan = plan_of("connections: 7\nurls: {shop: \"" + shop.url() + "\"}" + kPing);
    Engine engine({.connections = plan->connections});
    Shop of(engine, plan, "turns", {"sku"});
    std::size_t done = 0;
    for (std::size_t i = 0; i < 100; ++i)
        run_steps(of.runner(), plan->steps, of.shopper(i + 1, {{of.skus().data(), 1}}),
                  {.from = 0, .to = 1, .gate = {}, .think = {}},
                  [&](const WayResult& way) { done += way.answer == Answer::accepted ? 1 : 0; });
    REQUIRE(engine.run_until([&] { return done == 100; }, minutes(5)));
    CHECK(engine.figures().most_open <= 7);
    CHECK(shop.connections() <= 7);
}

TEST_CASE("http engine: five thousand shoppers' connections, requests per processor second and memory", "[.speed]") {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    const StubShop shop;
    const auto plan = plan_of("urls: {shop: \"" + shop.url() + "\"}" + kPing);
    const std::int64_t before = resident_kib();
    constexpr std::size_t kShoppers = 5000, kRequests = 200'000;
    const double wall = static_cast<double>(steady_now_ns()) / 1e9, cpu = thread_cpu();
    Crowd crowd(plan, kShoppers, kRequests);
    REQUIRE(crowd.engine.run_until([&] { return crowd.left == 0; }, minutes(5)));
    const std::int64_t after = resident_kib();
    REQUIRE(crowd.engine.run_until([&] { return crowd.under_way == 0; }, minutes(5)));
    const double took = static_cast<double>(steady_now_ns()) / 1e9 - wall, used = thread_cpu() - cpu;
    std::printf(
        "%zu requests over %llu connections: %.0f/s, %.0f per second of the engine's processor time; %.1f KiB per shopper, the "
        "stub's half included\n",
        kRequests, static_cast<unsigned long long>(crowd.engine.figures().most_open), static_cast<double>(kRequests) / took,
        static_cast<double>(kRequests) / used, static_cast<double>(after - before) / static_cast<double>(kShoppers));
    CHECK(crowd.accepted == kRequests);
}

// Requests at a rate that does not wait for answers, each by the next shopper in turn who has none under way.
struct Schedule {
    Schedule(const std::shared_ptr<const Plan>& plan, std::size_t shoppers, std::int64_t per_second)
        : engine({.connections = 20'000}), shop(engine, plan, "rate", {"sku"}), between_ns(1'000'000'000 / per_second) {
        for (std::size_t i = 0; i < shoppers; ++i) idle.push_back(shop.shopper(i + 1, {{shop.skus().data(), 1}}));
    }
    void begin(std::size_t requests) {
        left = under_way = requests;
        intended_ns = steady_now_ns();
        tick();
    }
    void tick() {
        for (; left > 0 && intended_ns <= steady_now_ns(); --left, intended_ns += between_ns) {
            lag_us.push_back(static_cast<double>(steady_now_ns() - intended_ns) / 1e3);
            REQUIRE_FALSE(idle.empty());
            const auto actor = idle.front();
            idle.pop_front();
            run_steps(shop.runner(), shop.plan().steps, actor, {.from = 0, .to = 1, .gate = {}, .think = {}},
                      [this, actor](const WayResult& way) {
                          accepted += way.answer == Answer::accepted ? 1 : 0;
                          --under_way;
                          idle.push_back(actor);
                      });
        }
        if (left > 0) engine.after(Duration{200}, [this] { tick(); });
    }
    double lag(double share) {
        std::sort(lag_us.begin(), lag_us.end());
        return lag_us[static_cast<std::size_t>(share * static_cast<double>(lag_us.size() - 1))];
    }
    Engine engine;
    Shop shop;
    std::deque<std::shared_ptr<Actor>> idle;
    std::vector<double> lag_us;
    std::int64_t between_ns, intended_ns = 0;
    std::size_t left = 0, under_way = 0, accepted = 0;
};

TEST_CASE("http engine: twenty thousand requests a second of five thousand shoppers, and how late each was sent", "[.speed]") {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    const StubShop shop;
    Schedule schedule(plan_of("urls: {shop: \"" + shop.url() + "\"}" + kPing), 5000, 20'000);
    schedule.begin(20'000);  // opens the connections
    REQUIRE(schedule.engine.run_until([&] { return schedule.under_way == 0; }, minutes(2)));
    schedule.lag_us.clear();
    constexpr std::size_t kRequests = 200'000;
    const double wall = static_cast<double>(steady_now_ns()) / 1e9, cpu = thread_cpu();
    schedule.begin(kRequests);
    REQUIRE(schedule.engine.run_until([&] { return schedule.under_way == 0; }, minutes(2)));
    const double took = static_cast<double>(steady_now_ns()) / 1e9 - wall, used = thread_cpu() - cpu;
    std::printf(
        "%zu requests at 20,000/s: held %.0f/s with %.0f %% of a core; sent late by p50 %.0f us, p99 %.0f us, max %.0f us\n",
        kRequests, static_cast<double>(kRequests) / took, 100 * used / took, schedule.lag(0.5), schedule.lag(0.99),
        schedule.lag(1));
    CHECK(schedule.accepted == kRequests + 20'000);
}

}  // namespace
}  // namespace lastunit::test
