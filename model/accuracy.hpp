// How truth and record part, and how they meet again. Every default is a perfect record.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"
#include "model/distribution.hpp"

namespace lastunit::model {

struct Accuracy {
    std::vector<NodeId> nodes;  // where; empty = everywhere
    // At the start, per (node, SKU): Poisson means of units on record that are not there, and there that are not on record.
    double missing_mean = 0, unrecorded_mean = 0;
    double wrong_cells = 1;    // probability that a (node, SKU) is wrong at all
    double missing_units = 0;  // probability per unit on record that it is missing
    // Per second and (node, SKU) that has any, one unit each.
    double shrink = 0, damage = 0, misplacement = 0;
    Duration count_every{0};  // cycle count of each node; 0 = never
    Duration count_phase{0};
    bool random_count_phase = false;  // per node
    double miscount = 0;              // probability per counted (node, SKU) to be one off
    double misscan = 0;               // probability per line at a till
    double pick_miss = 0;             // probability that a picker does not find a line that is there
    enum class FailedPick : std::uint8_t { counts, keeps_record };
    FailedPick failed_pick = FailedPick::counts;
    // Of what a picker reports who finds too little: probabilities; the rest is not found.
    double mismatch = 0;  // another item lies there, and both are counted
    double damaged = 0;   // the units are there, and quarantined
    // Probabilities per returned line.
    double return_late = 0, return_twice = 0, return_elsewhere = 0;
    Distribution return_late_by;
};

}  // namespace lastunit::model
