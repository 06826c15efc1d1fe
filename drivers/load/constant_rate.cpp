#include "drivers/load/constant_rate.hpp"

#include <algorithm>
#include <deque>

#include "drivers/load/instant_driver.hpp"
#include "drivers/load/stock_choice.hpp"
#include "model/history.pb.h"
#include "model/random.hpp"

namespace lastunit::drivers {

namespace {

class Pairs {
   public:
    Pairs(Dispatcher& dispatcher, const InitialStock& stock, const ConstantRateOptions& options)
        : dispatcher_(dispatcher),
          options_(options),
          plan_(options.phases, options.spacing, options.seed),
          choice_(stock, options.zipf),
          wishes_(options.seed, model::Purpose::basket, 0),
          start_ns_(std::max(dispatcher.start_ns(), steady_now_ns())),
          next_hold_ns_(due(plan_.next())) {}

    ConstantRateResult run(Duration patience) {
        std::int64_t now_ns = steady_now_ns();
        const std::int64_t end_ns = start_ns_ + (plan_.lasts().us + patience.us) * 1000;
        while (now_ns < end_ns) {
            ask_what_is_due(now_ns);
            const std::int64_t next_ns = std::min(next_hold_ns_, confirms_.empty() ? kNothing : confirms_.front().at_ns);
            if (next_ns == kNothing && dispatcher_.in_flight() == 0) break;
            answers_.clear();
            dispatcher_.poll(answers_, {std::max<std::int64_t>((std::min(next_ns, end_ns) - now_ns) / 1000, 0)});
            now_ns = steady_now_ns();
            for (const DispatchAnswer& answer : answers_) take(answer);
        }
        return result_;
    }

   private:
    static constexpr std::int64_t kNothing = INT64_MAX;
    static constexpr int kTogether = 256;
    // Confirms are due in the order in which their holds were answered, since the pause is the same for all.
    struct Confirm {
        std::int64_t at_ns;
        std::uint64_t id;
    };

    std::int64_t due(std::optional<std::int64_t> at_ns) const { return at_ns ? start_ns_ + *at_ns : kNothing; }

    void ask_what_is_due(std::int64_t now_ns) {
        // A few at a time, so that answers are not left lying when the schedule runs ahead.
        for (int i = 0; i < kTogether && next_hold_ns_ <= now_ns; ++i, next_hold_ns_ = due(plan_.next())) ask_hold();
        for (; !confirms_.empty() && confirms_.front().at_ns <= now_ns; confirms_.pop_front()) ask_confirm(confirms_.front());
    }

    void ask_hold() {
        const double of_sku = wishes_.uniform();
        const core::Line line = choice_.pick(of_sku, wishes_.uniform());
        core::Command command;
        command.kind = core::CommandKind::hold;
        command.id = options_.first_id + result_.holds++;
        command.ttl = options_.ttl;
        command.lines = {&line, 1};
        dispatcher_.ask(command.id << 1U, command, next_hold_ns_);
    }

    void ask_confirm(const Confirm& confirm) {
        core::Command command;
        command.kind = core::CommandKind::confirm;
        command.id = command.order = confirm.id;
        dispatcher_.ask(confirm.id << 1U | 1U, command, confirm.at_ns);
    }

    void take(const DispatchAnswer& answer) {
        const bool of_hold = (answer.tag & 1U) == 0;
        if (answer.settled == Settled::refused) ++result_.refused;
        if (answer.settled == Settled::unknown) ++result_.unknown;
        if (answer.settled != Settled::applied) return;
        ++(of_hold ? result_.held : result_.confirmed);
        // The answer's own time: that it was looked at a little later is the generator's lateness.
        if (of_hold) confirms_.push_back({answer.at_ns + options_.think.us * 1000, answer.tag >> 1U});
    }

    Dispatcher& dispatcher_;
    const ConstantRateOptions& options_;
    RatePlan plan_;
    StockChoice choice_;
    model::Stream wishes_;
    std::int64_t start_ns_;
    std::int64_t next_hold_ns_;
    std::deque<Confirm> confirms_;
    std::vector<DispatchAnswer> answers_;
    ConstantRateResult result_;
};

// Whether the generator keeps this many operations per second, two to a pair.
bool holds(double rate, Duration each, Duration lag) {
    InstantDriver driver;
    InitialStock stock{{{"node"}, {}, {"web"}}, {}};
    for (int i = 0; i < 1000; ++i) stock.shape.skus.push_back("sku-" + std::to_string(i));
    stock.units.assign(stock.shape.skus.size(), 1'000'000);
    DispatcherOptions alone;
    alone.client = 1;
    Dispatcher dispatcher(driver, stock, alone, {});
    ConstantRateOptions options;
    options.phases = {{each, rate / 2, rate / 2}};
    run_constant_rate(dispatcher, stock, options, each * 4);
    std::vector<DispatchAnswer> answers;
    dispatcher.finish(Duration{0}, ReadBack::none, answers);
    return dispatcher.lag_p99_ns() <= lag.us * 1000;
}

}  // namespace

ConstantRateResult run_constant_rate(Dispatcher& dispatcher, const InitialStock& stock, const ConstantRateOptions& options,
                                     Duration patience) {
    return Pairs(dispatcher, stock, options).run(patience);
}

double find_capacity(Duration each, Duration lag) {
    double low = 1000, high = 0;
    while (high == 0 || high / low > 1.1) {
        const double rate = high == 0 ? low * 2 : (low + high) / 2;
        // A machine that was busy with something else for a moment is no limit of the generator.
        const bool held = holds(rate, each, lag) || holds(rate, each, lag);
        (held ? low : high) = rate;
    }
    return low;
}

}  // namespace lastunit::drivers
