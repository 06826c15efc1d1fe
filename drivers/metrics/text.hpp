// An engine's numbers in Prometheus' text format (exposition format 0.0.4).
#pragma once

#include <string>

#include "drivers/engine/engine.hpp"

namespace lastunit::drivers {

std::string metrics_text(const Engine& engine);

}  // namespace lastunit::drivers
