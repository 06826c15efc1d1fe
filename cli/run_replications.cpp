#include "cli/run_replications.hpp"

#include <unistd.h>

#include <cstdio>

#include "cli/scenario.hpp"
#include "cli/study/ending.hpp"
#include "cli/study/replications.hpp"
#include "cli/study/study.hpp"
#include "reports/study/estimates.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {
namespace {

void check_options(const Arguments& arguments) {
    for (const char* one : {"html", "out", "csv", "log"})
        if (arguments.has(one))
            throw BadInput(std::string("--") + one +
                           ": is of one run; `lastunit show ID` writes the reports of any run that is kept");
    if (const auto path = arguments.get("json"))
        if (const auto problem = reports::check_writable(*path)) throw BadInput(*problem);
}

void report(const Arguments& arguments, const reports::StudyFigures& figures) {
    const auto path = arguments.get("json");
    if (path)
        if (const auto problem = reports::write_file(*path, reports::estimates_json(figures))) throw BadInput(*problem);
    if (arguments.has("quiet")) return;
    std::vector<std::string> paths;
    for (const reports::StudyKpi& kpi : reports::study_kpis()) paths.emplace_back(kpi.path);
    std::FILE* out = path && *path == "-" ? stderr : stdout;
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
    replicate(study, wanted);
    if (!study.is_shard()) report(arguments, study.figures());
    return end_study(arguments, study, wanted);
}

}  // namespace lastunit::cli
