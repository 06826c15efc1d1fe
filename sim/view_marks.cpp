#include "sim/view_marks.hpp"

namespace lastunit::sim {

Quantity ViewMarks::amount(NodeId node, Sku sku, ViewMishap what) const {
    const Amounts* amounts = marked_.find(world_.cell_of(node, sku));
    return amounts == nullptr ? 0 : (*amounts)[static_cast<unsigned>(what)];
}

void ViewMarks::add(NodeId node, Sku sku, ViewMishap what, Quantity change) {
    if (change == 0) return;
    const std::uint64_t cell = world_.cell_of(node, sku);
    Amounts* amounts = marked_.find(cell);
    if (amounts == nullptr) amounts = &marked_.insert(cell, Amounts{});
    (*amounts)[static_cast<unsigned>(what)] += change;
    world_.causes->note(channel_, node, sku, what, change);
}

void ViewMarks::clear(NodeId node, Sku sku) {
    const std::uint64_t cell = world_.cell_of(node, sku);
    if (marked_.find(cell) == nullptr) return;
    marked_.erase(cell);
    world_.causes->view_is_right(channel_, node, sku);
}

}  // namespace lastunit::sim
