// Each check, on histories made by hand: the sound one passes, the flawed one is found and named.
#include <catch2/catch.hpp>

#include <sstream>

#include "reports/audit/audit.hpp"
#include "reports/audit/audit_json.hpp"
#include "reports/audit/audit_terminal.hpp"
#include "reports/audit/edn.hpp"
#include "reports/audit/load_audit.hpp"
#include "tests/reports/audit/recorded_file.hpp"
#include "tests/support/simulated_history.hpp"

using namespace lastunit;
using namespace lastunit::reports::audit;
using lastunit::test::MadeOperation;
using Asked = model::OperationKind;
using Told = model::OperationAnswer;
using Catch::Matchers::Contains;

namespace {

constexpr core::Line kOne{NodeId(0), Sku(0), 1};

// A shop with one node and two SKUs, of the first of which it has a few.
class Shop {
   public:
    explicit Shop(Quantity units) {
        made.header.set_target("grpc://127.0.0.1:50051");
        made.header.set_scenario("flash-drop");
        made.header.set_design("check_then_act");
        made.header.set_seed(7);
        made.header.add_nodes("dc");
        made.header.add_skus("sku-7");
        made.header.add_skus("sku-8");
        made.header.add_channels("web");
        made.header.mutable_initial()->add_node(0);
        made.header.mutable_initial()->add_sku(0);
        made.header.mutable_initial()->add_on_hand(units);
        made.read = {10'000'000};
    }

    model::Operation& ask(std::uint32_t process, Asked kind, std::int64_t from, std::int64_t until, Told answer,
                          std::uint64_t reference = 0, std::vector<core::Line> lines = {kOne}) {
        MadeOperation operation;
        operation.op.process = process;
        operation.op.channel = ChannelId(0);
        operation.op.kind = kind;
        operation.op.answer = answer;
        operation.op.key = {process + 1, ++keys_};
        operation.op.invoked = operation.op.intended = {from};
        operation.op.completed = answer == Told::unknown ? kNever : SimTime{until};
        operation.op.reference = reference;
        operation.op.ttl = seconds(1);
        if (kind == Asked::confirm) operation.op.order = 100 + reference;
        if (kind != Asked::confirm && kind != Asked::release && kind != Asked::extend) operation.lines = std::move(lines);
        made.operations.push_back(operation);
        return made.operations.back().op;
    }
    void read(std::uint32_t process, std::int64_t from, std::int64_t until, Quantity available) {
        ask(process, Asked::read, from, until, Told::applied);
        made.operations.back().op.key = {};
        made.operations.back().available = {available};
    }
    // The back end's own word.
    Shop& in_the_end(Quantity on_hand, Quantity held, Quantity allocated,
                     std::map<std::uint64_t, std::vector<core::Line>> orders = {}) {
        made.stock = {{.node = NodeId(0), .sku = Sku(0), .on_hand = on_hand, .held = held, .allocated = allocated}};
        made.orders = std::move(orders);
        return *this;
    }

    AuditReport audited() const {
        const test::RecordedFile file;
        REQUIRE(made.write(file.path()).empty());
        ReadEvidence read = read_evidence(std::vector{file.path()});
        REQUIRE(read.error.empty());
        return audit(std::move(read.evidence));
    }

    test::MadeHistory made;

   private:
    std::uint64_t keys_ = 0;
};

// The checks that are refuted, in words.
std::string refuted(const AuditReport& report) {
    std::string names;
    for (std::size_t i = 0; i < kChecks; ++i)
        if (report.findings.of(static_cast<Check>(i)).verdict == CheckResult::Verdict::refuted)
            names += (names.empty() ? "" : " ") + std::string(name_of(static_cast<Check>(i)));
    return names;
}

std::string sentence(const AuditReport& report, Check check) {
    for (const Offence& offence : report.findings.offences())
        if (offence.check == check) return offence.sentence;
    return "";
}

}  // namespace

