// The history of a run, read back: what it says is what happened.
#include <catch2/catch.hpp>

#include "drivers/load/recording.hpp"
#include "model/history/history_reader.hpp"
#include "tests/drivers/load/generator.hpp"

namespace lastunit::drivers::tests {
namespace {

using model::OperationAnswer;
using model::OperationKind;

struct Read : model::HistoryVisitor {
    struct Op {
        OperationKind kind;
        OperationAnswer answer;
        core::Key key;
        std::uint64_t reference, order;
        std::int64_t intended, invoked, completed;
        std::vector<core::Line> lines;
    };
    struct Cell {
        std::int64_t on_hand, held, allocated;
    };
    std::vector<Op> operations;
    std::map<std::pair<std::uint32_t, std::uint32_t>, Cell> cells;  // SKU, node
    std::map<std::uint64_t, std::vector<core::Line>> orders;
    std::string error;
    bool torn = true;
    model::HistoryHeader header;

    explicit Read(const std::string& path) {
        model::HistoryReader reader(path);
        header = reader.header();
        reader.read(*this);
        error = reader.error();
        torn = reader.torn();
    }
    void operation(const model::Operation& op) override {
        operations.push_back({op.kind,
                              op.answer,
                              op.key,
                              op.reference,
                              op.order,
                              op.intended.us,
                              op.invoked.us,
                              op.completed.us,
                              {op.lines.begin(), op.lines.end()}});
    }
    void cell(SimTime, const model::CellReadBack& cell) override {
        CHECK(cells.try_emplace({cell.sku.value, cell.node.value}, Cell{cell.on_hand, cell.held, cell.allocated}).second);
    }
    void order(SimTime, const model::OrderReadBack& order) override {
        orders[order.order].assign(order.lines.begin(), order.lines.end());
    }
    std::vector<std::pair<OperationKind, OperationAnswer>> words() const {
        std::vector<std::pair<OperationKind, OperationAnswer>> out;
        for (const Op& op : operations) out.emplace_back(op.kind, op.answer);
        return out;
    }
};

// A generator that keeps a history; `read` ends the run.
class Recorded {
   public:
    explicit Recorded(Quantity units = 1000, std::uint32_t shards = 1)
        : it_(units, [&](DispatcherOptions& options) {
              options.history = folder_.path("run.luh");
              options.shards = shards;
          }) {}
    Generator& operator*() { return it_; }
    Generator* operator->() { return &it_; }
    void tell(core::CommandKind kind, Quantity quantity, std::uint64_t number = 0) {
        core::Command command;
        command.kind = kind;
        command.quantity = quantity;
        command.id = command.order = number;
        command.to = NodeId(1);
        tell(command);
    }
    void tell(const core::Command& command) {
        it_->tell(command, steady_now_ns());
        it_.settle();
    }
    Read read() {
        std::vector<DispatchAnswer> answers;
        CHECK(it_->finish(seconds(60), ReadBack::whole, answers).empty());
        return Read(folder_.path("run.luh"));
    }

