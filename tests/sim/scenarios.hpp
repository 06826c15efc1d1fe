// Scenarios of the library for tests of the simulator, and runs of them in a process of their own.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/loader.hpp"
#include "sim/simulation.hpp"
#include "tests/support/forked.hpp"

namespace lastunit::sim_tests {

using Settings = std::vector<std::pair<std::string, std::string>>;

inline model::Scenario load(const std::string& name, const Settings& settings = {}) {
    const scenarios::Library library({std::string(LASTUNIT_SOURCE_DIR) + "/scenarios/library"});
    std::vector<scenarios::Override> overrides;
    for (const auto& [path, value] : settings) overrides.push_back({path, value});
    scenarios::Loaded loaded = scenarios::load(name, overrides, library);
    for (const scenarios::Diagnostic& error : loaded.errors) UNSCOPED_INFO(error.text());
    REQUIRE(loaded.scenario);
    return std::move(*loaded.scenario);
}

inline model::RunRecord run(const model::Scenario& scenario, std::uint64_t seed) {
    const std::string bytes = tests::in_child([&] {
        sim::RunOptions options;
        options.seed = seed;
        return sim::run(scenario, options).SerializeAsString();
    });
    model::RunRecord record;
    REQUIRE(record.ParseFromString(bytes));
    return record;
}

}  // namespace lastunit::sim_tests
