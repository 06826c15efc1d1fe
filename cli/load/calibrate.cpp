#include "cli/load/calibrate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "cli/library.hpp"
#include "cli/load/live_run.hpp"
#include "cli/load/low_load.hpp"
#include "cli/scenario.hpp"
#include "reports/write.hpp"
#include "scenarios/yaml_reader.hpp"
#include "scenarios/yaml_writer.hpp"

namespace lastunit::cli {
namespace {

constexpr const char* kScenario = "black-friday";
constexpr const char* kDesign = "unified";

std::string line(const char* format, auto... values) {
    char text[160];
    std::snprintf(text, sizeof text, format, values...);
    return text;
}

// The design with its core on a host of that capacity, as the file that --design reads.
std::string design_file(const CoreCapacity& capacity, const Target& target, const std::string& scenario,
                        const std::string& design, const Arguments& arguments) {
    std::vector<scenarios::Override> changes;
    const std::string host = std::string("design.hosts.") + kMeasuredHost;
    const auto us = std::max<std::int64_t>(1, std::llround(capacity.service_s * 1e6));
    changes.push_back(
        {host, "{cores: " + std::to_string(capacity.servers) + ", threads: " + std::to_string(capacity.servers) + "}"});
    changes.push_back({"design.core.host", kMeasuredHost});
    changes.push_back({"design.core.service", std::to_string(us) + "us"});
    const scenarios::Library library(library_folders(arguments));
    const scenarios::Loaded loaded = scenarios::load(scenario, changes, library, design);
    if (!loaded.scenario) throw BadInput("--design: " + loaded.errors.front().text());
    scenarios::Report report;
    const scenarios::Tree whole = scenarios::read_yaml(loaded.scenario->text, scenario, scenarios::Origin::file, report);
    scenarios::Tree out;
    out.kind = scenarios::Tree::Kind::map;
    if (const scenarios::Entry* found = whole.find("design")) {
        out.entries.push_back(*found);
        out.entries.back().value.erase("name");  // it is named for its file
    }
    std::string text =
        "# " + design + ", its core as measured on " + target.driver->target() + (target.mode.empty() ? "" : ", " + target.mode) +
        " by `lastunit calibrate`: " + line("%.4f ms a command, %u at once.\n", capacity.service_s * 1e3, capacity.servers);
    return text + scenarios::write_yaml(out);
}

}  // namespace

std::string calibration_text(const Calibration& calibration) {
    std::string out =
        line("%-14s %8s %10s %10s %10s %12s\n", "operation", "samples", "mean ms", "p50 ms", "p99 ms", "per second");
    for (const model::CalibratedOperation& one : calibration) {
        const std::string rate = one.busy_ms() > 0 ? line("%.0f", 1e3 / one.busy_ms()) : "-";
        out += line("%-14s %8llu %10.4f %10.4f %10.4f %12s\n", one.kind().c_str(), static_cast<unsigned long long>(one.samples()),
                    one.mean_ms(), one.p50_ms(), one.p99_ms(), rate.c_str());
    }
    return out;
}

int calibrate(const Arguments& arguments) {
    LiveOptions options;
    options.target = parse_target(arguments.words[0]);
    if (const auto path = arguments.get("out"))
        if (const auto problem = reports::check_writable(*path)) throw BadInput(*problem);
    const std::string name = arguments.get("scenario").value_or(kScenario);
    const std::string design = arguments.get("design").value_or(kDesign);
    const auto scenario = load_or_explain(name, arguments);
    if (!scenario) return kBadInput;
    const std::uint64_t seed = scenario->run.seed;
    const drivers::InitialStock stock = stock_of(*scenario, seed);
    Target target = open_target(options.target, {stock});
    const LiveRun run{*scenario, seed, options, target, "", LiveView::Mode::silent};
    prepare_target(run, stock);
    const Calibration calibration = measure_at_low_load(target, stock);
    const auto out = arguments.get("out");
    if (out)
        if (const auto problem =
                reports::write_file(*out, design_file(core_capacity(calibration, *scenario), target, name, design, arguments)))
            throw BadInput(*problem);
    std::FILE* const table = out == "-" ? stderr : stdout;
    std::fputs(calibration_text(calibration).c_str(), table);
    if (out && *out != "-")
        std::fprintf(table, "wrote %s: lastunit run %s --design %s\n", out->c_str(), name.c_str(), out->c_str());
    return kOk;
}

}  // namespace lastunit::cli