TEST_CASE("audit: a shop that sold its two units once each is sound, and the headline says so") {
    Shop shop(2);
    shop.ask(1, Asked::hold, 1'000, 2'000, Told::applied, 1);
    shop.ask(2, Asked::allocate, 1'500, 2'500, Told::applied, 55);
    shop.ask(3, Asked::allocate, 3'000, 3'500, Told::out_of_stock, 56);
    shop.ask(1, Asked::confirm, 4'000, 5'000, Told::applied, 1);
    shop.in_the_end(2, 0, 2, {{55, {kOne}}, {101, {kOne}}});
    const AuditReport report = shop.audited();
    CHECK(refuted(report).empty());
    CHECK(report.headline() == "SOUND: 4 operations, 2 units sold of 2, none twice");
}

TEST_CASE("audit: two shoppers who got the last unit are told by name") {
    Shop shop(1);
    shop.ask(12, Asked::allocate, 1'000, 9'000, Told::applied, 55);
    shop.ask(47, Asked::allocate, 2'000, 8'000, Told::applied, 56);
    shop.in_the_end(1, 0, 2, {{55, {kOne}}, {56, {kOne}}});
    const AuditReport report = shop.audited();
    CHECK(refuted(report) == "sold_twice linearizability");
    CHECK(report.totals.oversold == Bounds{1, 1});
    CHECK_THAT(report.headline(), Contains("REFUTED: 1 unit was sold twice"));
    CHECK_THAT(sentence(report, Check::linearizability),
               Contains("process 12 and process 47 both got the last unit of sku-7 at dc"));
    const std::string text = audit_text(report);
    CHECK_THAT(text, Contains("+0.000000 s to +0.008000 s"));
    CHECK_THAT(text, Contains("process 47 (web) allocates 1 of sku-7 at dc (order 56): applied"));
    CHECK_THAT(audit_json(report), Contains("\"units_oversold\": {\"low\": 1, \"high\": 1}"));
}

TEST_CASE("audit: in a run record the verdict, every check and the most telling story first") {
    Shop shop(1);
    shop.ask(12, Asked::allocate, 1'000, 9'000, Told::applied, 55);
    shop.ask(47, Asked::allocate, 2'000, 8'000, Told::applied, 56);
    shop.in_the_end(1, 0, 2, {{55, {kOne}}, {56, {kOne}}});
    const AuditReport report = shop.audited();
    const model::LoadAudit audit = load_audit(report);
    CHECK(audit.verdict() == "refuted");
    CHECK(audit.headline() == report.headline());
    CHECK(audit.operations() == 2);
    CHECK(audit.sold_low() == 2);
    CHECK(audit.oversold_low() == 1);
    CHECK(audit.oversold_high() == 1);
    REQUIRE(audit.checks_size() == static_cast<int>(kChecks));
    CHECK(audit.checks(0).name() == "conservation");
    CHECK(audit.checks(0).verdict() == "sound");
    CHECK_THAT(audit.checks(1).text(), Contains("no unit was promised to two: 1 judged, 1 offence"));
    REQUIRE(audit.stories_size() == 2);
    CHECK_THAT(audit.stories(0), Contains("promised to two") && Contains("process 47 (web) allocates 1 of sku-7"));
    CHECK_THAT(audit.stories(1), Contains("both got the last unit of sku-7 at dc (1 available at the start)\n  +0.000000 s to"));
    REQUIRE(audit.told_size() == 2);
    const model::LoadStory& twice = audit.told(0);
    CHECK(twice.check() == name_of(Check::sold_twice));
    CHECK(audit.stories(0).starts_with(twice.sentence() + "\n"));
    REQUIRE(twice.operations_size() == 2);
    CHECK(twice.left_out() == 0);
    const model::LoadStoryOperation& second = twice.operations(1);
    CHECK(second.process() == 47);
    CHECK(second.kind() == "allocate");
    CHECK(second.answer() == "applied");
    CHECK(second.invoked_s() == Approx(0.001));
    CHECK(second.answered_s() == Approx(0.007));
    CHECK_THAT(audit.stories(0), Contains(second.words()));
}

