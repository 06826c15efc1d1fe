#include "cli/load/prediction.hpp"

#include <algorithm>
#include <cmath>

#include "cli/child.hpp"
#include "cli/command.hpp"
#include "cli/stop.hpp"
#include "sim/live.hpp"
#include "sim/simulation.hpp"

namespace lastunit::cli {
namespace {

using model::ReservationMode;

constexpr std::uint32_t kMostServers = 4096;

bool holds(ReservationMode mode) {
    return mode == ReservationMode::reserve_on_cart || mode == ReservationMode::reserve_on_order ||
           mode == ReservationMode::reserve_on_payment;
}

bool checks_first(const std::string& mode) { return mode == "check_then_act" || mode == "get_decr"; }

std::uint16_t host_for_core(model::Design& design) {
    if (design.core_host != model::kNoHost) return design.core_host;
    model::Host host;
    host.name = kMeasuredHost;
    design.hosts.push_back(host);
    return static_cast<std::uint16_t>(design.hosts.size() - 1);
}

void add(model::LoadPrediction& out, const char* name, const char* unit, double predicted, double measured) {
    model::PredictedFigure& figure = *out.add_figures();
    figure.set_name(name);
    figure.set_unit(unit);
    figure.set_predicted(predicted);
    figure.set_measured(measured);
}

// Decisions that the core made, per second of the clock.
double throughput(const model::RunRecord& record, double speed) {
    const double span_s = std::min(record.identity().horizon_s(), record.identity().simulated_s());
    return span_s <= 0 ? 0 : static_cast<double>(record.kpi().decision_s().count()) / span_s * speed;
}

}  // namespace

CoreCapacity core_capacity(const Calibration& calibration, const model::Scenario& scenario) {
    const bool with_holds = std::any_of(scenario.design.channels.begin(), scenario.design.channels.end(),
                                        [](const model::ChannelDesign& channel) { return holds(channel.reservation); });
    double mean_ms = 0, busy_ms = 0;
    int kinds = 0;
    for (const model::CalibratedOperation& one : calibration) {
        const bool of_holds = one.kind() == "hold" || one.kind() == "confirm";
        if ((!of_holds || !with_holds) && one.kind() != "allocate") continue;
        if (one.samples() == 0) continue;
        mean_ms += one.mean_ms();
        busy_ms += one.busy_ms() > 0 ? one.busy_ms() : one.mean_ms();
        ++kinds;
    }
    if (kinds == 0 || mean_ms <= 0) throw BadInput("--predict: neither hold nor allocate could be measured on this back end");
    CoreCapacity out;
    out.service_s = mean_ms / kinds / 1e3;
    out.servers = static_cast<std::uint32_t>(std::clamp<double>(std::round(mean_ms / busy_ms), 1, kMostServers));
    return out;
}

model::Scenario on_measured_system(model::Scenario scenario, const CoreCapacity& capacity, double speed,
                                   const std::string& mode) {
    model::Design& design = scenario.design;
    const Duration service{std::max<std::int64_t>(1, std::llround(capacity.service_s * 1e6 * speed))};
    design.core_host = host_for_core(design);
    design.core_service = service;
    model::Host& host = design.hosts[design.core_host];
    host.cores = capacity.servers;
    host.threads = capacity.servers;
    for (model::ChannelDesign& channel : design.channels) {
        if (!sim::Live::back_end_reserves(channel)) continue;
        channel.reservation = checks_first(mode) ? ReservationMode::check_then_act : ReservationMode::ledger;
        if (checks_first(mode)) channel.window = model::constant(service);
        channel.decides_on = checks_first(mode) ? model::DecidesOn::core : channel.decides_on;
    }
    return scenario;
}

std::optional<model::RunRecord> foretell(const model::Scenario& scenario, std::uint64_t seed) {
    Child child([&scenario, seed] {
        sim::RunOptions options;
        options.seed = seed;
        return sim::run(scenario, options).SerializeAsString();
    });
    while (child.read_some())
        if (StopSignals::requested()) return std::nullopt;
    const ChildEnd end = child.finish();
    model::RunRecord record;
    if (!end.failure.empty()) throw BadInput("--predict: the simulation " + end.failure);
    if (!record.ParseFromString(end.answer)) throw BadInput("--predict: the simulation's answer cannot be read");
    return record;
}

model::LoadPrediction beside(const model::RunRecord& predicted, const model::RunRecord& measured, const Calibration& calibration,
                             double speed) {
    model::LoadPrediction out;
    const model::Kpi &p = predicted.kpi(), &m = measured.kpi();
    const auto count = [&out](const char* name, const char* unit, std::uint64_t a, std::uint64_t b) {
        add(out, name, unit, static_cast<double>(a), static_cast<double>(b));
    };
    count("orders_accepted", "orders", p.orders_accepted(), m.orders_accepted());
    count("units_accepted", "units", p.units_accepted(), m.units_accepted());
    count("oversold_units", "units", p.oversold_units(), m.oversold_units());
    count("undersold_units", "units", p.undersold_units(), m.undersold_units());
    count("refused_units", "units", p.refused_units(), m.refused_units());
    for (const model::CalibratedOperation& one : calibration) *out.add_calibration() = one;
    // A channel that checks first and acts later is not answered by the simulated core: it has no time to compare.
    if (p.decision_s().max() < 1e-6) return out;
    add(out, "decisions", "1/s", throughput(predicted, speed), throughput(measured, speed));
    const auto ms = [speed](double scenario_s) { return scenario_s / speed * 1e3; };
    const model::TimeStats &a = p.decision_s(), &b = m.decision_s();
    add(out, "decision_p50", "ms", ms(a.p50()), ms(b.p50()));
    add(out, "decision_p90", "ms", ms(a.p90()), ms(b.p90()));
    if (a.has_p95() && b.has_p95()) add(out, "decision_p95", "ms", ms(a.p95()), ms(b.p95()));
    add(out, "decision_p99", "ms", ms(a.p99()), ms(b.p99()));
    add(out, "decision_max", "ms", ms(a.max()), ms(b.max()));
    return out;
}

}  // namespace lastunit::cli
