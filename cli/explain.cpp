#include "cli/explain.hpp"

#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "cli/counterfactuals.hpp"
#include "cli/event_log.hpp"
#include "cli/log.hpp"
#include "cli/page_language.hpp"
#include "cli/stop.hpp"
#include "cli/version.hpp"
#include "reports/autopsy/autopsy.hpp"
#include "reports/autopsy/autopsy_terminal.hpp"
#include "reports/json.hpp"
#include "reports/page.hpp"
#include "reports/text.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {
namespace {

namespace fs = std::filesystem;

std::string log_of(const std::string& run) {
    std::error_code ignored;
    if (!fs::is_directory(run, ignored)) {
        if (!fs::exists(run, ignored)) throw BadInput("'" + run + "' is neither a run's folder nor an event log");
        return run;
    }
    const fs::path log = fs::path(run) / kEventLogName;
    if (!fs::exists(log, ignored)) throw BadInput("there is no event log in " + run + ": run with --out " + run + " --log");
    return log.string();
}

const reports::OversoldUnits& chosen_unit(const reports::RunLog& log, const Arguments& arguments) {
    if (const auto number = arguments.number("oversold")) {
        const reports::OversoldUnits* units = log.list.unit(*number);
        if (units == nullptr)
            throw BadInput("--oversold " + std::to_string(*number) + ": the run oversold " +
                           reports::counted(log.list.total(), "unit") + ", numbered from 1");
        return *units;
    }
    const std::uint64_t order = *arguments.number("order");
    if (order == 0 || order > log.list.orders().size())
        throw BadInput("--order " + std::to_string(order) + ": the run accepted " +
                       reports::counted(log.list.orders().size(), "order") + ", numbered from 1");
    const auto units = log.list.of_order(static_cast<std::uint32_t>(order - 1));
    if (units.empty()) throw BadInput("order " + std::to_string(order) + " has no oversold unit");
    return *units.front();
}

void check_choice(const Arguments& arguments) {
    const int chosen = (arguments.has("oversold") ? 1 : 0) + (arguments.has("order") ? 1 : 0) + (arguments.has("worst") ? 1 : 0);
    if (chosen != 1)
        throw BadInput(std::string(chosen == 0 ? "needs" : "takes only") +
                       " one of --oversold N, --order ID and --worst COUNT (lastunit help explain)");
    if (arguments.number("worst") == 0) throw BadInput("--worst: a count of at least 1");
    if (arguments.has("sku") && !arguments.has("worst")) throw BadInput("--sku goes with --worst");
    for (const char* output : {"json", "html"}) {
        if (!arguments.has(output)) continue;
        if (arguments.has("worst")) throw BadInput("--" + std::string(output) + " is of one unit: --oversold N or --order ID");
        if (const auto problem = reports::check_writable(*arguments.get(output))) throw BadInput(*problem);
    }
    page_language(arguments);
    if (arguments.get("json") && arguments.get("json") == arguments.get("html"))
        throw BadInput("two reports would be written to " + *arguments.get("json"));
}

void write(const Arguments& arguments, const model::Autopsy& autopsy) {
    if (const auto json = arguments.get("json"))
        if (const auto problem = reports::write_file(*json, reports::to_json(autopsy))) throw BadInput(*problem);
    if (const auto html = arguments.get("html")) {
        const std::string page = reports::autopsy_page(autopsy, page_language(arguments), version_number());
        if (const auto problem = reports::write_file(*html, page)) throw BadInput(*problem);
    }
}

int list_worst(const reports::RunLog& log, const Arguments& arguments) {
    const std::string sku = arguments.get("sku").value_or("");
    bool known = sku.empty();
    for (const model::LogSku& of : log.header.skus()) known = known || of.name() == sku;
    if (!known) throw BadInput("--sku: the run has no SKU '" + sku + "'");
    const std::string text =
        reports::worst_text(log, *arguments.number("worst"), sku, arguments.words[0], reports::style_of(STDOUT_FILENO));
    std::fputs(text.c_str(), stdout);
    return kOk;
}

}  // namespace

int explain(const Arguments& arguments) {
    const StopSignals signals;
    check_choice(arguments);
    const reports::RunLog log = reports::read_run_log(log_of(arguments.words[0]));
    if (!log.error.empty()) throw BadInput(log.error);
    if (arguments.has("worst")) return list_worst(log, arguments);

    const reports::OversoldUnits& units = chosen_unit(log, arguments);
    std::string error;
    auto autopsy = reports::autopsy_of(log, units, error);
    if (!autopsy) throw BadInput(error);
    std::optional<NotSimulated> missing;
    if (!arguments.has("no-counterfactuals")) missing = simulate_counterfactuals(log, units, *autopsy);
    write(arguments, *autopsy);
    if (arguments.get("json") != "-" && arguments.get("html") != "-")
        std::fputs(reports::autopsy_text(*autopsy, reports::style_of(STDOUT_FILENO)).c_str(), stdout);
    if (missing) std::fprintf(stderr, "lastunit explain: no counterfactuals: %s\n", missing->why.c_str());
    if (missing && missing->stopped) return kInterrupted;
    return missing ? kBadInput : kOk;
}

}  // namespace lastunit::cli
