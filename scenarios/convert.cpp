#include "scenarios/convert.hpp"

#include "scenarios/gates.hpp"

namespace lastunit::scenarios {

model::Distribution distribution(const schema::Distribution& from) {
    model::Distribution to;
    to.kind = static_cast<model::Distribution::Kind>(from.kind());
    to.mean = from.mean();
    to.low = from.low();
    to.high = from.high();
    if (from.kind() == schema::Distribution::UNIFORM) to.mean = 0;  // as model::between leaves it
    if (from.cv() > 0 || from.kind() >= schema::Distribution::LOGNORMAL) to.cv = from.cv();
    to.prepare();
    return to;
}

model::OpeningHours hours_of(const schema::Hours& from) { return {duration(from.open()), duration(from.close())}; }

namespace {

model::Run convert_run(const schema::Run& from) {
    model::Run to;
    to.start_of_day = duration(from.start_of_day());
    to.horizon = duration(from.horizon());
    to.warm_up = duration(from.warm_up());
    to.drain = duration(from.drain());
    to.promise = duration(from.promise());
    to.ready_promise = duration(from.ready_promise());
    to.ready_counts = static_cast<model::ReadyCounts>(from.ready_promise_counts());
    to.pickup_window = duration(from.pickup_window());
    to.locker_window = duration(from.locker_window());
    to.seed = from.seed();
    to.sample_every = duration(from.sample_every());
    return to;
}

}  // namespace

model::Scenario convert(const Conversion& c, std::optional<model::ReplayLog> log) {
    model::Scenario to;
    to.name = c.from.name();
    to.title = c.from.title();
    to.description = c.from.description();
    to.currency = c.from.currency();
    to.run = convert_run(c.from.run());
    to.catalogue = convert_catalogue(c, log ? &*log : nullptr);
    to.network = convert_network(c);
    to.stock = convert_stock(c);
    to.inbound.policy = static_cast<model::Replenishment>(c.from.inbound().policy());
    to.inbound.lead_time = distribution(c.from.inbound().lead_time());
    to.replenishment = convert_replenishment(c);
    to.returns = convert_returns(c);
    to.channels = convert_channels(c);
    to.personas = convert_personas(c);
    std::vector<double> shares;
    for (const model::Persona& persona : to.personas) shares.push_back(persona.share);
    to.persona_choice = model::Discrete(shares);
    to.arrivals = convert_streams(c);
    to.replay = std::move(log);
    to.costs = convert_costs(c);
    to.design = convert_design(c);
    to.design.running_costs = convert_running_costs(c);
    to.faults = convert_faults(c);
    to.accuracy = convert_accuracy(c);
    to.failure = convert_failure(c);
    add_bots(c, to);
    for (const std::string& text : c.from.gates()) to.gates.push_back(std::get<model::Gate>(parse_gate(text, to.currency)));
    return to;
}

}  // namespace lastunit::scenarios
