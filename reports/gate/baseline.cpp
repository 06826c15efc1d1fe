#include "reports/gate/baseline.hpp"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <set>

#include "reports/gate/counters.hpp"
#include "reports/json.hpp"

namespace lastunit::reports::gate {
namespace {

constexpr std::uint32_t kFormat = 1;

// Beside what is asked: what somebody may ask next. All KPIs of some hundred runs would be a megabyte.
constexpr std::array<const char*, 16> kHeadlines = {"orders_accepted",
                                                    "units_accepted",
                                                    "oversold_units",
                                                    "oversell_rate",
                                                    "undersold_units",
                                                    "lost_sales_units",
                                                    "cancelled_units",
                                                    "conversion",
                                                    "revenue",
                                                    "total_cost",
                                                    "cost_per_order",
                                                    "fulfilment_time_s.p50",
                                                    "fulfilment_time_s.p90",
                                                    "fulfilment_time_s.p95",
                                                    "fulfilment_time_s.p99",
                                                    "promise_kept_rate"};

void add_figure(model::GateBaseline& to, const std::string& path, const std::vector<double>& values) {
    auto& figure = *to.add_figures();
    figure.set_path(path);
    const bool same = std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end();
    figure.mutable_values()->Assign(values.begin(), same ? values.begin() + 1 : values.end());
}

std::string run_json(const model::BaselineRun& run) {
    return "{\"seed\": " + std::to_string(run.seed()) + ", \"fingerprint\": " + json_string(run.fingerprint()) +
           ", \"shoppers\": " + json_string(run.shoppers()) + ", \"kpis\": " + json_string(run.kpis()) + "}";
}

std::string figure_json(const model::BaselineFigure& figure) {
    std::string out = "{\"path\": " + json_string(figure.path()) + ", \"values\": [";
    for (int i = 0; i < figure.values_size(); ++i) out += (i > 0 ? ", " : "") + json_number(figure.values(i));
    return out + "]}";
}

template <class List, class Text> std::string lines(const List& list, Text text) {
    std::string out;
    for (const auto& one : list) out += (out.empty() ? "\n" : ",\n") + text(one);
    return "[" + out + "\n]";
}

// What a file must have to be compared with; a hand may have been at it.
std::string what_is_wrong(const model::GateBaseline& baseline) {
    if (baseline.format() != kFormat)
        return "its format is " + std::to_string(baseline.format()) +
               ", this lastunit knows 1: write it anew with --write-baseline";
    if (baseline.scenario().empty() || baseline.runs().empty()) return "it has no runs: it is no baseline, or not a whole one";
    for (int i = 1; i < baseline.runs_size(); ++i)
        if (baseline.runs(i).seed() <= baseline.runs(i - 1).seed()) return "its seeds do not rise: it was changed by hand";
    for (const auto& figure : baseline.figures()) {
        if (figure.values_size() != 1 && figure.values_size() != baseline.runs_size())
            return figure.path() + " has " + std::to_string(figure.values_size()) + " values for " +
                   std::to_string(baseline.runs_size()) + " runs";
        if (!std::all_of(figure.values().begin(), figure.values().end(), [](double x) { return std::isfinite(x); }))
            return figure.path() + " has a value that is not finite";
    }
    return "";
}

}  // namespace

model::GateBaseline make_baseline(const StudyFigures& figures, std::size_t arm, const std::vector<std::string>& also,
                                  const std::string& code) {
    model::GateBaseline out;
    const auto runs = figures.replications(arm);
    out.set_format(kFormat);
    out.set_code(code);
    for (const Replication& run : runs) {
        const model::Identity& id = run.identity;
        out.set_scenario(id.scenario());
        out.set_scenario_hash(id.scenario_hash());
        out.set_design(id.design());
        out.set_version(id.version());
        out.set_build(id.build());
        out.set_currency(id.currency());
        out.set_horizon_s(id.horizon_s());
        auto& to = *out.add_runs();
        to.set_seed(run.seed);
        to.set_fingerprint(id.fingerprint());
        to.set_shoppers(id.shoppers_fingerprint());
        to.set_kpis(kpi_hash(run));
    }
    std::set<std::string> paths(kHeadlines.begin(), kHeadlines.end());
    paths.insert(kCounters.begin(), kCounters.end());
    paths.insert(also.begin(), also.end());
    for (const std::string& path : paths)
        if (const auto values = figures_of(figures, arm, path)) add_figure(out, path, *values);
    return out;
}

std::string to_json(const model::GateBaseline& b) {
    return "{\n\"format\": " + std::to_string(b.format()) + ",\n\"scenario\": " + json_string(b.scenario()) +
           ",\n\"scenario_hash\": " + json_string(b.scenario_hash()) + ",\n\"design\": " + json_string(b.design()) +
           ",\n\"code\": " + json_string(b.code()) + ",\n\"version\": " + json_string(b.version()) +
           ",\n\"build\": " + json_string(b.build()) + ",\n\"currency\": " + json_string(b.currency()) +
           ",\n\"horizon_s\": " + json_number(b.horizon_s()) + ",\n\"runs\": " + lines(b.runs(), run_json) +
           ",\n\"figures\": " + lines(b.figures(), figure_json) + "\n}\n";
}

ReadBaseline read_baseline(std::string_view text) {
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    model::GateBaseline baseline;
    const auto status = google::protobuf::util::JsonStringToMessage({text.data(), text.size()}, &baseline, options);
    if (!status.ok()) return {std::nullopt, "it is not a baseline (JSON as --write-baseline makes it)"};
    if (std::string wrong = what_is_wrong(baseline); !wrong.empty()) return {std::nullopt, std::move(wrong)};
    return {std::move(baseline), ""};
}

std::optional<std::vector<double>> figures_of(const model::GateBaseline& baseline, std::string_view path) {
    for (const auto& figure : baseline.figures()) {
        if (figure.path() != path) continue;
        std::vector<double> out(figure.values().begin(), figure.values().end());
        out.resize(static_cast<std::size_t>(baseline.runs_size()), out.front());
        return out;
    }
    return std::nullopt;
}

std::optional<std::vector<double>> figures_of(const StudyFigures& figures, std::size_t arm, std::string_view path) {
    if (!is_counter(path)) return figures.sample(arm, path);
    std::vector<double> out;
    for (const Replication& run : figures.replications(arm)) {
        const auto value = counter(path, run.identity, run.kpi("orders_accepted").value_or(0));
        if (!value) return std::nullopt;
        out.push_back(*value);
    }
    if (out.empty()) return std::nullopt;
    return out;
}

std::string kpi_hash(const Replication& run) {
    std::uint64_t state = 0xcbf29ce484222325;  // FNV-1a
    const auto add = [&](std::uint64_t byte) { state = (state ^ (byte & 0xffU)) * 0x100000001b3; };
    for (const auto& [path, value] : run.kpis) {
        for (const char c : *path) add(static_cast<unsigned char>(c));
        const auto bits = std::bit_cast<std::uint64_t>(value);
        for (unsigned shift = 0; shift < 64; shift += 8) add(bits >> shift);
    }
    char text[17];
    std::snprintf(text, sizeof text, "%016" PRIx64, state);
    return text;
}

}  // namespace lastunit::reports::gate
