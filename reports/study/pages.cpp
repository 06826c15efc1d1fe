#include "reports/study/pages.hpp"

#include "reports/study/comparison_reports.hpp"
#include "reports/study/estimates.hpp"

namespace lastunit::reports {
namespace {

// Of kind `kind`, whose one document has the same id.
std::string page_of(std::string_view kind, const model::Identity* identity, const std::string& command, std::string json,
                    Language language) {
    Page page;
    page.kind = kind;
    page.language = language;
    page.title_text = std::string(kind);
    if (identity != nullptr) {
        page.title_text = identity->scenario_title().empty() ? identity->scenario() : identity->scenario_title();
        page.version = identity->version();
        page.commit = identity->commit();
    }
    page.command = command;
    page.documents.push_back({kind, std::move(json)});
    return page_html(page);
}

}  // namespace

std::string comparison_page(const StudyComparison& study, Language language) {
    return page_of("comparison", &study.identity, study.repeat_command, study_comparison_json(study), language);
}

std::string replications_page(const StudyFigures& figures, const std::string& command, Language language) {
    return page_of("replications", figures.identity(), command, estimates_json(figures, command), language);
}

std::string sweep_page(const Sweep& sweep, Language language) {
    return page_of("sweep", sweep.figures->identity(), sweep.command, sweep_json(sweep), language);
}

std::string indices_page(const Indices& indices, const model::Identity* identity, Language language) {
    return page_of("indices", identity, indices.command, indices_json(indices), language);
}

std::string plan_page(const Plan& plan, Language language) {
    return page_of("plan", plan.figures->identity(), plan.command, plan_json(plan), language);
}

}  // namespace lastunit::reports
