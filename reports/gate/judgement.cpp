#include "reports/gate/judgement.hpp"

#include <algorithm>
#include <cmath>

#include "reports/gate/baseline.hpp"
#include "reports/gate/counters.hpp"
#include "reports/gate/evidence.hpp"
#include "reports/gates.hpp"
#include "reports/statistics/sample.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::gate {
namespace {

using statistics::Pairing;

// Both at the same seed: indices into the replications and into the baseline's runs.
struct Pair {
    std::size_t now, was;
};

std::vector<Pair> pairs_of(const Compared& compared) {
    std::vector<Pair> out;
    if (compared.baseline == nullptr) return out;
    const auto now = compared.figures->replications(compared.arm);
    const auto& was = compared.baseline->runs();
    for (std::size_t i = 0, k = 0; i < now.size() && k < static_cast<std::size_t>(was.size());) {
        const std::uint64_t a = now[i].seed, b = was[static_cast<int>(k)].seed();
        if (a == b) out.push_back({i, k});
        if (a <= b) ++i;
        if (b <= a) ++k;
    }
    return out;
}

bool same(const Replication& now, const model::BaselineRun& was) {
    return now.identity.fingerprint() == was.fingerprint() && kpi_hash(now) == was.kpis();
}

// Of one run: a mean over nothing is no figure, whatever number stands for it.
bool measured(const Replication& run, const std::string& path) {
    if (is_counter(path)) return counter(path, run.identity, run.kpi("orders_accepted").value_or(0)).has_value();
    const auto value = run.kpi(path);
    if (!value) return false;
    const std::size_t dot = path.rfind('.');
    const std::string inside = dot == std::string::npos ? "" : path.substr(0, dot + 1);
    if (path.ends_with("promise_kept_rate"))
        if (const auto due = run.kpi(inside + "promises_due"); due && *due == 0) return false;
    if (path == "cost_per_year") return *value != 0;  // of runs too short to say
    const auto orders = run.kpi(inside + "orders_accepted");
    return !(per_order(path.substr(inside.size())) && orders && *orders == 0);
}

Case invalid(const Requirement& requirement, std::string reason) {
    Case out;
    out.name = requirement.text;
    out.kpi = requirement.kpi;
    out.reason = std::move(reason);
    return out;
}

// Why there is nothing to judge; empty when there is.
std::string gap(const Requirement& requirement, const Compared& compared) {
    const auto runs = compared.figures->replications(compared.arm);
    const std::string of_all = " of " + counted(runs.size(), "replication");
    const auto none_ordered = [](const Replication& run) { return run.kpi("orders_accepted").value_or(0) == 0; };
    if (runs.empty()) return "no replication ended";
    if (std::all_of(runs.begin(), runs.end(), none_ordered)) return "no order was accepted in any" + of_all;
    const auto missing =
        std::count_if(runs.begin(), runs.end(), [&](const Replication& run) { return !measured(run, requirement.kpi); });
    if (missing > 0)
        return "nothing was measured in " + std::to_string(missing) + of_all +
               (requirement.kpi == kCounters[2] ? " (builds with sanitizers count no allocations)" : "");
    if (requirement.against == model::Gate::Against::value) return "";
    if (compared.baseline == nullptr) return "there is no baseline: --baseline FILE, made by --write-baseline FILE";
    if (!figures_of(*compared.baseline, requirement.kpi))
        return "the baseline does not have " + requirement.kpi + ": write it anew with --write-baseline";
    return "";
}

}  // namespace

std::vector<Case> judge(std::span<const Requirement> requirements, const Compared& compared, statistics::Confidence confidence) {
    const auto runs = compared.figures->replications(compared.arm);
    const std::vector<Pair> pairs = pairs_of(compared);
    const std::size_t had = compared.baseline == nullptr ? 0 : static_cast<std::size_t>(compared.baseline->runs_size());
    const bool paired = !pairs.empty() && pairs.size() == std::min(runs.size(), had);
    const Sameness twins = sameness(compared);
    const auto each = confidence.shared_by(static_cast<double>(std::max<std::size_t>(1, requirements.size())));
    std::vector<Case> out;
    for (const Requirement& one : requirements) {
        if (std::string why = gap(one, compared); !why.empty()) {
            out.push_back(invalid(one, std::move(why)));
            continue;
        }
        std::vector<double> now = *figures_of(*compared.figures, compared.arm, one.kpi), was;
        Evidence evidence;
        if (one.against == model::Gate::Against::baseline) {
            was = *figures_of(*compared.baseline, one.kpi);
            if (paired) {
                std::vector<double> of_now, of_was;
                for (const Pair& pair : pairs) {
                    of_now.push_back(now[pair.now]);
                    of_was.push_back(was[pair.was]);
                }
                now = std::move(of_now);
                was = std::move(of_was);
                evidence.pairing = Pairing::common_shoppers;
                // Counters are the machine's: the same history may have cost more.
                evidence.identical = twins.identical == twins.common && now == was;
            }
        }
        evidence.now = now;
        evidence.baseline = was;
        out.push_back(judge(one, evidence, each));
    }
    return out;
}

Sameness sameness(const Compared& compared) {
    Sameness out;
    const auto runs = compared.figures->replications(compared.arm);
    for (const Pair& pair : pairs_of(compared)) {
        ++out.common;
        if (same(runs[pair.now], compared.baseline->runs(static_cast<int>(pair.was))))
            ++out.identical;
        else if (!out.first_changed)
            out.first_changed = runs[pair.now].seed;
    }
    return out;
}

std::string other_scenario(const Compared& compared) {
    const auto runs = compared.figures->replications(compared.arm);
    if (compared.baseline == nullptr || runs.empty()) return "";
    const model::GateBaseline& baseline = *compared.baseline;
    const model::Identity& id = runs.front().identity;
    if (baseline.currency() != id.currency())
        return "the baseline counts in " + baseline.currency() + ", this scenario in " + id.currency();
    if (baseline.horizon_s() != id.horizon_s())
        return "the baseline's horizon is " + span(baseline.horizon_s()) + ", this scenario's is " + span(id.horizon_s());
    if (baseline.scenario() == id.scenario()) return "";
    const auto pairs = pairs_of(compared);
    const bool same_shoppers = !pairs.empty() && std::all_of(pairs.begin(), pairs.end(), [&](const Pair& pair) {
        return runs[pair.now].identity.shoppers_fingerprint() == baseline.runs(static_cast<int>(pair.was)).shoppers();
    });
    return same_shoppers ? "" : "the baseline is of the scenario " + baseline.scenario() + ", not of " + id.scenario();
}

std::optional<std::size_t> replications_to_resolve(const std::vector<double>& sample, double resolution) {
    // Normal quantiles of what a gate of a few requirements and looks asks (1 in 10,000 on the wrong side) and of a power of 90
    // %.
    constexpr double kErrors = 3.72 + 1.28;
    const double mean = statistics::mean(sample), variance = statistics::variance(sample);
    if (mean == 0 || !(resolution > 0)) return std::nullopt;
    return static_cast<std::size_t>(std::ceil(2 * variance * (kErrors / (mean * resolution)) * (kErrors / (mean * resolution))));
}

Resolves resolves(const std::vector<double>& baseline, double resolution) {
    const auto wanted = replications_to_resolve(baseline, resolution);
    return wanted && *wanted <= baseline.size() ? Resolves::yes : Resolves::no;
}

}  // namespace lastunit::reports::gate
