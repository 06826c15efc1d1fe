// A reference ledger under concurrent processes, recorded as a load generator would: each operation takes effect at a random
// instant between its invocation and its answer. Some answers get lost; what they ask for then takes effect in time, late, or
// never.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/ledger.hpp"
#include "model/history/history_writer.hpp"
#include "model/history/operation.hpp"
#include "model/random.hpp"

namespace lastunit::test {

struct HistoryPlan {
    std::uint64_t seed = 1;
    std::uint32_t processes = 8, nodes = 1, skus = 2;
    std::uint32_t operations = 200;
    Quantity stock = 12;         // of each cell
    double zipf = 0;             // exponent of the SKUs' popularity
    double lost_answers = 0.03;  // share of operations
    double retried = 0.5;        // share of them that are sent again under the same key
    bool counts = false;         // whether cells are counted
    bool tills = true;
    std::int64_t think_us = 300, latency_us = 400, ttl_us = 20'000;
};

struct MadeOperation {
    model::Operation op;  // its spans are set when it is written
    std::vector<core::Line> lines;
    std::vector<Quantity> available;
    SimTime took_effect;  // of the attempt; kNever: it did not arrive
};

struct MadeHistory {
    model::HistoryHeader header;
    std::vector<MadeOperation> operations;  // as they ended
    std::vector<model::CellReadBack> stock;
    std::map<std::uint64_t, std::vector<core::Line>> orders;
    SimTime read;

    std::string write(const std::string& path) const {
        model::HistoryWriter writer(path, header);
        for (const MadeOperation& made : operations) {
            model::Operation op = made.op;
            op.lines = made.lines;
            op.available = made.available;
            writer.append(op);
        }
        std::vector<model::OrderReadBack> read_back;
        for (const auto& [order, lines] : orders) read_back.push_back({order, lines});
        writer.read_back_stock(read, stock);
        writer.read_back_orders(read, read_back);
        return writer.close();
    }
};

class HistorySimulation {
   public:
    explicit HistorySimulation(const HistoryPlan& plan)
        : plan_(plan),
          ledger_({.nodes = plan.nodes, .skus = plan.skus, .channels = 2, .key_retention = hours(24)}),
          random_(plan.seed, model::Purpose::property, 4711) {
        double sum = 0;
        for (std::uint32_t i = 0; i < plan.skus; ++i) popularity_.push_back(sum += std::pow(i + 1.0, -plan.zipf));
    }

    MadeHistory run() {
        begin();
        for (std::uint32_t process = 0; process < plan_.processes; ++process)
            push(upto(plan_.think_us), Kind::send, process, kNew);
        while (!queue_.empty()) {
            const Happening next = queue_.top();
            queue_.pop();
            now_ = next.at;
            if (next.kind == Kind::send) send(next.process, next.attempt);
            if (next.kind == Kind::effect) take_effect(next.attempt);
            if (next.kind == Kind::answer) answer(next.attempt);
        }
        end();
        return std::move(made_);
    }

   private:
    enum class Kind : std::uint8_t { effect, answer, send };
    static constexpr std::uint32_t kNew = UINT32_MAX;
    struct Happening {
        SimTime at;
        std::uint64_t sequence;
        Kind kind;
        std::uint32_t process;
        std::uint32_t attempt;  // kNew: a new operation
        bool operator<(const Happening& other) const { return at != other.at ? at > other.at : sequence > other.sequence; }
    };

    double uniform() { return random_.uniform(); }
    std::int64_t upto(std::int64_t most) { return 1 + static_cast<std::int64_t>(uniform() * static_cast<double>(most)); }
    void push(std::int64_t after_us, Kind kind, std::uint32_t process, std::uint32_t attempt) {
        queue_.push({now_ + Duration{after_us}, sequence_++, kind, process, attempt});
    }

    void begin() {
        model::HistoryHeader& header = made_.header;
        header.set_target("reference");
        header.set_scenario("simulated");
        header.set_seed(plan_.seed);
        header.set_design("ledger");
        for (std::uint32_t i = 0; i < plan_.nodes; ++i) header.add_nodes("node-" + std::to_string(i));
        for (std::uint32_t i = 0; i < plan_.skus; ++i) header.add_skus("sku-" + std::to_string(i));
        header.add_channels("web");
        header.add_channels("app");
        core::Events events;
        for (std::uint32_t sku = 0; sku < plan_.skus; ++sku)
            for (std::uint32_t node = 0; node < plan_.nodes; ++node) {
                ledger_.receive({}, {0}, NodeId(static_cast<std::uint16_t>(node)), Sku(sku), plan_.stock, events);
                header.mutable_initial()->add_node(node);
                header.mutable_initial()->add_sku(sku);
                header.mutable_initial()->add_on_hand(plan_.stock);
            }
        held_.resize(plan_.processes);
        placed_.resize(plan_.processes);
    }

