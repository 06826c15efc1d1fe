#include "reports/study/gate_tally.hpp"

namespace lastunit::reports {

std::vector<GateTally> gate_tallies(std::span<const Replication* const> runs) {
    std::vector<GateTally> out;
    for (const Replication* run : runs)
        for (std::size_t i = 0; i < run->gates.size(); ++i) {
            const model::GateVerdict& verdict = run->gates[i];
            if (out.size() <= i) out.resize(i + 1);
            GateTally& gate = out[i];
            if (gate.text.empty()) gate.text = verdict.text(), gate.kpi = verdict.kpi(), gate.bound = verdict.bound();
            if (verdict.not_judged()) continue;
            ++gate.judged;
            gate.values.push_back(verdict.value());
            if (verdict.passed() || gate.broken++ > 0) continue;
            gate.text = verdict.text();  // a gate whose KPI was not measured says so in its text
            gate.first_seed = run->seed;
            gate.repeat_command = run->identity.repeat_command();
        }
    return out;
}

}  // namespace lastunit::reports
