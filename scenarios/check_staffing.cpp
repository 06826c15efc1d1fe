// Teams and waves that make sense.
#include "scenarios/check.hpp"

namespace lastunit::scenarios {
namespace {

void check_team(const CheckContext& c, const schema::Node& node, const std::string& path) {
    const schema::Team& team = node.team();
    const bool counted = c.given(path + ".workers"), listed = team.roster_size() > 0;
    if (counted && listed) c.error(path, "give `workers` (during `shifts`) or `roster`, not both");
    if (!counted && !listed) c.error(path, "nobody is in it: give `workers` or `roster`");
    if (counted && team.workers() == 0) c.error(path + ".workers", "has to be at least 1");
    std::uint64_t most = 0;
    for (const schema::RosterEntry& entry : team.roster()) most += entry.workers();
    if (listed && most == 0) c.error(path + ".roster", "nobody is ever at work");
    for (int i = 0; i < team.absences_size(); ++i)
        if (team.absences(i).until() <= team.absences(i).from())
            c.error(path + ".absences[" + std::to_string(i) + "].until", "has to be after `from`");
    const bool serves = !(team.serve().kind() == schema::Distribution::CONSTANT && team.serve().mean() == 0);
    for (const char* field : {".served", ".patience"})
        if (c.given(path + field) && !serves) c.error(path + field, "goes with `serve`: nobody is served here");
}

void check_waves(const CheckContext& c, const schema::Node& node, const std::string& path) {
    const schema::Waves& waves = node.waves();
    if (waves.every() == 0 && waves.at_size() == 0 && waves.lines() == 0)
        c.error(path, "no line would ever be released: give one of `every`, `at`, `lines`");
    else if (waves.every() == 0 && waves.at_size() == 0 && waves.lines() > 1)
        c.error(path, "the last lines of a day would wait for ever: with `lines`, give `every` or `at` as well");
    if (c.given(path + ".phase") && waves.every() == 0) c.error(path + ".phase", "goes with `every`");
}

}  // namespace

void check_staffing(const CheckContext& c) {
    for (const schema::Node& node : c.scenario.network().nodes()) {
        const std::string path = "network.nodes." + node.name();
        if (node.has_team()) check_team(c, node, path + ".team");
        if (node.has_waves()) check_waves(c, node, path + ".waves");
    }
}

}  // namespace lastunit::scenarios
