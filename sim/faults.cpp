#include "sim/faults.hpp"

namespace lastunit::sim {

Faults::Faults(World& world) : world_(world) {}

void Faults::start() {}
void Faults::turn(std::uint32_t) {}

bool Faults::reaches_core(ChannelId) const { return core_up(); }
bool Faults::offline(NodeId) const { return false; }
Duration Faults::skew(ChannelId) const { return Duration{0}; }

}  // namespace lastunit::sim
