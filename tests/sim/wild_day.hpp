// A run of everything at once under the eyes of a watcher, in a process of its own; what must hold at the end of each is checked.
#pragma once

#include <sstream>
#include <string>

#include "reports/balance.hpp"
#include "tests/sim/auditor.hpp"
#include "tests/sim/mix.hpp"
#include "tests/sim/scenarios.hpp"

namespace lastunit::sim_tests {

inline std::string repeat_command(std::uint64_t seed, const Settings& settings) {
    std::ostringstream repeat;
    repeat << "lastunit run smoke --seed " << seed;
    for (const auto& [path, value] : settings) repeat << " --set '" << path << "=" << value << "'";
    return repeat.str();
}

struct WildDay {
    model::RunRecord record;
    std::string seen;  // by the watcher
};

// `Watcher`: an Auditor with `seen()`, whatever it wants to tell beside violations.
template <class Watcher> WildDay wild_day(std::uint64_t seed, const Settings& settings) {
    const model::Scenario scenario = load("smoke", settings);
    const std::string answer = tests::in_child([&] {
        Watcher watcher(static_cast<std::uint16_t>(scenario.network.nodes.size()),
                        static_cast<std::uint32_t>(scenario.catalogue.skus.size()));
        sim::RunOptions options;
        options.seed = seed;
        options.probe = &watcher;
        const std::string record = sim::run(scenario, options).SerializeAsString();
        return watcher.text() + '\0' + watcher.seen() + '\0' + record;
    });
    const std::size_t first = answer.find('\0'), second = answer.find('\0', first + 1);
    CHECK(answer.substr(0, first) == "");
    WildDay day;
    day.seen = answer.substr(first + 1, second - first - 1);
    REQUIRE(day.record.ParseFromString(answer.substr(second + 1)));
    for (const reports::BalanceLine& line : reports::balance(day.record)) {
        INFO(line.sentence << ": " << line.left << " against " << line.right);
        CHECK(line.closes());
    }
    CHECK(day.record.balance().orders_open() == 0);
    CHECK(day.record.balance().shoppers_active() == 0);
    return day;
}

}  // namespace lastunit::sim_tests
