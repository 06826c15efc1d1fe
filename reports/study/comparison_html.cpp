#include <algorithm>
#include <cmath>

#include "core/assert.hpp"
#include "reports/html_page.hpp"
#include "reports/html_parts.hpp"
#include "reports/study/comparison_reports.hpp"
#include "reports/study/comparison_text.hpp"
#include "reports/study/kpi_table.hpp"
#include "reports/study/kpi_text.hpp"
#include "reports/study/plots.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using Kind = HtmlColumn::Kind;
using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t kOpen = 4;   // arms whose table is open at first
constexpr std::size_t kNamed = 6;  // as in plots.cpp: more arms are numbered

std::string with_class(std::string_view css, std::string html) {
    const std::string from = "<div class=\"scroll\"";
    LASTUNIT_ASSERT(html.starts_with(from), "a table in its scroller");
    return "<div class=\"scroll " + std::string(css) + "\"" + html.substr(from.size());
}

std::string header(const StudyComparison& study) {
    std::string out =
        "<p class=\"sub\">" + escape(caption(study)) + "; against <b>" + escape(study.arms[study.baseline]) + "</b></p>\n";
    const std::vector<Sentence> sentences = headline(study);
    if (sentences.empty()) return out;
    out += "<div class=\"claims\">\n";
    for (const Sentence& one : sentences) {
        const std::string_view tone = one.finding == Finding::better ? "good" : one.finding == Finding::worse ? "bad" : "open";
        out += "<p class=\"headline " + std::string(tone) + "\">" + (one.big.empty() ? "" : "<b>" + escape(one.big) + "</b>") +
               "<span>" + escape(one.text) + "</span></p>\n";
    }
    return out + "</div>\n";
}

std::string mark(std::string_view css, const std::string& text) {
    return "<span class=\"mark " + std::string(css) + "\">" + escape(text) + "</span>";
}

std::string glance(const StudyComparison& study) {
    std::vector<HtmlColumn> columns = {{"", Kind::text}};
    for (const std::string& arm : study.arms) columns.push_back({arm});
    Rows rows;
    for (const ComparedKpi& kpi : study.kpis) {
        auto& row = rows.emplace_back();
        row.push_back(escape(kpi_label(kpi.path)));
        for (const ComparedKpi::Arm& arm : kpi.arms) {
            if (!arm.against)
                row.push_back(mark("base", mean_text(kpi.path, arm.mean.value)));
            else
                row.push_back(mark(finding_class(arm.against->finding),
                                   arm.against->ratio ? relative_text(arm.against->ratio->value)
                                                      : difference_text(kpi.path, arm.against->interval.value)));
        }
    }
    const std::string base = study.arms[study.baseline];
    return section("glance", "At a glance",
                   study.replications() > 1 ? "Means of " + base +
                                                  ", and how the others differ. Green is shown to be better, red worse; a dashed "
                                                  "frame: no difference shown."
                                            : "One run of each.",
                   with_class("glance", html_table("All designs and key figures", columns, rows)));
}

// The widest interval decides, within what an eye can compare.
double reach_of(const StudyComparison& study, std::size_t arm) {
    double reach = 0.05;
    for (const ComparedKpi& kpi : study.kpis)
        if (const auto& d = kpi.arms[arm].against; d && d->ratio)
            reach = std::max({reach, std::abs(d->ratio->low - 1), std::abs(d->ratio->high - 1)});
    return std::min(1.0, reach * 1.06);
}