TEST_CASE("audit: the run record counts the operations that a story leaves out") {
    Shop shop(14);
    shop.ask(1, Asked::allocate, 1'000, 9'000, Told::applied, 55);
    for (std::uint32_t i = 0; i < 20; ++i) shop.ask(2 + i, Asked::allocate, 2'000 + i, 8'000, Told::applied, 56 + i);
    const model::LoadAudit audit = load_audit(shop.audited());
    REQUIRE(audit.told_size() == audit.stories_size());
    REQUIRE(audit.told_size() > 0);
    for (int i = 0; i < audit.told_size(); ++i) {
        const bool more = audit.stories(i).find("\n  and ") != std::string::npos;
        CHECK((audit.told(i).left_out() > 0) == more);
        CHECK(audit.told(i).operations_size() <= 12);
    }
    CHECK(std::any_of(audit.told().begin(), audit.told().end(), [](const auto& story) { return story.left_out() > 0; }));
}

TEST_CASE("audit: of many offences the run record tells five, of different checks first") {
    Shop shop(9);
    for (std::uint32_t i = 0; i < 12; ++i) {
        shop.ask(1, Asked::hold, 1'000 + i * 100'000, 2'000 + i * 100'000, Told::applied, 10 + i);
        shop.ask(1, Asked::release, 3'000 + i * 100'000, 4'000 + i * 100'000, Told::applied, 10 + i);
        shop.ask(2, Asked::confirm, 5'000 + i * 100'000, 6'000 + i * 100'000, Told::applied, 10 + i);
    }
    const model::LoadAudit audit = load_audit(shop.in_the_end(9, 0, 0).audited());
    CHECK(audit.verdict() == "refuted");
    CHECK(audit.stories_size() == static_cast<int>(kStoriesOfRecord));
    CHECK(audit.stories(0).find("hold") != std::string::npos);
}

