// What a study measured: every KPI of every replication of every arm.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/run_record.pb.h"
#include "reports/kpi_values.hpp"
#include "reports/study/day.hpp"

namespace lastunit::reports {

// One run of one arm.
struct Replication {
    std::uint64_t seed = 0;
    model::Identity identity;
    std::vector<std::pair<const std::string*, double>> kpis;  // by path; the paths belong to StudyFigures
    std::vector<model::GateVerdict> gates;
    std::optional<RunDay> day;  // of studies that keep days

    std::optional<double> kpi(std::string_view path) const;
};

// An arm is a design, or a point of a sweep: what is compared. The arms stay in the order given; replications lie by seed,
// whatever the order in which they came.
class StudyFigures {
   public:
    explicit StudyFigures(std::vector<std::string> arms);
    StudyFigures(StudyFigures&&) = default;
    StudyFigures& operator=(StudyFigures&&) = default;

    // A second record of the same arm and seed takes the place of the first.
    void add(std::size_t arm, const model::RunRecord& record);
    std::size_t add_arm(std::string name);
    // From here on each replication keeps its day: some 15 kB, too much for the thousands of a sweep.
    void keep_days() { keeps_days_ = true; }

    std::size_t arms() const { return arms_.size(); }
    const std::string& name(std::size_t arm) const { return arms_[arm].name; }
    std::span<const Replication> replications(std::size_t arm) const { return arms_[arm].replications; }
    // The scenario, title, currency ... of all; null when nothing was measured yet.
    const model::Identity* identity() const;

    // One KPI, one figure per replication by seed. Nothing when the arm has no replication, or when one of them did not measure
    // it: an average over those that did would be of other days than the arm's.
    std::optional<std::vector<double>> sample(std::size_t arm, std::string_view path) const;
    // Of two arms, over the seeds that both have.
    struct Pairs {
        std::vector<double> a, b;
    };
    std::optional<Pairs> pairs(std::size_t a, std::size_t b, std::string_view path) const;
    // Every path that all replications of all arms measured, in the order of the alphabet.
    std::vector<std::string> paths() const;

   private:
    struct Arm {
        std::string name;
        std::vector<Replication> replications;
    };
    void learn_layout(const std::vector<KpiValue>& kpis);

    std::vector<Arm> arms_;
    bool keeps_days_ = false;
    struct {
        std::vector<const std::string*> paths;  // of the last record, in its order
        std::vector<std::size_t> place;         // ... and where each lies by path
    } layout_;
    std::set<std::string, std::less<>> paths_;  // node by node: pointers to its strings stay
};

// How the seeds of the arms lie to each other.
enum class Seeds : std::uint8_t {
    common,       // replication i of every arm has the same shoppers
    independent,  // no two runs share a seed: only to show what common ones are worth
};

}  // namespace lastunit::reports
