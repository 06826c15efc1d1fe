// Comparisons over many seeds: made of figures whose differences are known.
#include <catch2/catch.hpp>
#include <cmath>
#include <sstream>

#include "reports/statistics/mean.hpp"
#include "reports/statistics/ratio.hpp"
#include "reports/study/comparison_reports.hpp"
#include "reports/study/comparison_text.hpp"
#include "reports/study/kpi_text.hpp"
#include "reports/study/pages.hpp"
#include "reports/study/pareto.hpp"
#include "reports/study/priorities.hpp"
#include "reports/text.hpp"

namespace lastunit::reports {
namespace {

using Catch::Contains;

// What a day has in common under all designs, and a little noise of the design's own: both fixed.
double of_the_day(std::uint64_t seed) { return std::sin(static_cast<double>(seed) * 1.7); }
double of_its_own(std::uint64_t seed) { return std::cos(static_cast<double>(seed) * 2.9); }

struct Design {
    std::string name;
    double oversold = 100, undersold = 50, cost = 11, p90 = 90'000;
};

model::RunRecord run_of(const Design& design, std::uint64_t seed) {
    model::RunRecord record;
    model::Identity& id = *record.mutable_identity();
    id.set_scenario("friday"), id.set_scenario_title("A Friday"), id.set_design(design.name), id.set_seed(seed);
    id.set_currency("PLN"), id.set_shoppers_fingerprint("day " + std::to_string(seed)), id.set_fingerprint("f00d");
    id.set_repeat_command("lastunit run friday --seed " + std::to_string(seed));
    model::Kpi& k = *record.mutable_kpi();
    k.set_shoppers(12'000), k.set_orders_accepted(900), k.set_units_accepted(1'000);
    k.set_oversold_units(static_cast<std::uint64_t>(
        std::llround(design.oversold * (1 + 0.3 * of_the_day(seed)) + (design.oversold > 0 ? of_its_own(seed) : 0))));
    k.set_undersold_units(static_cast<std::uint64_t>(std::llround(design.undersold + 10 * of_the_day(seed))));
    k.set_cost_per_order(design.cost + 0.2 * of_the_day(seed) + 0.001 * of_its_own(seed));
    k.set_revenue(9'000'050);
    model::TimeStats& time = *k.mutable_fulfilment_time_s();
    time.set_count(800), time.set_p50(80'000), time.set_p90(design.p90), time.set_p99(design.p90 * 2);
    return record;
}

StudyFigures figures_of(const std::vector<Design>& designs, std::uint64_t replications) {
    StudyFigures out({});
    for (const Design& one : designs) out.add_arm(one.name);
    for (std::size_t arm = 0; arm < designs.size(); ++arm)
        for (std::uint64_t seed = 1; seed <= replications; ++seed) out.add(arm, run_of(designs[arm], seed));
    return out;
}

const std::vector<Design> kThree = {{"hub"}, {"stream", 60, 50, 10.5, 80'000}, {"worse", 130, 80, 12, 95'000}};

TEST_CASE("comparison of many seeds: the sentence says how much less, how sure, and of what") {
    const StudyComparison study = compared(figures_of({kThree[0], kThree[1]}, 20), {});
    const auto said = headline(study);
    REQUIRE(said.size() == 1);
    CHECK(said[0].finding == Finding::better);
    CHECK_THAT(said[0].text,
               Contains("stream oversells 40 % less than hub, 95 % interval ") && Contains(" %, same shoppers, 20 replications"));
    CHECK(said[0].big == "stream: 40 % less");
    const ComparedKpi& oversold = *study.kpi("oversold_units");
    const ArmDifference& d = *oversold.arms[1].against;
    const statistics::Interval fieller = statistics::fieller_ratio(oversold.arms[1].values, oversold.arms[0].values);
    CHECK(d.ratio->low == fieller.low);
    CHECK(d.ratio->high == fieller.high);
    CHECK(d.still_needed == std::size_t{0});
    CHECK(d.interval.value == Approx(statistics::mean(oversold.arms[1].values) - statistics::mean(oversold.arms[0].values)));
}

TEST_CASE("comparison of many seeds: with the same shoppers the interval is narrower by what the days have in common") {
    const StudyFigures figures = figures_of({kThree[0], {"near", 95, 50, 10.99, 90'000}}, 15);
    const StudyComparison common = compared(figures, {});
    ComparisonPlan plan;
    plan.seeds = Seeds::independent;
    const StudyComparison apart = compared(figures, plan);
    const ArmDifference &pairs = *common.kpi("cost_per_order")->arms[1].against,
                        &welch = *apart.kpi("cost_per_order")->arms[1].against;
    CHECK(pairs.finding == Finding::better);
    CHECK(welch.finding == Finding::not_shown);
    CHECK(*pairs.pairing_gain > 20);
    CHECK(welch.interval.half_width() > 20 * pairs.interval.half_width());
    CHECK_FALSE(welch.pairing_gain);
    CHECK(*welch.still_needed > 100);
    CHECK_THAT(headline(apart)[0].text, Contains("no difference in oversold units shown between near and hub") &&
                                            Contains("other shoppers each") && Contains("takes about"));
}

TEST_CASE("comparison of many seeds: what is better and what is worse follows from the KPI") {
    const StudyComparison study = compared(figures_of(kThree, 12), {});
    CHECK(study.kpi("oversold_units")->arms[2].against->finding == Finding::worse);
    CHECK(study.kpi("undersold_units")->arms[1].against->finding == Finding::not_shown);
    CHECK(study.kpi("revenue")->arms[1].against->interval.half_width() == 0);
    ComparisonPlan plan;
    plan.baseline = 2;
    const StudyComparison other = compared(figures_of(kThree, 12), plan);
    CHECK_FALSE(other.kpi("oversold_units")->arms[2].against);
    CHECK(other.kpi("oversold_units")->arms[0].against->finding == Finding::better);
    CHECK_THAT(headline(other)[0].text, Contains("hub oversells 23 % less than worse"));
}

TEST_CASE("comparison of many seeds: several arms share the confidence") {
    const StudyFigures figures = figures_of(kThree, 12);
    const double alone =
        compared(figures_of({kThree[0], kThree[1]}, 12), {}).kpi("oversold_units")->arms[1].against->interval.half_width();
    CHECK(compared(figures, {}).kpi("oversold_units")->arms[1].against->interval.half_width() > 1.1 * alone);
}

TEST_CASE("comparison of many seeds: a KPI that not every replication measured is named and left out") {
    StudyFigures figures = figures_of(kThree, 5);
    model::RunRecord silent = run_of(kThree[1], 3);
    silent.mutable_kpi()->mutable_fulfilment_time_s()->set_count(0);
    figures.add(1, silent);
    const StudyComparison study = compared(figures, {});
    CHECK(study.kpi("fulfilment_time_s.p90") == nullptr);
    CHECK(study.kpi("oversold_units") != nullptr);
    CHECK_THAT(left_out_text(study), Contains("fulfilment_time_s.p90 (measured in 4 of 5 replications under stream)"));
    CHECK(study.front.kpis == std::vector<std::string>{"oversold_units", "undersold_units", "cost_per_order"});
    CHECK_THAT(study_comparison(study), Contains("left out: "));
}

TEST_CASE("comparison of many seeds: a seed that one arm lacks leaves no pair, and is said") {
    StudyFigures figures = figures_of({kThree[0]}, 6);
    const std::size_t other = figures.add_arm("stream");
    for (const std::uint64_t seed : {1, 2, 4, 6}) figures.add(other, run_of(kThree[1], seed));
    const StudyComparison study = compared(figures, {});
    CHECK(study.replications() == 4);
    CHECK(study.incomplete == 2);
    CHECK(seeds_text(study.runs[0]) == "seeds 1 to 6 with gaps");
    CHECK_THAT(study_comparison(study), Contains("2 seeds left out"));
}

TEST_CASE("comparison of many seeds: of other shoppers it is said which") {
    StudyFigures figures = figures_of(kThree, 2);
    CHECK(unequal_shoppers(figures).empty());
    model::RunRecord other = run_of(kThree[2], 2);
    other.mutable_identity()->set_shoppers_fingerprint("beef");
    figures.add(2, other);
    CHECK(unequal_shoppers(figures) == "seed 2: the shoppers under worse (beef) are not those under hub (day 2)");
}

TEST_CASE("front: shown, seen only in the means, and worth choosing between") {
    const std::vector<Design> designs = {{"cheap", 100, 50, 10, 90'000},
                                         {"safe", 20, 50, 12, 90'000},
                                         {"bad", 110, 70, 13, 95'000},
                                         {"close", 20, 50, 12.0002, 90'000}};
    const StudyComparison study = compared(figures_of(designs, 10), {});
    using Where = FrontPlace::Where;
    CHECK(study.front.arms[0].where == Where::on_front);
    CHECK(study.front.arms[1].where == Where::on_front);
    CHECK(study.front.arms[2].where == Where::dominated);
    CHECK(place_text(study, study.front.arms[0]) == "on the front");
    CHECK_THAT(place_text(study, study.front.arms[2]), Contains("dominated by ") && Contains(" (shown)"));
    // The same to the last unit but for a cost that differs by the same in every replication: that is shown.
    CHECK(study.front.arms[3].where == Where::dominated);
    CHECK(study.front.arms[3].by == 1);
}

TEST_CASE("front: a difference of means that is not shown dominates in the means only, and equals do not dominate each other") {
    const auto kpi = [](const char* path, std::vector<std::vector<double>> values) {
        ComparedKpi out;
        out.path = path;
        for (auto& of : values) {
            out.arms.emplace_back();
            out.arms.back().mean = statistics::mean_interval(of);
            out.arms.back().values = std::move(of);
        }
        return out;
    };
    const std::vector<double> some = {10, 30, 20, 40}, more = {31, 12, 39, 22}, same = some;
    const Front front =
        front_of({kpi("oversold_units", {some, more, same}), kpi("cost_per_order", {{1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}})},
                 Seeds::common, statistics::Confidence());
    CHECK(front.arms[0].where == FrontPlace::Where::on_front);
    CHECK(front.arms[1].where == FrontPlace::Where::dominated_in_means);
    CHECK(front.arms[2].where == FrontPlace::Where::on_front);
}

TEST_CASE("comparison of many seeds: the terminal keeps to its width, in ASCII too") {
    TerminalStyle style;
    style.glyphs = Glyphs::ascii;
    for (const int width : {80, 100, 140}) {
        style.width = width;
        std::istringstream lines(study_comparison(compared(figures_of(kThree, 8), {}), style));
        for (std::string line; std::getline(lines, line);) {
            CAPTURE(line);
            CHECK(display_width(line) <= static_cast<std::size_t>(width));
        }
    }
    CHECK_THAT(study_comparison(compared(figures_of(kThree, 8), {}), style),
               Contains("At a glance") && Contains("stream against hub") && Contains("dominated by stream (shown)") &&
                   Contains("to go"));
}

TEST_CASE("comparison of many seeds: the JSON has every value and no time or machine") {
    const std::string text = study_comparison_json(compared(figures_of(kThree, 4), {}));
    CHECK_THAT(text, Contains("\"path\": \"oversold_units\"") && Contains("\"verdict\": \"better\"") &&
                         Contains("\"seeds\": [1, 2, 3, 4]") && Contains("\"place\": \"dominated\", \"by\": \"stream\"") &&
                         Contains("\"replications_still_needed\""));
    CHECK_THAT(text, !Contains("wall") && !Contains("memory"));
    CHECK(text == study_comparison_json(compared(figures_of(kThree, 4), {})));
}

TEST_CASE("comparison of many seeds: Markdown tables have as many cells as their heads, whatever a design is called") {
    std::vector<Design> designs = kThree;
    designs[1].name = "a|b\n<script>";
    const std::string text = study_comparison_markdown(compared(figures_of(designs, 6), {}));
    CHECK_THAT(text, Contains("a\\|b") && !Contains("<script>|") && Contains("### Front"));
    std::istringstream lines(text);
    std::size_t bars = 0;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("|")) {
            bars = 0;
            continue;
        }
        std::size_t own = 0;
        for (std::size_t i = 0; i < line.size(); ++i) own += line[i] == '|' && (i == 0 || line[i - 1] != '\\') ? 1 : 0;
        if (bars == 0) bars = own;
        CAPTURE(line);
        CHECK(own == bars);
    }
}

// The text of the document that a study's page carries.
std::string document_of(const std::string& page, const std::string& id) {
    const std::string opening = "<script type=\"application/json\" id=\"" + id + "\">";
    const std::size_t from = page.find(opening);
    REQUIRE(from != std::string::npos);
    const std::size_t at = from + opening.size();
    return page.substr(at, page.find("</script>", at) - at);
}

TEST_CASE("comparison of many seeds: the page carries the JSON as it is, and names in it end no element") {
    std::vector<Design> designs = kThree;
    designs[1].name = "</script><img src=x>";
    const StudyComparison study = compared(figures_of(designs, 6), {});
    const std::string page = comparison_page(study, Language::polish);
    CHECK(document_of(page, "comparison") == study_comparison_json(study));
    CHECK_THAT(page, !Contains("<img src=x") && Contains("<html lang=\"pl\">") && Contains("\"kind\": \"comparison\""));
}

TEST_CASE("comparison of many seeds: the day of each design is the mean over its replications, with their outer tenths") {
    StudyFigures figures({"hub", "stream"});
    figures.keep_days();
    for (std::size_t arm = 0; arm < 2; ++arm)
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            model::RunRecord record = run_of(kThree[arm], seed);
            record.mutable_identity()->set_start_of_day_s(3600);
            model::Series& series = *record.mutable_series();
            series.set_step_s(60);
            for (std::uint32_t step = 0; step < 3; ++step)
                series.add_orders(static_cast<std::uint32_t>(10 * seed) + step), series.add_stock(100 - step);
            model::EdgeKpi& edge = *record.add_edges();
            edge.set_name("feed"), edge.set_from("core"), edge.set_to("web"), edge.set_messages(100 * seed), edge.set_lost(seed);
            if (seed > 1) edge.mutable_lag_s()->set_count(9), edge.mutable_lag_s()->set_p50(static_cast<double>(seed));
            figures.add(arm, record);
        }
    const StudyComparison study = compared(figures, {});
    REQUIRE(study.days.size() == 2);
    REQUIRE(study.days[1]);
    const StudyDay& day = *study.days[1];
    CHECK(day.start_of_day_s == 3600);
    CHECK(day.lines[0].mean == std::vector<double>{20, 21, 22});
    CHECK(day.lines[0].low == std::vector<double>{12, 13, 14});
    CHECK(day.lines[0].high == std::vector<double>{28, 29, 30});
    CHECK(day.lines[1].mean.empty());
    CHECK(day.lines[5].mean == std::vector<double>{100, 99, 98});
    REQUIRE(day.edges.size() == 1);
    CHECK(day.edges[0].messages == 200);
    CHECK(day.edges[0].lag_p50_s == 2.5);  // of the two runs in which anything travelled
    CHECK_THAT(study_comparison_json(study), Contains("\"orders\": {\"mean\": [20,21,22], \"low\": [12,13,14]"));
    CHECK_THAT(study_comparison_json(compared(figures_of(kThree, 2), {})), Contains("\"days\": []"));
}

const Choice& choice_of(const StudyComparison& study, std::string_view id) {
    for (const Choice& one : study.choices)
        if (one.id == id) return one;
    FAIL("no choice " << id);
    return study.choices.front();
}

TEST_CASE("what to choose: the best one where it is shown, all that may be it where it is not, and those that are equal") {
    // Revenue is the same everywhere; "near" differs from "stream" in cost by less than the noise.
    const std::vector<Design> designs = {{"hub"}, {"stream", 60, 50, 10.5, 80'000}, {"near", 61, 50, 10.4999, 80'000}};
    const StudyComparison study = compared(figures_of(designs, 12), {});
    const Choice& oversold = choice_of(study, "fewest_oversold");
    CHECK(oversold.best == 1);
    CHECK(oversold.certainty == Choice::Certainty::shown);
    CHECK(oversold.may_be_best == std::vector<std::size_t>{1});
    CHECK_THAT(choice_text(study, oversold), Catch::StartsWith("stream, shown at 95 %; ahead of near by "));
    CHECK(oversold.next == std::size_t{2});
    CHECK(oversold.ahead.value == Approx(oversold.scores[2].value - oversold.scores[1].value));
    CHECK(oversold.ahead.low > 0);
    const Choice& revenue = choice_of(study, "most_revenue");
    CHECK(revenue.certainty == Choice::Certainty::equal);
    CHECK(revenue.may_be_best.size() == 3);
    CHECK(revenue.best_in == 12);
    CHECK_THAT(choice_text(study, revenue), Contains("the same in every run"));
    const Choice& fastest = choice_of(study, "fastest");
    CHECK(fastest.may_be_best == std::vector<std::size_t>{1, 2});
    CHECK(choice_of(study, "balanced").scores[0].value > choice_of(study, "balanced").scores[1].value);
    CHECK_THAT(study_comparison_json(study), Contains("{\"priority\": \"fewest_oversold\"") && Contains("\"best\": \"stream\""));
    CHECK_THAT(study_comparison(study), Contains("What to choose") && Contains("fewest oversold"));
    CHECK_THAT(study_comparison_markdown(study), Contains("### What to choose"));
}

const Choice::Weighed& weighed_of(const Choice& choice, const std::string& kpi) {
    for (const Choice::Weighed& one : choice.weighed)
        if (one.kpi == kpi) return one;
    FAIL("not weighed: " << kpi);
    return choice.weighed.front();
}

TEST_CASE("what to choose: a small difference in cost does not weigh as much as a large one in oversell") {
    // "exact" oversells half as much and costs 0.5 % more: from best to worst both were the whole way.
    const std::vector<Design> designs = {{"cheap", 100, 50, 11, 90'000}, {"exact", 50, 50, 11.055, 90'000}};
    const StudyComparison study = compared(figures_of(designs, 12), {});
    const Choice& balanced = choice_of(study, "balanced");
    CHECK(study.arms[balanced.best] == "exact");
    CHECK(balanced.certainty == Choice::Certainty::shown);
    CHECK(weighed_of(balanced, "oversold_units").counts == 1);
    CHECK(weighed_of(balanced, "cost_per_order").apart == Approx(0.005).margin(0.0005));
    CHECK(weighed_of(balanced, "cost_per_order").counts == Approx(0.05).margin(0.005));
    CHECK(balanced.ahead.value == Approx((1 - 0.05) / 4).margin(0.003));
    CHECK_THAT(choice_text(study, balanced),
               Contains("ahead of cheap by 0.24 of 1") && Contains("cost per order (0.5 % apart: at 5.0 % of a full weight)"));
}

TEST_CASE("what to choose: a difference that the runs do not show moves no balanced choice") {
    // Cost differs by far less than its noise from run to run; "steady" is better in what is shown.
    std::vector<Design> designs = {{"lucky", 100, 50, 11, 90'000}, {"steady", 97, 50, 11, 90'000}};
    StudyFigures figures({"lucky", "steady"});
    for (std::uint64_t seed = 1; seed <= 8; ++seed)
        for (std::size_t arm = 0; arm < 2; ++arm) {
            model::RunRecord record = run_of(designs[arm], seed);
            const double noise = 4 * of_its_own(seed + 100 * arm);
            record.mutable_kpi()->set_cost_per_order(11 + noise + (arm == 0 ? -1 : 0));
            record.mutable_kpi()->set_oversold_units(designs[arm].oversold > 99 ? 100 + seed : 90 + seed);
            figures.add(arm, record);
        }
    const StudyComparison study = compared(figures, {});
    const ComparedKpi& cost = *study.kpi("cost_per_order");
    REQUIRE(cost.arms[1].against->finding == Finding::not_shown);
    REQUIRE(cost.arms[0].mean.value < cost.arms[1].mean.value * 0.95);
    const Choice& balanced = choice_of(study, "balanced");
    CHECK(study.arms[balanced.best] == "steady");
    CHECK(weighed_of(balanced, "cost_per_order").counts == 0);
    CHECK_THAT(choice_text(study, balanced), Contains("cost per order (no difference shown: not at all)"));
    CHECK_THAT(study_comparison_json(study), Contains("\"weighed\": [{\"kpi\": \"oversold_units\""));
}

TEST_CASE("comparison of many seeds: a ratio of what cannot be negative does not pass -100 %") {
    StudyFigures figures({"hub", "rare"});
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        figures.add(0, run_of({"hub"}, seed));
        model::RunRecord rare = run_of({"rare"}, seed);
        rare.mutable_kpi()->set_oversold_units(seed == 3 ? 9 : 0);
        figures.add(1, rare);
    }
    const StudyComparison study = compared(figures, {});
    const auto& ratio = study.kpi("oversold_units")->arms[1].against->ratio;
    REQUIRE(ratio);
    CHECK(ratio->low >= 0);
    CHECK(ratio->low < ratio->value);
    CHECK(ratio->high > ratio->value);
}

TEST_CASE("what to choose: the runs that do not tell say how many more would, and one run says nothing of how sure") {
    ComparisonPlan plan;
    plan.seeds = Seeds::independent;
    const std::vector<Design> designs = {{"hub"}, {"near", 98, 50, 10.99, 90'000}};
    const StudyComparison apart = compared(figures_of(designs, 6), plan);
    const Choice& open = choice_of(apart, "fewest_oversold");
    CHECK(open.certainty == Choice::Certainty::not_shown);
    CHECK(open.may_be_best == std::vector<std::size_t>{0, 1});
    REQUIRE(open.still_needed);
    CHECK(*open.still_needed > 50);
    CHECK_THAT(choice_text(apart, open), Contains("the runs do not tell; about "));
    const StudyComparison one = compared(figures_of(designs, 1), {});
    CHECK(choice_of(one, "cheapest").certainty == Choice::Certainty::one_run);
    CHECK_THAT(choice_text(one, choice_of(one, "cheapest")), Contains("in this one run"));
}

TEST_CASE("what to choose: more revenue is better, and a priority that was not measured is left out") {
    StudyFigures figures({"hub", "rich"});
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        figures.add(0, run_of({"hub"}, seed));
        model::RunRecord rich = run_of({"rich"}, seed);
        rich.mutable_kpi()->set_revenue(9'100'000 + static_cast<std::int64_t>(seed));
        rich.mutable_kpi()->mutable_fulfilment_time_s()->set_count(0);
        figures.add(1, rich);
    }
    const StudyComparison study = compared(figures, {});
    CHECK(choice_of(study, "most_revenue").best == 1);
    for (const Choice& one : study.choices) CHECK((one.id != "fastest" && one.id != "balanced"));
}

TEST_CASE("comparison of many seeds: one replication has figures and no intervals") {
    const StudyComparison study = compared(figures_of(kThree, 1), {});
    CHECK_FALSE(study.kpi("oversold_units")->arms[1].against);
    CHECK_THAT(study_comparison(study), Contains("one replication has no interval"));
    CHECK_THAT(document_of(comparison_page(study, Language::english), "comparison"), !Contains("inf,") && !Contains("nan"));
    CHECK_THAT(study_comparison_json(study), Contains("\"low\": null"));
}

TEST_CASE("comparison of many seeds: a broken gate says in how many replications, and how to repeat one") {
    StudyFigures figures({"hub"});
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        model::RunRecord record = run_of(kThree[0], seed);
        model::GateVerdict& gate = *record.add_gates();
        gate.set_text("oversold_units < 90"), gate.set_passed(seed != 2 && seed != 3);
        figures.add(0, record);
    }
    const StudyComparison study = compared(figures, {});
    REQUIRE(study.gates.size() == 1);
    CHECK(gate_text(study, study.gates[0]) == "hub fails the gate oversold_units < 90 in 2 of 4 replications");
    CHECK(study.gates[0].repeat_command == "lastunit run friday --seed 2");
}

TEST_CASE("comparison text: shares in points, ratios in per cent or as a factor, three digits") {
    CHECK(mean_text("oversell_rate", 0.000164) == "0.0164 %");
    CHECK(mean_text("promise_kept_rate", 0.9798) == "98.0 %");
    CHECK(difference_text("oversell_rate", -0.0031) == "-0.310 pp");
    CHECK(difference_text("oversold_units", 0) == "0");
    CHECK(difference_text("channels.web.revenue", 12'345) == "+123.45");
    CHECK(relative_text(0.59) == "-41 %");
    CHECK(relative_text(1.032) == "+3.2 %");
    CHECK(relative_text(3.44) == "x 3.4");
    CHECK(relative_text(1) == "0 %");
    CHECK(p_text(0.0004) == "<0.001");
}

}  // namespace
}  // namespace lastunit::reports
