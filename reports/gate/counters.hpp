// What a run costs the machine, in numbers that do not depend on its speed.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "model/run_record.pb.h"

namespace lastunit::reports::gate {

// Paths beside those of KPIs: per order accepted.
inline constexpr std::array<const char*, 3> kCounters = {"counters.events_per_order", "counters.core_commands_per_order",
                                                         "counters.allocations_per_order"};
bool is_counter(std::string_view path);
std::string_view counter_name(std::string_view path);  // without "counters."

// Nothing for no orders, and for allocations where none were counted.
std::optional<double> counter(std::string_view path, const model::Identity& identity, double orders);

}  // namespace lastunit::reports::gate
