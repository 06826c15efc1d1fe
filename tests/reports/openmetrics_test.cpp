#include "reports/openmetrics.hpp"

#include <catch2/catch.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "tests/reports/sample_record.hpp"
#include "tests/support/live_record.hpp"

using namespace lastunit;
using namespace lastunit::reports;
using Catch::Matchers::Contains;

namespace {

model::RunRecord live() {
    model::RunRecord record = reports::test::sample_record();
    *record.mutable_load() = lastunit::test::live_load();
    record.mutable_identity()->set_design("hub \"fast\"\nC:\\");
    return record;
}

// Each family is declared once before its samples, and every other line is a sample of the last one.
void check_format(const std::string& text) {
    const std::regex sample(R"RX(([a-z_]+)\{([a-z_]+="([^"\\\n]|\\["\\n])*",?)*\} (NaN|-?[0-9.]+(e[+-]?[0-9]+)?))RX");
    std::istringstream lines(text);
    std::set<std::string> families, seen;
    std::string family, line, last;
    while (std::getline(lines, line)) {
        INFO(line);
        last = line;
        if (line.starts_with("# TYPE ")) {
            family = line.substr(7, line.find(' ', 7) - 7);
            CHECK(families.insert(family).second);
        } else if (!line.starts_with("#")) {
            std::smatch parts;
            REQUIRE(std::regex_match(line, parts, sample));
            const std::string name = parts[1];
            CHECK((name == family || name == family + "_sum" || name == family + "_count"));
            CHECK(seen.insert(line.substr(0, line.rfind(' '))).second);
        }
    }
    CHECK(last == "# EOF");
}

}  // namespace

TEST_CASE("openmetrics: every line is well formed, no sample is there twice, whatever the names") {
    check_format(openmetrics(live()));
    check_format(openmetrics(reports::test::sample_record()));
    check_format(openmetrics({}));
}

TEST_CASE("openmetrics: validity, the three times and the audit of a live run") {
    const std::string text = openmetrics(live());
    CHECK_THAT(text,
               Contains("lastunit_load_valid{scenario=\"black-friday\",design=\"hub \\\"fast\\\"\\nC:\\\\\",seed=\"1\",target="
                        "\"postgres://127.0.0.1:5433/shop\",mode=\"check_then_act\"} 1\n"));
    CHECK_THAT(text, Contains("quantile=\"0.99\"} 0.4"));
    CHECK_THAT(text,
               Contains("verdict=\"refuted\"} 1\n") && Contains("verdict=\"sound\"} 0\n") && Contains("bound=\"high\"} 5\n"));
    model::RunRecord invalid = live();
    invalid.mutable_load()->add_invalid("too slow");
    CHECK_THAT(openmetrics(invalid), Contains("mode=\"check_then_act\"} 0\n"));
    CHECK_THAT(openmetrics(reports::test::sample_record()), !Contains("lastunit_load") && Contains("lastunit_oversold_units{"));
}
