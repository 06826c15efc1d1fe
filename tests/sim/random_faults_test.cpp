// Everything breaks at once: faults, careless edges and wrong records drawn from one seed each. No run may crash, every unit must
// be somewhere and have its cause, and once the faults are over every open order must end.
#include <map>

#include "tests/sim/wild_day.hpp"

namespace lastunit::sim_tests {

namespace {

struct Watched : Auditor {
    using Auditor::Auditor;
    std::string seen() const { return {}; }
};

model::RunRecord survives(std::uint64_t number) {
    const Settings settings = Mix(number).draw();
    INFO(repeat_command(number, settings));
    const model::RunRecord record = wild_day<Watched>(number, settings).record;
    CHECK(record.kpi().units_accepted() > 50);
    return record;
}

std::map<std::string, std::uint64_t> mishaps(const model::RunRecord& record) {
    const model::Kpi& kpi = record.kpi();
    std::map<std::string, std::uint64_t> counts = {
        {"conflicts", kpi.conflicts()},
        {"lock timeouts", kpi.lock_timeouts()},
        {"cancelled but paid", kpi.cancelled_but_paid()},
        {"paid, not ordered", kpi.paid_not_ordered()},
        {"booked twice", kpi.sales_booked_twice()},
        {"unreachable", kpi.unreachable_refusals()},
        {"hung up", kpi.calls_hung_up()},
        {"engaged", kpi.calls_engaged()},
        {"forgotten", kpi.forgotten_units()},
        {"taken back", kpi.taken_back_units()},
        {"failed picks", kpi.failed_picks()},
        {"expired holds", kpi.holds_expired()},
        {"planned anew", kpi.reoptimised_orders()},
    };
    for (const model::NodeKpi& node : record.nodes()) {
        counts["served"] += node.served();
        counts["walked out"] += node.walked_out();
        counts["overtime"] += static_cast<std::uint64_t>(node.overtime_s());
    }
    for (const model::CauseCount& count : kpi.oversold_causes()) counts["oversold: " + count.cause()] = count.units();
    for (const model::CauseCount& count : kpi.undersold_causes()) counts["undersold: " + count.cause()] = count.units();
    return counts;
}

}  // namespace

TEST_CASE("random faults: thirty runs in which everything breaks close every balance, and every order ends") {
    std::map<std::string, std::uint64_t> all;
    for (std::uint64_t number = 1; number <= 30; ++number)
        for (const auto& [what, count] : mishaps(survives(number))) all[what] += count;
    // Else the thirty do not test it. Two are too rare in a shop as small as this (causes_test.cpp has shops for them).
    all.erase("oversold: duplicate_message");
    all.erase("oversold: reordered_message");
    for (const auto& [what, count] : all) {
        INFO(what);
        CHECK(count > 0);
    }
}

// Not run unless asked for: lastunit_sim_tests "[slow]"
TEST_CASE("random faults: two hundred seeds", "[.][slow]") {
    for (std::uint64_t number = 31; number <= 230; ++number) survives(number);
}

}  // namespace lastunit::sim_tests
