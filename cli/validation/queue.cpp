// e1, e2, e3, e8, e9: queues in a steady state. The lines of the shoppers' orders, one each where the case does not say
// more, are the customers; the stations of one warehouse with endless stock are the servers. Independent replications; the
// warm-up of each is deleted.
#include <cmath>

#include "cli/validation/families.hpp"
#include "cli/validation/figures.hpp"
#include "cli/validation/intervals.hpp"
#include "cli/validation/output_name.hpp"
#include "cli/validation/settings.hpp"
#include "cli/validation/yaml_map.hpp"

namespace lastunit::cli::validation {
namespace {

using sim::StationKind;

struct Server {
    StationKind kind = StationKind::pick;
    double workers = 1;
    double mean_service = 1;  // units
    double cv2 = 1;           // squared coefficient of variation
    std::string service;      // as a scenario states it; empty: exponential
};

struct Line {
    double rate = 0;   // customers per unit
    double batch = 0;  // lines of an order, which come together; 0: the scenario's orders of one line
    std::vector<Server> servers;
    std::optional<double> constant_service;  // units; outputs may count in them
};

// Ten relaxation times, after which the start from an empty line shows by less than one part in 10^4. M/M/1: (1 - sqrt(rho))^-2 /
// mu (Abate and Whitt 1987); other services scale it by (1 + cv^2) / 2, as in heavy traffic, and c workers divide it by c. A
// single service is the least.
double warm_up(const Line& line) {
    double longest = 0;
    for (const Server& server : line.servers) {
        const double rho = line.rate * server.mean_service / server.workers;
        const double gap = 1 - std::sqrt(rho);
        const double relaxation = std::max(1.0, (1 + server.cv2) / 2) * server.mean_service / server.workers / (gap * gap);
        longest = std::max(longest, relaxation + server.mean_service);
    }
    return 10 * longest * static_cast<double>(line.servers.size());
}

class Queue : public FigureExperiment {
   public:
    Queue(const Case& c, const Line& line, const Effort& effort) : FigureExperiment(c), line_(line), clock_(line.rate), seen_(3) {
        constexpr double kReplications = 40;
        const double warm = warm_up(line), lines = std::max(1.0, line.batch);
        double load = 0;
        for (const Server& server : line.servers) load = std::max(load, line.rate * server.mean_service / server.workers);
        const double times = times_effort_at(load);
        const double length = std::max(effort.shoppers * times / kReplications / line.rate, 3 * warm);
        window_ = {SimTime{std::llround(clock_.us(warm))}, SimTime{std::llround(clock_.us(length))}};
        Settings settings(length, clock_);
        settings.set("demand.streams.all.rate", clock_.rate(line.rate / lines));
        if (line.batch > 0) settings.set("catalogue", order_of(line.batch));
        constexpr const char* kNames[] = {"pick", "pack", "dispatch"};
        for (const Server& server : line.servers) {
            const std::string path = std::string("network.nodes.dc.") + kNames[static_cast<unsigned>(server.kind)];
            settings.set(path + ".workers", static_cast<std::int64_t>(server.workers));
            settings.set(path + ".service", server.service.empty() ? clock_.exponential(server.mean_service) : server.service);
        }
        simulate(settings.overrides(), length * line.rate / lines, times);
    }

    void begin(std::size_t) override { seen_.assign(3, {}); }
    void service_began(NodeId, StationKind kind, SimTime arrived, Duration waited, Duration service) override {
        Seen& seen = seen_[static_cast<unsigned>(kind)];
        const SimTime began = arrived + waited, left = began + service;
        seen.waiting_us += window_.overlap_us(arrived, began);
        seen.serving_us += window_.overlap_us(began, left);
        if (!window_.contains(arrived)) return;
        seen.waits.push_back(waited.us);
        seen.wait_us += static_cast<double>(waited.us);
        seen.sojourn_us += static_cast<double>((waited + service).us);
    }

   private:
    struct Seen {
        double waiting_us = 0, serving_us = 0;  // inside the window, of all customers
        double wait_us = 0, sojourn_us = 0;     // of those who arrived inside the window
        std::vector<std::int64_t> waits;
    };

