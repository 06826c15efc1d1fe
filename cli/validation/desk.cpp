// e4, e7: shoppers who call. The agents of a desk are the servers; who finds all of them talking waits, hangs up after a while,
// or finds no line free.
#include <cmath>

#include "cli/validation/clustered_share.hpp"
#include "cli/validation/families.hpp"
#include "cli/validation/figures.hpp"
#include "cli/validation/intervals.hpp"
#include "cli/validation/settings.hpp"

namespace lastunit::cli::validation {
namespace {

using sim::AtDesk;

struct Calls {
    double rate = 0, talk_rate = 1;  // per unit
    std::int32_t agents = 1;
    std::optional<double> hang_up_rate;  // absent: nobody waits, as there is no line to wait in
};

class CallDesk : public FigureExperiment {
   public:
    CallDesk(const Case& c, const Calls& calls, const Effort& effort)
        : FigureExperiment(c), clock_(calls.rate), one_rush_(rush(calls)), together_(together(calls)) {
        constexpr double kReplications = 40;
        const double warm = warm_up(calls);
        const double length = std::max(effort.shoppers / kReplications / calls.rate, 3 * warm);
        window_ = {SimTime{std::llround(clock_.us(warm))}, SimTime{std::llround(clock_.us(length))}};
        Settings settings(length, clock_);
        settings.set("demand.streams.all.rate", clock_.rate(calls.rate))
            .set("channels.phone.desk.agents", calls.agents)
            .set("channels.phone.desk.talk", clock_.exponential(1 / calls.talk_rate));
        if (calls.hang_up_rate) settings.set("channels.phone.desk.hangs_up_after", clock_.exponential(1 / *calls.hang_up_rate));
        simulate(settings.overrides(), length * calls.rate);
    }

    void begin(std::size_t) override { seen_ = {}; }
    void desk(ChannelId, SimTime arrived, Duration waited, AtDesk how) override {
        seen_.waiting_us += window_.overlap_us(arrived, arrived + waited);
        if (!window_.contains(arrived)) return;
        ++seen_.calls;
        seen_.wait_us += static_cast<double>(waited.us);
        seen_.waited += waited.us > 0 ? 1 : 0;
        seen_.hung_up += how == AtDesk::hung_up ? 1 : 0;
        seen_.engaged += how == AtDesk::engaged ? 1 : 0;
    }
    void end() override {
        engaged_.add(seen_.engaged / together_, seen_.calls / together_);
        hung_up_.add(seen_.hung_up / together_, seen_.calls / together_);
        waited_.add(seen_.waited / together_, seen_.calls / together_);
        waits_.add(seen_.wait_us / clock_.us(one_rush_), seen_.calls);
        line_.add(seen_.waiting_us / clock_.us(one_rush_), window_.length_us() / clock_.us(one_rush_));
        FigureExperiment::end();
    }
    Reading read(const std::string& output, double expected) const override {
        const Reading plain = FigureExperiment::read(output, expected);
        const auto* figures = std::get_if<Estimate>(&plain);
        if (figures == nullptr) return plain;
        if (output == "B") return engaged_.read(expected, *figures);
        if (output == "P_abandon") return hung_up_.read(expected, *figures);
        if (output == "P_wait") return waited_.read(expected, *figures);
        if (output == "Lq") return line_.read_amount(expected, *figures);
        if (output == "Wq_all")
            return divided(waits_.read_amount(expected / one_rush_, divided(*figures, one_rush_)), 1 / one_rush_);
        return plain;
    }

   private:
    struct Seen {
        double waiting_us = 0;                                                // inside the window
        double calls = 0, wait_us = 0, waited = 0, hung_up = 0, engaged = 0;  // of those who called inside the window
    };

    // What a full line takes to empty: no longer than those in it are patient, nor than it would take if all were (see
    // queue.cpp).
    static double rush(const Calls& calls) {
        const double load = calls.rate / calls.talk_rate / calls.agents, gap = 1 - std::sqrt(load);
        double out = calls.hang_up_rate ? 1 / *calls.hang_up_rate : 1 / calls.talk_rate;
        if (load < 1) out = std::min(out, 1 / (calls.talk_rate * calls.agents * gap * gap));
        return out;
    }
    // Calls of one fate come together: about so many, from what M/M/c says of a time in which all agents talk.
    static double together(const Calls& calls) {
        const double idle = std::abs(1 - calls.rate / calls.talk_rate / calls.agents);
        return 1 / std::clamp(idle, 0.05, 1.0);
    }
    static double warm_up(const Calls& calls) { return 10 * (1 / calls.talk_rate + rush(calls)); }
    std::optional<double> figure(const std::string& output) override {
        if (output == "B") return seen_.engaged / seen_.calls;
        if (output == "P_wait") return seen_.waited / seen_.calls;
        if (output == "P_abandon") return seen_.hung_up / seen_.calls;
        if (output == "Wq_all") return seen_.wait_us / seen_.calls / clock_.us(1);
        if (output == "Lq") return seen_.waiting_us / window_.length_us();
        return std::nullopt;
    }

    Clock clock_;
    Window window_;
    Seen seen_;
    double one_rush_;  // what a full line takes to empty: waiting is counted in it
    double together_;  // calls of one fate
    ClusteredShare engaged_, hung_up_, waited_;
    ClusteredShare waits_, line_;  // in units of one rush
};

}  // namespace

// The unit of time is the mean talk: the load is the rate.
std::unique_ptr<Experiment> calls_lost(const Case& c, const Effort& effort) {
    return std::make_unique<CallDesk>(c, Calls{c.inputs.positive("a"), 1, c.inputs.whole("c", 1, 1'000'000), {}}, effort);
}

std::unique_ptr<Experiment> impatient_callers(const Case& c, const Effort& effort) {
    const Inputs& in = c.inputs;
    if (in.number("theta", 0) == 0) throw NotCovered("nobody hangs up: that is e1_mmc");
    const Calls calls{in.positive("lam"), in.positive("mu"), in.whole("c", 1, 1'000'000), in.positive("theta")};
    return std::make_unique<CallDesk>(c, calls, effort);
}

}  // namespace lastunit::cli::validation
