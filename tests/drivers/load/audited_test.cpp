// The audit reads what the generator recorded: everything that an honest back end does is sound, and a lie is refuted.
#include <catch2/catch.hpp>

#include "reports/audit/audit.hpp"
#include "tests/drivers/load/generator.hpp"

namespace lastunit::drivers::tests {
namespace {

using core::CommandKind;
using reports::audit::AuditReport;

// All kinds of commands on few cells with few units, most of them sensible, some refused.
class Trade {
   public:
    Trade(Generator& generator, std::uint64_t seed) : generator_(generator), draw_(seed, model::Purpose::property, 17) {}

    void next() {
        core::Command command;
        command.channel = ChannelId(0);
        command.kind = kKinds[upto(std::size(kKinds))];
        core::Line line{NodeId(static_cast<std::uint16_t>(upto(2))), Sku(static_cast<std::uint32_t>(upto(3))),
                        static_cast<Quantity>(1 + upto(3))};
        command.ttl = hours(1);
        command.id = ++ids_;
        command.order = 10'000 + ids_;
        const bool of_order =
            command.kind == CommandKind::deallocate || command.kind == CommandKind::pick || command.kind == CommandKind::ship;
        if (command.kind == CommandKind::allocate) orders_.push_back({command.order, line});
        if (of_order && !orders_.empty()) {
            const auto& [order, of] = orders_[upto(orders_.size())];
            command.order = order;
            line = of;
        }
        if (command.kind == CommandKind::hold) holds_.push_back(command.id);
        const bool of_hold =
            command.kind == CommandKind::extend || command.kind == CommandKind::release || command.kind == CommandKind::confirm;
        if (of_hold && !holds_.empty()) command.id = holds_[upto(holds_.size())];
        if (command.kind == CommandKind::confirm) command.order = command.id;
        if (command.kind == CommandKind::transfer_out) {
            // A truck takes several lines.
            if (!transfers_.empty() && upto(2) == 0) command.id = transfers_.back();
            transfers_.push_back(command.id);
        }
        if (command.kind == CommandKind::transfer_in && !transfers_.empty()) command.id = transfers_[upto(transfers_.size())];
        command.node = line.node;
        command.to = NodeId(static_cast<std::uint16_t>(1 - line.node.value));
        command.sku = line.sku;
        command.quantity = line.quantity;
        command.return_to = upto(2) == 0 ? core::ReturnTo::shelf : core::ReturnTo::quarantine;
        command.transfer_from = upto(4) == 0 ? core::TransferFrom::quarantine : core::TransferFrom::shelf;
        command.lines = {&line, 1};
        generator_->ask(ids_, command, steady_now_ns());
    }
    std::size_t upto(std::size_t n) { return static_cast<std::size_t>(draw_.uniform() * static_cast<double>(n)); }

