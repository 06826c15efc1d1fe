// What an autopsy changes, one thing at a time, before it simulates the run again.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/autopsy.pb.h"
#include "model/scenario.hpp"

namespace lastunit::cli {

struct Change {
    std::string text;  // "lag of stock-to-web halved"; in Polish: reports/page/src/autopsy/change_words.ts
    std::function<void(model::Scenario&)> apply;
};

// The changes that may matter to this line, the smallest first: a number of the design (a buffer of one more unit, a time to live
// twice as long), a guarantee of an edge (no loss, order kept, a watermark), lag halved, lag zero, another way to reserve.
//
// The edges that matter are those that feed the channel's view and those whose sales the core had not heard of.
std::vector<Change> changes_for(const model::Scenario& scenario, const model::OversoldLineStory& line);

}  // namespace lastunit::cli
