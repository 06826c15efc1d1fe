// A back end whose contract is less than the core's is judged by its own: a shop with one stock for all nodes, whose cart only
// looks at it.
#include <catch2/catch.hpp>
#include <functional>

#include "drivers/load/recording.hpp"
#include "reports/audit/audit.hpp"
#include "tests/drivers/load/generator.hpp"

namespace lastunit::drivers::tests {
namespace {

using core::CommandKind;
using core::Outcome;
using reports::audit::AuditReport;
using Lines = std::vector<core::Line>;

constexpr Contract kShop{Contract::Stock::pooled, Contract::Holds::check};

// 10 units at each of the nodes of SKU 0; one thing after the other, each of a millisecond.
class Books {
   public:
    explicit Books(Contract contract) : stock_(small_shop(10)), recording_(path(), stock_, header(), Generators::one, contract) {}

    void say(CommandKind kind, std::uint64_t id, Lines lines, Outcome outcome) {
        core::Command command;
        command.kind = kind;
        command.key = {kClient, ++sequence_};
        command.id = id;
        command.order = kind == CommandKind::hold ? 0 : id + 1000;
        command.ttl = hours(1);
        command.lines = lines;
        const Settled settled = outcome == Outcome::applied ? Settled::applied : Settled::refused;
        recording_.begins(command);
        recording_.attempt(command, {0, now_, now_, now_ + 900'000, settled, outcome == Outcome::applied ? Cause::outcome : cause,
                                     outcome, weight});
        recording_.ends(command, settled);
        now_ += 1'000'000;
        const bool promises = kind == CommandKind::confirm || kind == CommandKind::allocate;
        if (!promises || settled != Settled::applied) return;
        for (const core::Line& line : lines.empty() ? asked_ : lines)
            state_.orders.push_back({OrderId(command.order), line.node, line.sku, line.quantity, 0});
    }
    // A cart of one unit at a node, and its payment.
    void buy(std::uint64_t id, std::uint16_t node, Outcome payment) {
        asked_ = {{NodeId(node), Sku(0), 1}};
        say(CommandKind::hold, id, asked_, Outcome::applied);
        say(CommandKind::confirm, id, {}, payment);
    }
    void passes(Duration time) { now_ += time.us * 1000; }
    // Of what is refused from now on.
    Cause cause = Cause::outcome;
    Weight weight = Weight::testimony;
    // A basket of one unit of each SKU is refused at its second line, after all units of the first were set aside for it; what
    // `between` does happens before they are given back.
    void refused_basket(std::uint64_t id, LeftAside left, const std::function<void()>& between) {
        core::Command command;
        command.kind = CommandKind::allocate;
        command.key = {kClient, ++sequence_};
        command.order = id;
        const Lines lines{{NodeId(0), Sku(0), 1}, {NodeId(0), Sku(1), 1}};
        command.lines = lines;
        recording_.begins(command);
        Attempt attempt{1, now_, now_, now_ + 500'000, Settled::refused, Cause::failed};
        left.id = id;
        left.lines = {{NodeId(1), Sku(0), static_cast<Quantity>(pooled())}};
        left.since_ns = now_;
        if (left.made_ns) left.made_ns = now_ + 500'000;
        now_ += 1'000'000;
        between();
        if (left.back) left.back = LeftAside::Back{now_, now_ + 500'000};
        now_ += 1'000'000;
        attempt.left = &left;
        recording_.attempt(command, attempt);
        recording_.ends(command, Settled::refused);
    }
    AuditReport audited() {
        std::vector<FinalState::Stock> cells;
        const std::size_t nodes = stock_.shape.nodes.size();
        for (std::size_t at = 0; at < stock_.units.size(); ++at)
            cells.push_back(
                {NodeId(static_cast<std::uint16_t>(at % nodes)), Sku(static_cast<std::uint32_t>(at / nodes)), stock_.units[at]});
        for (const auto& line : state_.orders) cells[line.sku.value * nodes + line.node.value].allocated += line.quantity;
        state_.stock = cells;
        recording_.settled(now_);
        recording_.read_back(now_ + 1'000'000, state_);
        REQUIRE(recording_.close().empty());
        const std::string paths[] = {path()};
        auto read = reports::audit::read_evidence(paths);
        REQUIRE(read.error.empty());
        return reports::audit::audit(std::move(read.evidence));
    }
    std::int64_t pooled() const {
        std::int64_t units = 0;
        for (std::size_t node = 0; node < stock_.shape.nodes.size(); ++node) units += stock_.units[node];
        return units;
    }

   private:
    std::string path() const { return folder_.path("run.luh"); }
    // A shop lets go of what was held by its own clock.
    static model::HistoryHeader header() {
        model::HistoryHeader out;
        out.set_expiry_late_us(hours(24 * 365).us);
        return out;
    }

    const TempFolder folder_;
    const InitialStock stock_;
    Recording recording_;
    FinalState state_;
    Lines asked_;
    std::uint64_t sequence_ = 0;
    std::int64_t now_ = 1'000'000;
};

std::string text_of(const AuditReport& report) {
    std::string text = report.headline();
    for (const auto& offence : report.findings.offences()) text += "\n" + offence.sentence;
    return text;
}

TEST_CASE("judged: carts that only look, and orders at a node beyond its own share, accuse no shop of one stock") {
    Books books(kShop);
    const auto units = static_cast<std::uint64_t>(books.pooled());
    // Every cart is accepted before anybody pays.
    for (std::uint64_t id = 1; id <= units + 5; ++id)
        books.say(CommandKind::hold, id, {{NodeId(0), Sku(0), 1}}, Outcome::applied);
    for (std::uint64_t id = 100; id < 100 + units; ++id) books.buy(id, 0, Outcome::applied);
    books.buy(500, 1, Outcome::out_of_stock);
    books.say(CommandKind::hold, 501, {{NodeId(1), Sku(0), 1}}, Outcome::out_of_stock);
    const AuditReport report = books.audited();
    CAPTURE(text_of(report));
    CHECK(report.verdict == AuditReport::Verdict::sound);
    CHECK(report.totals.sold.low == books.pooled());
}

TEST_CASE("judged: one payment too many is sold twice, wherever it was to come from") {
    Books books(kShop);
    const auto units = static_cast<std::uint64_t>(books.pooled());
    for (std::uint64_t id = 1; id <= units + 1; ++id) books.buy(id, static_cast<std::uint16_t>(id % 2), Outcome::applied);
    const AuditReport report = books.audited();
    CAPTURE(text_of(report));
    CHECK(report.verdict == AuditReport::Verdict::refuted);
    CHECK(report.totals.oversold.low == 1);
}

TEST_CASE("judged: a cart turned away accuses nobody where a cart only looks: others may have had the units set aside") {
    Books books(kShop);
    books.buy(1, 0, Outcome::applied);
    books.say(CommandKind::hold, 2, {{NodeId(0), Sku(0), 1}}, Outcome::out_of_stock);
    const AuditReport report = books.audited();
    CAPTURE(text_of(report));
    CHECK(report.verdict == AuditReport::Verdict::sound);
}

TEST_CASE("judged: a payment turned away while there was stock is undersold, by a look on its way it is not") {
    Books books(kShop), looked(kShop);
    books.buy(1, 0, Outcome::out_of_stock);
    const AuditReport report = books.audited();
    CAPTURE(text_of(report));
    CHECK(report.verdict == AuditReport::Verdict::refuted);
    CHECK(report.totals.undersold == 1);
    looked.weight = Weight::hearsay;
    looked.buy(1, 0, Outcome::out_of_stock);
    CHECK(looked.audited().verdict == AuditReport::Verdict::sound);
}

TEST_CASE("judged: a payment that failed for another reason accuses nobody") {
    Books books(kShop);
    books.cause = Cause::failed;
    books.buy(1, 0, Outcome::out_of_stock);
    CHECK(books.audited().verdict == AuditReport::Verdict::sound);
}

// Somebody is turned away while a refused basket has all units set aside, or after that.
std::pair<AuditReport, AuditReport> turned_away_by(const LeftAside& left) {
    const Contract reserves{Contract::Stock::pooled, Contract::Holds::reserve, minutes(15)};
    Books during(reserves), after(reserves);
    during.refused_basket(1, left, [&] { during.say(CommandKind::hold, 2, {{NodeId(0), Sku(0), 1}}, Outcome::out_of_stock); });
    after.refused_basket(1, left, [] {});
    after.say(CommandKind::hold, 2, {{NodeId(0), Sku(0), 1}}, Outcome::out_of_stock);
    return {during.audited(), after.audited()};
}

TEST_CASE(
    "judged: who is turned away while a refused basket has units set aside accuses nobody, who is when it gave them back does") {
    LeftAside left;
    left.made_ns = 0;
    left.back = LeftAside::Back{};
    const auto [during, after] = turned_away_by(left);
    CAPTURE(text_of(during), text_of(after));
    CHECK(during.verdict == AuditReport::Verdict::sound);
    CHECK(after.verdict == AuditReport::Verdict::refuted);
    CHECK(after.totals.undersold == 1);
}

TEST_CASE("judged: units that nobody knows to be given back, or to have been set aside at all, stay open") {
    LeftAside open, perhaps;
    open.made_ns = 0;
    open.lives = LeftAside::Lives::no_matter_how_long;
    for (const LeftAside& left : {open, perhaps}) {
        const auto [during, after] = turned_away_by(left);
        CAPTURE(text_of(during), text_of(after));
        CHECK(during.verdict == AuditReport::Verdict::sound);
        CHECK(after.verdict == AuditReport::Verdict::sound);
    }
    // They may be sold to somebody else at once: the shop has let go of them.
    Books sold({Contract::Stock::pooled, Contract::Holds::reserve, minutes(15)});
    const auto units = static_cast<std::uint64_t>(sold.pooled());
    sold.refused_basket(1, open, [] {});
    for (std::uint64_t id = 2; id < 2 + units; ++id)
        sold.say(CommandKind::allocate, id, {{NodeId(0), Sku(0), 1}}, Outcome::applied);
    CHECK(sold.audited().verdict == AuditReport::Verdict::sound);
}

TEST_CASE("judged: what a shop set aside for a promise that it refuses may be sold to somebody else, whatever holds live") {
    Books books({Contract::Stock::pooled, Contract::Holds::reserve, minutes(15)});
    const auto units = static_cast<Quantity>(books.pooled());
    books.say(CommandKind::hold, 1, {{NodeId(0), Sku(0), units}}, Outcome::applied);
    books.cause = Cause::failed;  // the payment was declined
    books.say(CommandKind::confirm, 1, {}, Outcome::out_of_stock);
    books.say(CommandKind::allocate, 2, {{NodeId(0), Sku(0), units}}, Outcome::applied);
    const AuditReport report = books.audited();
    CAPTURE(text_of(report));
    CHECK(report.verdict == AuditReport::Verdict::sound);
}

// All units are held, nobody pays, and after `pause` they are held again and bought.
AuditReport held_twice(std::optional<Duration> hold_lives, Duration pause) {
    Books books({Contract::Stock::pooled, Contract::Holds::reserve, hold_lives});
    const auto units = static_cast<std::uint64_t>(books.pooled());
    for (std::uint64_t id = 1; id <= units; ++id) books.say(CommandKind::hold, id, {{NodeId(0), Sku(0), 1}}, Outcome::applied);
    books.say(CommandKind::extend, 1, {}, Outcome::applied);
    books.say(CommandKind::hold, 50, {{NodeId(0), Sku(0), 1}}, Outcome::out_of_stock);
    books.passes(pause);
    for (std::uint64_t id = 101; id <= 100 + units; ++id) books.buy(id, 0, Outcome::applied);
    books.say(CommandKind::confirm, 1, {}, Outcome::out_of_stock);
    return books.audited();
}

TEST_CASE("judged: holds that a shop let go of before their time are sold again by a sound one") {
    for (const auto& [lives, pause] : {std::pair{Duration{0}, Duration{0}}, {seconds(4), seconds(5)}}) {
        const AuditReport report = held_twice(lives, pause);
        CAPTURE(text_of(report));
        CHECK(report.verdict == AuditReport::Verdict::sound);
        CHECK(report.totals.oversold.low == 0);
    }
}

TEST_CASE("judged: where holds reserve, a second one while the first surely lives is sold twice before anybody pays") {
    for (const auto& lives : {std::optional<Duration>{}, std::optional(minutes(15))}) {
        const AuditReport report = held_twice(lives, seconds(5));
        CAPTURE(text_of(report));
        CHECK(report.verdict == AuditReport::Verdict::refuted);
    }
}

}  // namespace
}  // namespace lastunit::drivers::tests