   private:
    static constexpr CommandKind kKinds[] = {
        CommandKind::hold,         CommandKind::hold,        CommandKind::hold,         CommandKind::extend,
        CommandKind::release,      CommandKind::confirm,     CommandKind::confirm,      CommandKind::allocate,
        CommandKind::allocate,     CommandKind::deallocate,  CommandKind::pick,         CommandKind::pick,
        CommandKind::ship,         CommandKind::ship,        CommandKind::sell,         CommandKind::receive,
        CommandKind::take_return,  CommandKind::quarantine,  CommandKind::unquarantine, CommandKind::dispose,
        CommandKind::transfer_out, CommandKind::transfer_in, CommandKind::expect};
    Generator& generator_;
    model::Stream draw_;
    std::uint64_t ids_ = 0;
    std::vector<std::pair<std::uint64_t, core::Line>> orders_;
    std::vector<std::uint64_t> holds_, transfers_;
};

AuditReport audit_of(const std::string& path) {
    const std::string paths[] = {path};
    auto read = reports::audit::read_evidence(paths);
    REQUIRE(read.error.empty());
    return reports::audit::audit(std::move(read.evidence));
}

std::string text_of(const AuditReport& report) {
    std::string text = report.headline();
    for (const auto& offence : report.findings.offences()) text += "\n" + offence.sentence;
    return text;
}

// Some attempts get lost on the way there or back, some are refused unseen.
void be_unreliable(FakeDriver& driver, std::uint64_t seed) {
    driver.react = [fate = model::Stream(seed, model::Purpose::property, 18)](std::uint64_t, const Operation&) mutable {
        using Kind = FakeDriver::Reaction::Kind;
        const double drawn = fate.uniform();
        if (drawn < 0.03) return FakeDriver::Reaction{Kind::lose_answer};
        if (drawn < 0.06) return FakeDriver::Reaction{Kind::lose_request};
        if (drawn < 0.1) return FakeDriver::Reaction{Kind::refuse_unseen};
        return FakeDriver::Reaction{};
    };
}

// `first` happens before the trade.
AuditReport audited_trade(std::uint64_t seed, const std::function<void(Generator&)>& first = {}) {
    const TempFolder folder;
    Generator it(12, [&](DispatcherOptions& options) { options.history = folder.path("run.luh"); });
    be_unreliable(it.driver, seed);
    if (first) first(it);
    Trade trade(it, seed);
    for (int i = 0; i < 300; ++i) {
        trade.next();
        if (trade.upto(3) == 0) it.turn();
    }
    std::vector<DispatchAnswer> answers;
    CHECK(it->finish(seconds(60), ReadBack::whole, answers).empty());
    return audit_of(folder.path("run.luh"));
}

TEST_CASE("audited: whatever is asked of an honest back end, and whatever gets lost on the way, is never refuted") {
    int sound = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        const AuditReport report = audited_trade(seed);
        CAPTURE(seed, text_of(report));
        REQUIRE(report.verdict != AuditReport::Verdict::refuted);
        if (report.verdict == AuditReport::Verdict::sound) ++sound;
    }
    CHECK(sound >= 58);
}

TEST_CASE("audited: cells with a safety stock, a fence or a count are never refuted either") {
    for (std::uint64_t seed = 100; seed < 120; ++seed) {
        const AuditReport report = audited_trade(seed, [](Generator& it) {
            for (const CommandKind kind : {CommandKind::set_safety, CommandKind::set_channel_allocation, CommandKind::adjust}) {
                core::Command command;
                command.kind = kind;
                command.channel = ChannelId(1);
                command.sku = Sku(kind == CommandKind::adjust ? 1 : 0);
                command.quantity = 5;
                it->tell(command, steady_now_ns());
                it.settle();
            }
        });
        CAPTURE(seed, text_of(report));
        REQUIRE(report.verdict != AuditReport::Verdict::refuted);
    }
}

TEST_CASE("audited: what a generator that was cut off has left is never refuted, and nobody takes it for a whole history") {
    for (std::uint64_t seed = 200; seed < 210; ++seed) {
        const TempFolder folder;
        {
            Generator it(12, [&](DispatcherOptions& options) { options.history = folder.path("run.luh"); });
            be_unreliable(it.driver, seed);
            Trade trade(it, seed);
            for (int i = 0; i < 2500; ++i) {
                trade.next();
                if (trade.upto(3) == 0) it.turn();
            }
        }
        const AuditReport report = audit_of(folder.path("run.luh"));
        CAPTURE(seed, text_of(report));
        CHECK(report.verdict == AuditReport::Verdict::undecided);
        CHECK_FALSE(report.evidence.torn.empty());
        CHECK(report.totals.operations > 100);
    }
}

TEST_CASE("audited: a back end that sells a unit twice is refuted") {
    const TempFolder folder;
    Generator it(1, [&](DispatcherOptions& options) { options.history = folder.path("run.luh"); });
    for (std::uint64_t order = 1; order <= 2; ++order) {
        const core::Line line{NodeId(0), Sku(0), 1};
        core::Command command;
        command.kind = CommandKind::allocate;
        command.order = order;
        command.backorder = core::Backorder::accept;  // it says yes to whatever it is asked
        command.lines = {&line, 1};
        it->ask(order, command, steady_now_ns());
    }
    std::vector<DispatchAnswer> answers;
    CHECK(it->finish(seconds(60), ReadBack::whole, answers).empty());
    const AuditReport report = audit_of(folder.path("run.luh"));
    CHECK(report.verdict == AuditReport::Verdict::refuted);
    CHECK(report.totals.oversold.low == 1);
}

TEST_CASE("audited: a back end that lost an acknowledged order is refuted") {
    const TempFolder folder;
    Generator it(5, [&](DispatcherOptions& options) { options.history = folder.path("run.luh"); });
    it.hold(1, 1);
    it.confirm(1, 10, 2);
    it.settle();
    it.driver.prepare(small_shop(5));  // and starts afresh
    std::vector<DispatchAnswer> answers;
    CHECK(it->finish(seconds(60), ReadBack::whole, answers).empty());
    CHECK(audit_of(folder.path("run.luh")).verdict == AuditReport::Verdict::refuted);
}

}  // namespace
}  // namespace lastunit::drivers::tests
