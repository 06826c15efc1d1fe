// Which of many parameters matter at all: Morris' elementary effects (1991), with Campolongo's mean of absolute values (2007).
#pragma once

#include <cstddef>
#include <vector>

#include "model/random.hpp"
#include "reports/statistics/interval.hpp"
#include "reports/statistics/sample.hpp"

namespace lastunit::reports::statistics {

// Points of the unit cube: `trajectories` paths, each changing every factor once, in random order, by levels / (2 (levels - 1))
// up or down on a grid of `levels` values. One run of the model per point: trajectories * (factors + 1).
struct MorrisPlan {
    std::size_t factors = 0, trajectories = 0;
    double step = 0;
    std::vector<std::vector<double>> points;  // trajectory after trajectory
};
// factors >= 1, trajectories >= 2 (10 as a rule), levels even (4 as a rule).
MorrisPlan morris_plan(std::size_t factors, std::size_t trajectories, int levels, model::Stream& random);

// Of one factor, per whole range of it (0 to 1).
struct MorrisEffect {
    Interval mean;      // signed: effects of both signs cancel out
    Interval strength;  // mu*, the mean absolute effect: near 0 = the factor does not matter
    double spread = 0;  // sigma of the effects: large beside the strength = non-linear, or interacting
};
// `outputs`: what the model gave at each point of the plan. One effect per factor; intervals over trajectories.
std::vector<MorrisEffect> morris_effects(const MorrisPlan& plan, Sample outputs, Confidence confidence = Confidence());

}  // namespace lastunit::reports::statistics