TEST_CASE("audit: an unknown promise makes the oversold units bounds, and refutes nothing") {
    Shop shop(1);
    shop.ask(1, Asked::allocate, 1'000, 2'000, Told::applied, 55);
    shop.ask(2, Asked::allocate, 1'500, 0, Told::unknown, 56);
    shop.in_the_end(1, 0, 1, {{55, {kOne}}});
    const AuditReport report = shop.audited();
    CHECK(refuted(report).empty());
    CHECK(report.totals.oversold == Bounds{0, 1});
}

TEST_CASE("conservation: a unit that is missing from the final state is found") {
    Shop shop(5);
    shop.ask(1, Asked::sell, 1'000, 2'000, Told::applied);
    shop.ask(1, Asked::receive, 3'000, 4'000, Told::applied, 0, {{NodeId(0), Sku(0), 4}});
    CHECK(refuted(shop.in_the_end(8, 0, 0).audited()).empty());
    const AuditReport report = shop.in_the_end(7, 0, 0).audited();
    CHECK(refuted(report) == "conservation");
    CHECK(sentence(report, Check::conservation) == "sku-7 at dc: 7 on hand or shipped in the end, where the answers leave 8");
}

TEST_CASE("counts: what is promised beyond a count is found, and what is left is known") {
    Shop shop(5);
    shop.ask(1, Asked::adjust, 1'000, 2'000, Told::applied, 0, {{NodeId(0), Sku(0), 1}});
    shop.ask(2, Asked::allocate, 3'000, 4'000, Told::applied, 55);
    CHECK(shop.in_the_end(1, 0, 1, {{55, {kOne}}}).audited().headline() == "SOUND: 2 operations, 1 units sold of 1, none twice");
    CHECK(refuted(shop.in_the_end(2, 0, 1, {{55, {kOne}}}).audited()) == "conservation");
    shop.ask(3, Asked::allocate, 5'000, 6'000, Told::applied, 56);
    const AuditReport report = shop.in_the_end(1, 0, 2, {{55, {kOne}}, {56, {kOne}}}).audited();
    CHECK(refuted(report) == "sold_twice linearizability");
    CHECK(report.totals.oversold == Bounds{1, 1});
    CHECK(report.totals.beyond_record == 0);

    Shop found(0);
    found.ask(1, Asked::adjust, 1'000, 2'000, Told::applied, 0, {{NodeId(0), Sku(0), 2}});
    found.ask(2, Asked::allocate, 3'000, 4'000, Told::out_of_stock, 55);
    CHECK(refuted(found.in_the_end(2, 0, 0).audited()) == "undersell linearizability");
}

TEST_CASE("counts: one that a delivery overlaps may come before it or after, and the end has to fit to one of the two") {
    Shop shop(5);
    shop.ask(1, Asked::adjust, 1'000, 4'000, Told::applied, 0, {{NodeId(0), Sku(0), 7}});
    shop.ask(2, Asked::receive, 2'000, 3'000, Told::applied, 0, {{NodeId(0), Sku(0), 4}});
    shop.ask(3, Asked::allocate, 5'000, 6'000, Told::applied, 55);
    for (const Quantity left : {7, 11}) {
        INFO(left);
        CHECK(shop.in_the_end(left, 0, 1, {{55, {kOne}}}).audited().verdict == AuditReport::Verdict::sound);
    }
    const AuditReport report = shop.in_the_end(9, 0, 1, {{55, {kOne}}}).audited();
    CHECK(refuted(report) == "conservation");
    CHECK_THAT(sentence(report, Check::conservation), Contains("8 available in the end, which no order of the answers leaves"));
}

TEST_CASE("conservation: an operation without an answer may have counted or not, but no more than that") {
    Shop shop(5);
    shop.ask(1, Asked::receive, 3'000, 0, Told::unknown, 0, {{NodeId(0), Sku(0), 4}});
    CHECK(refuted(shop.in_the_end(5, 0, 0).audited()).empty());
    CHECK(refuted(shop.in_the_end(9, 0, 0).audited()).empty());
    CHECK(refuted(shop.in_the_end(10, 0, 0).audited()) == "conservation");
}

TEST_CASE("holds: confirmed and released is once too often") {
    Shop shop(5);
    shop.ask(1, Asked::hold, 1'000, 2'000, Told::applied, 1);
    shop.ask(1, Asked::confirm, 3'000, 4'000, Told::applied, 1);
    shop.ask(2, Asked::release, 5'000, 6'000, Told::applied, 1);
    const AuditReport report = shop.in_the_end(5, 0, 1, {{101, {kOne}}}).audited();
    CHECK_THAT(refuted(report), Contains("holds"));
    CHECK(sentence(report, Check::holds) == "one hold ended twice: it was confirmed and released");
}

TEST_CASE("holds: a confirm after the time ran out is found, one within an extension is not") {
    Shop late(5);
    late.ask(1, Asked::hold, 1'000, 2'000, Told::applied, 1);
    late.ask(1, Asked::confirm, 1'003'000, 1'004'000, Told::applied, 1);
    const AuditReport report = late.in_the_end(5, 0, 1, {{101, {kOne}}}).audited();
    CHECK_THAT(sentence(report, Check::holds), Contains("confirmed after its time had run out"));

    Shop extended(5);
    extended.ask(1, Asked::hold, 1'000, 2'000, Told::applied, 1);
    extended.ask(1, Asked::extend, 900'000, 901'000, Told::applied, 1);
    extended.ask(1, Asked::confirm, 1'003'000, 1'004'000, Told::applied, 1);
    CHECK(refuted(extended.in_the_end(5, 0, 1, {{101, {kOne}}}).audited()).empty());
}

TEST_CASE("holds: called expired too early, not found though it lived, ended though nobody made it") {
    Shop early(5);
    early.ask(1, Asked::hold, 1'000, 2'000, Told::applied, 1);
    early.ask(1, Asked::confirm, 3'000, 4'000, Told::hold_expired, 1);
    CHECK_THAT(sentence(early.in_the_end(5, 0, 0).audited(), Check::holds), Contains("called expired before"));

    Shop lost(5);
    lost.ask(1, Asked::hold, 1'000, 2'000, Told::applied, 1);
    lost.ask(1, Asked::confirm, 3'000, 4'000, Told::unknown_hold, 1);
    CHECK_THAT(sentence(lost.in_the_end(5, 0, 0).audited(), Check::holds), Contains("a hold that lived was not found"));

    Shop phantom(5);
    phantom.ask(1, Asked::hold, 1'000, 2'000, Told::out_of_stock, 1);
    phantom.ask(1, Asked::release, 3'000, 4'000, Told::applied, 1);
    CHECK_THAT(sentence(phantom.in_the_end(5, 0, 0).audited(), Check::holds), Contains("nobody had made was released"));
}

TEST_CASE("holds: units of a hold whose time ran out are there for others, not before") {
    Shop shop(1);
    shop.ask(1, Asked::hold, 1'000, 2'000, Told::applied, 1);
    shop.ask(2, Asked::allocate, 1'001'500, 1'001'800, Told::applied, 55);
    CHECK(refuted(shop.in_the_end(1, 0, 1, {{55, {kOne}}}).audited()).empty());

    Shop early(1);
    early.ask(1, Asked::hold, 1'000, 2'000, Told::applied, 1);
    early.ask(2, Asked::allocate, 1'000'500, 1'000'800, Told::applied, 55);
    CHECK_THAT(refuted(early.in_the_end(1, 0, 1, {{55, {kOne}}}).audited()), Contains("linearizability"));
}

TEST_CASE("idempotency: one key is one change, whatever the number of attempts") {
    Shop shop(5);
    shop.ask(1, Asked::allocate, 1'000, 0, Told::unknown, 55).key = {9, 1};
    shop.ask(1, Asked::allocate, 5'000, 6'000, Told::applied, 55).key = {9, 1};
    shop.in_the_end(5, 0, 1, {{55, {kOne}}});
    CHECK(refuted(shop.audited()).empty());
    CHECK(shop.audited().totals.operations == 1);

    shop.in_the_end(5, 0, 2, {{55, {{NodeId(0), Sku(0), 2}}}});
    CHECK_THAT(refuted(shop.audited()), Contains("idempotency"));
    CHECK_THAT(sentence(shop.audited(), Check::idempotency), Contains("one key, two effects"));

    Shop torn(5);
    torn.ask(1, Asked::allocate, 1'000, 2'000, Told::applied, 55).key = {9, 1};
    torn.ask(1, Asked::allocate, 5'000, 6'000, Told::out_of_stock, 55).key = {9, 1};
    CHECK_THAT(sentence(torn.in_the_end(5, 0, 1, {{55, {kOne}}}).audited(), Check::idempotency),
               Contains("answered applied and out_of_stock"));
}

TEST_CASE("orders: an acknowledged order that is not there is lost, one that nobody placed is a phantom") {
    Shop shop(5);
    shop.ask(1, Asked::allocate, 1'000, 2'000, Told::applied, 55);
    const AuditReport lost = shop.in_the_end(5, 0, 1).audited();
    CHECK(refuted(lost) == "orders");
    CHECK(sentence(lost, Check::orders) == "order 55, sku-7 at dc: 1 acknowledged, lost in the back end's final state");
    const AuditReport phantom = shop.in_the_end(5, 0, 1, {{55, {kOne}}, {99, {kOne}}}).audited();
    CHECK(refuted(phantom) == "orders");
    CHECK_THAT(sentence(phantom, Check::orders), Contains("order 99") && Contains("nobody was promised"));
}

TEST_CASE("orders: an unknown confirm whose order was read back has been applied") {
    Shop shop(1);
    shop.ask(1, Asked::hold, 1'000, 2'000, Told::applied, 1);
    shop.ask(1, Asked::confirm, 3'000, 0, Told::unknown, 1);
    shop.ask(2, Asked::allocate, 2'000'000, 2'001'000, Told::applied, 55);
    CHECK_THAT(refuted(shop.in_the_end(1, 0, 2, {{55, {kOne}}, {101, {kOne}}}).audited()), Contains("sold_twice"));
    CHECK(refuted(shop.in_the_end(1, 0, 1, {{55, {kOne}}}).audited()).empty());
}

TEST_CASE("undersell: refused though it was surely there, with one line or with several") {
    Shop shop(3);
    shop.ask(1, Asked::allocate, 1'000, 2'000, Told::out_of_stock, 55);
    const AuditReport report = shop.in_the_end(3, 0, 0).audited();
    CHECK(refuted(report) == "undersell linearizability");
    CHECK(report.totals.undersold == 1);

    Shop both(3);
    both.ask(1, Asked::allocate, 1'000, 2'000, Told::out_of_stock, 55, {kOne, {NodeId(0), Sku(1), 1}});
    CHECK(refuted(both.in_the_end(3, 0, 0).audited()).empty());  // nothing of sku-8
    both.ask(1, Asked::allocate, 3'000, 4'000, Told::out_of_stock, 56, {kOne, {NodeId(0), Sku(0), 2}});
    CHECK(refuted(both.in_the_end(3, 0, 0).audited()) == "undersell");
}

TEST_CASE("linearizability: a stale read is found, and forgiven where reads come from a cache") {
    Shop shop(3);
    shop.ask(1, Asked::sell, 1'000, 2'000, Told::applied);
    shop.read(2, 3'000, 4'000, 3);
    shop.in_the_end(2, 0, 0);
    const AuditReport report = shop.audited();
    CHECK(refuted(report) == "linearizability");
    CHECK_THAT(sentence(report, Check::linearizability), Contains("process 2 read 3 units of sku-7 at dc"));
    shop.made.header.set_reads(model::HISTORY_READS_STALE);
    CHECK(refuted(shop.audited()).empty());
}

TEST_CASE("audit: a history without a read-back is undecided where it needs one") {
    Shop shop(3);
    shop.ask(1, Asked::sell, 1'000, 2'000, Told::applied);
    const test::RecordedFile file;
    {
        model::HistoryWriter writer(file.path(), shop.made.header);
        model::Operation op = shop.made.operations[0].op;
        op.lines = shop.made.operations[0].lines;
        writer.append(op);
        REQUIRE(writer.close().empty());
    }
    const AuditReport report = audit(read_evidence(std::vector{file.path()}).evidence);
    CHECK(report.verdict == AuditReport::Verdict::undecided);
    CHECK(report.findings.of(Check::conservation).verdict == CheckResult::Verdict::undecided);
    CHECK(report.findings.of(Check::linearizability).verdict == CheckResult::Verdict::holds);
}

TEST_CASE("edn: each operation is invoked and ends once, in time, with processes that end where an answer is unknown") {
    Shop shop(3);
    shop.ask(1, Asked::hold, 1'000, 2'000, Told::applied, 1);
    shop.ask(1, Asked::confirm, 3'000, 0, Told::unknown, 1);
    shop.ask(1, Asked::allocate, 9'000, 9'500, Told::out_of_stock, 55);
    shop.read(2, 9'100, 9'200, 2);
    const test::RecordedFile file;
    REQUIRE(shop.made.write(file.path()).empty());
    std::string text;
    write_edn(read_evidence(std::vector{file.path()}).evidence, [&](std::string_view lines) { text += lines; });
    CHECK(text ==
          "{:index 0, :type :invoke, :process 1, :f :hold, :value {:hold 1, :ttl 1000000, :key [2 1], :lines [[\"dc\" \"sku-7\" "
          "1]]}, :time 1000000}\n"
          "{:index 1, :type :ok, :process 1, :f :hold, :value {:hold 1, :ttl 1000000, :key [2 1], :lines [[\"dc\" \"sku-7\" "
          "1]]}, :time 2000000}\n"
          "{:index 2, :type :invoke, :process 1, :f :confirm, :value {:hold 1, :order 101, :key [2 2]}, :time 3000000}\n"
          "{:index 3, :type :info, :process 1, :f :confirm, :value {:hold 1, :order 101, :key [2 2]}, :error :unknown, :time "
          "9000000}\n"
          "{:index 4, :type :invoke, :process 3, :f :allocate, :value {:order 55, :key [2 3], :lines [[\"dc\" \"sku-7\" 1]]}, "
          ":time 9000000}\n"
          "{:index 5, :type :invoke, :process 2, :f :read, :value {:lines [[\"dc\" \"sku-7\" nil]]}, :time 9100000}\n"
          "{:index 6, :type :ok, :process 2, :f :read, :value {:lines [[\"dc\" \"sku-7\" 2]]}, :time 9200000}\n"
          "{:index 7, :type :fail, :process 3, :f :allocate, :value {:order 55, :key [2 3], :lines [[\"dc\" \"sku-7\" 1]]}, "
          ":error :out-of-stock, :time 9500000}\n");
}