    core::Line line() {
        const double at = uniform() * popularity_.back();
        const auto sku = std::lower_bound(popularity_.begin(), popularity_.end(), at) - popularity_.begin();
        const auto node = static_cast<std::uint16_t>(uniform() * plan_.nodes);
        return {NodeId(node), Sku(static_cast<std::uint32_t>(sku)), uniform() < 0.7 ? 1 : static_cast<Quantity>(upto(3))};
    }

    void send(std::uint32_t process, std::uint32_t again) {
        if (again == kNew && sent_ >= plan_.operations) return;
        MadeOperation made;
        if (again != kNew) {
            made = made_.operations[again];
            made.op.completed = kNever;
            made.op.answer = model::OperationAnswer::unknown;
        } else {
            ++sent_;
            choose(process, made);
        }
        made.op.invoked = made.op.intended = now_;
        made.took_effect = kNever;
        const auto index = static_cast<std::uint32_t>(made_.operations.size());
        const bool lost = uniform() < plan_.lost_answers;
        const double fate = uniform();
        const std::int64_t until_effect = upto(plan_.latency_us);
        const bool arrives = !lost || fate < 0.67;
        const bool late = lost && fate < 0.33;
        if (arrives) push(late ? upto(plan_.ttl_us * 2) : until_effect, Kind::effect, process, index);
        if (!lost) {
            push(until_effect + upto(plan_.latency_us), Kind::answer, process, index);
        } else {
            const bool retries = !(made.op.key == core::Key{}) && uniform() < plan_.retried;
            push(plan_.latency_us * 3, Kind::send, process, retries ? index : kNew);
        }
        made_.operations.push_back(std::move(made));
    }

    void choose(std::uint32_t process, MadeOperation& made) {
        model::Operation& op = made.op;
        op.process = process;
        op.channel = ChannelId(static_cast<std::uint8_t>(process % 2));
        op.key = {process + 1, ++keys_};
        const double what = uniform();
        auto& held = held_[process];
        if (!held.empty() && what < 0.45) {
            const auto at = static_cast<std::size_t>(uniform() * static_cast<double>(held.size()));
            op.reference = held[at];
            op.kind = what < 0.25   ? model::OperationKind::confirm
                      : what < 0.38 ? model::OperationKind::release
                                    : model::OperationKind::extend;
            op.order = 1'000'000'000 + op.reference;
            op.ttl = {plan_.ttl_us};
            if (op.kind != model::OperationKind::extend || uniform() < 0.2)
                held.erase(held.begin() + static_cast<std::ptrdiff_t>(at));
            if (op.kind != model::OperationKind::confirm) op.order = 0;
            if (op.kind != model::OperationKind::extend) op.ttl = {0};
            return;
        }
        made.lines.push_back(line());
        if (what < 0.62) {
            op.kind = model::OperationKind::hold;
            op.reference = ++holds_;
            op.ttl = {plan_.ttl_us};
            held.push_back(op.reference);
            if (uniform() < 0.15) made.lines.push_back(line());
        } else if (what < 0.76) {
            op.kind = model::OperationKind::allocate;
            op.reference = 2'000'000'000 + keys_;
            if (uniform() < 0.15) made.lines.push_back(line());
            placed_[process].push_back({op.reference, made.lines});
        } else if (what < 0.79 && !placed_[process].empty()) {
            op.kind = model::OperationKind::deallocate;
            op.reference = placed_[process].back().first;
            made.lines = placed_[process].back().second;
            placed_[process].pop_back();
        } else if (what < 0.82 && plan_.tills) {
            op.kind = model::OperationKind::sell;
        } else if (what < 0.85) {
            op.kind = uniform() < 0.5 ? model::OperationKind::receive : model::OperationKind::take_return;
        } else if (what < 0.86 && plan_.counts) {
            op.kind = model::OperationKind::adjust;
            made.lines[0].quantity = static_cast<Quantity>(uniform() * 2 * plan_.stock);
        } else {
            op.kind = model::OperationKind::read;
            op.key = {};
            made.lines[0].quantity = 0;
        }
    }

    void take_effect(std::uint32_t index) {
        MadeOperation& made = made_.operations[index];
        const model::Operation& op = made.op;
        made.took_effect = now_;
        if (op.kind == model::OperationKind::read) {
            made.available.clear();
            core::Events expired;
            ledger_.advance(now_, expired);
            for (const core::Line& of : made.lines) made.available.push_back(ledger_.atp(of.node, of.sku));
            answers_[index] = core::Outcome::applied;
            return;
        }
        const std::uint64_t before = ledger_.commands();
        const core::Outcome outcome = apply(made);
        answers_[index] = outcome;
        if (outcome == core::Outcome::applied && ledger_.commands() != before) book(made);
    }

