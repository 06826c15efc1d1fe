// From a SKU's history to the story of one oversold line: the window of time that matters, the moments that decided, and the
// others told together.
#pragma once

#include "model/autopsy.pb.h"
#include "reports/autopsy/sku_history.hpp"

namespace lastunit::reports {

// The window. It ends with the promise, and begins with the earliest of: the moment after which the truth could no longer serve
// the line ("the last unit"), the state of the record that the channel's view had when it looked, and the look itself. Before the
// window only what the cause names is told: the unit that vanished, the message that was lost. After the promise: when the core
// and the channel learn of the last unit, and what becomes of the order.
//
// Decisive, and never folded: the last unit, the core's hearing of it, the message that tells the channel, the message before it,
// the look, the promise, and what the cause names.
void tell(const SkuHistory& history, const OversoldUnits& units, model::Autopsy& autopsy);

}  // namespace lastunit::reports
