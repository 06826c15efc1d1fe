// f2: c servers that start empty under a rate that changes with time. Each replication is one path; its state is read at given
// times.
#include <cmath>

#include "cli/validation/families.hpp"
#include "cli/validation/figures.hpp"
#include "cli/validation/intervals.hpp"
#include "cli/validation/output_name.hpp"
#include "cli/validation/rate_text.hpp"
#include "cli/validation/settings.hpp"

namespace lastunit::cli::validation {
namespace {

class Path : public FigureExperiment {
   public:
    Path(const Case& c, const std::vector<RatePart>& rate, double mean_service, std::int32_t workers)
        : FigureExperiment(c), clock_(mean_rate(rate)), workers_(workers) {
        const double end = rate.back().until;
        window_ = {SimTime{0}, SimTime{std::llround(clock_.us(end))}};
        std::string pieces;
        for (const RatePart& part : rate) {
            pieces += (pieces.empty() ? "{rate: " : ", {rate: ") + clock_.rate(part.rate);
            pieces += ", from: " + clock_.time(part.from) + ", until: " + clock_.time(part.until);
            if (part.period > 0) pieces += ", amplitude: " + digits(part.amplitude) + ", period: " + clock_.time(part.period);
            pieces += "}";
        }
        Settings settings(end, clock_);
        settings.set("demand.streams.all", "{pieces: [" + pieces + "]}")
            .set("network.nodes.dc.pick.workers", workers)
            .set("network.nodes.dc.pick.service", clock_.exponential(mean_service));
        simulate(settings.overrides(), mean_rate(rate) * end);
        for (const auto& [output, expected] : c.outputs) {
            if (const auto at = time_of(output)) states_[*at];
            if (output == "peak_t") peak_at_ = expected;
        }
        if (peak_at_) states_[*peak_at_];
    }

    void begin(std::size_t) override {
        for (auto& [at, state] : states_) state.waiting = state.serving = 0;
        waiting_us_ = 0;
    }
    void service_began(NodeId, sim::StationKind kind, SimTime arrived, Duration waited, Duration service) override {
        if (kind != sim::StationKind::pick) return;
        const SimTime began = arrived + waited;
        waiting_us_ += window_.overlap_us(arrived, began);
        const double a = clock_.units(arrived), b = clock_.units(began), d = clock_.units(began + service);
        for (auto& [at, state] : states_) {
            if (a <= at && at < b) ++state.waiting;
            if (b <= at && at < d) ++state.serving;
        }
    }
    void end() override {
        for (auto& [at, state] : states_) {
            state.in_line.add(state.waiting);
            state.present.add(state.waiting + state.serving);
            if (state.serving >= workers_) ++state.all_busy;
        }
        FigureExperiment::end();
    }

    Reading read(const std::string& output, double expected) const override {
        if (output == "peak_t") return NotCompared{"the highest point of a simulated curve has no useful interval; see peak_Lq"};
        if (output == "max_trunc_mass") return NotCompared{"a figure of the reference's own solution"};
        if (output == "peak_Lq") {  // the mean line at the time that the case names as its peak
            if (!peak_at_) return NotCompared{"the case does not say when (peak_t)"};
            return counted(states_.at(*peak_at_).in_line, expected);
        }
        if (const auto at = number_after("L_t", output)) return counted(states_.at(*at).present, expected);
        if (const auto at = number_after("Lq_t", output)) return counted(states_.at(*at).in_line, expected);
        if (const auto at = number_after("Pbusy_t", output))
            return of_proportion(states_.at(*at).all_busy, states_.at(*at).present.n, expected);
        return FigureExperiment::read(output, expected);
    }

   private:
    struct State {
        std::int32_t waiting = 0, serving = 0;  // in the present replication
        Moments in_line, present;
        double all_busy = 0;
    };

    std::optional<double> figure(const std::string& output) override {
        return output == "timeavg_Lq" ? std::optional(waiting_us_ / window_.length_us()) : std::nullopt;
    }
    static double mean_rate(const std::vector<RatePart>& rate) {
        double sum = 0;
        for (const RatePart& part : rate) sum += part.rate * (part.until - part.from);
        return std::max(sum, 1e-9) / rate.back().until;
    }
    static std::optional<double> time_of(const std::string& output) {
        for (const char* prefix : {"L_t", "Lq_t", "Pbusy_t"})
            if (const auto at = number_after(prefix, output)) return at;
        return std::nullopt;
    }
    // A line is empty most of the time at some hours: its mean is judged against three customers when it is below.
    static Estimate counted(const Moments& counts, double expected) {
        Estimate out = of_count_mean(counts, expected);
        out.scale = 3;
        return out;
    }

    Clock clock_;
    std::int32_t workers_;
    Window window_;
    std::optional<double> peak_at_;
    std::map<double, State> states_;  // by time in units
    double waiting_us_ = 0;
};

}  // namespace

std::unique_ptr<Experiment> path_from_empty(const Case& c, const Effort&) {
    const Inputs& in = c.inputs;
    const std::vector<RatePart> rate = parse_rate(in.text("lam"), in.positive("t_end"));
    return std::make_unique<Path>(c, rate, 1 / in.positive("mu"), in.whole("c", 1, 1'000'000));
}

}  // namespace lastunit::cli::validation
