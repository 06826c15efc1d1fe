#include "reports/autopsy/autopsy.hpp"

#include "reports/autopsy/sku_histories.hpp"
#include "reports/autopsy/story.hpp"

namespace lastunit::reports {
namespace {

RunLog read(EventLogReader reader, RunLog log) {
    reader.read(log.list);
    log.error = reader.error();
    log.header = reader.header();
    log.end = reader.end();
    if (log.error.empty() && log.end.oversold_units() != log.list.total())
        log.error = log.path + ": damaged: " + std::to_string(log.list.total()) + " oversold units of " +
                    std::to_string(log.end.oversold_units());
    return log;
}

EventLogReader reader_of(const RunLog& log) {
    return log.memory != nullptr ? EventLogReader(*log.memory) : EventLogReader(log.path);
}

model::Autopsy told(const RunLog& log, const SkuHistory& history, const OversoldUnits& units) {
    model::Autopsy autopsy;
    autopsy.set_schema_version(1);
    autopsy.set_scenario(log.header.scenario());
    autopsy.set_scenario_title(log.header.scenario_title());
    autopsy.set_scenario_hash(log.header.scenario_hash());
    autopsy.set_design(log.header.design());
    autopsy.set_seed(log.header.seed());
    autopsy.set_commit(log.header.origin().commit());
    autopsy.set_currency(log.header.currency());
    autopsy.set_repeat_command(log.header.origin().repeat_command());
    tell(history, units, autopsy);
    return autopsy;
}

}  // namespace

RunLog read_run_log(const std::string& path) {
    RunLog log;
    log.path = path;
    return read(EventLogReader(path), std::move(log));
}

RunLog read_run_log(const EventLogMemory& memory) {
    RunLog log;
    log.path = "the event log";
    log.memory = &memory;
    return read(EventLogReader(memory), std::move(log));
}

std::vector<model::Autopsy> autopsies_of(const RunLog& log, const std::vector<const OversoldUnits*>& units, std::string& error) {
    std::vector<Focus> foci;
    for (const OversoldUnits* one : units) foci.push_back(focus_of(log.header, log.list, *one));
    SkuHistories histories(log.header, log.list, foci);
    EventLogReader reader = reader_of(log);
    std::vector<model::Autopsy> autopsies;
    if (!reader.read(histories)) {
        error = reader.error();
        return autopsies;
    }
    for (std::size_t i = 0; i < units.size(); ++i) autopsies.push_back(told(log, histories[i], *units[i]));
    return autopsies;
}

std::optional<model::Autopsy> autopsy_of(const RunLog& log, const OversoldUnits& units, std::string& error) {
    auto autopsies = autopsies_of(log, {&units}, error);
    if (autopsies.empty()) return std::nullopt;
    return std::move(autopsies.front());
}

}  // namespace lastunit::reports
