// What a pull request has to know of a shop over HTTP: findings of its books with a story each, and the funnel by step. Empty
// text of any other target.
#pragma once

#include <string>

#include "model/load_report.pb.h"

namespace lastunit::reports {

// Items of a list. A finding has the SKU of most units, what disagrees there, and what the two shoppers who tell of it did.
std::string shop_findings_markdown(const model::LoadReport& load);
// A table with its empty line before it, and the processor time per checkout behind it.
std::string shop_steps_markdown(const model::LoadReport& load);

}  // namespace lastunit::reports
