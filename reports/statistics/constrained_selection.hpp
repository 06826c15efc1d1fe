// Choosing the best of k designs among those that keep to limits, replication by replication: Andradottir & Kim, "Fully
// sequential procedures for comparing constrained systems via simulation", Naval Research Logistics 57(5), 2010, their AK+ with
// both phases at once; for several limits Healey, Andradottir & Kim, "Selection procedures for simulations with multiple
// constraints under independent and correlated sampling", ACM TOMACS 24(3), 2014. Variances are estimated again as data come in,
// as in KN++ (see elimination.hpp).
//
// A triangle whose width is a tolerance far below the gap takes long to be left, however clear the matter: half of each
// decision's error goes to a second boundary that holds for any gap, Robbins' mixture ("Statistical methods related to the law of
// the iterated logarithm", Annals of Mathematical Statistics 41(5), 1970; for selection: Fan, Hong & Nelson,
// "Indifference-zone-free selection of the best", Operations Research 64(6), 2016). A decision falls when either is left.
//
// Limits are on means. A design whose mean lies within the tolerance of a limit may be taken for either: nobody could tell which
// it is in a finite time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "reports/statistics/elimination.hpp"

namespace lastunit::reports::statistics {

struct Limit {
    enum class Side : std::uint8_t { at_most, at_least };
    double bound = 0;
    Side side = Side::at_most;
    double tolerance = 0;  // > 0, in the figure's unit
};

enum class Boundaries : std::uint8_t {
    triangle,         // KN's alone
    triangle_or_any,  // and the one for any gap, each with half of the error
};

struct ConstrainedRule {
    double zone = 0;         // > 0, in the objective's unit: differences below it do not matter
    std::size_t first = 10;  // replications before anything is decided
    Confidence confidence = Confidence();
    Best best = Best::least;
    Variances variances = Variances::updated;
    Boundaries boundaries = Boundaries::triangle_or_any;
    std::vector<Limit> limits{};
};

// The survivor is the best with the confidence asked when it keeps to every limit by the tolerance, and is better by the zone
// than every other design that keeps to the limits or misses one by less than the tolerance. The error alpha is shared evenly by
// k - 1 + s decisions (Bonferroni, so common random numbers are right): the best must not be found to miss one of s limits, and
// each other design errs in one way alone, by passing the limit that it misses or by beating the best.
class ConstrainedSelection {
   public:
    enum class Keeps : std::uint8_t { unknown, yes, no };
    enum class Standing : std::uint8_t { open, misses_limit, beaten };

    ConstrainedSelection(std::size_t designs, ConstrainedRule rule);

    // One more replication of each of survivors(), in that order: the objective, then the figure of each limit. After the first
    // stage a limit is decided once the sum of the distances from it leaves the triangle of half-width
    // max(0, h^2 S^2 / (2 tolerance) - tolerance r / 2), and whoever keeps to all limits drops those that it leads by KN's
    // allowance.
    void add(std::span<const std::vector<double>> figures);

    const std::vector<std::size_t>& survivors() const { return survivors_; }  // increasing
    // One is left, and it is known to keep to the limits; or none is.
    bool decided() const;
    std::optional<std::size_t> best() const;  // once it is decided; nothing: no design keeps to the limits
    Standing standing(std::size_t design) const { return states_[design].standing; }
    Keeps keeps(std::size_t design, std::size_t limit) const { return states_[design].keeps[limit]; }
    bool keeps_all(std::size_t design) const;
    std::optional<std::size_t> beaten_by(std::size_t design) const { return states_[design].beaten_by; }
    std::size_t replications() const { return replications_; }
    std::size_t figures_taken() const { return taken_; }  // designs times replications

   private:
    struct State {
        std::vector<std::vector<double>> figures;  // objective, then distances above each limit (negative: keeps to it)
        std::vector<double> sums, variances;       // as figures; variances of the distances
        std::vector<Keeps> keeps;                  // by limit
        Standing standing = Standing::open;
        std::optional<std::size_t> beaten_by;
    };
    void estimate_variances();
    void check_limits();
    void drop_beaten();
    bool beats(std::size_t a, std::size_t b) const;
    double allowance(double variance, double width) const;

    ConstrainedRule rule_;
    EliminationConstants constants_;
    std::size_t designs_, replications_ = 0, taken_ = 0, next_estimate_;
    std::vector<std::size_t> survivors_;
    std::vector<State> states_;
    std::vector<double> pair_variances_;  // of differences of the objective, designs x designs
};

}  // namespace lastunit::reports::statistics
