#include "cli/run_replications.hpp"

#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <string>

#include "cli/identity.hpp"
#include "cli/page_language.hpp"
#include "cli/scenario.hpp"
#include "cli/study/ending.hpp"
#include "cli/study/replications.hpp"
#include "cli/study/study.hpp"
#include "reports/study/estimates.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/study/pages.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {
namespace {

void check_options(const Arguments& arguments) {
    for (const char* one : {"out", "csv", "log", "charts", "markdown", "openmetrics"})
        if (arguments.has(one))
            throw BadInput(std::string("--") + one +
                           ": is of one run; `lastunit show ID` writes the reports of any run that is kept");
    page_language(arguments);
    const auto json = arguments.get("json"), html = arguments.get("html");
    if (json && json == html) throw BadInput("two reports would be written to " + *json);
    for (const auto& path : {json, html})
        if (path)
            if (const auto problem = reports::check_writable(*path)) throw BadInput(*problem);
}

// The `lastunit run` that gives the same figures, wherever and by however many workers it is run.
std::string repeat_study(const Arguments& arguments, std::uint64_t seed, const Replications& wanted) {
    std::string out = "lastunit run " + shell_quoted(arguments.words[0]);
    const auto put = [&](const char* option) {
        for (const std::string& value : arguments.all(option)) out += std::string(" --") + option + " " + shell_quoted(value);
    };
    put("design"), put("routing");
    out += " --seed " + std::to_string(seed) + " --replications " + std::to_string(wanted.least);
    put("until"), put("at-most"), put("set"), put("library");
    return out;
}

void report(const Arguments& arguments, const reports::StudyFigures& figures, const std::string& command) {
    const auto write = [](const std::string& path, const std::string& content) {
        if (const auto problem = reports::write_file(path, content)) throw BadInput(*problem);
        return path == "-";
    };
    bool to_stdout = false;
    if (const auto path = arguments.get("json")) to_stdout = write(*path, reports::estimates_json(figures, command));
    if (const auto path = arguments.get("html"))
        to_stdout = write(*path, reports::replications_page(figures, command, page_language(arguments))) || to_stdout;
    if (arguments.has("quiet")) return;
    std::vector<std::string> paths;
    for (const reports::StudyKpi& kpi : reports::study_kpis()) paths.emplace_back(kpi.path);
    std::FILE* out = to_stdout ? stderr : stdout;
    std::fputs(reports::estimates(figures, paths, reports::style_of(fileno(out))).c_str(), out);
    std::fflush(out);  // before what stderr has to say about it
}

}  // namespace

int run_replications(const Arguments& arguments) {
    const Replications wanted = replications_of(arguments, 1);
    check_options(arguments);
    auto scenario = load_or_explain(arguments.words[0], arguments);
    if (!scenario) return kBadInput;
    std::vector<Arm> arms;
    arms.push_back(make_arm(arguments, arguments.get("design").value_or(""), std::move(*scenario)));
    Study study(arguments, std::move(arms));
    study.keep_days();
    replicate(study, wanted);
    if (!study.is_shard()) report(arguments, study.figures(), repeat_study(arguments, study.first_seed(), wanted));
    return end_study(arguments, study, wanted);
}

}  // namespace lastunit::cli
