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

}  // namespace

std::string listing(const Store& store, std::span<const StoredRun> runs, const TerminalStyle& style) {
    Canvas canvas(style);
    if (runs.empty()) return "no runs\n";
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
    }
    canvas.table({{"run"},
                  {"made, UTC", Align::left, Need::if_room},
                  {"scenario", Align::left},
                  {"design", Align::left},
                  {"seed"},
                  {"oversold"},
                  {"rate"},
                  {"commit", Align::left, Need::if_room},
                  {"fingerprint", Align::left, Need::if_room}},
                 std::move(rows));
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
    std::string out = "id,made_at,scenario,scenario_hash,design,seed,commit,fingerprint";
    for (const std::string& path : paths) out += "," + field(path);
    out += "\r\n";
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const StoredRun& run = runs[i];
        out += std::to_string(run.id) + "," + utc(run.made_at_us, "%Y-%m-%dT%H:%M:%SZ") + "," + field(run.scenario) + "," +
               run.scenario_hash + "," + field(run.design) + "," + std::to_string(run.seed) + "," + field(run.commit) + "," +
               run.fingerprint;
        for (const std::string& path : paths) {
            const auto found = kpis[i].find(path);
            out += "," + (found == kpis[i].end() ? std::string() : json_number(found->second));
        }
        out += "\r\n";
    }
    return out;
}

std::string runs_json(const Store& store, std::span<const StoredRun> runs) {
    std::string out = "[";
    for (const StoredRun& run : runs) {
        out += std::string(out.size() > 1 ? "," : "") + "\n{\"id\": " + std::to_string(run.id) + ", \"made_at\": \"" +
               utc(run.made_at_us, "%Y-%m-%dT%H:%M:%SZ") + "\", \"scenario\": " + json_string(run.scenario) +
               ", \"scenario_hash\": \"" + run.scenario_hash + "\", \"design\": " + json_string(run.design) +
               ", \"seed\": " + std::to_string(run.seed) + ", \"commit\": " + json_string(run.commit) + ", \"fingerprint\": \"" +
               run.fingerprint + "\",\n \"kpi\": {";
        std::string kpis;
        for (const KpiValue& kpi : store.kpis(run.id))
            kpis += (kpis.empty() ? "" : ", ") + json_string(kpi.path) + ": " + json_number(kpi.value);
        out += kpis + "}}";
    }
    return out + "\n]\n";
}

}  // namespace lastunit::reports
