#include "model/distribution.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace lastunit;
using namespace lastunit::model;

namespace {

using Kind = Distribution::Kind;

struct Pinned {
    Distribution distribution;
    std::array<double, 5> values;
};

// Quantiles at u = 0.001, 0.25, 0.5, 0.9, 0.999, computed with 30 digits by bisection of the distribution functions.
const std::array<double, 5> kLevels{0.001, 0.25, 0.5, 0.9, 0.999};
const std::vector<Pinned> kPinned{
    {exponential(2), {0.002001000667167067, 0.57536414490356185, 1.3862943611198906, 4.6051701859880914, 13.815510557964274}},
    {lognormal(2, 0.5), {0.41553402501099715, 1.3007739666834839, 1.7888543819998318, 3.2770894485918028, 7.7009337560632048}},
    {lognormal(3, 2), {0.026609489869245765, 0.57018819330544826, 1.3416407864998738, 6.8190222293132514, 67.645039752542248}},
    {gamma(2, 0.5), {0.21427620681421149, 1.2676601059500466, 1.8360303744254481, 3.3403915341279318, 6.5311203895940354}},
    {gamma(3, 2), {8.0996374717384498e-12, 0.031706125249120765, 0.52408562823448092, 9.0047144668420271, 52.517331094640246}},
    {weibull(2, 0.5), {0.084371823394487531, 1.2481108845784815, 1.8967041067298464, 3.3583135791360804, 5.6646877698369389}},
    {weibull(3, 2), {5.1213693156885047e-6, 0.17375434952485872, 0.87835962931888535, 8.0245248308390551, 60.756597541080066}},
    {hyperexponential(2, 1.5),
     {0.0014452564285600195, 0.42362868479251411, 1.0552327326137354, 4.5610100821626423, 27.626137076454671}},
    {hyperexponential(3, 4),
     {0.0015945707839571046, 0.460631256766829, 1.1191715094924926, 4.0216397033762205, 168.74360194090844}},
};

std::vector<Distribution> every_kind() {
    return {constant(3.0),
            between(1, 5),
            exponential(3),
            lognormal(3, 0.3),
            lognormal(3, 1.2),
            gamma(3, 0.2),
            gamma(3, 1),
            gamma(3, 1.3),
            weibull(3, 0.1),
            weibull(3, 1),
            weibull(3, 1.4),
            hyperexponential(3, 1),
            hyperexponential(3, 1.0001),
            hyperexponential(3, 1.8),
            hyperexponential(3, 30)};
}

}  // namespace

TEST_CASE("distribution: quantiles are the pinned ones") {
    for (const Pinned& pinned : kPinned)
        for (std::size_t i = 0; i < kLevels.size(); ++i) {
            INFO(pinned.distribution.text() << " at " << kLevels[i]);
            CHECK(pinned.distribution.sample(kLevels[i]) == Approx(pinned.values[i]).epsilon(1e-11));
        }
}

TEST_CASE("distribution: never falls as the uniform rises, and stays finite and non-negative") {
    for (const Distribution& distribution : every_kind()) {
        INFO(distribution.text());
        double last = distribution.sample(0x1p-53);
        CHECK(last >= 0);
        bool rises = true;
        for (int i = 1; i <= 2'000; ++i) {
            const double value = distribution.sample(i / 2'001.0);
            rises = rises && value >= last;
            last = value;
        }
        CHECK(rises);
        const double highest = distribution.sample(1 - 0x1p-53);
        CHECK(highest >= last);
        CHECK(std::isfinite(highest));
    }
}

TEST_CASE("distribution: mean and cv are the stated ones") {
    const int strata = 100'000;
    for (const Distribution& distribution : every_kind()) {
        if (distribution.cv > 2) continue;  // too much of the variance lies beyond the last stratum
        INFO(distribution.text());
        double sum = 0, squares = 0;
        for (int i = 0; i < strata; ++i) {
            const double value = distribution.sample((i + 0.5) / strata);
            sum += value;
            squares += value * value;
        }
        const double mean = sum / strata;
        const double cv = std::sqrt(squares / strata - mean * mean) / mean;
        CHECK(mean == Approx(distribution.expected()).epsilon(1e-3));
        if (distribution.kind == Kind::constant)
            CHECK(cv == Approx(0).margin(1e-6));
        else if (distribution.kind == Kind::uniform)
            CHECK(cv == Approx(4 / std::sqrt(12.0) / 3).epsilon(1e-3));
        else
            CHECK(cv == Approx(distribution.cv).epsilon(1e-2));
    }
}

TEST_CASE("distribution: an unprepared one, or one changed since, gives the same values") {
    for (const Kind kind : {Kind::lognormal, Kind::gamma, Kind::weibull, Kind::hyperexponential}) {
        Distribution prepared{.kind = kind, .mean = 5, .cv = 1.5};
        const Distribution plain = prepared;
        prepared.prepare();
        CHECK(prepared == plain);
        CHECK(prepared.sample(0.3) == plain.sample(0.3));
        Distribution changed = prepared;
        changed.mean = 10;
        CHECK(changed.sample(0.3) == Approx(2 * prepared.sample(0.3)));
        changed = prepared;
        changed.cv = 1.1;
        CHECK(changed.sample(0.3) != prepared.sample(0.3));
    }
}

TEST_CASE("distribution: without spread it is its mean, without mean it is zero") {
    for (const Kind kind : {Kind::lognormal, Kind::gamma, Kind::weibull}) {
        CHECK(Distribution{.kind = kind, .mean = 5, .cv = 0}.sample(0.9) == 5);
        CHECK(Distribution{.kind = kind, .mean = 0, .cv = 1}.sample(0.9) == 0);
    }
    CHECK(Distribution{.kind = Kind::hyperexponential, .mean = 0, .cv = 2}.sample(0.9) == 0);
    CHECK(Distribution{.kind = Kind::exponential, .mean = 0}.sample(0.9) == 0);
    CHECK(constant(0.0).is_zero());
    CHECK_FALSE(exponential(1).is_zero());
}

TEST_CASE("distribution: hyperexponential with cv 1 is exponential") {
    CHECK(hyperexponential(3, 1).sample(0.7) == exponential(3).sample(0.7));
    CHECK(hyperexponential(3, 1.000001).sample(0.7) == Approx(exponential(3).sample(0.7)).epsilon(1e-4));
}

TEST_CASE("distribution: times are whole microseconds, never negative, never beyond the clock") {
    CHECK(constant(2.5).sample_time(0.5) == Duration{3});
    CHECK(constant(2.4).sample_time(0.5) == Duration{2});
    CHECK(constant(-7.0).sample_time(0.5) == Duration{0});
    CHECK(constant(1e30).sample_time(0.5).us == 4'000'000'000'000'000'000);
    CHECK(constant(seconds(15)).sample_time(0.5) == seconds(15));
    CHECK(between(1e6, 3e6).sample_time(0.25) == Duration{1'500'000});
}

TEST_CASE("distribution: text says the kind and its parameters in seconds") {
    CHECK(constant(seconds(15)).text() == "15s");
    CHECK(exponential(1.5e6).text() == "exponential(1.5s)");
    CHECK(between(1e6, 2e6).text() == "uniform(1s, 2s)");
    CHECK(lognormal(40e3, 0.8).text() == "lognormal(0.04s, cv 0.8)");
}
