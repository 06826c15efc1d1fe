// The history as a file: what is written is read, what is torn is said, what is damaged is refused.
#include <catch2/catch.hpp>

#include <fstream>

#include "model/history/history_reader.hpp"
#include "reports/audit/audit.hpp"
#include "tests/reports/audit/recorded_file.hpp"
#include "tests/support/simulated_history.hpp"

using namespace lastunit;
using namespace lastunit::reports::audit;
using Catch::Matchers::Contains;

namespace {

std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
void write_content(const std::string& path, const std::string& content) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

class Collecting : public model::HistoryVisitor {
   public:
    void operation(const model::Operation& op) override {
        operations.push_back({op, {op.lines.begin(), op.lines.end()}, {op.available.begin(), op.available.end()}, kNever});
    }
    void cell(SimTime, const model::CellReadBack& cell) override { cells.push_back(cell); }
    void order(SimTime, const model::OrderReadBack& order) override {
        orders[order.order] = {order.lines.begin(), order.lines.end()};
    }
    std::vector<test::MadeOperation> operations;
    std::vector<model::CellReadBack> cells;
    std::map<std::uint64_t, std::vector<core::Line>> orders;
};

test::HistoryPlan plan() { return {.seed = 5, .nodes = 2, .skus = 5, .operations = 9'000}; }

}  // namespace

TEST_CASE("history: every operation, cell and order comes back as it was written, in some 30 bytes each") {
    const test::MadeHistory made = test::simulated_history(plan());
    const test::RecordedFile file;
    REQUIRE(made.write(file.path()).empty());
    model::HistoryReader reader(file.path());
    Collecting read;
    REQUIRE(reader.read(read));
    CHECK_FALSE(reader.torn());
    REQUIRE(read.operations.size() == made.operations.size());
    for (std::size_t i = 0; i < made.operations.size(); ++i) {
        const auto &a = made.operations[i], &b = read.operations[i];
        const bool same = a.op.process == b.op.process && a.op.channel == b.op.channel && a.op.key == b.op.key &&
                          a.op.kind == b.op.kind && a.op.answer == b.op.answer && a.op.reference == b.op.reference &&
                          a.op.order == b.op.order && a.op.ttl == b.op.ttl && a.op.invoked == b.op.invoked &&
                          a.op.completed == b.op.completed && a.op.intended == b.op.intended && a.lines == b.lines &&
                          (a.op.answer != model::OperationAnswer::applied || a.available == b.available);
        if (!same) FAIL("operation " << i);
    }
    CHECK(read.orders == made.orders);
    REQUIRE(read.cells.size() == made.stock.size());
    for (std::size_t i = 0; i < made.stock.size(); ++i) {
        CHECK(read.cells[i].on_hand == made.stock[i].on_hand);
        CHECK(read.cells[i].shipped == model::kNotSaid);
        CHECK(read.cells[i].available == made.stock[i].available);
    }
    const double each = static_cast<double>(content_of(file.path()).size()) / static_cast<double>(made.operations.size());
    CHECK(each < 40);
}

TEST_CASE("history: cut off anywhere, it is a torn one, and what is left refutes nothing") {
    const test::MadeHistory made = test::simulated_history(plan());
    const test::RecordedFile whole, cut;
    {
        model::HistoryWriter writer(whole.path(), made.header, 500);
        for (const test::MadeOperation& of : made.operations) {
            model::Operation op = of.op;
            op.lines = of.lines;
            op.available = of.available;
            writer.append(op);
            // Each process does one thing after the other: nothing is invoked much before the newest answer.
            if (op.completed != kNever) writer.settled(op.completed - Duration{5'000});
        }
        REQUIRE(writer.close().empty());
    }
    const std::string content = content_of(whole.path());
    std::uint64_t judged = 0;
    for (std::size_t bytes = content.size() - 1; bytes > 700; bytes -= content.size() / 37) {
        write_content(cut.path(), content.substr(0, bytes));
        ReadEvidence read = read_evidence(std::vector{cut.path()});
        INFO(bytes << " of " << content.size() << " bytes: " << read.error);
        REQUIRE(read.error.empty());
        REQUIRE_THAT(read.evidence.torn, Contains("was cut off at byte"));
        const AuditReport report = audit(std::move(read.evidence));
        REQUIRE(report.verdict == AuditReport::Verdict::undecided);
        judged = std::max(judged, report.totals.operations);
    }
    CHECK(judged > 8'000);
}

TEST_CASE("history: a byte that was changed in the middle is damage, and the file is refused") {
    const test::MadeHistory made = test::simulated_history(plan());
    const test::RecordedFile file;
    REQUIRE(made.write(file.path()).empty());
    const std::string content = content_of(file.path());
    for (std::size_t at = 0; at < content.size() / 2; at += content.size() / 53) {
        std::string changed = content;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        write_content(file.path(), changed);
        const ReadEvidence read = read_evidence(std::vector{file.path()});
        INFO("byte " << at);
        REQUIRE_THAT(read.error, Contains("is damaged at byte") || Contains("is no history of lastunit"));
    }
}

TEST_CASE("history: what is no history is refused in one line") {
    const test::RecordedFile file;
    CHECK_THAT(read_evidence(std::vector{file.path()}).error, Contains("cannot be read: No such file"));
    write_content(file.path(), "");
    CHECK_THAT(read_evidence(std::vector{file.path()}).error, Contains("does not begin with LUHIST1"));
    write_content(file.path(), "LUHIST1\n");
    CHECK_THAT(read_evidence(std::vector{file.path()}).error, Contains("has no header"));
    write_content(file.path(), std::string("LUHIST1\n") + std::string(100, 'x'));
    CHECK_THAT(read_evidence(std::vector{file.path()}).error, Contains("is damaged at byte 8"));
}

TEST_CASE("history: shards of one run are audited together, others are refused") {
    const test::MadeHistory made = test::simulated_history(plan());
    test::MadeHistory halves[2] = {made, made};
    for (std::size_t half : {0, 1}) {
        std::erase_if(halves[half].operations, [&](const auto& of) { return of.op.process % 2 != half; });
        if (half == 1) halves[half].stock.clear(), halves[half].orders.clear();
    }
    const test::RecordedFile files[2], other;
    for (std::size_t half : {0, 1}) REQUIRE(halves[half].write(files[half].path()).empty());
    ReadEvidence read = read_evidence(std::vector{files[0].path(), files[1].path()});
    REQUIRE(read.error.empty());
    CHECK(read.evidence.operations.size() == made.operations.size());
    CHECK(audit(std::move(read.evidence)).verdict == AuditReport::Verdict::sound);

    test::MadeHistory wrong = halves[1];
    wrong.header.set_seed(99);
    REQUIRE(wrong.write(other.path()).empty());
    CHECK_THAT(read_evidence(std::vector{files[0].path(), other.path()}).error, Contains("not of the same run"));
}
