#include "cli/compare.hpp"

#include <unistd.h>

#include <cstdio>
#include <stdexcept>

#include "cli/charts.hpp"
#include "cli/compare_arms.hpp"
#include "cli/compare_study.hpp"
#include "cli/log.hpp"
#include "cli/page_language.hpp"
#include "cli/stop.hpp"
#include "cli/study/ending.hpp"
#include "cli/study/replications.hpp"
#include "cli/study/study.hpp"
#include "reports/comparison.hpp"
#include "reports/study/comparison_reports.hpp"
#include "reports/study/pages.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {
namespace {

constexpr const char* kFiles[] = {"json", "markdown", "html"};

void check_files(const Arguments& arguments) {
    page_language(arguments);
    check_charts(arguments);
    for (const char* one : kFiles) {
        const auto path = arguments.get(one);
        if (!path) continue;
        if (const auto problem = reports::check_writable(*path)) throw BadInput(*problem);
        for (const char* other : kFiles)
            if (other != one && arguments.get(other) == path) throw BadInput("two reports would be written to " + *path);
    }
}

// Returns whether it is stdout.
bool write(const Arguments& arguments, const char* option, const std::string& content) {
    const auto path = arguments.get(option);
    if (!path) return false;
    if (const auto problem = reports::write_file(*path, content)) throw BadInput(*problem);
    return *path == "-";
}

void print(const std::string& text, std::FILE* out) {
    std::fputs(text.c_str(), out);
    std::fflush(out);  // before what stderr has to say about it
}

// One run of each: no differences, but the whole picture of a day.
int report_one(const Arguments& arguments, const Study& study) {
    const std::vector<model::RunRecord> records = study.records();
    if (const std::string difference = reports::unequal_shoppers(records); !difference.empty())
        throw std::runtime_error(difference);
    if (!records.empty()) {
        bool to_stdout = write(arguments, "json", reports::comparison_json(records));
        to_stdout = write(arguments, "markdown", reports::comparison_markdown(records)) || to_stdout;
        std::FILE* out = to_stdout ? stderr : stdout;
        if (!arguments.has("quiet")) print(reports::comparison(records, reports::style_of(fileno(out))), out);
    }
    if (study.stopped()) {
        std::fprintf(stderr, "lastunit compare: stopped; %zu of %zu designs were simulated\n", records.size(), study.arms());
        return kInterrupted;
    }
    if (study.failed() > 0) return kInternal;
    bool passed = true;
    for (const model::RunRecord& record : records)
        for (const model::GateVerdict& gate : record.gates()) {
            if (gate.passed() || gate.not_judged()) continue;
            passed = false;
            std::fprintf(stderr, "lastunit compare: design %s fails the gate %s\n", record.identity().design().c_str(),
                         gate.text().c_str());
        }
    return passed ? kOk : kGateFailed;
}

void report_many(const Arguments& arguments, const reports::StudyComparison& study) {
    bool to_stdout = write(arguments, "json", reports::study_comparison_json(study));
    to_stdout = write(arguments, "markdown", reports::study_comparison_markdown(study)) || to_stdout;
    const std::string page = reports::comparison_page(study, page_language(arguments));
    to_stdout = write(arguments, "html", page) || to_stdout;
    if (const auto folder = arguments.get("charts")) draw_charts(page, *folder);
    if (arguments.has("quiet")) return;
    std::FILE* out = to_stdout ? stderr : stdout;
    print(reports::study_comparison(study, reports::style_of(fileno(out))), out);
}

}  // namespace

int compare(const Arguments& arguments) {
    const StopSignals signals;
    check_files(arguments);
    const Replications wanted = replications_of(arguments, 1);
    const reports::Seeds seeds = seeds_of(arguments);
    std::vector<Arm> arms = arms_to_compare(arguments);
    if (arms.empty()) return kBadInput;
    if (arms.size() == 1 && asks_for_replications(arguments))
        throw BadInput("--designs: one design has nothing to be compared with; `lastunit run --replications` reports it alone");
    const reports::ComparisonPlan plan = comparison_plan(arguments, arms, seeds);
    Study study(arguments, std::move(arms));
    study.set_seeds(seeds);
    const bool one = wanted.most == 1 && !asks_for_differences(arguments) && !study.is_shard();
    one ? study.keep_records() : study.keep_days();
    log_detail("comparing " + std::to_string(study.arms()) + " designs");
    replicate(study, wanted);
    if (one) return report_one(arguments, study);
    if (!study.is_shard()) {
        if (seeds == reports::Seeds::common)
            if (const std::string difference = reports::unequal_shoppers(study.figures()); !difference.empty())
                throw std::runtime_error(difference);
        reports::StudyComparison comparison = reports::compared(study.figures(), plan);
        comparison.repeat_command = repeat_comparison(arguments, study.first_seed(), wanted);
        if (study.figures().identity() != nullptr) report_many(arguments, comparison);
    }
    return end_study(arguments, study, wanted);
}

}  // namespace lastunit::cli
