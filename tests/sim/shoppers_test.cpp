// Common random numbers: a shopper is the same person under every design.
#include <sstream>

#include "sim/probe.hpp"
#include "tests/sim/scenarios.hpp"

namespace lastunit::sim_tests {

namespace {

class Roll : public sim::Probe {
   public:
    void shopper_arrived(SimTime at, std::uint64_t shopper, std::uint8_t persona, Duration patience,
                         std::uint64_t basket) override {
        text << at.us << ' ' << shopper << ' ' << int{persona} << ' ' << patience.us << ' ' << basket << '\n';
    }
    std::ostringstream text;
};

struct Seen {
    std::string roll;
    model::RunRecord record;
};

Seen watch(const Settings& settings, std::uint64_t seed) {
    const model::Scenario scenario = load("smoke", settings);
    const std::string answer = tests::in_child([&] {
        Roll roll;
        sim::RunOptions options;
        options.seed = seed;
        options.probe = &roll;
        const std::string record = sim::run(scenario, options).SerializeAsString();
        return std::to_string(record.size()) + "\n" + record + roll.text.str();
    });
    const std::size_t line = answer.find('\n');
    const std::size_t size = std::stoul(answer.substr(0, line));
    Seen seen;
    REQUIRE(seen.record.ParseFromString(answer.substr(line + 1, size)));
    seen.roll = answer.substr(line + 1 + size);
    return seen;
}

}  // namespace

TEST_CASE("shoppers: arrival times, personas, baskets and patience stay when only the sync edges change") {
    const Seen base = watch({}, 4);
    REQUIRE(base.roll.size() > 10'000);
    const Settings slower_edges = {{"design.edges.stock-to-web.latency", "10min"},
                                   {"design.edges.marketplace-feed.interval", "1h"},
                                   {"design.edges.tills.via", "stream"},
                                   {"design.edges.call-centre-cache.ttl", "15min"}};
    const Seen slower = watch(slower_edges, 4);
    CHECK(base.roll == slower.roll);
    CHECK(base.record.identity().shoppers_fingerprint() == slower.record.identity().shoppers_fingerprint());
    // ... while the run itself is another one.
    CHECK(base.record.identity().fingerprint() != slower.record.identity().fingerprint());
}

TEST_CASE("shoppers: they stay under another reservation mode, routing and stock as well") {
    const Seen base = watch({}, 4);
    const Seen other =
        watch({{"design.channels.web.reservation", "ledger"}, {"design.routing", "nearest"}, {"stock[0].total", "80"}}, 4);
    CHECK(base.roll == other.roll);
}

TEST_CASE("shoppers: another seed brings other shoppers") { CHECK(watch({}, 4).roll != watch({}, 5).roll); }

}  // namespace lastunit::sim_tests
