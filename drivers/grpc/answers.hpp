// The core's outcomes and the contract's. The contract has fewer: what a caller does about it is the same.
#pragma once

#include "core/ledger.hpp"
#include "drivers/driver.hpp"
#include "drivers/inventory.pb.h"

namespace lastunit::drivers {

namespace wire = lastunit::inventory::v1;

wire::Outcome outcome_on_the_wire(core::Outcome outcome);

// Settled, cause and outcome of an answer; several of the core's outcomes share one of the contract, then it is the first of
// them.
void settle(wire::Outcome outcome, Completion& completion);

}  // namespace lastunit::drivers
