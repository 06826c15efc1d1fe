// The name of an effective scenario: equal questions have equal hashes, whatever files they were written in.
#pragma once

#include <string>

#include "model/demand.hpp"
#include "scenarios/scenario.pb.h"

namespace lastunit::scenarios {

// 16 hex digits: FNV-1a, 64 bits, over the message in Protobuf's deterministic serialisation, presets filled in, and over the
// replayed orders (what the log says counts, not where it lies).
std::string hash_of(schema::Scenario scenario, const model::ReplayLog* log);

}  // namespace lastunit::scenarios
