// The people of a node and what they do first.
#include <limits>

#include "scenarios/convert.hpp"

namespace lastunit::scenarios {
namespace {

model::OrderClass order_class(const schema::OrderClass& from, const Conversion& c) {
    model::OrderClass to;
    for (const int method : from.methods()) to.methods |= 1U << static_cast<unsigned>(method);
    for (const std::string& channel : from.channels()) to.channels |= 1U << c.lookup.channels.at(channel);
    if (from.has_service()) to.service = distribution(from.service());
    return to;
}

model::Team team_of(const schema::Team& from, const model::OpeningHours& shifts, Duration start_of_day) {
    model::Team to;
    if (from.roster_size() == 0) to.roster.push_back({shifts, from.workers()});
    for (const schema::RosterEntry& entry : from.roster())
        to.roster.push_back({{duration(entry.from()), duration(entry.to())}, entry.workers()});
    for (const schema::Absence& absence : from.absences()) {
        const std::uint32_t who = absence.has_workers() ? absence.workers() : std::numeric_limits<std::uint32_t>::max();
        const SimTime midnight = SimTime{0} + start_of_day;
        to.absences.push_back({midnight + duration(absence.from()), midnight + duration(absence.until()), who});
    }
    to.serve = distribution(from.serve());
    to.served = from.served();
    if (from.has_patience()) to.patience = distribution(from.patience());
    to.order = static_cast<model::TeamOrder>(from.order());
    to.overtime = duration(from.overtime());
    to.wage = from.wage();
    to.overtime_wage = from.overtime_wage();
    to.put_back = distribution(from.put_back());
    return to;
}

model::Waves waves_of(const schema::Waves& from) {
    model::Waves to;
    to.every = duration(from.every());
    to.phase = duration(from.phase());
    for (const std::int64_t at : from.at()) to.at.push_back(duration(at));
    to.lines = from.lines();
    to.per_wave = distribution(from.per_wave());
    return to;
}

}  // namespace

model::Station convert_station(const schema::Station& from, const Conversion& c) {
    model::Station to;
    to.workers = from.workers();
    to.service = distribution(from.service());
    to.order = static_cast<model::ServiceOrder>(from.order());
    for (const schema::OrderClass& one : from.classes()) to.classes.push_back(order_class(one, c));
    return to;
}

void convert_staffing(const schema::Node& from, const Conversion& c, model::Node& to) {
    to.pick = convert_station(from.pick(), c);
    to.pack = convert_station(from.pack(), c);
    to.dispatch = convert_station(from.dispatch(), c);
    if (from.has_team()) to.team = team_of(from.team(), to.shifts, duration(c.from.run().start_of_day()));
    if (from.has_waves()) to.waves = waves_of(from.waves());
}

}  // namespace lastunit::scenarios