    // A bundle: who wants it wants each of its items.
    static std::string order_of(double lines) {
        YamlMap items, bundle;
        for (int i = 1; i <= static_cast<int>(lines); ++i) {
            const std::string name = "item-" + std::to_string(i);
            items.add(name, "{weight: 0}");
            bundle.add(name, "1");
        }
        items.add("order", "{bundle: " + bundle.text() + "}");
        return "{items: " + items.text() + "}";
    }
    template <class Part> double sum(Part part) const {
        double total = 0;
        for (const Server& server : line_.servers) total += part(seen_[static_cast<unsigned>(server.kind)]);
        return total;
    }
    // Shares and quantiles of waiting are those of a line with one station.
    std::optional<double> figure(const std::string& output) override {
        const double unit = clock_.us(1);
        if (output == "L") return sum([&](const Seen& s) { return (s.waiting_us + s.serving_us) / window_.length_us(); });
        if (output == "Lq") return sum([&](const Seen& s) { return s.waiting_us / window_.length_us(); });
        if (output == "W" || (output == "W_line" && line_.batch > 0))
            return sum([&](const Seen& s) { return s.sojourn_us / static_cast<double>(s.waits.size()) / unit; });
        if (output == "Wq") return sum([&](const Seen& s) { return s.wait_us / static_cast<double>(s.waits.size()) / unit; });
        if (line_.servers.size() != 1) return std::nullopt;
        Seen& seen = seen_[static_cast<unsigned>(line_.servers[0].kind)];
        if (output == "rho") return seen.serving_us / window_.length_us() / line_.servers[0].workers;
        if (output == "ErlangC") return 1 - share_up_to(seen, 0);
        auto percent = number_after("Wq_p", output);
        if (!percent) percent = number_after("p", output);
        if (percent && *percent < 100) return quantile(seen, *percent / 100) / unit;
        if (const auto time = number_after("P_le_", output)) return share_up_to(seen, *time * unit);
        if (const auto services = number_after("P_le_", output, "D"); services && line_.constant_service)
            return share_up_to(seen, *services * *line_.constant_service * unit);
        return std::nullopt;
    }
    static double share_up_to(const Seen& seen, double us) {
        const auto most = static_cast<std::int64_t>(us);
        const auto within =
            std::count_if(seen.waits.begin(), seen.waits.end(), [most](std::int64_t wait) { return wait <= most; });
        return static_cast<double>(within) / static_cast<double>(seen.waits.size());
    }
    static double quantile(Seen& seen, double q) {
        if (seen.waits.empty()) return std::nan("");  // nobody came: agrees with nothing
        const auto rank = static_cast<std::ptrdiff_t>(q * static_cast<double>(seen.waits.size()));
        std::nth_element(seen.waits.begin(), seen.waits.begin() + rank, seen.waits.end());
        return static_cast<double>(seen.waits[static_cast<std::size_t>(rank)]);
    }

    Line line_;
    Clock clock_;
    Window window_;
    std::vector<Seen> seen_;  // [station]
};

std::unique_ptr<Experiment> queue(const Case& c, const Line& line, const Effort& effort) {
    for (const Server& server : line.servers)
        if (line.rate * server.mean_service >= server.workers) throw NotCovered("no steady state: more work than workers");
    return std::make_unique<Queue>(c, line, effort);
}

// "D", "M", "lognormal cv 1.5", "H2 cv2 4": the first word names the kind, cv2 its variability.
std::string service_of(const std::string& text, double mean, double cv2, const Clock& clock) {
    const std::string word = text.substr(0, text.find_first_of(" (,"));
    const double cv = std::sqrt(cv2);
    if (word == "D" || word == "deterministic" || word == "constant" || cv2 == 0) return clock.time(mean);
    if (word == "M" || word == "exponential") return clock.exponential(mean);
    if (word == "lognormal") return clock.with_cv("lognormal", mean, cv);
    if (word == "H2" || word == "hyperexponential") return clock.with_cv("hyperexponential", mean, cv);
    if (word == "weibull") return clock.with_cv("weibull", mean, cv);
    if (word == "gamma" || word == "erlang" || word == "Erlang" || word.starts_with("E")) return clock.with_cv("gamma", mean, cv);
    throw NotCovered("service '" + text + "' is not among D, M, lognormal, H2, weibull, gamma and Erlang");
}

}  // namespace

std::unique_ptr<Experiment> queue_mmc(const Case& c, const Effort& effort) {
    const double mean = 1 / c.inputs.positive("mu");
    return queue(c,
                 {c.inputs.positive("lam"),
                  0,
                  {{StationKind::pick, static_cast<double>(c.inputs.whole("c", 1, 1'000'000)), mean, 1, ""}},
                  {}},
                 effort);
}

std::unique_ptr<Experiment> queue_mg1(const Case& c, const Effort& effort) {
    const double rate = c.inputs.positive("lam"), mean = c.inputs.positive("mean_service"), cv2 = c.inputs.number("cv2", 0);
    const Clock clock(rate);
    const std::string service = service_of(c.inputs.text("service"), mean, cv2, clock);
    const auto constant = cv2 == 0 ? std::optional(mean) : std::nullopt;
    return queue(c, {rate, 0, {{StationKind::pick, 1, mean, cv2, service}}, constant}, effort);
}

std::unique_ptr<Experiment> queue_md1(const Case& c, const Effort& effort) {
    const double rate = c.inputs.positive("lam"), service = c.inputs.positive("D");
    const Clock clock(rate);
    return queue(c, {rate, 0, {{StationKind::pick, 1, service, 0, clock.time(service)}}, service}, effort);
}

// Orders of k lines, picked one by one. To the line they are as irregular as a service of cv^2 k.
std::unique_ptr<Experiment> queue_batch(const Case& c, const Effort& effort) {
    const double lines = c.inputs.whole("k", 1, 1000), rate = c.inputs.positive("lam_batch") * lines;
    return queue(c, {rate, lines, {{StationKind::pick, 1, 1 / c.inputs.positive("mu"), lines, ""}}, {}}, effort);
}

// One worker each at picking, packing and dispatch, as many as there are rates.
std::unique_ptr<Experiment> queue_tandem(const Case& c, const Effort& effort) {
    const std::vector<double> rates = c.inputs.numbers("mu", 0);
    if (rates.size() > 3) throw NotCovered("a warehouse has three stations, not " + std::to_string(rates.size()));
    Line line{c.inputs.positive("lam"), 0, {}, {}};
    for (std::size_t i = 0; i < rates.size(); ++i) {
        if (rates[i] <= 0) throw CaseError("input 'mu': a rate has to be above 0");
        line.servers.push_back({static_cast<StationKind>(i), 1, 1 / rates[i], 1, ""});
    }
    return queue(c, line, effort);
}

}  // namespace lastunit::cli::validation
