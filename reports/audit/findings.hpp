// What an audit found: per check, whether it holds, and for each offence its story.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "reports/audit/evidence.hpp"
#include "reports/audit/facts.hpp"

namespace lastunit::reports::audit {

enum class Check : std::uint8_t {
    conservation,     // initial + received + returned - sold - shipped ... is the final state
    sold_twice,       // no more units promised than there were
    holds,            // each hold ended once, in its time
    idempotency,      // same key, same answer, one effect
    orders,           // every acknowledged promise is there in the end, and no other
    undersell,        // refused although the units were surely there
    linearizability,  // all answers of a cell fit into one order
};
inline constexpr std::size_t kChecks = 7;
const char* name_of(Check check);
const char* meaning_of(Check check);  // in half a sentence

// From `low` (certain) to `high` (possible, where every unknown operation did the worst).
struct Bounds {
    std::int64_t low = 0, high = 0;
    bool operator==(const Bounds&) const = default;
};

struct Offence {
    Check check{};
    Facts facts;                            // what is wrong
    std::string sentence;                   // the same in English; `Findings::add` makes it
    std::vector<std::uint32_t> operations;  // indices into the evidence, the smallest set that shows it, by invocation
    std::int64_t units = 0;                 // that it is about

    Offence(Check of, Facts what, std::vector<std::uint32_t> shown, std::int64_t about)
        : check(of), facts(std::move(what)), operations(std::move(shown)), units(about) {}
};

struct CheckResult {
    enum class Verdict : std::uint8_t { holds, refuted, undecided };
    Verdict verdict = Verdict::holds;
    std::uint64_t judged = 0;     // cells, holds, keys or orders
    std::uint64_t undecided = 0;  // of them: not judged, `why` says for what
    std::string why;
    std::uint64_t offences = 0;  // all; the first are told
};

// At most so many offences of a check are told; all are counted.
inline constexpr std::size_t kMostTold = 10;

class Findings {
   public:
    void add(Offence offence);
    void judged(Check check, std::uint64_t count) { of(check).judged += count; }
    void undecided(Check check, std::uint64_t count, const std::string& why);
    // Whether another offence of the check would be told: its story may be dear.
    bool wants(Check check) const { return of(check).offences < kMostTold; }

    CheckResult& of(Check check) { return results_[static_cast<std::size_t>(check)]; }
    const CheckResult& of(Check check) const { return results_[static_cast<std::size_t>(check)]; }
    const std::vector<Offence>& offences() const { return offences_; }

   private:
    std::array<CheckResult, kChecks> results_{};
    std::vector<Offence> offences_;
};

}  // namespace lastunit::reports::audit
