#include "reports/gates.hpp"
#include "reports/markdown.hpp"
#include "reports/study/comparison_reports.hpp"
#include "reports/study/comparison_text.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/study/kpi_text.hpp"
#include "reports/study/priorities.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

std::string differences(const StudyComparison& study, std::size_t arm) {
    std::string out =
        "\n### " + markdown_text(study.arms[arm]) + " against " + markdown_text(study.arms[study.baseline]) + "\n\n";
    out += markdown_row({"", study.arms[study.baseline], study.arms[arm], "difference", "interval", "relative", "interval",
                         "verdict", "p", "runs to go"});
    out += "|---|--:|--:|--:|--:|--:|--:|---|--:|--:|\n";
    for (const ComparedKpi& kpi : study.kpis) {
        if (!kpi.arms[arm].against) continue;
        const ArmDifference& d = *kpi.arms[arm].against;
        out += markdown_row({kpi_label(kpi.path), mean_text(kpi.path, kpi.arms[study.baseline].mean.value),
                             mean_text(kpi.path, kpi.arms[arm].mean.value), difference_text(kpi.path, d.interval.value),
                             difference_interval_text(kpi.path, d.interval), d.ratio ? relative_text(d.ratio->value) : "-",
                             d.ratio ? ratio_interval_text(*d.ratio) : "-", std::string(finding_text(d.finding)), p_text(d.p),
                             still_needed_text(d)});
    }
    return out;
}

std::string means(const StudyComparison& study) {
    std::vector<std::string> head = {""};
    head.insert(head.end(), study.arms.begin(), study.arms.end());
    std::string out = "\n" + markdown_row(head) + "|---|";
    for (std::size_t i = 0; i < study.arms.size(); ++i) out += "--:|";
    out += "\n";
    for (const ComparedKpi& kpi : study.kpis) {
        std::vector<std::string> cells = {kpi_label(kpi.path)};
        for (const auto& arm : kpi.arms) cells.push_back(kpi_text(kpi.path, arm.mean.value));
        out += markdown_row(cells);
    }
    return out;
}

std::string front(const StudyComparison& study) {
    if (study.front.kpis.empty() || study.arms.size() < 2) return "";
    std::vector<std::string> head = {"design"};
    for (const std::string& path : study.front.kpis) head.push_back(kpi_label(path));
    head.emplace_back("front");
    std::string out = "\n### Front\n\n" + markdown_row(head) + "|---|";
    for (std::size_t i = 0; i < study.front.kpis.size(); ++i) out += "--:|";
    out += "---|\n";
    for (std::size_t arm = 0; arm < study.arms.size(); ++arm) {
        std::vector<std::string> cells = {study.arms[arm]};
        for (const ComparedKpi& kpi : study.front_figures) cells.push_back(mean_text(kpi.path, kpi.arms[arm].mean.value));
        cells.push_back(place_text(study, study.front.arms[arm]));
        out += markdown_row(cells);
    }
    return out;
}

std::string choices(const StudyComparison& study) {
    if (study.choices.empty()) return "";
    std::string out = "\n### What to choose\n\n" + markdown_row({"what matters most", "choose"}) + "|---|---|\n";
    for (const Choice& one : study.choices) out += markdown_row({one.label, choice_text(study, one)});
    return out;
}

}  // namespace

std::string study_comparison_markdown(const StudyComparison& study) {
    const model::Identity& id = study.identity;
    std::string out = "## " + markdown_text(id.scenario_title().empty() ? id.scenario() : id.scenario_title()) + "\n\n";
    if (study.replications() == 0) return out + "Nothing to compare: no seed was run under every design.\n";
    out += markdown_text(caption(study)) + ".\n\n";
    for (const Sentence& one : headline(study)) out += "- **" + markdown_text(one.text) + "**\n";
    for (const BrokenGate& gate : study.gates) out += "- " + markdown_text(gate_text(study, gate)) + "\n";
    if (study.replications() < 2) out += means(study);
    for (std::size_t arm = 0; arm < study.arms.size(); ++arm)
        if (study.replications() > 1 && arm != study.baseline) out += differences(study, arm);
    out += front(study) + choices(study);
    out += "\n" + markdown_text(about_intervals(study)) + ".";
    if (study.incomplete > 0) out += " " + counted(study.incomplete, "seed") + " left out: not every design has a run of it.";
    if (const std::string text = left_out_text(study); !text.empty()) out += " " + markdown_text(text) + ".";
    return out + "\n";
}

}  // namespace lastunit::reports
