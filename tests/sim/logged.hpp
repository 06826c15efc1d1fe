// Runs that keep an event log, and shops whose orders come one by one from a list.
#pragma once

#include <fstream>
#include <string>

#include "reports/autopsy/autopsy.hpp"
#include "reports/event_log_file.hpp"
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

struct Logged {
    model::RunRecord record;
    std::string path;
    reports::RunLog log;
    std::string extra;  // what the probe had to say
};

// A probe that can be asked afterwards.
class Telling : public sim::Probe {
   public:
    virtual std::string told() const { return {}; }
};

inline Logged run_logged(const model::Scenario& scenario, std::uint64_t seed = 1, Telling* probe = nullptr) {
    Logged out;
    out.path = std::string(LASTUNIT_BINARY_DIR) + "/test-events.pb.gz";
    const std::string answer = tests::in_child([&] {
        model::EventLogOrigin origin;
        origin.set_commit("test");
        reports::EventLogFile file(out.path, origin);
        sim::RunOptions options;
        options.seed = seed;
        options.log = &file;
        options.probe = probe;
        const std::string record = sim::run(scenario, options).SerializeAsString();
        const std::string problem = file.close();
        return problem + '\0' + (probe != nullptr ? probe->told() : "") + '\0' + record;
    });
    const std::size_t first = answer.find('\0');
    const std::size_t second = answer.find('\0', first + 1);
    CHECK(answer.substr(0, first) == "");
    out.extra = answer.substr(first + 1, second - first - 1);
    REQUIRE(out.record.ParseFromString(answer.substr(second + 1)));
    out.log = reports::read_run_log(out.path);
    REQUIRE(out.log.error == "");
    return out;
}

inline model::Autopsy autopsy(const Logged& run, std::uint64_t unit = 1) {
    const reports::OversoldUnits* units = run.log.list.unit(unit);
    REQUIRE(units != nullptr);
    std::string error;
    auto made = reports::autopsy_of(run.log, *units, error);
    INFO(error);
    REQUIRE(made);
    return *made;
}

// One warehouse that ships and one store, `units` of the one SKU in each; web and pos. `orders`: rows of second, channel,
// quantity. `design` is added to the scenario's.
inline model::Scenario listed_orders(const std::string& orders, const std::string& stock, const std::string& design,
                                     const std::string& more = "") {
    const std::string folder = LASTUNIT_BINARY_DIR;
    std::ofstream csv(folder + "/listed.csv");
    csv << "order,sku,quantity,at,channel,price\n";
    std::size_t number = 0;
    std::size_t at = 0;
    while (at < orders.size()) {
        const std::size_t end = std::min(orders.find(';', at), orders.size());
        const std::string row = orders.substr(at, end - at);  // "12 web 1"
        const std::size_t a = row.find_first_not_of(' ');
        const std::size_t b = row.find(' ', a);
        const std::size_t c = row.find(' ', b + 1);
        const int second = std::stoi(row.substr(a, b - a));
        char clock[32];
        std::snprintf(clock, sizeof clock, "2024-11-29 %02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
        csv << "o" << ++number << ",mug," << row.substr(c + 1) << "," << clock << "," << row.substr(b + 1, c - b - 1) << ",10\n";
        at = end + 1;
    }
    csv.close();
    const std::string file = folder + "/listed.yaml";
    std::ofstream(file)
        << "title: orders one by one\nextends: validation/one-shop\nrun: {horizon: 24h, drain: 10d, sample_every: 24h}\n"
           "catalogue: null\npersonas: null\n"
           "network: {places: {town: {lat: 52, lon: 19}}, nodes: {dc: {ships: true}, shop: {kind: store, lat: 52, lon: 19, "
           "ships: false, hands_over: true}}}\n"
        << "stock: !replace [" << stock << "]\n"
        << "channels: {web: {kind: web}, pos: {kind: pos}}\n"
           "demand: !replace {replay: {file: listed.csv, columns: {order: order, price: price, sku: sku, quantity: quantity, "
           "time: at, "
           "channel: "
           "channel}, from: 2024-11-29, length: 24h}}\n"
           "design:\n  cancel_after: 1h\n  retry_every: 30min\n"
           "  channels: {web: {reservation: none, decides_on: view}, pos: {reservation: none, decides_on: shelf}}\n"
        << design << more;
    return load(file);
}

}  // namespace lastunit::sim_tests
