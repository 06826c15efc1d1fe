#include "reports/store/listing.hpp"

#include <ctime>
#include <map>
#include <set>

#include "reports/gates.hpp"
#include "reports/json.hpp"
#include "reports/terminal_canvas.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

std::string utc(std::int64_t microseconds, const char* pattern) {
    const std::time_t seconds = static_cast<std::time_t>(microseconds / 1'000'000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, pattern, &parts)};
}

std::string field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string kpi_cell(const std::vector<KpiValue>& kpis, const char* path) {
    for (const KpiValue& kpi : kpis)
        if (kpi.path == path) return kpi_text(path, kpi.value);
    return "-";
}

// Words of a command line as a shell takes them apart: quotes hold a word together, and are no part of it.
std::vector<std::string> words_of(std::string_view command) {
    std::vector<std::string> out;
    bool within = false;
    char quote = 0;
    for (std::size_t i = 0; i < command.size(); ++i) {
        const char c = command[i];
        if (quote == 0 && c == ' ') {
            within = false;
            continue;
        }
        if (!within) out.emplace_back();
        within = true;
        if (quote == 0 && (c == '\'' || c == '"'))
            quote = c;
        else if (c == quote)
            quote = 0;
        else if (c == '\\' && quote != '\'' && i + 1 < command.size())
            out.back() += command[++i];
        else
            out.back() += c;
    }
    return out;
}

// By scenario hash: what was set is part of the scenario, so that one record of each tells it for all.
std::map<std::string, std::string> settings_by_scenario(const Store& store, std::span<const StoredRun> runs) {
    std::map<std::string, std::string> out;
    for (const StoredRun& run : runs) {
        if (out.contains(run.scenario_hash)) continue;
        const auto record = store.record(run.id);
        out[run.scenario_hash] = record ? settings_of(record->identity().repeat_command()) : "";
    }
    return out;
}

bool any_set(const std::map<std::string, std::string>& settings) {
    for (const auto& [hash, text] : settings)
        if (!text.empty()) return true;
    return false;
}

}  // namespace

std::string settings_of(std::string_view command) {
    const std::vector<std::string> words = words_of(command);
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string set;
        if (words[i].starts_with("--set="))
            set = words[i].substr(6);
        else if (words[i] == "--set" && i + 1 < words.size())
            set = words[++i];
        if (!set.empty()) out += (out.empty() ? "" : ", ") + set;
    }
    return out;
}

std::string listing(const Store& store, std::span<const StoredRun> runs, const TerminalStyle& style) {
    Canvas canvas(style);
    if (runs.empty()) return "no runs\n";
    const auto settings = settings_by_scenario(store, runs);
    const bool set = any_set(settings);
    std::vector<std::vector<Cell>> rows;
    for (const StoredRun& run : runs) {
        const std::vector<KpiValue> kpis = store.kpis(run.id);
        rows.push_back({{std::to_string(run.id), Tone::strong},
                        {utc(run.made_at_us, "%Y-%m-%d %H:%M")},
                        {canvas.name(run.scenario)},
                        {canvas.name(run.design)},
                        {std::to_string(run.seed)},
                        {kpi_cell(kpis, "oversold_units")},
                        {kpi_cell(kpis, "oversell_rate")},
                        {canvas.name(run.commit)},
                        {run.fingerprint}});
        if (set) rows.back().insert(rows.back().begin() + 4, Cell{canvas.name(settings.at(run.scenario_hash))});
    }
    std::vector<TableColumn> columns = {{"run"},
                                        {"made, UTC", Align::left, Need::if_room},
                                        {"scenario", Align::left},
                                        {"design", Align::left},
                                        {"seed"},
                                        {"oversold"},
                                        {"rate"},
                                        {"commit", Align::left, Need::if_room},
                                        {"fingerprint", Align::left, Need::if_room}};
    if (set) columns.insert(columns.begin() + 4, {"set", Align::left});
    canvas.table(columns, std::move(rows));
    return canvas.take();
}

std::string runs_csv(const Store& store, std::span<const StoredRun> runs) {
    std::vector<std::map<std::string, double>> kpis;
    std::set<std::string> paths;
    for (const StoredRun& run : runs) {
        auto& own = kpis.emplace_back();
        for (const KpiValue& kpi : store.kpis(run.id)) {
            own[kpi.path] = kpi.value;
            paths.insert(kpi.path);
        }
    }
    const auto settings = settings_by_scenario(store, runs);
    std::string out = "id,made_at,scenario,scenario_hash,design,set,seed,commit,fingerprint";
    for (const std::string& path : paths) out += "," + field(path);
    out += "\r\n";
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const StoredRun& run = runs[i];
        out += std::to_string(run.id) + "," + utc(run.made_at_us, "%Y-%m-%dT%H:%M:%SZ") + "," + field(run.scenario) + "," +
               run.scenario_hash + "," + field(run.design) + "," + field(settings.at(run.scenario_hash)) + "," +
               std::to_string(run.seed) + "," + field(run.commit) + "," + run.fingerprint;
        for (const std::string& path : paths) {
            const auto found = kpis[i].find(path);
            out += "," + (found == kpis[i].end() ? std::string() : json_number(found->second));
        }
        out += "\r\n";
    }
    return out;
}

std::string runs_json(const Store& store, std::span<const StoredRun> runs) {
    const auto settings = settings_by_scenario(store, runs);
    std::string out = "[";
    for (const StoredRun& run : runs) {
        out += std::string(out.size() > 1 ? "," : "") + "\n{\"id\": " + std::to_string(run.id) + ", \"made_at\": \"" +
               utc(run.made_at_us, "%Y-%m-%dT%H:%M:%SZ") + "\", \"scenario\": " + json_string(run.scenario) +
               ", \"scenario_hash\": \"" + run.scenario_hash + "\", \"design\": " + json_string(run.design) +
               ", \"seed\": " + std::to_string(run.seed) + ", \"set\": " + json_string(settings.at(run.scenario_hash)) +
               ", \"commit\": " + json_string(run.commit) + ", \"fingerprint\": \"" + run.fingerprint + "\",\n \"kpi\": {";
        std::string kpis;
        for (const KpiValue& kpi : store.kpis(run.id))
            kpis += (kpis.empty() ? "" : ", ") + json_string(kpi.path) + ": " + json_number(kpi.value);
        out += kpis + "}}";
    }
    return out + "\n]\n";
}

}  // namespace lastunit::reports
