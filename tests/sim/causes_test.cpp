// One shop per cause: where a single mechanism goes wrong, every oversold or undersold unit has its cause and no other.
#include <map>

#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

const std::string kTwoChannels = std::string(LASTUNIT_SOURCE_DIR) + "/scenarios/library/validation/a1_inf.yaml";

std::map<std::string, std::uint64_t> oversold(const model::RunRecord& record) {
    std::map<std::string, std::uint64_t> units;
    for (const model::CauseCount& count : record.kpi().oversold_causes())
        if (count.units() > 0) units[count.cause()] = count.units();
    return units;
}

std::map<std::string, std::uint64_t> undersold(const model::RunRecord& record) {
    std::map<std::string, std::uint64_t> units;
    for (const model::CauseCount& count : record.kpi().undersold_causes())
        if (count.units() > 0) units[count.cause()] = count.units();
    return units;
}

std::uint64_t share_of(const std::map<std::string, std::uint64_t>& units, const std::string& cause) {
    std::uint64_t all = 0;
    for (const auto& [name, count] : units) all += count;
    const auto found = units.find(cause);
    return all == 0 || found == units.end() ? 0 : 100 * found->second / all;
}

}  // namespace

TEST_CASE("causes: a constant lag alone makes stale views, and a buffer that is too small makes breaches") {
    const auto plain = oversold(run(load(kTwoChannels), 1));
    CHECK(share_of(plain, "stale_view") == 100);
    const auto buffered = oversold(run(load(kTwoChannels, {{"design.channels.online.buffer", "1"}}), 1));
    CHECK(share_of(buffered, "buffer_breach") == 100);
}

TEST_CASE("causes: a message about the sell-out that never arrives is to blame for all that follows") {
    const auto units =
        oversold(run(load(kTwoChannels, {{"design.edges.to-online.latency", "0s"}, {"design.edges.to-online.loss", "30%"}}), 1));
    CHECK(share_of(units, "lost_message") == 100);
}

TEST_CASE("causes: an older message that arrives later and is believed is to blame") {
    // An SKU sells once a minute: one in ten messages overtakes another, and all are sold out long before the end.
    const Settings settings = {
        {"design.edges.to-online.latency", "exponential(20s)"}, {"stock[0].each", "20"}, {"run.horizon", "200min"}};
    Settings careless = settings;
    careless.emplace_back("design.edges.to-online.ordering", "as_arrived");
    const auto units = oversold(run(load(kTwoChannels, careless), 1));
    CHECK(share_of(units, "reordered_message") > 90);  // the rest was sold in the seconds that the news took
    CHECK(units.size() == 2);
    const auto in_order = oversold(run(load(kTwoChannels, settings), 1));
    CHECK(share_of(in_order, "stale_view") == 100);
    CHECK(in_order.at("stale_view") < units.at("reordered_message") / 10);
}

TEST_CASE("causes: a change that is told twice and applied twice is to blame") {
    // What is sold comes back, so that changes go both ways and views are too high as often as too low.
    const auto units = oversold(run(load(kTwoChannels, {{"design.edges.to-online.latency", "0s"},
                                                        {"design.edges.to-online.content", "delta"},
                                                        {"design.edges.to-online.duplicated", "20%"},
                                                        {"inbound", "{policy: base_stock, lead_time: 2min}"}}),
                                    1));
    CHECK(share_of(units, "duplicate_message") == 100);
    CHECK(units.at("duplicate_message") > 20);
}

TEST_CASE("causes: units on record that are not there are phantom stock") {
    const model::RunRecord record = run(small_shop("stock: [{each: 50}]\naccuracy: {missing_units: 20%}\n"
                                                   "catalogue: {skus: 20}\ndemand: {streams: {all: {rate: 60/min}}}\n"),
                                        1);
    const auto units = oversold(record);
    CHECK(record.kpi().oversold_units() > 10);
    CHECK(share_of(units, "phantom_stock") == 100);
}

TEST_CASE("causes: stock that is there and not on record is undersold as phantom shortage") {
    const model::RunRecord record = run(small_shop("stock: [{each: 10}]\naccuracy: {unrecorded_mean: 3}\n"
                                                   "catalogue: {skus: 20}\ndemand: {streams: {all: {rate: 60/min}}}\n"),
                                        1);
    CHECK(record.kpi().undersold_units() > 20);
    CHECK(share_of(undersold(record), "phantom_shortage") == 100);
    CHECK(oversold(record).empty());
}

TEST_CASE("causes: a buffer hides what is there") {
    const model::RunRecord record = run(load(kTwoChannels, {{"design.edges.to-online.latency", "0s"},
                                                            {"design.channels.online.buffer", "1"},
                                                            {"demand.streams.till.rate", "1/min"}}),
                                        1);
    CHECK(share_of(undersold(record), "buffer") == 100);
    CHECK(oversold(record).empty());
}

TEST_CASE("causes: without the judgement the same shoppers buy as much, and nothing is counted") {
    const model::Scenario scenario = load("smoke");
    const auto with = [&](sim::Judging judging) {
        const std::string bytes = tests::in_child([&] {
            sim::RunOptions options;
            options.judging = judging;
            return sim::run(scenario, options).SerializeAsString();
        });
        model::RunRecord record;
        REQUIRE(record.ParseFromString(bytes));
        return record;
    };
    const model::RunRecord judged = with(sim::Judging::on);
    const model::RunRecord unjudged = with(sim::Judging::off);
    CHECK(judged.identity().shoppers_fingerprint() == unjudged.identity().shoppers_fingerprint());
    const auto close = [](std::uint64_t a, std::uint64_t b) { return a < b + b / 20 && b < a + a / 20; };
    CHECK(close(judged.identity().events(), unjudged.identity().events()));
    CHECK(close(judged.kpi().units_accepted(), unjudged.kpi().units_accepted()));
    CHECK(judged.kpi().oversold_units() > 0);
    CHECK(unjudged.kpi().oversold_units() == 0);
}

}  // namespace lastunit::sim_tests
