// The audit of what a live inventory system sold: reads recorded histories, and proves or refutes. docs/audit.md is the manual.
#pragma once

#include <string>

#include "reports/audit/findings.hpp"

namespace lastunit::reports::audit {

struct AuditOptions {
    // Configurations that the search for an order may visit per cell, beside thirty for each of its operations;
    // beyond, the cell is undecided. A visit is about a microsecond.
    std::uint64_t budget = 300'000;
};

// Units over all cells, and what they came from.
struct AuditTotals {
    std::uint64_t operations = 0;  // intended changes and reads: attempts of one key are one
    std::uint64_t attempts = 0;
    std::uint64_t unknown = 0;  // without an answer in any attempt
    std::int64_t there = 0;     // initial and received or returned
    Bounds sold;                // confirmed or allocated and not taken back, and sold at tills
    Bounds oversold;
    std::int64_t beyond_record = 0;  // certainly sold by tills where the record had nothing free
    std::int64_t undersold = 0;      // units refused although they were surely there
    std::uint64_t cells = 0;         // touched
    double span_s = 0;
};

struct AuditReport {
    enum class Verdict : std::uint8_t { sound, refuted, undecided } verdict = Verdict::sound;
    Evidence evidence;
    Findings findings;
    AuditTotals totals;

    // "SOUND: 1,000,000 operations, 48,112 units sold of 50,000, none twice".
    std::string headline() const;
};

// Takes the evidence over.
AuditReport audit(Evidence evidence, const AuditOptions& options = {});

}  // namespace lastunit::reports::audit
