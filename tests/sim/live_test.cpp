// A live run against back ends of the test's own, on a clock of the test's own: what is asked of them, and what their answers do.
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include "sim/back_end.hpp"
#include "sim/initial_stock.hpp"
#include "tests/sim/shops.hpp"

namespace lastunit::sim_tests {

namespace {

using Answer = sim::BackEnd::Answer;
using core::CommandKind;

// Answers each question `latency` later, and jumps there; a ledger of its own says how.
class TestBackEnd : public sim::BackEnd {
   public:
    TestBackEnd(const model::Scenario& scenario, Duration latency) : latency_(latency) {
        core::LedgerConfig config;
        config.nodes = static_cast<std::uint32_t>(scenario.network.nodes.size());
        config.skus = static_cast<std::uint32_t>(scenario.catalogue.skus.size());
        config.channels = static_cast<std::uint32_t>(scenario.channels.size());
        ledger_ = std::make_unique<core::Ledger>(config);
    }
    core::Ledger& ledger() { return *ledger_; }

    // What it says to a question, once it is due.
    std::function<Answer(std::uint64_t tag, const core::Command&)> answers = [this](std::uint64_t tag,
                                                                                    const core::Command& command) {
        const core::Outcome outcome = core::apply(*ledger_, now_, command, events_);
        events_.clear();
        return Answer{tag, outcome == core::Outcome::applied ? Answer::Settled::applied : Answer::Settled::refused, outcome};
    };

    void ask(std::uint64_t tag, const core::Command& command, SimTime intended) override {
        CHECK(intended <= now_);
        ++asked[command.kind];
        questions_.push_back({tag, command, {command.lines.begin(), command.lines.end()}, now_ + latency_});
        most_at_once = std::max(most_at_once, questions_.size());
    }
    void tell(const core::Command& command, SimTime) override {
        ++told[command.kind];
        core::apply(*ledger_, now_, command, events_);
        events_.clear();
    }
    SimTime wait(SimTime at, std::vector<Answer>& out) override {
        const SimTime due = questions_.empty() ? kNever : questions_.front().due;
        if (due > at) {
            now_ = std::max(now_, at);
            return now_;
        }
        if (due == kNever) return now_;
        now_ = std::max(now_, due);
        Question question = std::move(questions_.front());
        questions_.pop_front();
        question.command.lines = question.lines;
        out.push_back(answers(question.tag, question.command));
        return now_;
    }
    Duration least_wait() const override { return milliseconds(1); }
    void fault(const model::Fault& fault, Moment moment) override {
        faults.push_back(fault.name + (moment == Moment::begins ? " begins" : " ends"));
    }

    std::map<CommandKind, int> asked, told;
    std::vector<std::string> faults;
    std::size_t most_at_once = 0;

