// Arms of a study against one of them: per KPI what the difference is, how sure that is, and whether it is for the better.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/run_record.pb.h"
#include "reports/statistics/interval.hpp"
#include "reports/study/day.hpp"
#include "reports/study/figures.hpp"

namespace lastunit::reports {

// What designs are compared by where nobody says otherwise: the KPIs of kpi_table.hpp; and what the front is drawn over:
// oversell, undersell, cost, time.
std::vector<std::string> usual_kpis();
std::vector<std::string> usual_front();

struct ComparisonPlan {
    std::size_t baseline = 0;  // the arm that the others are held against
    Seeds seeds = Seeds::common;
    std::vector<std::string> kpis = usual_kpis();
    std::vector<std::string> front = usual_front();
    statistics::Confidence confidence = statistics::Confidence();
};

enum class Finding : std::uint8_t {
    better,
    worse,
    lower,  // of a KPI that is neither good nor bad
    higher,
    not_shown,  // the replications do not tell; not "equal"
};
std::string_view finding_text(Finding finding);

struct ArmDifference {
    statistics::Interval interval;  // of arm - baseline; those of all arms hold together (Bonferroni)
    double p = 1;                   // of "no difference", Holm's over the arms
    Finding finding = Finding::not_shown;
    // mean of arm / mean of baseline (Fieller, at the same confidence); none where the baseline's mean is 0 or may be.
    std::optional<statistics::Interval> ratio;
    // Replications that a verdict still needs with 90 % power if the difference is what it seems; 0 when it is there, none when
    // no number would do (no difference was seen at all).
    std::optional<std::size_t> still_needed;
    // How many times wider the interval were with other shoppers for each arm; none without variance or without pairs.
    std::optional<double> pairing_gain;
};

struct ComparedKpi {
    std::string path;
    struct Arm {
        std::vector<double> values;            // one per replication, by seed
        statistics::Interval mean;             // of this arm alone, at the plan's confidence
        std::optional<ArmDifference> against;  // none for the baseline, and with fewer than two replications
    };
    std::vector<Arm> arms;
};

struct LeftOut {
    std::string path;
    std::string why;
};

struct BrokenGate {
    std::size_t arm = 0;
    std::string text;
    std::size_t broken = 0, judged = 0;  // replications
    std::uint64_t first_seed = 0;        // of those that broke it
    std::string repeat_command;          // of that one
};

// Where an arm lies when several KPIs matter and none is worth another.
struct FrontPlace {
    enum class Where : std::uint8_t {
        on_front,
        dominated,           // another is no worse in all means, and shown better in one
        dominated_in_means,  // ... better in one mean, which is not shown
    } where = Where::on_front;
    std::size_t by = 0;  // of several the one that most is shown of, then the first
};
struct Front {
    std::vector<std::string> kpis;  // of those asked for, those that all replications measured
    std::vector<FrontPlace> arms;
};

// Under one priority (priorities.hpp).
struct Choice {
    std::string id, label;
    std::vector<std::string> kpis;
    std::vector<statistics::Interval> scores;  // by arm, less is better (revenue with its sign turned); each arm's own interval
    std::size_t best = 0;                      // least mean; of equals the first
    // The arms, the best one among them, that are not shown worse than the best one. The truly best one is among them with the
    // confidence asked: it is left out only if one of k - 1 one-sided comparisons errs, each with alpha / (k - 1) (Hsu,
    // "Constrained simultaneous confidence intervals for multiple comparisons with the best", Annals of Statistics 12(3), 1984).
    // With common seeds comparisons are of pairs, else Welch's.
    std::vector<std::size_t> may_be_best;
    enum class Certainty : std::uint8_t {
        shown,      // one arm is left
        equal,      // those that are left had the same score in every replication
        not_shown,  // the runs do not tell those that are left apart
        one_run,    // a replication has no interval
    } certainty = Certainty::one_run;
    std::size_t best_in = 0;  // replications in which no other arm had a lower score; common seeds only
    // Replications that would tell the rest apart with 90 % power if the differences are what they seem; none where no number
    // would.
    std::optional<std::size_t> still_needed;
    // The arm with the least mean score after the best one's, and by how much more, at the plan's confidence: in units of the
    // first KPI, of a balanced score from 0 to 1. None with one arm; one replication has no ends.
    std::optional<std::size_t> next;
    statistics::Interval ahead{0, 0, 0};
    // What a balanced score is made of (priority_scores.hpp); empty for others.
    struct Weighed {
        std::string kpi;
        double apart;   // from the best mean to the worst that is shown worse, as a share of the largest mean; 0: none is shown
        double counts;  // of a full weight, 0 to 1
    };
    std::vector<Weighed> weighed;
};

struct StudyComparison {
    std::vector<std::string> arms;
    std::size_t baseline = 0;
    Seeds seeds = Seeds::common;
    statistics::Confidence confidence = statistics::Confidence();
    model::Identity identity;                      // of the first run: scenario, title, currency, commit
    std::uint64_t shoppers = 0;                    // of an average run of the baseline
    std::vector<std::vector<std::uint64_t>> runs;  // seeds, by arm; the same for all with common seeds
    std::vector<std::vector<std::string>> fingerprints;
    std::vector<std::string> repeat_commands;  // by arm, of its first run; empty without one
    std::size_t incomplete = 0;                // seeds left out because they are missing under some arm
    std::vector<ComparedKpi> kpis;
    std::vector<LeftOut> left_out;
    Front front;
    std::vector<ComparedKpi> front_figures;     // of front.kpis, in their order
    std::string repeat_command;                 // that makes the whole comparison; the caller's
    std::vector<BrokenGate> gates;              // those that were broken
    std::vector<std::optional<StudyDay>> days;  // by arm; none where the figures keep none
    std::vector<Choice> choices;                // of those priorities whose KPIs all replications measured

    std::size_t replications() const { return runs.empty() ? 0 : runs[baseline].size(); }
    const ComparedKpi* kpi(std::string_view path) const;
};

// Empty when each seed had the same shoppers under every arm; else what differs.
std::string unequal_shoppers(const StudyFigures& figures);

StudyComparison compared(const StudyFigures& figures, const ComparisonPlan& plan);

}  // namespace lastunit::reports
