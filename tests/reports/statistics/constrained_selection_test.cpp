// Choosing the best design among those that keep to limits: how often it is the right one.
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

#include "reports/statistics/constrained_selection.hpp"
#include "tests/reports/statistics/samples.hpp"

namespace lastunit::reports::statistics {
namespace {

using test::normal;
using Means = std::vector<double>;  // the objective, then a figure per limit

constexpr double kZone = 1, kTolerance = 0.5, kBound = 5;

struct Played {
    double right = 0;    // share of studies
    double figures = 0;  // per study
};

// Common shoppers: half of each figure's variance is the day's.
std::vector<double> day(const Means& means, const std::vector<double>& common, double deviation, model::Stream& random) {
    std::vector<double> out;
    for (std::size_t k = 0; k < means.size(); ++k)
        out.push_back(means[k] + deviation * std::sqrt(0.5) * (common[k] + normal(random)));
    return out;
}

Played play(const std::vector<Means>& designs, const ConstrainedRule& rule,
            const std::function<bool(const ConstrainedSelection&)>& right) {
    constexpr int kStudies = 1000;
    constexpr double kDeviation = 1.5;
    Played out;
    for (std::uint64_t study = 0; study < kStudies; ++study) {
        model::Stream random = test::stream(study);
        ConstrainedSelection choice(designs.size(), rule);
        while (!choice.decided()) {
            std::vector<double> common;
            for (std::size_t k = 0; k < designs.front().size(); ++k) common.push_back(normal(random));
            // Every design draws, whether it is still looked at or not: its figures do not depend on the others' fate.
            std::vector<std::vector<double>> all, figures;
            for (const Means& means : designs) all.push_back(day(means, common, kDeviation, random));
            for (const std::size_t one : choice.survivors()) figures.push_back(all[one]);
            choice.add(figures);
        }
        out.right += right(choice) ? 1.0 / kStudies : 0;
        out.figures += static_cast<double>(choice.figures_taken()) / kStudies;
    }
    return out;
}

ConstrainedRule rule_of(std::size_t limits) {
    ConstrainedRule rule{.zone = kZone, .first = 10, .limits = {}};
    rule.limits.assign(limits, {kBound, Limit::Side::at_most, kTolerance});
    return rule;
}

// The hardest means that the promise is about: the best keeps to each limit by just the tolerance; what looks better misses one
// by just the tolerance; what keeps to them is worse by just the zone.
std::vector<Means> hardest(std::size_t limits) {
    const double in = kBound - kTolerance, out = kBound + kTolerance;
    std::vector<Means> all;
    for (const double objective : {11.0, 8.0, 10.0, 11.0, 9.0, 11.0}) {
        Means means{objective};
        for (std::size_t k = 0; k < limits; ++k) means.push_back(objective < 10 && k == all.size() % limits ? out : in);
        all.push_back(means);
    }
    return all;
}

const auto third_is_best = [](const ConstrainedSelection& choice) { return choice.best() == std::size_t{2}; };

TEST_CASE("selection under limits: right in 95 % at least where the means are hardest, with one limit and with two") {
    for (const std::size_t limits : {1U, 2U}) {
        CAPTURE(limits);
        const Played played = play(hardest(limits), rule_of(limits), third_is_best);
        CHECK(played.right >= 0.95);
        INFO(played.figures);
        CHECK(played.figures < 6 * 400);
    }
}

TEST_CASE("selection under limits: a design that misses one is dropped however good it looks") {
    std::vector<Means> designs = hardest(1);
    designs[0] = {-100, kBound + 10};
    CHECK(play(designs, rule_of(1), third_is_best).right >= 0.95);
}

TEST_CASE("selection under limits: nothing is chosen where nothing keeps to them") {
    const std::vector<Means> designs{{1, kBound + kTolerance}, {2, kBound + kTolerance}, {3, kBound + 3}};
    const Played played = play(designs, rule_of(1), [](const ConstrainedSelection& choice) {
        return !choice.best() && choice.standing(0) == ConstrainedSelection::Standing::misses_limit;
    });
    CHECK(played.right >= 0.95);
}

TEST_CASE("selection under limits: where the gaps are wide the second boundary saves most of the work, and errs no more often") {
    // Zone and tolerance a tenth of what they could be.
    std::vector<Means> designs{{8, 7}, {14, 3}, {10, 3}, {13, 3}, {9, 8}, {15, 3}};
    ConstrainedRule rule = rule_of(1);
    rule.zone = 0.1;
    rule.limits[0].tolerance = 0.1;
    const Played both = play(designs, rule, third_is_best);
    rule.boundaries = Boundaries::triangle;
    const Played triangle = play(designs, rule, third_is_best);
    CHECK(both.right >= 0.95);
    CHECK(triangle.right >= 0.95);
    CHECK(both.figures < 0.4 * triangle.figures);
}

TEST_CASE("selection under limits: without limits, and with the triangle alone, it is KN++") {
    EliminationRule plain{.zone = kZone, .first = 10};
    ConstrainedRule rule = rule_of(0);
    rule.boundaries = Boundaries::triangle;
    for (std::uint64_t study = 0; study < 50; ++study) {
        model::Stream random = test::stream(study);
        Elimination elimination(4, plain);
        ConstrainedSelection selection(4, rule);
        while (!elimination.decided()) {
            std::vector<double> figures;
            std::vector<std::vector<double>> same;
            for (const std::size_t one : elimination.survivors()) {
                figures.push_back(static_cast<double>(one) + 2 * normal(random));
                same.push_back({figures.back()});
            }
            elimination.add(figures);
            selection.add(same);
            REQUIRE(selection.survivors() == elimination.survivors());
        }
        CHECK(selection.best() == elimination.survivors().front());
    }
}

TEST_CASE("selection under limits: the largest objective, a limit from below, and equal designs") {
    ConstrainedRule rule{.zone = 0.5, .first = 5, .best = Best::largest, .limits = {{3, Limit::Side::at_least, 0.2}}};
    ConstrainedSelection selection(4, rule);
    // Designs 1 and 2 are alike; 3 looks best and stays below the limit.
    const std::vector<std::vector<double>> figures{{1, 4}, {2, 4}, {2, 4}, {9, 2}};
    while (!selection.decided()) {
        std::vector<std::vector<double>> some;
        for (const std::size_t one : selection.survivors()) some.push_back(figures[one]);
        selection.add(some);
    }
    CHECK(selection.best() == std::size_t{1});
    CHECK(selection.replications() == 5);
    CHECK(selection.beaten_by(2) == std::size_t{1});
    CHECK(selection.standing(3) == ConstrainedSelection::Standing::misses_limit);
    CHECK(selection.keeps(3, 0) == ConstrainedSelection::Keeps::no);
}

TEST_CASE("selection under limits: one design alone is chosen only if it keeps to them") {
    for (const double mean : {4.0, 6.0}) {
        const Played played = play({{1, mean}}, rule_of(1), [&](const ConstrainedSelection& choice) {
            return choice.best().has_value() == (mean < kBound);
        });
        CHECK(played.right >= 0.95);
    }
}

}  // namespace
}  // namespace lastunit::reports::statistics