std::string differences_of(const StudyComparison& study, std::size_t arm) {
    const double reach = reach_of(study, arm);
    std::size_t good = 0, bad = 0, open = 0;
    Rows rows;
    for (const ComparedKpi& kpi : study.kpis) {
        const ArmDifference& d = *kpi.arms[arm].against;
        ++(d.finding == Finding::better ? good : d.finding == Finding::worse ? bad : open);
        const std::string css(finding_class(d.finding));
        const std::string tone = d.finding == Finding::better ? "good" : d.finding == Finding::worse ? "bad" : "open";
        rows.push_back(
            {escape(kpi_label(kpi.path)), escape(mean_text(kpi.path, kpi.arms[study.baseline].mean.value)),
             escape(mean_text(kpi.path, kpi.arms[arm].mean.value)),
             "<b>" + escape(difference_text(kpi.path, d.interval.value)) + "</b><small>" +
                 escape(difference_interval_text(kpi.path, d.interval)) + "</small>",
             "<div class=\"track\">" + (d.ratio ? interval_svg(*d.ratio, reach, d.finding) : "") + "</div>",
             d.ratio ? escape(relative_text(d.ratio->value)) + "<small>" + escape(ratio_interval_text(*d.ratio)) + "</small>"
                     : "-",
             "<span class=\"verdict " + tone + "\">" +
                 (d.finding == Finding::not_shown ? "not shown" : std::string(finding_text(d.finding))) + "</span>",
             escape(p_text(d.p)), escape(still_needed_text(d))});
    }
    const std::string axis = "-" + decimal(reach * 100, 0) + " % to +" + decimal(reach * 100, 0) + " %";
    std::string table = html_table(study.arms[arm] + " against " + study.arms[study.baseline],
                                   {{"", Kind::text},
                                    {study.arms[study.baseline]},
                                    {study.arms[arm]},
                                    {"difference"},
                                    {axis, Kind::text},
                                    {"relative"},
                                    {"verdict", Kind::text},
                                    {"p"},
                                    {"runs to go"}},
                                   rows);
    return std::string("<details class=\"arm\"") + (arm <= kOpen ? " open" : "") + "><summary>" + escape(study.arms[arm]) +
           " <small>" + std::to_string(good) + " better, " + std::to_string(bad) + " worse, " + std::to_string(open) +
           " no difference shown</small></summary>\n" + with_class("forest", std::move(table)) + "</details>\n";
}

std::string differences(const StudyComparison& study) {
    std::string html;
    for (std::size_t arm = 0; arm < study.arms.size(); ++arm)
        if (arm != study.baseline && !study.kpis.empty() && study.kpis.front().arms[arm].against)
            html += differences_of(study, arm);
    return section(
        "differences", "Differences from " + study.arms[study.baseline],
        about_intervals(study) +
            ". Runs to go: replications that a verdict still needs with 90 % power, if the difference is what it seems.",
        html);
}

std::string front(const StudyComparison& study) {
    const Front& front = study.front;
    if (front.kpis.empty() || study.arms.size() < 2) return "";
    std::string panels;
    for (std::size_t i = 1; i < study.front_figures.size(); ++i) {
        const ComparedKpi &y = study.front_figures[0], &x = study.front_figures[i];
        panels += "<figure><figcaption>" + escape(kpi_label(y.path)) + "<span>over " + escape(kpi_label(x.path)) +
                  "</span></figcaption>" + scatter_svg(study, x, y) + "</figure>\n";
    }
    std::vector<HtmlColumn> columns = {{"design", Kind::text}};
    for (const std::string& path : front.kpis) columns.push_back({kpi_label(path)});
    columns.push_back({"", Kind::text});
    Rows rows;
    for (std::size_t arm = 0; arm < study.arms.size(); ++arm) {
        auto& row = rows.emplace_back();
        const std::string number =
            study.arms.size() > kNamed ? "<span class=\"number\">" + std::to_string(arm + 1) + "</span>" : "";
        row.push_back(number + escape(study.arms[arm]));
        for (const ComparedKpi& kpi : study.front_figures)
            row.push_back(
                escape(mean_text(kpi.path, kpi.arms[arm].mean.value)) +
                (study.replications() > 1 ? "<small> " + escape(interval_text(kpi.path, kpi.arms[arm].mean)) + "</small>" : ""));
        const bool on = front.arms[arm].where == FrontPlace::Where::on_front;
        row.push_back(std::string("<span class=\"place") + (on ? " on" : "") + "\">" +
                      escape(place_text(study, front.arms[arm])) + "</span>");
    }
    return section(
        "front", "What is worth choosing between",
        "On the front: no other design is as good in all of these and better in one. Filled dots are on it; lines are the means' "
        "own " +
            decimal(study.confidence.level() * 100, 0) +
            " % intervals. \"Shown\" holds for all pairs of designs and all these figures together.",
        (panels.empty() ? "" : "<div class=\"panels\">\n" + panels + "</div>\n") + html_table("The front", columns, rows));
}

