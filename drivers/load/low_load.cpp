#include "drivers/load/low_load.hpp"

#include <algorithm>
#include <array>

#include "core/assert.hpp"
#include "drivers/load/latency_counts.hpp"

namespace lastunit::drivers {

using core::CommandKind;

namespace {

constexpr Duration kTimeout = seconds(10);
constexpr Duration kTtl = hours(1);
// Of holds and orders: no run counts so far, and a back end that keeps numbers in a double has them exactly.
constexpr std::uint64_t kFirstNumber = std::uint64_t{1} << 50U;

// One unit of the n-th cell that has stock, round and round.
class Cells {
   public:
    explicit Cells(const InitialStock& stock) {
        const std::size_t nodes = stock.shape.nodes.size();
        for (std::size_t cell = 0; cell < stock.units.size(); ++cell) {
            if (stock.units[cell] <= 0) continue;
            lines_.push_back(
                {NodeId(static_cast<std::uint16_t>(cell % nodes)), Sku(static_cast<std::uint32_t>(cell / nodes)), 1});
            least_ = std::min(least_, stock.units[cell]);
        }
        if (lines_.empty()) throw DriverError("there is no stock to measure with");
    }
    const core::Line& line(std::uint64_t n) const { return lines_[n % lines_.size()]; }
    // As many operations may have a unit each at a time without running out anywhere.
    std::uint64_t at_once() const { return lines_.size() * static_cast<std::uint64_t>(least_); }

   private:
    std::vector<core::Line> lines_;
    Quantity least_ = core::kMaxUnits;
};

class Measurement {
   public:
    Measurement(Driver& driver, const InitialStock& stock, const LowLoadOptions& options)
        : driver_(driver), options_(options), cells_(stock), session_(driver.open()) {
        LASTUNIT_ASSERT(options.client != 0, "a generator without a client number");
        end_ns_ = steady_now_ns() + options.at_most.us * 1000;
    }

    LowLoad run() {
        one_at_a_time(options_.warm_up);
        for (Figures& of : figures_) of = {};
        one_at_a_time(options_.samples);
        if (options_.at_saturation != 0) saturated();
        for (std::size_t kind = 0; kind < core::kCommandKinds; ++kind) report(static_cast<CommandKind>(kind));
        return std::move(result_);
    }

   private:
    struct Figures {
        LatencyCounts times;
        std::uint64_t busy_count = 0;
        std::int64_t busy_ns = 0;
    };
    // Steps that leave the stock as it was, each with the same number.
    struct Cycle {
        std::array<CommandKind, 4> steps;
        std::size_t count;
    };
    static constexpr std::array<Cycle, 4> kCycles{{
        {{CommandKind::hold, CommandKind::extend, CommandKind::confirm, CommandKind::deallocate}, 4},
        {{CommandKind::hold, CommandKind::release}, 2},
        {{CommandKind::allocate, CommandKind::deallocate}, 2},
        {{CommandKind::sell, CommandKind::receive}, 2},
    }};

    bool has(const Cycle& cycle) const {
        return std::all_of(cycle.steps.begin(), cycle.steps.begin() + static_cast<std::ptrdiff_t>(cycle.count),
                           [this](CommandKind kind) { return driver_.supports(kind); });
    }

    Operation operation_of(CommandKind kind, std::uint64_t number) {
        const core::Line& line = cells_.line(number);
        Operation operation;
        operation.timeout = kTimeout;
        operation.command.kind = kind;
        operation.command.key = {options_.client, ++sequence_};
        operation.command.channel = ChannelId(0);
        operation.command.id = operation.command.order = kFirstNumber + number;
        operation.command.ttl = kTtl;
        operation.command.node = line.node;
        operation.command.sku = line.sku;
        operation.command.quantity = line.quantity;
        operation.command.lines = {&line, 1};
        return operation;
    }

