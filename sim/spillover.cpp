#include "sim/spillover.hpp"

namespace lastunit::sim {

void Spillover::changed(const core::Event& event) {
    switch (event.kind) {
        case core::EventKind::held:
            return take(event, Of::hold);
        case core::EventKind::confirmed:
            confirmed_ = taken_.erase(line_of(Of::hold, event)) > 0 ? Confirmed::spilled : Confirmed::at_home;
            return;
        case core::EventKind::allocated:
            if (confirmed_ == Confirmed::no) take(event, Of::order);
            if (confirmed_ == Confirmed::spilled) ++taken_[line_of(Of::order, event)];
            confirmed_ = Confirmed::no;
            return;
        case core::EventKind::released:
        case core::EventKind::expired:
            return give_back(event, Of::hold);
        case core::EventKind::deallocated:
            return give_back(event, Of::order);
        default:
            return;
    }
}

void Spillover::take(const core::Event& event, Of of) {
    if (home_ == kNowhere || home_ == event.node) return;
    Quantity& left = network_.nodes[event.node.value].spillover_left;
    if (left == std::numeric_limits<Quantity>::max() || left == 0) return;  // no limit, or accepted beyond it
    --left;
    ++taken_[line_of(of, event)];
}

void Spillover::give_back(const core::Event& event, Of of) {
    const auto found = taken_.find(line_of(of, event));
    if (found == taken_.end()) return;  // at home, or yesterday's
    ++network_.nodes[event.node.value].spillover_left;
    if (--found->second == 0) taken_.erase(found);
}

void Spillover::new_day() {
    taken_.clear();
    for (std::size_t i = 0; i < network_.nodes.size(); ++i)
        network_.nodes[i].spillover_left = world_.scenario.network.nodes[i].daily_spillover;
}

}  // namespace lastunit::sim
