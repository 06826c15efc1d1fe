#include "reports/audit/findings.hpp"

namespace lastunit::reports::audit {

const char* name_of(Check check) {
    switch (check) {
        case Check::conservation:
            return "conservation";
        case Check::sold_twice:
            return "sold_twice";
        case Check::holds:
            return "holds";
        case Check::idempotency:
            return "idempotency";
        case Check::orders:
            return "orders";
        case Check::undersell:
            return "undersell";
        case Check::linearizability:
            return "linearizability";
    }
    return "?";
}

const char* meaning_of(Check check) {
    switch (check) {
        case Check::conservation:
            return "every unit is in the back end's final state";
        case Check::sold_twice:
            return "no unit was promised to two";
        case Check::holds:
            return "each hold ended once, in its time";
        case Check::idempotency:
            return "the same key got the same answer, and one effect";
        case Check::orders:
            return "every acknowledged order is there, and no other";
        case Check::undersell:
            return "nothing was refused that was surely there";
        case Check::linearizability:
            return "all answers fit into one order";
    }
    return "?";
}

void Findings::add(Offence offence) {
    CheckResult& result = of(offence.check);
    result.verdict = CheckResult::Verdict::refuted;
    if (result.offences++ >= kMostTold) return;
    offence.sentence = sentence_of(offence.facts);
    offences_.push_back(std::move(offence));
}

void Findings::undecided(Check check, std::uint64_t count, const std::string& why) {
    CheckResult& result = of(check);
    if (count == 0) return;
    result.undecided += count;
    result.why = why;
    if (result.verdict == CheckResult::Verdict::holds) result.verdict = CheckResult::Verdict::undecided;
}

}  // namespace lastunit::reports::audit
