// The event log: whole, and nothing but what happened.
#include <sstream>

#include "tests/sim/logged.hpp"

namespace lastunit::sim_tests {

using Catch::Contains;

namespace {

// The last state of truth and record, as numbers.
class LastState : public Telling {
   public:
    explicit LastState(std::size_t nodes) : nodes_(nodes) {}
    void after_event(const core::Ledger& ledger, const sim::Truth& truth) override {
        std::ostringstream out;
        for (std::size_t cell = 0; cell < truth.cells().size(); ++cell)
            out << truth.cells()[cell].shelf << ' ' << truth.cells()[cell].committed << ' '
                << ledger.atp(NodeId(static_cast<std::uint16_t>(cell % nodes_)), Sku(static_cast<std::uint32_t>(cell / nodes_)))
                << '\n';
        state_ = out.str();
    }
    std::string told() const override { return state_; }

   private:
    std::size_t nodes_;
    std::string state_;
};

// The same, put together from the log alone.
class Replay : public reports::LogVisitor {
   public:
    explicit Replay(const model::EventLogHeader& header)
        : nodes_(static_cast<std::size_t>(header.nodes_size())),
          shelf_(header.shelf().begin(), header.shelf().end()),
          committed_(shelf_.size()),
          atp_(header.atp().begin(), header.atp().end()) {}

    void stock(SimTime, const reports::LogStock& moved) override {
        const std::size_t cell = moved.sku.value * nodes_ + moved.node.value;
        switch (moved.move) {
            case model::MOVE_COMMITTED:
                committed_[cell] += moved.units;
                break;
            case model::MOVE_WITHDRAWN:
                committed_[cell] -= moved.units;
                break;
            case model::MOVE_TAKEN:
            case model::MOVE_PICKED:
            case model::MOVE_SHRUNK:
            case model::MOVE_DAMAGED:
            case model::MOVE_MISPLACED:
            case model::MOVE_TRANSFER_OUT:
                shelf_[cell] -= moved.units;
                break;
            default:
                shelf_[cell] += moved.units;
        }
    }
    void ledger(SimTime, const reports::LogLedger& change) override {
        atp_[change.sku.value * nodes_ + change.node.value] = change.atp;
    }
    void refused(SimTime, const reports::LogRefused& line) override {
        refused_ += line.line.units;
        undersold_ += line.undersold;
    }
    std::string state() const {
        std::ostringstream out;
        for (std::size_t cell = 0; cell < shelf_.size(); ++cell)
            out << shelf_[cell] << ' ' << committed_[cell] << ' ' << atp_[cell] << '\n';
        return out.str();
    }
    std::int64_t refused_ = 0, undersold_ = 0;

