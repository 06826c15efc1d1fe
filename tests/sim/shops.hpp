// Small shops of a test's own, run with every invariant watched: the ledger's, the truth's, and that every error of the record is
// explained.
#pragma once

#include <fstream>
#include <string>

#include "core/ledger.hpp"
#include "reports/balance.hpp"
#include "sim/probe.hpp"
#include "sim/record_error.hpp"
#include "sim/truth.hpp"
#include "tests/sim/scenarios.hpp"
#include "tests/sim/units.hpp"

namespace lastunit::sim_tests {

// Keeps the first violations of a run.
class Watch : public sim::Probe {
   public:
    Watch(std::size_t nodes, std::size_t skus) : nodes_(nodes), skus_(skus) {}

    void after_event(const core::Ledger& ledger, const sim::Truth& truth) override {
        ++events_;
        truth_ = &truth;
        for (const sim::TruthCell& cell : truth.cells())
            if (cell.shelf < 0 || cell.committed < 0 || cell.in_fulfilment < 0 || cell.in_hand < 0)
                note("a negative physical quantity");
        for (const std::string& violation : ledger.audit()) note(violation);
    }
    void after_event_of_books(const sim::Recorder& books) override {
        if (const std::int64_t units = units_nowhere(*truth_, books); units != 0)
            note(std::to_string(units) + " units are nowhere");
    }
    void after_event_of_record(const sim::RecordError& error) override {
        for (std::size_t cell = 0; cell < nodes_ * skus_; ++cell) {
            const NodeId node(static_cast<std::uint16_t>(cell % nodes_));
            const Sku sku(static_cast<std::uint32_t>(cell / nodes_));
            if (const Quantity units = error.unexplained(node, sku); units != 0)
                note("the record of node " + std::to_string(node.value) + ", SKU " + std::to_string(sku.value) + " is off by " +
                     std::to_string(units) + " for no reason");
        }
    }
    const std::string& violations() const { return violations_; }

   private:
    void note(const std::string& what) {
        if (violations_.size() < 2000) violations_ += "event " + std::to_string(events_) + ": " + what + "\n";
    }
    std::size_t nodes_, skus_;
    const sim::Truth* truth_ = nullptr;
    std::uint64_t events_ = 0;
    std::string violations_;
};

// `validation/one-shop` with what the test adds.
inline model::Scenario small_shop(const std::string& yaml) {
    const std::string file = std::string(LASTUNIT_BINARY_DIR) + "/shop.yaml";
    std::ofstream(file) << "title: a shop\nextends: validation/one-shop\n" << yaml;
    return load(file);
}

inline model::RunRecord run_watched(const model::Scenario& scenario, std::uint64_t seed = 1) {
    const std::string answer = tests::in_child([&] {
        Watch watch(scenario.network.nodes.size(), scenario.catalogue.skus.size());
        sim::RunOptions options;
        options.seed = seed;
        options.probe = &watch;
        const std::string record = sim::run(scenario, options).SerializeAsString();
        return watch.violations() + '\0' + record;
    });
    const std::size_t end = answer.find('\0');
    CHECK(answer.substr(0, end) == "");
    model::RunRecord record;
    REQUIRE(record.ParseFromString(answer.substr(end + 1)));
    for (const reports::BalanceLine& line : reports::balance(record)) {
        INFO(line.sentence << ": " << line.left << " against " << line.right);
        CHECK(line.closes());
    }
    return record;
}

// Of one term, by its name.
inline std::int64_t cost(const google::protobuf::RepeatedPtrField<model::CostCount>& terms, const std::string& term) {
    for (const model::CostCount& count : terms)
        if (count.term() == term) return count.cost();
    FAIL("no term " << term);
    return 0;
}

}  // namespace lastunit::sim_tests
