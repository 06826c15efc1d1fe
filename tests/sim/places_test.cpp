// Every unit of every order is at each instant in exactly one place and state, with everything on at once.
#include <sstream>

#include "reports/balance.hpp"
#include "tests/sim/auditor.hpp"
#include "tests/sim/mix.hpp"
#include "tests/sim/places.hpp"
#include "tests/sim/scenarios.hpp"

namespace lastunit::sim_tests {

namespace {

class Everything : public Auditor {
   public:
    using Auditor::Auditor;
    void after_event_of_work(const sim::World& world) override { places.after_event_of_work(world); }

    Places places;
};

// What was seen where, by name.
std::map<std::string, std::uint64_t> nothing_is_lost(std::uint64_t number) {
    const Settings settings = Mix(5000 + number).draw_with_fulfilment();
    std::ostringstream repeat;
    repeat << "lastunit run smoke --seed " << number;
    for (const auto& [path, value] : settings) repeat << " --set '" << path << "=" << value << "'";
    INFO(repeat.str());
    const model::Scenario scenario = load("smoke", settings);
    const std::string answer = tests::in_child([&] {
        Everything probe(static_cast<std::uint16_t>(scenario.network.nodes.size()),
                         static_cast<std::uint32_t>(scenario.catalogue.skus.size()));
        sim::RunOptions options;
        options.seed = number;
        options.probe = &probe;
        const std::string record = sim::run(scenario, options).SerializeAsString();
        std::ostringstream seen;
        for (const auto& [where, pieces] : probe.places.seen()) seen << where << '\n' << pieces << '\n';
        return probe.text() + probe.places.violations() + '\0' + seen.str() + '\0' + record;
    });
    const std::size_t first = answer.find('\0'), second = answer.find('\0', first + 1);
    CHECK(answer.substr(0, first) == "");
    model::RunRecord record;
    REQUIRE(record.ParseFromString(answer.substr(second + 1)));
    for (const reports::BalanceLine& line : reports::balance(record)) {
        INFO(line.sentence << ": " << line.left << " against " << line.right);
        CHECK(line.closes());
    }
    CHECK(record.balance().orders_open() == 0);
    CHECK(record.balance().shoppers_active() == 0);
    std::map<std::string, std::uint64_t> seen;
    std::istringstream read(answer.substr(first + 1, second - first - 1));
    std::string where, pieces;
    while (std::getline(read, where) && std::getline(read, pieces)) seen[where] = std::stoull(pieces);
    return seen;
}

}  // namespace

TEST_CASE("places: every unit of every order is in one place and state after each event of a dozen wild days") {
    std::map<std::string, std::uint64_t> all;
    for (std::uint64_t number = 1; number <= 12; ++number)
        for (const auto& [where, pieces] : nothing_is_lost(number)) all[where] += pieces;
    for (const char* where : {"waiting", "in line", "wave", "at work", "asked", "waits for a truck", "between nodes", "dock",
                              "on the road", "locker", "ready", "counter", "put back"}) {
        INFO(where);
        CHECK(all[where] > 0);
    }
}

// Not run unless asked for: lastunit_sim_tests "[slow]"
TEST_CASE("places: five hundred wild days", "[.][slow]") {
    for (std::uint64_t number = 13; number <= 512; ++number) nothing_is_lost(number);
}

}  // namespace lastunit::sim_tests
