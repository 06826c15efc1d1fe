#include "reports/autopsy/autopsy.hpp"

#include "reports/autopsy/sku_history.hpp"
#include "reports/autopsy/story.hpp"

namespace lastunit::reports {

RunLog read_run_log(const std::string& path) {
    RunLog log;
    log.path = path;
    EventLogReader reader(path);
    reader.read(log.list);
    log.error = reader.error();
    log.header = reader.header();
    log.end = reader.end();
    if (log.error.empty() && log.end.oversold_units() != log.list.total())
        log.error = path + ": damaged: " + std::to_string(log.list.total()) + " oversold units of " +
                    std::to_string(log.end.oversold_units());
    return log;
}

std::optional<model::Autopsy> autopsy_of(const RunLog& log, const OversoldUnits& units, std::string& error) {
    SkuHistory history(log.header, log.list, focus_of(log.header, log.list, units));
    EventLogReader reader(log.path);
    if (!reader.read(history)) {
        error = reader.error();
        return std::nullopt;
    }
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

}  // namespace lastunit::reports
