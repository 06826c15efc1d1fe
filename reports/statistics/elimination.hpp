// Choosing the best of k designs replication by replication, dropping those that have fallen behind: Kim & Nelson's KN (2001),
// and KN++ (2006), whose variances are estimated again as data come in. Far fewer replications than two stages, and common random
// numbers shorten it further: what counts is the variance of the differences.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "reports/statistics/interval.hpp"

namespace lastunit::reports::statistics {

enum class Streams {
    common,       // all designs see the same shoppers: error alpha / (k - 1) per pair (Bonferroni)
    independent,  // 1 - (1 - alpha)^(1 / (k - 1)) per pair, a little larger
};
enum class Best { least, largest };
enum class Variances {
    first_stage,  // KN: from the first n0 alone; exact for normal figures
    updated,      // KN++: again at 2 n0, 4 n0 ..., with as many degrees of freedom; right as n0 grows, and shorter
};

// eta = ((2 beta)^(-2 / freedom) - 1) / 2 and h^2 = 2 eta freedom, beta the error per pair; slope constant c = 1.
struct EliminationConstants {
    double eta = 0, h2 = 0;
};
EliminationConstants elimination_constants(std::size_t designs, std::size_t freedom, Confidence confidence, Streams streams);

struct EliminationRule {
    double zone = 0;         // > 0, in the KPI's unit: differences below it do not matter
    std::size_t first = 10;  // replications before anything is dropped; Kim & Nelson advise 10 to 20
    Confidence confidence = Confidence();
    Best best = Best::least;
    Streams streams = Streams::common;
    Variances variances = Variances::updated;
};

// The survivor is the best with the confidence asked whenever it is better than every other by the zone or more; otherwise it is
// within the zone of the best, mostly.
class Elimination {
   public:
    Elimination(std::size_t designs, const EliminationRule& rule);

    // One more replication: a figure for each of survivors(), in that order. After the first stage it drops whoever is behind by
    // more than max(0, (zone / 2r) (h^2 S^2 / zone^2 - r)) of anybody.
    void add(std::span<const double> figures);

    const std::vector<std::size_t>& survivors() const { return survivors_; }  // increasing
    std::size_t replications() const { return replications_; }
    bool decided() const { return survivors_.size() == 1; }
    std::size_t figures_taken() const { return taken_; }  // the work of all designs together

   private:
    double lead(std::size_t a, std::size_t b) const;  // by how much a's mean is better than b's
    double pair_variance(std::size_t a, std::size_t b) const;
    void estimate_variances();
    void drop();

    EliminationRule rule_;
    EliminationConstants constants_;
    std::size_t designs_;
    std::size_t replications_ = 0, taken_ = 0, next_estimate_;
    std::vector<std::size_t> survivors_;
    std::vector<std::vector<double>> figures_;
    std::vector<double> sums_;
    std::vector<double> variances_;  // of differences, designs x designs
};

}  // namespace lastunit::reports::statistics
