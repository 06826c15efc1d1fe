// --levels: `auto` (a pilot places them), `none` (plain runs), or as a study has said them: TOLL@IMPORTANCE:COPIES,...
#pragma once

#include <string>

#include "cli/risk/pilot.hpp"

namespace lastunit::cli {

std::string levels_text(const Splitting& splitting);  // "none", or e.g. "0.0107@-14000:4,-2000:5"

// The levels of the option's text, by a pilot or without one. Throws BadInput for a text that says none.
Pilot pilot_or_given(RootPlan& plan, const sim::RareEvent& event, const std::string& option, std::uint64_t first_seed,
                     std::size_t roots);

}  // namespace lastunit::cli