   private:
    std::size_t nodes_;
    std::vector<Quantity> shelf_, committed_, atp_;
};

model::Scenario everything_wrong() {
    model::Scenario scenario = load("smoke");
    scenario.accuracy.missing_mean = scenario.accuracy.unrecorded_mean = 0.2;
    scenario.accuracy.shrink = scenario.accuracy.damage = scenario.accuracy.misplacement = 0.02 / 3600;
    scenario.accuracy.count_every = hours(4);
    scenario.accuracy.pick_miss = scenario.accuracy.misscan = 0.1;
    scenario.accuracy.return_twice = scenario.accuracy.return_elsewhere = 0.2;
    for (model::Edge& edge : scenario.design.edges) {
        if (edge.kind == model::EdgeKind::cache) continue;
        edge.loss = edge.duplicated = 0.1;
        edge.attempts = 2;
    }
    for (model::Persona& persona : scenario.personas) {
        persona.cancels = 0.2;
        persona.cancels_after = model::constant(minutes(10));
    }
    for (model::Node& node : scenario.network.nodes) {
        node.accepts = 0.8;
        node.refusal_time = model::constant(minutes(2));
    }
    return scenario;
}

std::string slurp(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

}  // namespace

TEST_CASE("event log: a run with a log is the run without one") {
    for (const model::Scenario& scenario : {load("smoke"), everything_wrong()}) {
        const model::RunRecord without = run(scenario, 3);
        const Logged with = run_logged(scenario, 3);
        CHECK(with.record.SerializeAsString() == without.SerializeAsString());
        CHECK(with.log.end.fingerprint() == without.identity().fingerprint());
        CHECK_FALSE(with.log.end.partial());
    }
}

TEST_CASE("event log: truth and record at the end can be put together from it") {
    for (const std::uint64_t seed : {1, 2, 3}) {
        const model::Scenario scenario = everything_wrong();
        LastState last(scenario.network.nodes.size());
        const Logged run = run_logged(scenario, seed, &last);
        reports::EventLogReader reader(run.path);
        Replay replay(reader.header());
        REQUIRE(reader.read(replay));
        CHECK(replay.state() == run.extra);
        CHECK(replay.refused_ == static_cast<std::int64_t>(run.record.kpi().refused_units()));
        CHECK(replay.undersold_ == static_cast<std::int64_t>(run.record.kpi().undersold_units()));
    }
}

TEST_CASE("event log: numbers the oversold units as the run counts them, those of the warm-up left out") {
    model::Scenario scenario = load("smoke");
    for (const Duration warm_up : {Duration{0}, hours(3)}) {
        scenario.run.warm_up = warm_up;
        const Logged run = run_logged(scenario, 2);
        REQUIRE(run.record.kpi().oversold_units() > 5);
        CHECK(run.log.list.total() == run.record.kpi().oversold_units());
        CHECK(run.log.end.orders() == run.log.list.orders().size());
        std::uint64_t next = 1;
        SimTime before{0};
        for (const reports::OversoldUnits& units : run.log.list.units()) {
            CHECK(units.first == next);
            CHECK(run.log.list.orders()[units.order].at >= before);
            before = run.log.list.orders()[units.order].at;
            next += static_cast<std::uint64_t>(units.units);
            CHECK(run.log.list.unit(units.first) == &units);
        }
        CHECK(run.log.list.unit(next) == nullptr);
        CHECK(run.log.list.unit(0) == nullptr);
    }
}

TEST_CASE("event log: a file that was cut off or damaged is told from a whole one") {
    const Logged run = run_logged(load("smoke"), 1);
    const std::string whole = slurp(run.path);
    const std::string broken = std::string(LASTUNIT_BINARY_DIR) + "/broken.pb.gz";
    const auto error_of = [&](const std::string& bytes) {
        std::ofstream(broken, std::ios::binary) << bytes;
        return reports::read_run_log(broken).error;
    };
    CHECK(error_of(whole) == "");
    for (const std::size_t keep : {whole.size() - 1, whole.size() / 2, whole.size() / 10}) {
        CAPTURE(keep);
        CHECK_THAT(error_of(whole.substr(0, keep)), Contains("broken.pb.gz") && (Contains("damaged") || Contains("cut off")));
    }
    for (std::size_t at = 12; at < whole.size(); at += whole.size() / 23) {
        CAPTURE(at);
        std::string bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x55);
        CHECK(error_of(bytes) != "");
    }
    CHECK_THAT(error_of(""), Contains("not an event log"));
    CHECK_THAT(error_of("title: a scenario\n"), Contains("not an event log"));
    CHECK_THAT(error_of(run.record.SerializeAsString()), Contains("not an event log"));
    CHECK_THAT(reports::read_run_log(broken + ".nowhere").error, Contains("No such file"));
}

TEST_CASE("event log: a chunk whose columns do not fit together is damaged, whatever is in it") {
    const Logged run = run_logged(load("smoke"), 1);
    model::EventLogEntry header;
    *header.mutable_header() = run.log.header;
    const std::string path = std::string(LASTUNIT_BINARY_DIR) + "/crafted.pb.gz";
    const auto error_of = [&](model::EventLogEntry entry) {
        reports::EventLogFile file(path, {});
        file.write(header);
        file.write(entry);
        REQUIRE(file.close() == "");
        return reports::read_run_log(path).error;
    };
    model::EventLogEntry entry;
    entry.mutable_chunk()->set_kinds(std::string(1, static_cast<char>(model::LOG_STOCK)));
    entry.mutable_chunk()->add_after_us(1);
    CHECK_THAT(error_of(entry), Contains("damaged"));  // no columns
    model::StockColumns& stock = *entry.mutable_chunk()->mutable_stock();
    stock.set_move(std::string(1, static_cast<char>(model::MOVE_TAKEN)));
    stock.add_node(0), stock.add_sku(0), stock.add_units(1), stock.add_by(7);
    CHECK_THAT(error_of(entry), Contains("its end is missing"));
    stock.set_node(0, 1000);
    CHECK_THAT(error_of(entry), Contains("damaged"));
    stock.set_node(0, 0);
    stock.add_node(1);
    CHECK_THAT(error_of(entry), Contains("damaged"));  // a value too many
    entry.mutable_chunk()->set_kinds(std::string(1, '\x7f'));
    CHECK_THAT(error_of(entry), Contains("damaged"));
}

}  // namespace lastunit::sim_tests
