// The library's designs, run.
#include <catch2/catch.hpp>
#include <set>

#include "reports/balance.hpp"
#include "tests/sim/scenarios.hpp"

namespace lastunit::sim_tests {
namespace {

model::Scenario under(const std::string& design, const std::string& scenario, const std::vector<scenarios::Override>& settings) {
    const scenarios::Library library({scenarios::library_folder()});
    scenarios::Loaded loaded = scenarios::load(scenario, settings, library, design);
    for (const scenarios::Diagnostic& error : loaded.errors) UNSCOPED_INFO(error.text());
    REQUIRE(loaded.scenario);
    return std::move(*loaded.scenario);
}

void check_balances(const model::RunRecord& record) {
    for (const reports::BalanceLine& line : reports::balance(record)) {
        INFO(line.sentence << ": " << line.left << " against " << line.right);
        CHECK(line.closes());
    }
}

}  // namespace

TEST_CASE("designs: every balance closes under each of them, and the shoppers are the same") {
    const scenarios::Library library({scenarios::library_folder()});
    std::set<std::string> shoppers, runs;
    for (const auto& design : library.list_designs()) {
        INFO(design.name);
        const model::RunRecord record = run(under(design.name, "smoke", {}), 1);
        CHECK(record.kpi().orders_accepted() > 100);
        CHECK(record.identity().design() == design.name);
        check_balances(record);
        shoppers.insert(record.identity().shoppers_fingerprint());
        runs.insert(record.identity().fingerprint());
    }
    CHECK(shoppers.size() == 1);
    CHECK(runs.size() > 5);
}

TEST_CASE("designs: a short piece of each library scenario balances under each of them") {
    const scenarios::Library library({scenarios::library_folder()});
    for (const auto& scenario : library.list()) {
        std::vector<scenarios::Override> brief = {
            {"run.horizon", "1h"},
            {"run.start_of_day", "12:00"},
            {"run.drain", "48h"},
            {"catalogue.skus", "400"},
            {"demand.streams", "{online: {shoppers: 700}, stores: {shoppers: 300, channel: pos}}"},
        };
        if (scenario.name == "store-strike") brief.push_back({"faults", "null"});                 // they are of later hours
        if (scenario.name == "replay-orders" || scenario.name == "split-or-wait") brief.clear();  // small as they are
        for (const auto& design : library.list_designs()) {
            INFO(scenario.name << " under " << design.name);
            const model::RunRecord record = run(under(design.name, scenario.name, brief), 1);
            CHECK(record.kpi().shoppers() > 10);
            check_balances(record);
        }
    }
}

TEST_CASE("designs: a fault that a design cannot have is in the record, without windows") {
    const std::vector<scenarios::Override> crash = {
        {"faults", "{esb-down: {kind: host_crash, host: esb, at: 1h, lasts: 10min}}"}};
    const model::RunRecord has = run(under("esb-push", "smoke", crash), 1);
    REQUIRE(has.faults_size() == 1);
    CHECK(has.faults(0).from_s_size() == 1);
    CHECK(has.faults(0).left_out().empty());
    const model::RunRecord lacks = run(under("unified", "smoke", crash), 1);
    REQUIRE(lacks.faults_size() == 1);
    CHECK(lacks.faults(0).name() == "esb-down");
    CHECK(lacks.faults(0).from_s_size() == 0);
    CHECK(lacks.faults(0).left_out() == "the design `unified` has no host `esb`");
}

TEST_CASE("designs: the older the news, the more is oversold") {
    std::vector<std::uint64_t> oversold;
    for (const char* design : {"nightly-batch", "polling-hub", "event-stream"}) {
        std::uint64_t sum = 0;
        for (const std::uint64_t seed : {1, 2, 3, 4, 5}) sum += run(under(design, "smoke", {}), seed).kpi().oversold_units();
        oversold.push_back(sum);
    }
    CAPTURE(oversold);
    CHECK(oversold[0] > 2 * oversold[1]);
    CHECK(oversold[1] > 2 * oversold[2]);
}

}  // namespace lastunit::sim_tests
