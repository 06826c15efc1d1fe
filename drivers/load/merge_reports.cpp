#include "drivers/load/merge_reports.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/command.hpp"
#include "drivers/load/latency_counts.hpp"
#include "drivers/load/merge_flow_steps.hpp"
#include "drivers/load/series.hpp"

namespace lastunit::drivers {

namespace {

std::int64_t whole_us(double seconds) { return std::llround(seconds * 1e6); }

void add(model::LatencyHistogram& to, const model::LatencyHistogram& from) {
    LatencyCounts sum;
    sum.merge(to);
    sum.merge(from);
    to = sum.to_proto();
}

// In the order of the core's commands; what is no command of the core comes after them, by name.
std::size_t place_of(const std::string& kind) {
    for (std::size_t i = 0; i < core::kCommandKinds; ++i)
        if (kind == core::name_of(static_cast<core::CommandKind>(i))) return i;
    return core::kCommandKinds;
}

std::size_t place_of_refusal(const std::string& outcome) {
    constexpr auto kOutcomes = static_cast<std::size_t>(core::Outcome::over_limit) + 1;
    for (std::size_t i = 0; i < kOutcomes; ++i)
        if (outcome == core::name_of(static_cast<core::Outcome>(i))) return i;
    return kOutcomes;
}

using ByPlace = std::pair<std::size_t, std::string>;

void merge_operations(model::LoadReport& out, std::span<const model::LoadReport> reports) {
    std::map<ByPlace, model::OperationLoad> kinds;
    std::map<ByPlace, std::map<ByPlace, std::uint64_t>> refusals;
    for (const model::LoadReport& report : reports)
        for (const model::OperationLoad& from : report.operations()) {
            const ByPlace place{place_of(from.kind()), from.kind()};
            model::OperationLoad& to = kinds[place];
            to.set_kind(from.kind());
            to.set_intended(to.intended() + from.intended());
            to.set_applied(to.applied() + from.applied());
            to.set_refused(to.refused() + from.refused());
            to.set_unknown(to.unknown() + from.unknown());
            add(*to.mutable_service(), from.service());
            add(*to.mutable_response(), from.response());
            for (const model::RefusalCount& refusal : from.refusals())
                refusals[place][{place_of_refusal(refusal.outcome()), refusal.outcome()}] += refusal.count();
        }
    for (auto& [place, kind] : kinds) {
        for (const auto& [outcome, count] : refusals[place]) {
            kind.add_refusals()->set_outcome(outcome.second);
            kind.mutable_refusals()->rbegin()->set_count(count);
        }
        *out.add_operations() = std::move(kind);
    }
}

// A step of several generators: counts add up, of latencies the slowest generator's remains.
struct Step {
    std::array<std::uint32_t, 6> counts{};
    std::array<float, 5> quantiles{-1, -1, -1, -1, -1};
};
enum class Together : std::uint8_t { at_once, one_after_the_other };

void add(Step& to, const Step& from, Together how) {
    for (std::size_t i = 0; i < to.counts.size(); ++i) to.counts[i] += from.counts[i];
    // In flight at the end of a longer step: at the end of its second half.
    if (how == Together::one_after_the_other) to.counts.back() = from.counts.back();
    for (std::size_t i = 0; i < to.quantiles.size(); ++i) to.quantiles[i] = std::max(to.quantiles[i], from.quantiles[i]);
}

Step step_of(const model::LoadSeries& series, int i) {
    const auto count = [i](const auto& column) { return i < column.size() ? column.Get(i) : 0; };
    const auto quantile = [i](const auto& column) { return i < column.size() ? column.Get(i) : -1.0F; };
    return {{count(series.intended()), count(series.sent()), count(series.answered()), count(series.refused()),
             count(series.no_answer()), count(series.in_flight())},
            {quantile(series.service_p50_ms()), quantile(series.service_p99_ms()), quantile(series.response_p50_ms()),
             quantile(series.response_p99_ms()), quantile(series.lag_p99_ms())}};
}

void append(model::LoadSeries& series, const Step& step) {
    series.add_intended(step.counts[0]);
    series.add_sent(step.counts[1]);
    series.add_answered(step.counts[2]);
    series.add_refused(step.counts[3]);
    series.add_no_answer(step.counts[4]);
    series.add_in_flight(step.counts[5]);
    series.add_service_p50_ms(step.quantiles[0]);
    series.add_service_p99_ms(step.quantiles[1]);
    series.add_response_p50_ms(step.quantiles[2]);
    series.add_response_p99_ms(step.quantiles[3]);
    series.add_lag_p99_ms(step.quantiles[4]);
}

// Steps begin at multiples of themselves on the wall clock, and are powers of two of one another: a coarser one holds finer ones
// whole.
void merge_series(model::LoadReport& out, std::span<const model::LoadReport> reports) {
    std::int64_t step_us = 0, first_us = INT64_MAX, until_us = INT64_MIN;
    for (const model::LoadReport& report : reports) {
        if (report.series().intended_size() == 0) continue;
        const std::int64_t own_us = whole_us(report.series().step_s());
        const std::int64_t from_us = report.started_unix_us() / own_us * own_us;
        step_us = std::max(step_us, own_us);
        first_us = std::min(first_us, from_us);
        until_us = std::max(until_us, from_us + report.series().intended_size() * own_us);
    }
    if (step_us == 0) return;
    while ((until_us - 1) / step_us - first_us / step_us >= static_cast<std::int64_t>(Series::kMostSteps)) step_us *= 2;
    const std::int64_t first = first_us / step_us;
    std::vector<Step> steps(static_cast<std::size_t>((until_us - 1) / step_us - first + 1));
    for (const model::LoadReport& report : reports) {
        if (report.series().intended_size() == 0) continue;
        const std::int64_t own_us = whole_us(report.series().step_s());
        const std::int64_t own_first = report.started_unix_us() / own_us;
        const std::int64_t factor = step_us / own_us;
        const std::int64_t own_end = own_first + report.series().intended_size();
        // From whole step to whole step: what one of them lacks is a time of which this generator has nothing.
        for (std::int64_t step = own_first / factor; step * factor < own_end; ++step) {
            Step sum;
            for (std::int64_t own = step * factor; own < (step + 1) * factor; ++own)
                add(sum, own < own_first ? Step{} : step_of(report.series(), static_cast<int>(own - own_first)),
                    Together::one_after_the_other);
            add(steps[static_cast<std::size_t>(step - first)], sum, Together::at_once);
        }
    }
    out.mutable_series()->set_step_s(static_cast<double>(step_us) / 1e6);
    for (const Step& step : steps) append(*out.mutable_series(), step);
}

void unite(model::LoadReport& out, std::span<const model::LoadReport> reports) {
    std::set<std::string> reasons;
    std::map<std::string, model::LoadFault> faults;
    for (const model::LoadReport& report : reports) {
        reasons.insert(report.invalid().begin(), report.invalid().end());
        for (const model::LoadFault& fault : report.faults()) faults.emplace(fault.SerializeAsString(), fault);
    }
    for (const std::string& reason : reasons) out.add_invalid(reason);
    std::vector<model::LoadFault> sorted;
    for (auto& [bytes, fault] : faults) sorted.push_back(std::move(fault));
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.from_s() < b.from_s(); });
    for (model::LoadFault& fault : sorted) *out.add_faults() = std::move(fault);
}

