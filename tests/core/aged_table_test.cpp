#include "core/aged_table.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "core/hashing.hpp"
#include "core/id_map.hpp"
#include "tests/core/generator.hpp"

using namespace lastunit;
using namespace lastunit::core;

namespace {
struct Identity {
    std::uint64_t operator()(std::uint64_t id) const { return hash_identity(id); }
};
// Everything collides.
struct Constant {
    std::uint64_t operator()(std::uint64_t) const { return 3; }
};

template <class Hash> void compare_with_map(std::uint64_t seed, std::uint32_t names) {
    INFO("seed " << seed);
    testing::Generator random(seed);
    AgedTable<std::uint64_t, int, Hash> table;
    std::map<std::uint64_t, std::pair<int, SimTime>> expected;
    SimTime now{0};
    for (int step = 0; step < 3000; ++step) {
        now = now + microseconds(random.below(4));
        const SimTime bound = now - microseconds(200);
        table.forget_until(bound);
        std::erase_if(expected, [&](const auto& item) { return item.second.second <= bound; });
        const std::uint64_t name = random.below(names) * 8;
        const int* found = table.find(name);
        REQUIRE((found != nullptr) == expected.contains(name));
        if (found != nullptr) {
            REQUIRE(*found == expected[name].first);
        } else {
            table.remember(name, step, now);
            expected[name] = {step, now};
        }
        REQUIRE(table.size() == expected.size());
    }
}
}  // namespace

TEST_CASE("aged table: remembers as a map would, for its time") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) compare_with_map<Identity>(seed, 500);
    compare_with_map<Constant>(99, 60);
}

TEST_CASE("id map: finds, inserts and erases as a map would") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        INFO("seed " << seed);
        testing::Generator random(seed);
        IdMap<int> map;
        std::map<std::uint64_t, int> expected;
        for (int step = 0; step < 5000; ++step) {
            const std::uint64_t id = random.below(300) * (random.one_in(2) ? 1U : 4096U);
            const int* found = map.find(id);
            REQUIRE((found != nullptr) == expected.contains(id));
            if (found == nullptr) {
                map.insert(id, step);
                expected[id] = step;
            } else {
                REQUIRE(*found == expected[id]);
                map.erase(id);
                expected.erase(id);
            }
            REQUIRE(map.size() == expected.size());
        }
    }
}
