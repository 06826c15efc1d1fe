#include "core/timer_wheel.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/core/generator.hpp"

using namespace lastunit;
using namespace lastunit::core;

TEST_CASE("timer wheel: fires like an ordered set, over all widths of time") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        INFO("seed " << seed);
        testing::Generator random(seed);
        TimerWheel wheel;
        std::set<std::tuple<SimTime, std::uint64_t, std::uint32_t>> expected;
        std::vector<std::uint32_t> due;
        SimTime now{random.one_in(2) ? -5'000'000 : 1'700'000'000'000'000};
        wheel.take_due(now, due);
        for (int step = 0; step < 2000; ++step) {
            const std::uint32_t timer = random.below(100);
            if (!wheel.running(timer)) {
                const SimTime end = now + microseconds(1 + static_cast<std::int64_t>(random.next() >> (24 + random.below(40))));
                const std::uint64_t id = random.next();
                wheel.schedule(timer, end, id);
                expected.insert({end, id, timer});
            } else if (random.one_in(3)) {
                std::erase_if(expected, [&](const auto& entry) { return std::get<2>(entry) == timer; });
                wheel.cancel(timer);
            }
            now = now + microseconds(static_cast<std::int64_t>(random.next() >> (30 + random.below(34))));
            for (wheel.take_due(now, due); !due.empty(); wheel.take_due(now, due))
                for (const std::uint32_t fired : due) {
                    REQUIRE(!expected.empty());
                    REQUIRE(std::get<2>(*expected.begin()) == fired);
                    REQUIRE(std::get<0>(*expected.begin()) <= now);
                    expected.erase(expected.begin());
                }
            REQUIRE((expected.empty() || std::get<0>(*expected.begin()) > now));
            REQUIRE(wheel.next() <= (expected.empty() ? kNever : std::get<0>(*expected.begin())));
        }
    }
}
