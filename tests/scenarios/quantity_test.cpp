#include "scenarios/quantity.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace lastunit;
using namespace lastunit::scenarios;

namespace {

double value_of(const char* text, schema::Unit unit) {
    const Parsed<double> parsed = parse_quantity(text, unit, "PLN");
    INFO(text << ": " << parsed.error);
    REQUIRE(parsed.error.empty());
    return parsed.value;
}

std::string error_of(const char* text, schema::Unit unit) { return parse_quantity(text, unit, "PLN").error; }

}  // namespace

TEST_CASE("quantity: every unit is read into what the message holds") {
    CHECK(value_of("15s", schema::DURATION) == 15e6);
    CHECK(value_of("250ms", schema::DURATION) == 250e3);
    CHECK(value_of("10us", schema::DURATION) == 10);
    CHECK(value_of("2h", schema::DURATION) == 7200e6);
    CHECK(value_of("2h10min", schema::DURATION) == 7800e6);
    CHECK(value_of("1.5 h", schema::DURATION) == 5400e6);
    CHECK(value_of("3d", schema::DURATION) == 3 * 86400e6);
    CHECK(value_of("0", schema::DURATION) == 0);
    CHECK(value_of("08:00", schema::TIME_OF_DAY) == 8 * 3600e6);
    CHECK(value_of("22:30:15", schema::TIME_OF_DAY) == (22 * 3600 + 30 * 60 + 15) * 1e6);
    CHECK(value_of("24:00", schema::TIME_OF_DAY) == 86400e6);
    CHECK(value_of("99.90 PLN", schema::MONEY) == Approx(9990));
    CHECK(value_of("12%", schema::SHARE) == 0.12);
    CHECK(value_of("33.5 %", schema::SHARE) == 0.335);
    CHECK(value_of("40/min", schema::RATE) == Approx(40.0 / 60));
    CHECK(value_of("5/s", schema::RATE) == 5);
    CHECK(value_of("1Gbps", schema::BANDWIDTH) == 125e6);
    CHECK(value_of("10MB/s", schema::BANDWIDTH) == 10e6);
    CHECK(value_of("2000", schema::BYTES) == 2000);
    CHECK(value_of("2kB", schema::BYTES) == 2000);
}

TEST_CASE("quantity: a bare number is refused with the units that would fit") {
    CHECK(error_of("15", schema::DURATION) == "`15` has no unit: expected a time, e.g. 15s (units: us, ms, s, min, h, d)");
    CHECK(error_of("99.90", schema::MONEY) == "`99.90` has no unit: expected an amount, e.g. 99.90 PLN (unit: PLN)");
    CHECK(error_of("0.5", schema::SHARE) == "`0.5` has no unit: expected a share, e.g. 12% (unit: %)");
    CHECK(error_of("40", schema::RATE) == "`40` has no unit: expected a rate, e.g. 40/min (units: /s, /min, /h, /d)");
    CHECK(error_of("1", schema::BANDWIDTH) ==
          "`1` has no unit: expected a bandwidth, e.g. 1Gbps (units: bps, kbps, Mbps, Gbps, B/s, kB/s, MB/s, GB/s)");
}

TEST_CASE("quantity: a wrong unit is refused with the units that would fit") {
    CHECK(error_of("15m", schema::DURATION) ==
          "the unit of `15m` does not fit: expected a time, e.g. 15s (units: us, ms, s, min, h, d)");
    CHECK(error_of("12 EUR", schema::MONEY) ==
          "the unit of `12 EUR` does not fit: expected an amount, e.g. 99.90 PLN (unit: PLN)");
    CHECK(error_of("08:00", schema::DURATION).starts_with("the unit of `08:00` does not fit"));
    CHECK(error_of("8:00", schema::TIME_OF_DAY).find("e.g. 08:00") != std::string::npos);
    CHECK(error_of("24:01", schema::TIME_OF_DAY).find("e.g. 08:00") != std::string::npos);
    for (const char* text : {"", "s", "-", "nan s", "inf s", "1e400s", "2h-10min", "1s2", ":", "12:", "12:00:"})
        CHECK_FALSE(error_of(text, schema::DURATION).empty());
}

TEST_CASE("quantity: what is formatted is read back as the same value") {
    const std::map<schema::Unit, std::vector<double>> values = {
        {schema::DURATION, {0, 1, 250e3, 15e6, 60e6, 7800e6, 86400e6, 12345678901, -5e6}},
        {schema::TIME_OF_DAY, {0, 8 * 3600e6, 81015e6, 86400e6}},
        {schema::MONEY, {0, 1, 9990, 123456789}},
        {schema::SHARE, {0, 0.12, 0.3355, 1}},
        {schema::RATE, {0.25, 40, 1e6}},
        {schema::BANDWIDTH, {1, 125e6}},
        {schema::BYTES, {0, 2000}},
        {schema::NONE, {-1.5, 0, 3e7}},
    };
    for (const auto& [unit, list] : values)
        for (const double value : list) {
            const std::string text = format_quantity(value, unit, "PLN");
            CHECK(value_of(text.c_str(), unit) == Approx(value).epsilon(1e-12));
        }
}

TEST_CASE("distribution: each kind is read with its dimension") {
    const auto read = [](const char* text, schema::Unit unit) {
        const auto parsed = parse_distribution(text, unit, "PLN");
        INFO(text << ": " << parsed.error);
        REQUIRE(parsed.error.empty());
        return parsed.value;
    };
    using Kind = model::Distribution::Kind;
    CHECK(read("15s", schema::DURATION) == model::constant(15e6));
    CHECK(read("exponential(2min)", schema::DURATION) == model::exponential(120e6));
    CHECK(read("lognormal(20h, cv 0.3)", schema::DURATION) == model::lognormal(20 * 3600e6, 0.3));
    CHECK(read("lognormal(120 PLN,cv 0.8)", schema::MONEY) == model::lognormal(12000, 0.8));
    CHECK(read("gamma(1s, cv 1)", schema::DURATION).kind == Kind::gamma);
    CHECK(read("weibull(1s, cv 1)", schema::DURATION).kind == Kind::weibull);
    CHECK(read("hyperexponential(1s, cv 2)", schema::DURATION).cv == 2);
    CHECK(read("uniform(1s, 3s)", schema::DURATION).high == 3e6);
}

TEST_CASE("distribution: mistakes say what was expected") {
    const auto error = [](const char* text, schema::Unit unit = schema::DURATION) {
        return parse_distribution(text, unit, "PLN").error;
    };
    CHECK(error("lognromal(1s, cv 1)") == "unknown distribution `lognromal`; did you mean `lognormal`?");
    CHECK(error("lognormal(1s)") == "expected lognormal(MEAN, cv 0.5)");
    CHECK(error("lognormal(1s, 0.5)") == "expected lognormal(MEAN, cv 0.5), not `0.5`");
    CHECK(error("exponential(2)").starts_with("`2` has no unit"));
    CHECK(error("exponential(2 PLN)").starts_with("the unit of `2 PLN` does not fit"));
    CHECK(error("exponential(2s)", schema::MONEY).starts_with("the unit of `2s` does not fit"));
    CHECK(error("uniform(3s, 1s)") == "the bounds of uniform(LOW, HIGH) are in the wrong order");
    CHECK(error("hyperexponential(1s, cv 0.5)") == "the cv of a hyperexponential is at least 1");
    CHECK(error("gamma(1s, cv -1)") == "cv has to be between 0 and 100, not `-1`");
    CHECK(error("exponential(-1s)") == "a distribution's values cannot be negative");
    CHECK(error("exponential(1s") == "the bracket of `exponential(1s` is not closed");
}