void sum(model::LoadReport& to, const model::LoadReport& from) {
    // One generator's own report names its shard, a merged one does not.
    to.set_shards(to.shards() + (from.shard() != 0 ? 1U : std::max(from.shards(), 1U)));
    to.set_speed(std::max(to.speed(), from.speed()));
    to.set_target(std::max(to.target(), from.target()));
    to.set_mode(std::max(to.mode(), from.mode()));
    to.set_system(std::max(to.system(), from.system()));
    to.set_intended(to.intended() + from.intended());
    to.set_applied(to.applied() + from.applied());
    to.set_refused(to.refused() + from.refused());
    to.set_unknown(to.unknown() + from.unknown());
    to.set_attempts(to.attempts() + from.attempts());
    to.set_overloaded(to.overloaded() + from.overloaded());
    to.set_no_answer(to.no_answer() + from.no_answer());
    to.set_resolved(to.resolved() + from.resolved());
    to.set_in_flight_peak(to.in_flight_peak() + from.in_flight_peak());
    to.set_beyond_record(to.beyond_record() + from.beyond_record());
    to.set_refused_with_record(to.refused_with_record() + from.refused_with_record());
    to.set_rate_intended_peak(to.rate_intended_peak() + from.rate_intended_peak());
    // Whole numbers, so that the sum does not depend on the order.
    to.set_dispatch_capacity(std::floor(to.dispatch_capacity()) + std::floor(from.dispatch_capacity()));
    add(*to.mutable_service(), from.service());
    add(*to.mutable_response(), from.response());
    add(*to.mutable_dispatch_lag(), from.dispatch_lag());
}

void set_span(model::LoadReport& out, std::span<const model::LoadReport> reports) {
    std::int64_t from_us = INT64_MAX, until_us = INT64_MIN;
    for (const model::LoadReport& report : reports) {
        if (report.intended() == 0) continue;
        from_us = std::min(from_us, report.started_unix_us());
        until_us = std::max(until_us, report.started_unix_us() + whole_us(report.span_s()));
    }
    if (from_us == INT64_MAX) return;
    out.set_started_unix_us(from_us);
    out.set_span_s(static_cast<double>(until_us - from_us) / 1e6);
    if (until_us == from_us) return;
    out.set_rate_intended(static_cast<double>(out.intended()) * 1e6 / static_cast<double>(until_us - from_us));
    out.set_rate_held(static_cast<double>(out.applied() + out.refused()) * 1e6 / static_cast<double>(until_us - from_us));
}

}  // namespace

model::LoadReport merge_reports(std::span<const model::LoadReport> reports) {
    model::LoadReport out;
    for (const model::LoadReport& report : reports) sum(out, report);
    set_span(out, reports);
    merge_operations(out, reports);
    merge_series(out, reports);
    merge_flow_steps(out, reports);
    unite(out, reports);
    return out;
}

}  // namespace lastunit::drivers
