// A design that fits any retailer speaks of kinds of channels; here it meets the channels of one.
#pragma once

#include "scenarios/tree.hpp"

namespace lastunit::scenarios {

// `design.by_kind` into `design.channels`: each channel's entry on top of its kind's (or else of `any`), as an `extends` would.
// An edge with `from_kinds` or `to_kinds` becomes one per channel of these kinds, named `NAME CHANNEL`, again below an entry of
// that name; faults that name the edge name all of them. A kind of which the retailer has no channel leaves nothing. Values keep
// their positions.
void expand_channel_kinds(Tree& root, Report& report);

}  // namespace lastunit::scenarios
