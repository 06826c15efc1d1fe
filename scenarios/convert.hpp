// A checked scenario message into what the simulator reads. Nothing can go wrong here any more.
#pragma once

#include <optional>

#include "model/scenario.hpp"
#include "scenarios/lookup.hpp"
#include "scenarios/scenario.pb.h"

namespace lastunit::scenarios {

struct Conversion {
    const schema::Scenario& from;
    const Lookup& lookup;
    const SkuNames& skus;
};

model::Scenario convert(const Conversion&, std::optional<model::ReplayLog> log);

// The parts, by folder of the model.
model::Catalogue convert_catalogue(const Conversion&, const model::ReplayLog* log);
model::Network convert_network(const Conversion&);
std::vector<model::Carrier> convert_carriers(const Conversion&);
std::vector<model::Collection> convert_collections(const schema::Node&, const Conversion&);
void convert_staffing(const schema::Node&, const Conversion&, model::Node& to);  // its hours are known: stations, team, waves
std::vector<model::StockRule> convert_stock(const Conversion&);
model::Station convert_station(const schema::Station&, const Conversion&);
std::vector<model::Truck> convert_trucks(const Conversion&);
std::vector<model::ReplenishmentRule> convert_replenishment(const Conversion&);
std::vector<model::ReturnsRule> convert_returns(const Conversion&);
std::vector<model::Channel> convert_channels(const Conversion&);
std::vector<model::Persona> convert_personas(const Conversion&);
std::vector<model::ArrivalStream> convert_streams(const Conversion&);
model::Design convert_design(const Conversion&);
void convert_routing(const Conversion&, model::Design& to);  // strategies, protection, split policy, prices
model::Costs convert_costs(const Conversion&);  // convert_costs.cpp
std::vector<model::Design::RunningCost> convert_running_costs(const Conversion&);
std::vector<model::Fault> convert_faults(const Conversion&);
void add_bots(const Conversion&, model::Scenario& to);  // behind all personas and streams: nobody's draws move
model::Accuracy convert_accuracy(const Conversion&);
std::optional<model::PublishedFailure> convert_failure(const Conversion&);

model::Distribution distribution(const schema::Distribution&);
model::OpeningHours hours_of(const schema::Hours&);
inline Duration duration(std::int64_t us) { return {us}; }

}  // namespace lastunit::scenarios
