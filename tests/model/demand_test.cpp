#include "model/demand.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "tests/model/streams.hpp"

using namespace lastunit;
using namespace lastunit::model;
using lastunit::test::at_s;
using lastunit::test::exact;
using lastunit::test::poisson;

namespace {

using Shape = RatePiece::Shape;

const RatePiece kFlat{.from = at_s(10), .until = at_s(20), .per_second = 4};
const RatePiece kRamp{.from = at_s(10), .until = at_s(20), .shape = Shape::ramp, .per_second = 2, .per_second_end = 12};
const RatePiece kSine{.shape = Shape::sine, .per_second = 5, .amplitude = 0.8, .period = seconds(40)};

double integrated(const ArrivalStream& stream, double until_s) {
    const int steps = 200'000;
    double sum = 0;
    for (int i = 0; i < steps; ++i)
        for (const RatePiece& piece : stream.rate) sum += piece.at(at_s((i + 0.5) * until_s / steps));
    return sum * until_s / steps;
}

}  // namespace

TEST_CASE("rate: is its shape inside the piece and zero outside") {
    CHECK(kFlat.at(at_s(9.999999)) == 0);
    CHECK(kFlat.at(at_s(10)) == 4);
    CHECK(kFlat.at(at_s(20)) == 0);
    CHECK(kRamp.at(at_s(10)) == 2);
    CHECK(kRamp.at(at_s(15)) == Approx(7));
    CHECK(kRamp.at(at_s(19.999999)) == Approx(12).epsilon(1e-6));
    CHECK(kSine.at(at_s(0)) == 5);
    CHECK(kSine.at(at_s(10)) == Approx(9));
    CHECK(kSine.at(at_s(30)) == Approx(1));
}

TEST_CASE("rate: a sine counts its time from the start of the run, not of the piece") {
    RatePiece later = kSine;
    later.from = at_s(10);
    CHECK(later.at(at_s(10)) == Approx(9));
}

TEST_CASE("expected: equals the numerical integral for every shape and their sum") {
    const std::vector<ArrivalStream> streams{poisson({kFlat}), poisson({kRamp}), poisson({kSine}),
                                             poisson({kFlat, kRamp, kSine})};
    for (const ArrivalStream& stream : streams)
        for (const double until : {5.0, 13.0, 20.0, 55.0})
            CHECK(stream.expected(at_s(until)) == Approx(integrated(stream, until)).epsilon(1e-4).margin(1e-9));
}

TEST_CASE("expected: an exact number is spread over its piece") {
    const ArrivalStream stream = exact(1'000, kFlat);
    CHECK(stream.expected(at_s(10)) == 0);
    CHECK(stream.expected(at_s(12)) == Approx(200));
    CHECK(stream.expected(at_s(100)) == Approx(1'000));
}

TEST_CASE("rate: no instant exceeds the maximum over its interval") {
    for (const double amplitude : {0.8, -0.5, 0.0}) {
        RatePiece sine = kSine;
        sine.amplitude = amplitude;
        bool bounded = true, tight = true;
        for (int from = 0; from < 80; from += 3)
            for (const int width : {1, 7, 25, 60}) {
                double highest = 0;
                for (int i = 0; i <= 200; ++i) highest = std::max(highest, sine.at(at_s(from + width * i / 200.0)));
                const double bound = sine.max_over(at_s(from), at_s(from + width));
                bounded = bounded && highest <= bound + 1e-12;
                tight = tight && bound <= highest * 1.01;
            }
        CHECK(bounded);
        CHECK(tight);
    }
}
