#include "reports/gate/text.hpp"
#include "reports/html_parts.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::gate {
namespace {

// As the value of an attribute. XML 1.0 knows no control characters at all, escaped or not: escape() has taken them out.
std::string quoted(const std::string& text) { return "\"" + escape(text) + "\""; }

std::string details(const Case& one) {
    std::string out = one.reason;
    if (one.baseline) out += "; baseline " + figure(one, *one.baseline);
    if (one.now) out += "; now " + figure(one, *one.now);
    if (const std::string interval = interval_text(one); !interval.empty()) out += "; interval " + interval;
    return out;
}

std::string test_case(const Case& one, const std::string& scenario) {
    const std::string start =
        "    <testcase classname=" + quoted("lastunit." + scenario) + " name=" + quoted(one.name) + " time=\"0\"";
    if (one.outcome == Outcome::pass) return start + "/>\n";
    const std::string kind = one.outcome == Outcome::fail ? "failure" : "error";
    return start + ">\n      <" + kind + " type=" + quoted(name_of(one.outcome)) + " message=" + quoted(details(one)) +
           "/>\n    </testcase>\n";
}

}  // namespace

std::string junit(const Result& result) {
    std::vector<Case> cases = result.cases;
    // Without any case a reader would take the suite for passed.
    if (cases.empty())
        cases.push_back(
            {"something is gated", "", Outcome::invalid, "there is nothing to judge", {}, {}, {}, {}, 0, false, {}, {}});
    std::size_t failures = 0, errors = 0;
    std::string body;
    for (const Case& one : cases) {
        failures += one.outcome == Outcome::fail ? 1 : 0;
        errors += one.outcome == Outcome::invalid ? 1 : 0;
        body += test_case(one, result.scenario);
    }
    const std::string counts = " tests=\"" + std::to_string(cases.size()) + "\" failures=\"" + std::to_string(failures) +
                               "\" errors=\"" + std::to_string(errors) + "\"";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"lastunit gate\"" + counts +
           " time=\"0\">\n  <testsuite name=" + quoted("lastunit gate " + result.scenario) + counts +
           " skipped=\"0\" time=\"0\">\n" + body + "  </testsuite>\n</testsuites>\n";
}

}  // namespace lastunit::reports::gate
