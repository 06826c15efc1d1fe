#include "cli/flow/race_ci.hpp"
#include "cli/flow/race_findings.hpp"
#include "reports/html_parts.hpp"
#include "reports/text.hpp"

namespace lastunit::cli {
namespace {

namespace http = drivers::http;

// As the value of an attribute, without what XML 1.0 does not know.
std::string quoted(const std::string& text) { return "\"" + reports::escape(text) + "\""; }

class Suite {
   public:
    explicit Suite(std::string name) : name_(std::move(name)) {}

    void pass(const std::string& test) { body_ += start(test) + "/>\n", ++tests_; }
    void skipped(const std::string& test, const std::string& why) {
        body_ += start(test) + ">\n      <skipped message=" + quoted(why) + "/>\n    </testcase>\n";
        ++tests_, ++skipped_;
    }
    // `text`: for whoever opens it.
    void failure(const std::string& test, const std::string& type, const std::string& message, const std::string& text) {
        body_ += start(test) + ">\n      <failure type=" + quoted(type) + " message=" + quoted(message) + ">" +
                 reports::escape(text) + "</failure>\n    </testcase>\n";
        ++tests_, ++failures_;
    }
    void error(const std::string& test, const std::string& message) {
        body_ += start(test) + ">\n      <error type=\"INVALID\" message=" + quoted(message) + "/>\n    </testcase>\n";
        ++tests_, ++errors_;
    }

    std::string take() const {
        const std::string counts = " tests=\"" + std::to_string(tests_) + "\" failures=\"" + std::to_string(failures_) +
                                   "\" errors=\"" + std::to_string(errors_) + "\"";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"lastunit flow race\"" + counts +
               " time=\"0\">\n  <testsuite name=" + quoted("lastunit flow race " + name_) + counts + " skipped=\"" +
               std::to_string(skipped_) + "\" time=\"0\">\n" + body_ + "  </testsuite>\n</testsuites>\n";
    }

   private:
    std::string start(const std::string& test) const {
        return "    <testcase classname=" + quoted("lastunit." + name_) + " name=" + quoted(test) + " time=\"0\"";
    }

    std::string name_, body_;
    std::size_t tests_ = 0, failures_ = 0, errors_ = 0, skipped_ = 0;
};

}  // namespace

std::string race_junit(const RaceForCi& of) {
    Suite suite(of.plan.name);
    for (const RaceFinding& one : race_findings(of.races)) {
        const std::string kind = http::name_of(one.kind), test = "no " + kind;
        if (one.finding != nullptr)
            suite.failure(test, kind,
                          "in " + std::to_string(one.runs) + " of " + reports::counted(of.races.size(), "run") + ": " +
                              one.finding->sentence,
                          what_shoppers_did(*one.of, *one.finding));
        else if (!one.not_judged.empty())
            suite.skipped(test, one.not_judged);
        else
            suite.pass(test);
    }
    std::int64_t unknown = 0;
    for (const http::JudgedRace& race : of.races) unknown += race.verdict.unknown;
    if (unknown > 0)
        suite.error("every answer is known", reports::counted(static_cast<std::uint64_t>(unknown), "unit") +
                                                 " may have been sold or not, and the flow's `read_back` reads no orders");
    if (!of.problem.empty()) suite.error("every run is made", "run " + std::to_string(of.races.size() + 1) + ": " + of.problem);
    return suite.take();
}

}  // namespace lastunit::cli