    void one_at_a_time(std::uint32_t samples) {
        for (const Cycle& cycle : kCycles) {
            if (!has(cycle)) continue;
            for (std::uint32_t i = 0; i < samples && (i == 0 || steady_now_ns() < end_ns_); ++i) {
                const std::uint64_t number = numbers_++;
                for (std::size_t step = 0; step < cycle.count; ++step) {
                    const std::int64_t before_ns = steady_now_ns();
                    const Operation operation = operation_of(cycle.steps[step], number);
                    session_->submit({&operation, 1});
                    const Completion answer = wait_for_one();
                    if (!applied(cycle.steps[step], answer)) continue;
                    figures_[static_cast<std::size_t>(cycle.steps[step])].times.add(answer.at_ns - before_ns);
                }
            }
        }
    }

    // One step of all operations, then the next, so that each kind is measured alone.
    void saturated() {
        const std::uint64_t together = std::min<std::uint64_t>(options_.at_saturation, cells_.at_once());
        for (const Cycle& cycle : kCycles) {
            if (!has(cycle) || steady_now_ns() >= end_ns_) continue;
            const std::uint64_t first = numbers_;
            numbers_ += together;
            for (std::size_t step = 0; step < cycle.count; ++step) saturate(cycle.steps[step], first, together);
        }
    }

    void saturate(CommandKind kind, std::uint64_t first, std::uint64_t count) {
        Figures& of = figures_[static_cast<std::size_t>(kind)];
        const std::int64_t before_ns = steady_now_ns();
        std::uint64_t sent = 0, done = 0, good = 0;
        while (done < count) {
            operations_.clear();
            while (sent < count && sent - done < options_.outstanding) operations_.push_back(operation_of(kind, first + sent++));
            if (!operations_.empty()) session_->submit(operations_);
            completions_.clear();
            session_->poll(completions_, kTimeout);
            for (const Completion& answer : completions_) good += applied(kind, answer);
            done += completions_.size();
            if (completions_.empty()) give_up();
        }
        of.busy_ns += steady_now_ns() - before_ns;
        of.busy_count += good;
    }

    Completion wait_for_one() {
        completions_.clear();
        const std::int64_t until_ns = steady_now_ns() + 2 * kTimeout.us * 1000;
        while (completions_.empty() && steady_now_ns() < until_ns) session_->poll(completions_, kTimeout);
        if (completions_.empty()) give_up();
        return completions_.front();
    }
    [[noreturn]] void give_up() const { throw DriverError(driver_.target() + ": does not answer"); }

    bool applied(CommandKind kind, const Completion& answer) {
        if (answer.settled == Settled::applied) return true;
        if (result_.failed++ == 0)
            result_.first_failure = std::string(core::name_of(kind)) + ": " +
                                    (answer.cause == Cause::outcome ? core::name_of(answer.outcome) : name_of(answer.cause));
        return false;
    }

    void report(CommandKind kind) {
        const Figures& of = figures_[static_cast<std::size_t>(kind)];
        if (of.times.count() == 0) return;
        model::CalibratedOperation out;
        out.set_kind(core::name_of(kind));
        out.set_samples(of.times.count());
        out.set_mean_ms(of.times.mean_ns() / 1e6);
        out.set_p50_ms(static_cast<double>(of.times.quantile_ns(0.5)) / 1e6);
        out.set_p99_ms(static_cast<double>(of.times.quantile_ns(0.99)) / 1e6);
        if (of.busy_count != 0) out.set_busy_ms(static_cast<double>(of.busy_ns) / static_cast<double>(of.busy_count) / 1e6);
        result_.operations.push_back(std::move(out));
    }

    Driver& driver_;
    const LowLoadOptions& options_;
    Cells cells_;
    std::unique_ptr<Session> session_;
    std::int64_t end_ns_ = 0;
    std::uint64_t sequence_ = 0, numbers_ = 0;
    std::array<Figures, core::kCommandKinds> figures_;
    std::vector<Operation> operations_;
    std::vector<Completion> completions_;
    LowLoad result_;
};

}  // namespace

LowLoad measure_low_load(Driver& driver, const InitialStock& stock, const LowLoadOptions& options) {
    return Measurement(driver, stock, options).run();
}

}  // namespace lastunit::drivers
