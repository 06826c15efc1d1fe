#include "cli/load/history_audit.hpp"

#include "reports/audit/load_audit.hpp"

namespace lastunit::cli {

namespace audits = reports::audit;

model::LoadAudit audit_histories(std::span<const std::string> histories, const std::string& kept) {
    audits::ReadEvidence read = audits::read_evidence(histories);
    model::LoadAudit out;
    if (read.error.empty()) {
        out = audits::load_audit(audits::audit(std::move(read.evidence)));
    } else {
        out.set_verdict("undecided");
        out.set_headline("UNDECIDED: " + read.error);
    }
    out.set_history(kept);
    return out;
}

}  // namespace lastunit::cli
