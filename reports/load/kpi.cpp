#include "reports/load/kpi.hpp"

#include "reports/load/latency.hpp"

namespace lastunit::reports {

model::LoadKpi load_kpi(const model::LoadReport& load) {
    model::LoadKpi kpi;
    *kpi.mutable_response_s() = time_stats(load.response());
    *kpi.mutable_service_s() = time_stats(load.service());
    *kpi.mutable_dispatch_lag_s() = time_stats(load.dispatch_lag());
    kpi.set_rate_intended(load.rate_intended()), kpi.set_rate_held(load.rate_held());
    kpi.set_operations(load.intended());
    kpi.set_refused_operations(load.refused()), kpi.set_unknown_operations(load.unknown());
    kpi.set_overloaded_attempts(load.overloaded()), kpi.set_unanswered_attempts(load.no_answer());
    if (load.intended() > 0)
        kpi.set_answered_rate(static_cast<double>(load.applied() + load.refused()) / static_cast<double>(load.intended()));
    kpi.set_beyond_record(load.beyond_record()), kpi.set_refused_with_record(load.refused_with_record());
    if (!load.has_audit()) return kpi;
    const auto& audit = load.audit();
    kpi.set_audit_oversold_units(audit.oversold_low()), kpi.set_audit_oversold_units_most(audit.oversold_high());
    kpi.set_audit_undersold_units(audit.undersold());
    std::uint64_t refuted = 0, undecided = 0;
    for (const auto& check : audit.checks()) {
        refuted += check.verdict() == "refuted" ? 1 : 0;
        undecided += check.verdict() == "undecided" ? 1 : 0;
    }
    kpi.set_audit_refuted_checks(refuted), kpi.set_audit_undecided_checks(undecided);
    return kpi;
}

}  // namespace lastunit::reports