    core::Outcome apply(const MadeOperation& made) {
        const model::Operation& op = made.op;
        const core::Line first = made.lines.empty() ? core::Line{} : made.lines[0];
        events_.clear();
        switch (op.kind) {
            case model::OperationKind::hold:
                return ledger_.hold(op.key, now_, HoldId(op.reference), op.channel, made.lines, op.ttl, events_);
            case model::OperationKind::extend:
                return ledger_.extend(op.key, now_, HoldId(op.reference), op.ttl, events_);
            case model::OperationKind::release:
                return ledger_.release(op.key, now_, HoldId(op.reference), events_);
            case model::OperationKind::confirm:
                return ledger_.confirm(op.key, now_, HoldId(op.reference), OrderId(op.order), events_);
            case model::OperationKind::allocate:
                return ledger_.allocate(op.key, now_, OrderId(op.reference), op.channel, made.lines, core::Backorder::refuse,
                                        events_);
            case model::OperationKind::deallocate:
                return ledger_.deallocate(op.key, now_, OrderId(op.reference), made.lines, events_);
            case model::OperationKind::sell:
                return ledger_.sell(op.key, now_, first.node, first.sku, first.quantity, op.channel, events_);
            case model::OperationKind::receive:
                return ledger_.receive(op.key, now_, first.node, first.sku, first.quantity, events_);
            case model::OperationKind::take_return:
                return ledger_.take_return(op.key, now_, first.node, first.sku, first.quantity, core::ReturnTo::shelf, events_);
            case model::OperationKind::adjust:
                return ledger_.adjust(op.key, now_, first.node, first.sku, first.quantity, events_);
            case model::OperationKind::read:
                break;
        }
        return core::Outcome::applied;
    }

    void book(const MadeOperation& made) {
        const model::Operation& op = made.op;
        if (op.kind == model::OperationKind::hold) hold_lines_[op.reference] = made.lines;
        if (op.kind == model::OperationKind::confirm) made_.orders[op.order] = hold_lines_[op.reference];
        if (op.kind == model::OperationKind::allocate) made_.orders[op.reference] = made.lines;
        if (op.kind == model::OperationKind::deallocate) made_.orders.erase(op.reference);
    }

    void answer(std::uint32_t index) {
        MadeOperation& made = made_.operations[index];
        made.op.completed = now_;
        made.op.answer = answer_of(answers_[index]);
        push(upto(plan_.think_us), Kind::send, made.op.process, kNew);
    }
    static model::OperationAnswer answer_of(core::Outcome outcome) {
        using model::OperationAnswer;
        switch (outcome) {
            case core::Outcome::applied:
                return OperationAnswer::applied;
            case core::Outcome::out_of_stock:
                return OperationAnswer::out_of_stock;
            case core::Outcome::unknown_hold:
                return OperationAnswer::unknown_hold;
            case core::Outcome::hold_expired:
                return OperationAnswer::hold_expired;
            case core::Outcome::hold_ended:
                return OperationAnswer::hold_ended;
            case core::Outcome::hold_exists:
                return OperationAnswer::hold_exists;
            case core::Outcome::unknown_order:
                return OperationAnswer::unknown_order;
            case core::Outcome::key_reused:
                return OperationAnswer::key_reused;
            default:
                return OperationAnswer::other_refusal;
        }
    }

    void end() {
        made_.read = now_ + Duration{1};
        ledger_.advance(made_.read, events_);
        for (std::uint32_t sku = 0; sku < plan_.skus; ++sku)
            for (std::uint32_t node = 0; node < plan_.nodes; ++node) {
                const NodeId at(static_cast<std::uint16_t>(node));
                const core::Cell& cell = ledger_.cell(at, Sku(sku));
                made_.stock.push_back({.node = at,
                                       .sku = Sku(sku),
                                       .on_hand = cell.on_hand,
                                       .held = cell.held,
                                       .allocated = cell.allocated,
                                       .available = cell.atp()});
            }
        // A read without an answer says nothing.
        std::erase_if(made_.operations, [](const MadeOperation& made) {
            return made.op.kind == model::OperationKind::read && made.op.completed == kNever;
        });
    }

    HistoryPlan plan_;
    core::Ledger ledger_;
    model::Stream random_;
    std::vector<double> popularity_;
    MadeHistory made_;
    core::Events events_;
    std::priority_queue<Happening> queue_;
    std::unordered_map<std::uint32_t, core::Outcome> answers_;
    std::unordered_map<std::uint64_t, std::vector<core::Line>> hold_lines_;
    std::vector<std::vector<std::uint64_t>> held_;
    std::vector<std::vector<std::pair<std::uint64_t, std::vector<core::Line>>>> placed_;
    SimTime now_{1'000};
    std::uint64_t sequence_ = 0, keys_ = 0, holds_ = 0;
    std::uint32_t sent_ = 0;
};

inline MadeHistory simulated_history(const HistoryPlan& plan) { return HistorySimulation(plan).run(); }

}  // namespace lastunit::test
