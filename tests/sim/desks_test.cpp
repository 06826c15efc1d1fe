// Shoppers who call: agents are taken in the order of the calls, waiting has an end, and nobody is refused a unit by a busy desk.
#include <sstream>

#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

// Three shoppers call one agent within a minute; each wants to talk for ten.
model::Scenario call_centre(const std::string& desk, const std::string& more = "") {
    return small_shop(
        "run: {horizon: 2h}\nstock: [{each: 100}]\nchannels: !replace {phone: {kind: call_centre, desk: {agents: 1, "
        "talk: 10min" +
        desk +
        "}}, web: {kind: web}}\ndemand: {streams: !replace {all: {exactly: 3, until: 1min, channel: phone}}}\n"
        "design: {channels: {phone: {reservation: ledger, decides_on: core}}}\n" +
        more);
}

class Calls : public sim::Probe {
   public:
    void desk(ChannelId, SimTime arrived, Duration waited, sim::AtDesk how) override {
        text << (arrived >= last_arrived_ ? "" : "out of turn ") << (arrived + waited - SimTime{0}).us / 60'000'000 << "min:"
             << (how == sim::AtDesk::talked    ? "talks"
                 : how == sim::AtDesk::hung_up ? "hangs up"
                                               : "engaged")
             << ' ';
        last_arrived_ = arrived;
    }
    std::ostringstream text;

   private:
    SimTime last_arrived_{0};
};

std::string calls_of(const model::Scenario& scenario) {
    return tests::in_child([&] {
        Calls calls;
        sim::RunOptions options;
        options.probe = &calls;
        sim::run(scenario, options);
        return calls.text.str();
    });
}

std::uint64_t bought_on(const model::RunRecord& record, const std::string& channel) {
    for (const model::ChannelKpi& kpi : record.channels())
        if (kpi.name() == channel) return kpi.kpi().orders_accepted();
    return 0;
}

}  // namespace

TEST_CASE("desks: callers are served one by one, in the order of their calls") {
    const model::Scenario scenario = call_centre("");
    CHECK(calls_of(scenario) == "0min:talks 10min:talks 20min:talks ");
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().calls() == 3);
    CHECK(record.kpi().desk_wait_s().count() == 3);
    CHECK(record.kpi().desk_wait_s().max() > 19 * 60);
    CHECK(record.kpi().desk_wait_s().max() < 21 * 60);
    CHECK(record.kpi().orders_accepted() == 3);
}

TEST_CASE("desks: with as many agents as callers nobody waits") {
    model::Scenario scenario = call_centre("");
    scenario.channels[0].desk->agents = 3;
    CHECK(calls_of(scenario) == "0min:talks 0min:talks 0min:talks ");
}

TEST_CASE("desks: who has waited too long hangs up, and was refused nothing") {
    const model::Scenario scenario = call_centre(", hangs_up_after: 15min");
    CHECK(calls_of(scenario) == "0min:talks 10min:talks 15min:hangs up ");
    const model::RunRecord record = run_watched(scenario);
    CHECK(record.kpi().calls_hung_up() == 1);
    CHECK(record.kpi().orders_accepted() == 2);
    CHECK(record.kpi().refused_units() + record.kpi().lost_sales_units() + record.kpi().undersold_units() == 0);
}

TEST_CASE("desks: one waiting line is taken by one caller, the next finds it engaged") {
    const model::RunRecord record = run_watched(call_centre(", waiting_lines: 1"));
    CHECK(record.kpi().calls() == 3);
    CHECK(record.kpi().calls_engaged() == 1);
    CHECK(record.kpi().calls_hung_up() == 0);
    CHECK(record.kpi().orders_accepted() == 2);
    CHECK(record.kpi().desk_wait_s().count() == 2);  // who finds it engaged does not wait
}

TEST_CASE("desks: nobody waits for longer than the patience of the whole journey, nor buys after it") {
    const model::Scenario waits = call_centre("", "personas: {anyone: {patience: 12min}}\n");
    CHECK(calls_of(waits) == "0min:talks 10min:talks 12min:hangs up ");
    CHECK(run_watched(waits).kpi().orders_accepted() == 1);  // the second talks until the 20th minute
}

TEST_CASE("desks: who is not served looks in another channel, where it goes on browsing") {
    const std::string online = "personas: {anyone: {retry_elsewhere: 100%, switches: {phone: {web: 100%}}, browse_time: 1min}}\n";
    const model::RunRecord engaged = run_watched(call_centre(", waiting_lines: 0", online));
    // Nobody is switched before calling: the row applies after the talk, too.
    CHECK(engaged.kpi().calls_engaged() == 2);
    CHECK(bought_on(engaged, "web") == 3);
    const model::RunRecord patient = run_watched(call_centre(", hangs_up_after: 15min", online));
    CHECK(patient.kpi().calls_hung_up() == 1);
    CHECK(bought_on(patient, "web") == 3);
}

}  // namespace lastunit::sim_tests