std::string replications(const StudyComparison& study) {
    std::string panels;
    for (const ComparedKpi& kpi : study.kpis) {
        const std::string_view good = better(kpi.path) == Better::lower    ? "less is better"
                                      : better(kpi.path) == Better::higher ? "more is better"
                                                                           : "";
        panels += "<figure><figcaption>" + escape(kpi_label(kpi.path)) + "<span>" + std::string(good) + "</span></figcaption>" +
                  strip_svg(study, kpi) + "</figure>\n";
    }
    if (panels.empty()) return "";
    const std::string lead = study.seeds == Seeds::common
                                 ? "A dot is one run; a line joins runs of the same shoppers: where the lines lean alike, the "
                                   "design makes the difference, "
                                   "not the shoppers. Bars are means with their own intervals."
                                 : "A dot is one run, each with its own shoppers. Bars are means with their own intervals.";
    return section("replications", "Every replication", lead, "<div class=\"panels wide\">\n" + panels + "</div>\n");
}

std::string gates(const StudyComparison& study) {
    if (study.gates.empty()) return "";
    Rows rows;
    for (const BrokenGate& gate : study.gates)
        rows.push_back({escape(study.arms[gate.arm]), escape(gate.text), grouped(static_cast<std::uint64_t>(gate.broken)),
                        grouped(static_cast<std::uint64_t>(gate.judged)), "<code>" + escape(gate.repeat_command) + "</code>"});
    return section("gates", "Broken gates", "In how many replications, and the command that repeats the first of them.",
                   html_table("Broken gates",
                              {{"design", Kind::text}, {"gate", Kind::text}, {"broken in"}, {"of"}, {"", Kind::text}}, rows));
}

std::string about(const StudyComparison& study) {
    const model::Identity& id = study.identity;
    std::string out = "<dl class=\"terms\">\n";
    const auto term = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) out += "<div><dt>" + escape(name) + "</dt><dd>" + escape(value) + "</dd></div>\n";
    };
    term("scenario", id.scenario() + ", " + id.scenario_hash());
    term("replications", study.replications() == 0
                             ? "none"
                             : std::to_string(study.replications()) + ", " + seeds_text(study.runs[study.baseline]));
    term("shoppers", study.seeds == Seeds::common ? "the same under every design" : "others under each design");
    term("lastunit", id.version() + ", " + id.commit());
    if (study.incomplete > 0) term("left out", counted(study.incomplete, "seed") + " that not every design has a run of");
    out += "</dl>\n";
    if (const std::string text = left_out_text(study); !text.empty()) out += "<p class=\"lead\">" + escape(text) + "</p>\n";
    if (!study.repeat_command.empty()) out += "<pre>" + escape(study.repeat_command) + "</pre>\n";
    return section("identity", "What was run", "", out);
}

}  // namespace

std::string study_comparison_html(const StudyComparison& study) {
    const model::Identity& id = study.identity;
    std::string body;
    if (study.replications() == 0)
        body = "<p class=\"banner\"><b>Nothing to compare</b> no seed was run under every design.</p>\n";
    else
        body = glance(study) + differences(study) + front(study) + replications(study) + gates(study);
    HtmlPage page;
    page.title_text = id.scenario_title().empty() ? id.scenario() : id.scenario_title();
    page.header_html = study.replications() == 0 ? "" : header(study);
    page.body_html = body + about(study);
    page.style = HtmlPage::Style::study;
    return html_page(page);
}

}  // namespace lastunit::reports