   private:
    struct Question {
        std::uint64_t tag = 0;
        core::Command command;
        std::vector<core::Line> lines;
        SimTime due;
    };
    Duration latency_;
    SimTime now_{0};
    std::deque<Question> questions_;
    std::unique_ptr<core::Ledger> ledger_;
    core::Events events_;
};

// `shoppers` want one of `stock` units within a second.
model::Scenario rush(const std::string& reservation, int shoppers, int stock, const std::string& more = "") {
    return small_shop("run: {horizon: 1h, drain: 10d}\nstock: !replace [{each: " + std::to_string(stock) +
                      "}]\ndemand: {streams: !replace {all: {exactly: " + std::to_string(shoppers) +
                      ", until: 1s}}}\ndesign:\n  channels: {web: {reservation: " + reservation + ", decides_on: core}}\n" +
                      more);
}

struct LiveRun {
    model::RunRecord record;
    std::map<CommandKind, int> asked, told;
    std::vector<std::string> faults;
    std::size_t most_at_once = 0;
    Quantity left = 0;  // on the back end's books, free to be promised, of all cells
};

// In a process of its own, as every run.
LiveRun live(const model::Scenario& scenario, const std::function<void(TestBackEnd&)>& set_up = {}, sim::Share share = {},
             Duration latency = milliseconds(20)) {
    const std::string answer = tests::in_child([&] {
        TestBackEnd back_end(scenario, latency);
        const auto stock = sim::initial_stock(scenario, 1);
        core::Events events;
        const std::uint32_t nodes = back_end.ledger().config().nodes;
        for (std::size_t cell = 0; cell < stock.size(); ++cell)
            if (stock[cell] > 0)
                back_end.ledger().receive({}, SimTime{0}, NodeId(static_cast<std::uint16_t>(cell % nodes)),
                                          Sku(static_cast<std::uint32_t>(cell / nodes)), stock[cell], events);
        if (set_up) set_up(back_end);
        sim::RunOptions options;
        options.back_end = &back_end;
        options.share = share;
        const std::string record = sim::run(scenario, options).SerializeAsString();
        std::string head;
        for (const auto& [kind, count] : back_end.asked)
            head += "a " + std::to_string(int(kind)) + " " + std::to_string(count) + "\n";
        for (const auto& [kind, count] : back_end.told)
            head += "t " + std::to_string(int(kind)) + " " + std::to_string(count) + "\n";
        for (const std::string& fault : back_end.faults) head += "f " + fault + "\n";
        Quantity left = 0;
        for (std::size_t cell = 0; cell < stock.size(); ++cell)
            left += back_end.ledger().atp(NodeId(static_cast<std::uint16_t>(cell % nodes)),
                                          Sku(static_cast<std::uint32_t>(cell / nodes)));
        head += "l " + std::to_string(left) + "\nm " + std::to_string(back_end.most_at_once) + "\n";
        return head + '\0' + record;
    });
    LiveRun out;
    const std::size_t end = answer.find('\0');
    REQUIRE(end != std::string::npos);
    REQUIRE(out.record.ParseFromString(answer.substr(end + 1)));
    std::istringstream head(answer.substr(0, end));
    for (std::string what, rest; head >> what && std::getline(head, rest);) {
        std::istringstream words(rest);
        int kind = 0, count = 0;
        if (what == "f") {
            out.faults.push_back(rest.substr(1));
        } else if (what == "l") {
            words >> out.left;
        } else if (what == "m") {
            words >> out.most_at_once;
        } else {
            words >> kind >> count;
            (what == "a" ? out.asked : out.told)[static_cast<CommandKind>(kind)] = count;
        }
    }
    for (const reports::BalanceLine& line : reports::balance(out.record)) {
        INFO(line.sentence << ": " << line.left << " against " << line.right);
        CHECK(line.closes());
    }
    return out;
}

std::int64_t oversold(const LiveRun& run) { return static_cast<std::int64_t>(run.record.kpi().oversold_units()); }

}  // namespace

TEST_CASE("live: a sound back end sells what is there, once, in every mode that reserves") {
    for (const char* mode :
         {"ledger", "reserve_on_cart, hold_ttl: 15min", "reserve_on_order, hold_ttl: 15min", "reserve_on_payment",
          "check_then_act", "optimistic", "row_lock", "atomic_decrement", "read_modify_write"}) {
        INFO(mode);
        const LiveRun run = live(rush(mode, 400, 50));
        CHECK(oversold(run) == 0);
        CHECK(run.record.kpi().units_accepted() > 30);
        CHECK(run.record.kpi().units_accepted() <= 50);
        CHECK(run.left == 50 - static_cast<int>(run.record.kpi().units_accepted()));
        CHECK(run.asked.count(CommandKind::hold) + run.asked.count(CommandKind::allocate) > 0);
        CHECK(run.record.load().beyond_record() == 0);
    }
}

TEST_CASE("live: shoppers meet at the back end, not before it: many ask for the last unit at once") {
    const LiveRun run = live(rush("ledger", 2000, 20), {}, {}, seconds(2));
    CHECK(run.most_at_once > 100);
    CHECK(run.record.kpi().units_accepted() == 20);
    CHECK(run.record.kpi().refused_units() > 100);
    CHECK(run.asked.at(CommandKind::allocate) > 100);
    CHECK(run.record.load().refused_with_record() == 0);  // by then the copy knew it too
}

TEST_CASE("live: what a flawed back end gives twice is oversold, by the truth, and short in the copy of its record") {
    const auto gives_all = [](TestBackEnd& back_end) {
        back_end.answers = [](std::uint64_t tag, const core::Command&) { return Answer{tag, Answer::Settled::applied, {}}; };
    };
    for (const char* mode : {"ledger", "reserve_on_order, hold_ttl: 15min"}) {
        INFO(mode);
        const LiveRun run = live(rush(mode, 400, 20), gives_all, {}, seconds(2));
        CHECK(oversold(run) > 50);
        CHECK(run.record.kpi().units_accepted() == 20 + run.record.kpi().oversold_units());
        CHECK(run.record.load().beyond_record() > 50);
    }
}

TEST_CASE("live: who gets no answer is told to try later, and no order is made of it") {
    const auto silent = [](TestBackEnd& back_end) {
        back_end.answers = [](std::uint64_t tag, const core::Command&) { return Answer{tag, Answer::Settled::unknown, {}}; };
    };
    const LiveRun run = live(rush("ledger", 100, 50), silent);
    CHECK(run.record.kpi().units_accepted() == 0);
    CHECK(run.record.kpi().unreachable_refusals() > 50);
    CHECK(oversold(run) == 0);
}

TEST_CASE("live: a hold that the back end let go of is no order, whatever the copy says") {
    const auto forgets = [](TestBackEnd& back_end) {
        back_end.answers = [answers = back_end.answers](std::uint64_t tag, const core::Command& command) {
            if (command.kind == CommandKind::confirm) return Answer{tag, Answer::Settled::refused, core::Outcome::hold_expired};
            return answers(tag, command);
        };
    };
    const LiveRun refused = live(rush("reserve_on_order, hold_ttl: 15min, expired_hold: refuse", 50, 50), forgets);
    CHECK(refused.record.kpi().units_accepted() == 0);
    CHECK(refused.asked.at(CommandKind::confirm) > 20);
    const LiveRun again = live(rush("reserve_on_order, hold_ttl: 15min, expired_hold: retry", 50, 50), forgets);
    CHECK(again.record.kpi().units_accepted() > 20);
    CHECK(again.asked.at(CommandKind::allocate) > 20);
    CHECK(oversold(again) == 0);
}

TEST_CASE("live: an order that the back end refuses after it was planned goes elsewhere or is cancelled") {
    const auto refuses_orders = [](TestBackEnd& back_end) {
        back_end.answers = [](std::uint64_t tag, const core::Command&) {
            return Answer{tag, Answer::Settled::refused, core::Outcome::out_of_stock};
        };
    };
    const LiveRun run = live(rush("none", 30, 50), refuses_orders);
    CHECK(run.asked.at(CommandKind::allocate) >= 20);
    CHECK(run.record.kpi().units_accepted() > 20);
    CHECK(run.record.kpi().cancelled_units() == run.record.kpi().units_accepted());
    CHECK(run.record.load().refused_with_record() >= 20);
}

TEST_CASE("live: what one answer refuses of an order leaves the rest of it to be sent, and nothing open") {
    // Orders of several lines, planned SKU by SKU where the copy has not all of it; every third allocation is refused.
    const auto refuses_some = [](TestBackEnd& back_end) {
        auto count = std::make_shared<int>(0);
        back_end.answers = [count](std::uint64_t tag, const core::Command&) {
            const bool refused = ++*count % 3 == 0;
            return Answer{tag, refused ? Answer::Settled::refused : Answer::Settled::applied, core::Outcome::out_of_stock};
        };
    };
    const LiveRun run = live(rush("none", 200, 40, "catalogue: {skus: 6}\npersonas: {anyone: {lines_mean: 3}}\n"), refuses_some);
    const model::Kpi& kpi = run.record.kpi();
    CHECK(run.record.load().refused_with_record() > 20);
    CHECK(kpi.open_units() == 0);
    CHECK(kpi.units_accepted() > 100);
    CHECK(kpi.shipped_units() + kpi.handed_over_units() + kpi.cancelled_units() == kpi.units_accepted());
    CHECK(kpi.cancelled_units() > 0);
}

TEST_CASE("live: nobody looked at it is not out of stock") {
    const auto unreachable = [](TestBackEnd& back_end) {
        back_end.answers = [](std::uint64_t tag, const core::Command&) { return Answer{tag, Answer::Settled::unreachable, {}}; };
    };
    const LiveRun run = live(rush("ledger", 100, 50), unreachable);
    CHECK(run.record.kpi().units_accepted() == 0);
    CHECK(run.record.kpi().unreachable_refusals() > 50);
    CHECK(run.record.load().refused_with_record() == 0);
}

TEST_CASE("live: who holds and has paid is sold to where the design sells on the view, though nobody answers") {
    const auto no_confirm = [](TestBackEnd& back_end) {
        back_end.answers = [answers = back_end.answers](std::uint64_t tag, const core::Command& command) {
            if (command.kind == CommandKind::confirm) return Answer{tag, Answer::Settled::unknown, {}};
            return answers(tag, command);
        };
    };
    const LiveRun run = live(rush("reserve_on_order, hold_ttl: 15min", 20, 10, "  cut_off: sell_on_view\n"), no_confirm);
    CHECK(run.asked.at(CommandKind::hold) >= 5);
    CHECK(static_cast<int>(run.record.kpi().units_accepted()) == run.asked.at(CommandKind::hold));
}

TEST_CASE("live: generators that share a run play each shopper once") {
    const model::Scenario scenario = rush("ledger", 300, 1000);
    const LiveRun whole = live(scenario);
    std::uint64_t shoppers = 0, orders = 0;
    std::set<std::string> parts;
    for (std::uint32_t i = 0; i < 3; ++i) {
        const LiveRun part = live(scenario, {}, {i, 3});
        shoppers += part.record.kpi().shoppers();
        orders += part.record.kpi().orders_accepted();
        parts.insert(part.record.identity().shoppers_fingerprint());
        CHECK(part.record.kpi().shoppers() == 100);
    }
    CHECK(shoppers == whole.record.kpi().shoppers());
    CHECK(orders == whole.record.kpi().orders_accepted());
    CHECK(parts.size() == 3);
}

TEST_CASE("live: the journeys are those of the simulation when the back end answers as its core does") {
    const model::Scenario scenario = rush("ledger", 300, 1000);
    const LiveRun run = live(scenario, {}, {}, Duration{0});
    const model::RunRecord simulated = sim_tests::run(scenario, 1);
    CHECK(run.record.identity().shoppers_fingerprint() == simulated.identity().shoppers_fingerprint());
    CHECK(run.record.kpi().orders_accepted() == simulated.kpi().orders_accepted());
    CHECK(run.record.kpi().revenue() == simulated.kpi().revenue());
    CHECK(run.record.kpi().shipped_units() == simulated.kpi().shipped_units());
}

TEST_CASE("live: faults that hit the core are done to the back end, at their times; the rest is simulated") {
    const LiveRun run = live(rush("ledger", 100, 50,
                                  "faults:\n  crash: {kind: host_crash, at: 400ms, lasts: 100ms}\n"
                                  "  cut: {kind: partition, channels: [web], at: 200ms, lasts: 100ms}\n"));
    CHECK(run.faults == std::vector<std::string>{"cut begins", "cut ends", "crash begins", "crash ends"});
    CHECK(run.record.kpi().units_accepted() > 30);
}

}  // namespace lastunit::sim_tests
