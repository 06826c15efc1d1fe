#include "reports/audit/audit_json.hpp"

#include "reports/audit/words.hpp"
#include "reports/json.hpp"

namespace lastunit::reports::audit {

namespace {

const char* text_of(AuditReport::Verdict verdict) {
    return verdict == AuditReport::Verdict::sound ? "sound" : verdict == AuditReport::Verdict::refuted ? "refuted" : "undecided";
}
const char* text_of(CheckResult::Verdict verdict) {
    using Verdict = CheckResult::Verdict;
    return verdict == Verdict::holds ? "holds" : verdict == Verdict::refuted ? "refuted" : "undecided";
}
std::string bounds(const Bounds& b) {
    return "{\"low\": " + std::to_string(b.low) + ", \"high\": " + std::to_string(b.high) + "}";
}

// The fields of one object, in order.
class Object {
   public:
    explicit Object(std::string indent) : indent_(std::move(indent)) {}
    Object& raw(const char* name, const std::string& value) {
        text_ += (text_.empty() ? "" : ",\n") + indent_ + "\"" + name + "\": " + value;
        return *this;
    }
    Object& text(const char* name, const std::string& value) { return raw(name, json_string(value)); }
    template <class Integer> Object& number(const char* name, Integer value) { return raw(name, std::to_string(value)); }
    std::string done(const std::string& outer) const { return "{\n" + text_ + "\n" + outer + "}"; }

   private:
    std::string indent_, text_;
};

std::string operation(const Evidence& evidence, const Recorded& op) {
    std::string text = "{\"process\": " + std::to_string(op.process) + ", \"kind\": " + json_string(name_of(op.kind)) +
                       ", \"answer\": " + json_string(name_of(op.answer)) + ", \"attempts\": " + std::to_string(op.attempts) +
                       ", \"invoked_us\": " + std::to_string(op.invoked.us) +
                       ", \"completed_us\": " + (op.completed == kNever ? "null" : std::to_string(op.completed.us)) +
                       ", \"reference\": " + std::to_string(op.reference) + ", \"order\": " + std::to_string(op.order);
    return text + ", \"words\": " + json_string(words_of(evidence, op)) + "}";
}

std::string offence(const Evidence& evidence, const Offence& of) {
    std::string operations = "[";
    for (std::size_t i = 0; i < of.operations.size(); ++i)
        operations += (i == 0 ? "\n        " : ",\n        ") + operation(evidence, evidence.operations[of.operations[i]]);
    return Object("      ")
        .text("check", name_of(of.check))
        .text("sentence", of.sentence)
        .number("units", of.units)
        .raw("operations", operations + "]")
        .done("    ");
}

}  // namespace

std::string audit_json(const AuditReport& report) {
    const auto& header = report.evidence.header;
    const AuditTotals& t = report.totals;
    std::string checks = "{", offences = "[";
    for (std::size_t i = 0; i < kChecks; ++i) {
        const auto check = static_cast<Check>(i);
        const CheckResult& result = report.findings.of(check);
        checks += std::string(i == 0 ? "" : ",") + "\n    \"" + name_of(check) + "\": " +
                  Object("      ")
                      .text("verdict", text_of(result.verdict))
                      .number("judged", result.judged)
                      .number("offences", result.offences)
                      .number("undecided", result.undecided)
                      .text("why_undecided", result.why)
                      .done("    ");
    }
    for (std::size_t i = 0; i < report.findings.offences().size(); ++i)
        offences += (i == 0 ? "\n    " : ",\n    ") + offence(report.evidence, report.findings.offences()[i]);
    const std::string totals = Object("    ")
                                   .number("operations", t.operations)
                                   .number("attempts", t.attempts)
                                   .number("unknown", t.unknown)
                                   .number("cells", t.cells)
                                   .number("units_there", t.there)
                                   .raw("units_sold", bounds(t.sold))
                                   .raw("units_oversold", bounds(t.oversold))
                                   .number("units_undersold", t.undersold)
                                   .number("units_sold_beyond_record", t.beyond_record)
                                   .raw("span_s", json_number(t.span_s))
                                   .done("  ");
    return Object("  ")
               .text("verdict", text_of(report.verdict))
               .text("headline", report.headline())
               .text("target", header.target())
               .text("scenario", header.scenario())
               .text("design", header.design())
               .number("seed", header.seed())
               .text("torn", report.evidence.torn)
               .raw("totals", totals)
               .raw("checks", checks + "\n  }")
               .raw("offences", offences + "]")
               .done("") +
           "\n";
}

}  // namespace lastunit::reports::audit
