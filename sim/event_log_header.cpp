// The names that the records of an event log refer to by number, and the state from which they start.
#include "sim/core_system.hpp"
#include "sim/event_log.hpp"

namespace lastunit::sim {

namespace {

void fill_names(const World& world, model::EventLogHeader& header) {
    const model::Scenario& scenario = world.scenario;
    for (const model::Node& node : scenario.network.nodes) {
        model::LogNode& out = *header.add_nodes();
        out.set_name(node.name);
        out.set_ships(node.ships);
        out.set_hands_over(node.hands_over);
    }
    for (const model::SkuInfo& sku : scenario.catalogue.skus) {
        model::LogSku& out = *header.add_skus();
        out.set_name(sku.name);
        out.set_price(sku.price);
    }
    for (const model::Fault& fault : scenario.faults) {
        model::LogFault& out = *header.add_faults();
        out.set_name(fault.name);
        out.set_kind(model::name_of(fault.kind));
    }
}

void fill_design(const World& world, model::EventLogHeader& header) {
    for (std::size_t i = 0; i < world.scenario.channels.size(); ++i) {
        const model::ChannelDesign& design = world.design.channels[i];
        model::LogChannel& out = *header.add_channels();
        out.set_name(world.scenario.channels[i].name);
        out.set_kind(model::name_of(world.scenario.channels[i].kind));
        out.set_reservation(model::name_of(design.reservation));
        out.set_decides_on(model::name_of(design.decides_on));
        out.set_buffer(design.buffer);
        out.set_node_buffer(design.node_buffer);
        for (const NodeId node : design.nodes) out.add_nodes(node.value);
    }
    for (const model::Edge& edge : world.design.edges) {
        model::LogEdge& out = *header.add_edges();
        out.set_name(edge.name);
        out.set_from(edge.from);
        out.set_to(edge.to);
        out.set_kind(model::name_of(edge.kind));
        out.set_content(model::name_of(edge.content));
        for (const NodeId node : edge.nodes) out.add_nodes(node.value);
    }
}

}  // namespace

void EventLog::start() {
    model::EventLogEntry entry;
    model::EventLogHeader& header = *entry.mutable_header();
    const model::Scenario& scenario = world_.scenario;
    header.set_schema_version(1);
    header.set_scenario(scenario.name);
    header.set_scenario_title(scenario.title);
    header.set_scenario_hash(scenario.hash);
    header.set_design(world_.design.name);
    header.set_seed(world_.seed);
    header.set_start_of_day_us(scenario.run.start_of_day.us);
    header.set_currency(scenario.currency);
    header.set_cancellation_cost(scenario.costs.cancellation);
    fill_names(world_, header);
    fill_design(world_, header);
    for (const TruthCell& cell : world_.truth.cells()) header.add_shelf(cell.shelf);
    for (std::uint32_t sku = 0; sku < scenario.catalogue.skus.size(); ++sku)
        for (const core::Cell& cell : world_.core->ledger().cells_of(Sku(sku))) header.add_atp(cell.atp());
    sink_.write(entry);
}

}  // namespace lastunit::sim