   private:
    TempFolder folder_;
    Generator it_;
};

TEST_CASE("recording: every attempt is an entry, and attempts of one operation share the key") {
    Recorded run;
    run->driver.react = [](std::uint64_t attempt, const Operation&) {
        return FakeDriver::Reaction{attempt == 0   ? FakeDriver::Reaction::Kind::lose_answer
                                    : attempt == 1 ? FakeDriver::Reaction::Kind::refuse_unseen
                                                   : FakeDriver::Reaction::Kind::apply};
    };
    run->hold(5, 1, 2);
    run->settle();
    const Read read = run.read();
    CHECK(read.error.empty());
    CHECK_FALSE(read.torn);
    REQUIRE(read.operations.size() == 3);
    CHECK(read.operations[0].answer == OperationAnswer::unknown);
    CHECK(read.operations[0].completed == kNever.us);
    CHECK(read.operations[1].answer == OperationAnswer::overloaded);
    CHECK(read.operations[2].answer == OperationAnswer::applied);
    for (const Read::Op& op : read.operations) {
        CHECK(op.kind == OperationKind::hold);
        CHECK(op.key == read.operations[0].key);
        CHECK(op.reference == 5);
        CHECK(op.lines == std::vector{core::Line{NodeId(0), Sku(0), 2}});
        CHECK(op.invoked >= op.intended);
        CHECK(op.completed >= op.invoked);
    }
    CHECK(read.operations[1].invoked >= read.operations[0].invoked);
    CHECK(read.header.initial().node_size() == kNodes * kSkus);
    CHECK(read.header.target() == "fake");
}

TEST_CASE("recording: the back end's final state is read back, each cell that had stock or was touched once") {
    Recorded run(10);
    run->hold(1, 1, 3);
    run->confirm(1, 900, 2);
    run->hold(2, 3, 4);
    run.tell(core::CommandKind::sell, 2);
    run->settle();
    const Read read = run.read();
    CHECK(read.cells.size() == std::size_t{kNodes} * kSkus);
    const Read::Cell cell = read.cells.at({0, 0});
    CHECK(cell.on_hand == 8);
    CHECK(cell.held == 4);
    CHECK(cell.allocated == 3);
    REQUIRE(read.orders.size() == 1);
    CHECK(read.orders.at(900) == std::vector{core::Line{NodeId(0), Sku(0), 3}});
}

TEST_CASE("recording: a hold whose time ran out after the last command is not read back as held") {
    LedgerDriver driver;
    driver.prepare(small_shop(10));
    const core::Line line{NodeId(0), Sku(0), 2};
    core::Command hold;
    hold.kind = core::CommandKind::hold;
    hold.id = 1;
    hold.ttl = milliseconds(20);
    hold.lines = {&line, 1};
    const Operation operation{.command = hold};
    driver.open()->submit({&operation, 1});
    const std::int64_t end_ns = steady_now_ns() + 60'000'000'000;
    std::int64_t held = 2;
    while (held != 0 && steady_now_ns() < end_ns) held = driver.read_back().stock[0].held;
    CHECK(held == 0);
}

TEST_CASE("recording: a shipment gives the units back and takes them from on_hand, under a key each") {
    Recorded run(10);
    core::Line line{NodeId(0), Sku(0), 3};
    core::Command allocate;
    allocate.kind = core::CommandKind::allocate;
    allocate.order = 55;
    allocate.lines = {&line, 1};
    run.tell(allocate);
    run.tell(core::CommandKind::pick, 3, 55);
    run.tell(core::CommandKind::ship, 3, 55);
    const Read read = run.read();
    REQUIRE(read.words() ==
            std::vector<std::pair<OperationKind, OperationAnswer>>{{OperationKind::allocate, OperationAnswer::applied},
                                                                   {OperationKind::deallocate, OperationAnswer::applied},
                                                                   {OperationKind::sell, OperationAnswer::applied}});
    CHECK(read.operations[1].reference == 55);
    CHECK_FALSE(read.operations[1].key == read.operations[2].key);
    // What the entries say is what is there: 10 - 3 sold, nothing allocated, no order.
    CHECK(read.cells.at({0, 0}).on_hand == 7);
    CHECK(read.cells.at({0, 0}).allocated == 0);
    CHECK(read.orders.empty());
}

TEST_CASE("recording: a transfer takes from one cell and comes to the other") {
    Recorded run(10);
    run.tell(core::CommandKind::transfer_out, 4, 71);
    run.tell(core::CommandKind::transfer_in, 0, 71);
    const Read read = run.read();
    REQUIRE(read.words() ==
            std::vector<std::pair<OperationKind, OperationAnswer>>{{OperationKind::sell, OperationAnswer::applied},
                                                                   {OperationKind::receive, OperationAnswer::applied}});
    CHECK(read.operations[0].lines == std::vector{core::Line{NodeId(0), Sku(0), 4}});
    CHECK(read.operations[1].lines == std::vector{core::Line{NodeId(1), Sku(0), 4}});
    CHECK(read.cells.at({0, 0}).on_hand == 6);
    CHECK(read.cells.at({0, 1}).on_hand == 14);
}

core::Command transfer_line(std::uint64_t transfer, std::uint32_t sku, Quantity quantity) {
    core::Command command;
    command.kind = core::CommandKind::transfer_out;
    command.id = transfer;
    command.to = NodeId(1);
    command.sku = Sku(sku);
    command.quantity = quantity;
    return command;
}

TEST_CASE("recording: all lines of a transfer come, each under a key of its own, but for the one that was refused") {
    Recorded run(10);
    run.tell(transfer_line(71, 0, 4));
    run.tell(transfer_line(71, 1, 3));
    run.tell(transfer_line(71, 2, 11));  // more than there is
    run.tell(transfer_line(71, 3, 2));
    run.tell(core::CommandKind::transfer_in, 0, 71);
    const Read read = run.read();
    REQUIRE(read.operations.size() == 7);
    CHECK(read.operations[2].answer == OperationAnswer::other_refusal);
    std::set<std::pair<std::uint64_t, std::uint64_t>> keys;
    std::vector<core::Line> came;
    for (const Read::Op& op : read.operations) {
        keys.emplace(op.key.client, op.key.sequence);
        if (op.kind != OperationKind::receive) continue;
        CHECK(op.answer == OperationAnswer::applied);
        came.insert(came.end(), op.lines.begin(), op.lines.end());
    }
    CHECK(keys.size() == 7);
    CHECK(came ==
          std::vector{core::Line{NodeId(1), Sku(0), 4}, core::Line{NodeId(1), Sku(1), 3}, core::Line{NodeId(1), Sku(3), 2}});
    CHECK(read.cells.at({1, 1}).on_hand == 13);
    CHECK(read.cells.at({2, 1}).on_hand == 10);
}

TEST_CASE("recording: a line of which nobody knows whether it left may have come") {
    TempFolder folder;
    Generator it(10, [&](DispatcherOptions& options) {
        options.history = folder.path("run.luh");
        options.resolve_for = milliseconds(20);
    });
    it.driver.react = [](std::uint64_t, const Operation& operation) {
        using Kind = FakeDriver::Reaction::Kind;
        return FakeDriver::Reaction{operation.command.sku == Sku(1) ? Kind::lose_request : Kind::apply};
    };
    for (const std::uint32_t sku : {0, 1}) {
        it->tell(transfer_line(71, sku, 4), steady_now_ns());
        it.settle();
    }
    core::Command in;
    in.kind = core::CommandKind::transfer_in;
    in.id = 71;
    it->tell(in, steady_now_ns());
    std::vector<DispatchAnswer> answers;
    CHECK(it->finish(seconds(60), ReadBack::whole, answers).empty());
    std::map<std::uint32_t, OperationAnswer> came;
    for (const Read::Op& op : Read(folder.path("run.luh")).operations)
        if (op.kind == OperationKind::receive) came[op.lines[0].sku.value] = op.answer;
    CHECK(came == std::map<std::uint32_t, OperationAnswer>{{0, OperationAnswer::applied}, {1, OperationAnswer::unknown}});
}

TEST_CASE("recording: a pick is told only where the record may lack the unit that is in the picker's hand") {
    const auto picked = [](Quantity sold, std::uint32_t shards) {
        Recorded run(5, shards);
        core::Line line{NodeId(0), Sku(0), 2};
        core::Command allocate;
        allocate.kind = core::CommandKind::allocate;
        allocate.order = 55;
        allocate.lines = {&line, 1};
        run.tell(allocate);
        run.tell(core::CommandKind::sell, sold);
        run.tell(core::CommandKind::pick, 2, 55);
        return run.read();
    };
    CHECK(picked(3, 1).operations.size() == 2);
    const Read short_of = picked(4, 1);
    REQUIRE(short_of.operations.size() == 4);
    for (std::size_t i = 2; i < 4; ++i) {
        CHECK(short_of.operations[i].kind == OperationKind::receive);
        CHECK(short_of.operations[i].answer == OperationAnswer::unknown);
        CHECK(short_of.operations[i].lines == std::vector{core::Line{NodeId(0), Sku(0), 1}});
    }
    CHECK(short_of.cells.at({0, 0}).on_hand == 2);  // 5 - 4, and one adjusted in
    // Others may have sold what this generator knows nothing of.
    CHECK(picked(3, 2).operations.size() == 4);
}

TEST_CASE("recording: once a cell's safety was set, being out of stock there accuses nobody") {
    Recorded run(10);
    run.tell(core::CommandKind::set_safety, 8);
    run->hold(1, 1, 5);
    run->settle();
    const Read read = run.read();
    REQUIRE(read.operations.size() == 1);
    CHECK(read.operations[0].answer == OperationAnswer::other_refusal);
}

TEST_CASE("recording: what the generator gave up at the end is in the history as unanswered") {
    Recorded run;
    run->driver.holds_answers = true;
    run->hold(1, 1);
    run->turn();
    std::vector<DispatchAnswer> answers;
    (*run)->finish(milliseconds(5), ReadBack::whole, answers);
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].settled == Settled::unknown);
}

TEST_CASE("recording: a history that cannot be written ends the run with a reason") {
    Generator it(1000, [](DispatcherOptions& options) { options.history = "/nowhere/at/all.luh"; });
    it.hold(1, 1);
    it.settle();
    std::vector<DispatchAnswer> answers;
    CHECK_THAT(it->finish(seconds(1), ReadBack::whole, answers), Catch::Contains("/nowhere/at/all.luh"));
    const model::LoadReport report = it.report();
    REQUIRE(report.invalid_size() == 1);
    CHECK_THAT(report.invalid(0), Catch::Contains("the history is not whole"));
}

}  // namespace
}  // namespace lastunit::drivers::tests
