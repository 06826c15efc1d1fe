#include "sim/causes.hpp"

namespace lastunit::sim {

Causes::Causes(World& world) : world_(world) {}

void Causes::note(Mishap, NodeId, Sku, Quantity) {}
void Causes::note(ChannelId, NodeId, Sku, ViewMishap, Quantity) {}
void Causes::view_is_right(ChannelId, NodeId, Sku) {}

}  // namespace lastunit::sim
