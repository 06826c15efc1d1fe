#include "cli/load/prepared.hpp"

#include <vector>

#include "cli/command.hpp"

namespace lastunit::cli {

std::string unlike(const drivers::FinalState& state, const drivers::InitialStock& stock) {
    const std::size_t nodes = stock.shape.nodes.size();
    const auto name = [&](std::size_t cell) { return stock.shape.skus[cell / nodes] + " at " + stock.shape.nodes[cell % nodes]; };
    std::vector<std::int64_t> on_hand(stock.units.size());
    for (const drivers::FinalState::Stock& one : state.stock) {
        if (one.node.value >= nodes || one.sku.value >= stock.shape.skus.size())
            return "there are more nodes or SKUs than the scenario has";
        const std::size_t cell = std::size_t{one.sku.value} * nodes + one.node.value;
        if (one.held != 0) return std::to_string(one.held) + " of " + name(cell) + " are held";
        if (one.allocated != 0) return std::to_string(one.allocated) + " of " + name(cell) + " are allocated";
        on_hand[cell] = one.on_hand;
    }
    if (!state.orders.empty()) return "order " + std::to_string(state.orders.front().order.value) + " is there";
    for (std::size_t cell = 0; cell < on_hand.size(); ++cell)
        if (on_hand[cell] != stock.units[cell])
            return std::to_string(on_hand[cell]) + " of " + name(cell) + " are on hand, not " + std::to_string(stock.units[cell]);
    return "";
}

void check_prepared(const LiveRun& run, const drivers::InitialStock& stock) {
    try {
        const std::string difference = unlike(run.target.driver->read_back(), stock);
        if (!difference.empty())
            throw BadInput("--no-prepare: " + run.options.target.shown() + " does not begin as the scenario does: " + difference +
                           "; `lastunit prepare` brings it there");
    } catch (const drivers::DriverError& error) {
        throw BadInput("--target: " + std::string(error.what()));
    }
}

}  // namespace lastunit::cli
