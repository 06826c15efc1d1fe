#include "cli/audit.hpp"

#include <unistd.h>

#include <cstdio>

#include "reports/audit/audit_json.hpp"
#include "reports/audit/audit_terminal.hpp"
#include "reports/audit/edn.hpp"
#include "reports/write.hpp"

namespace lastunit::cli {

namespace audits = reports::audit;

namespace {

void check_outputs(const Arguments& arguments) {
    for (const char* option : {"json", "edn"})
        if (const auto path = arguments.get(option))
            if (const auto problem = reports::check_writable(*path)) throw BadInput(*problem);
    if (arguments.get("json") == "-" && arguments.get("edn") == "-") throw BadInput("only one of --json and --edn can be stdout");
    if (arguments.number("budget") == 0) throw BadInput("--budget: a count of at least 1");
}

void export_edn(const audits::Evidence& evidence, const std::string& path) {
    std::string text;
    audits::write_edn(evidence, [&](std::string_view lines) { text += lines; });
    if (const auto problem = reports::write_file(path, text)) throw BadInput(*problem);
}

}  // namespace

int audit(const Arguments& arguments) {
    check_outputs(arguments);
    audits::ReadEvidence read = audits::read_evidence(arguments.words);
    if (!read.error.empty()) throw BadInput(read.error);
    const auto edn = arguments.get("edn"), json = arguments.get("json");
    if (edn) export_edn(read.evidence, *edn);

    audits::AuditOptions options;
    if (const auto budget = arguments.number("budget")) options.budget = *budget;
    const audits::AuditReport report = audits::audit(std::move(read.evidence), options);
    if (json)
        if (const auto problem = reports::write_file(*json, audits::audit_json(report))) throw BadInput(*problem);
    if (json != "-" && edn != "-") std::fputs(audits::audit_text(report, reports::style_of(STDOUT_FILENO)).c_str(), stdout);
    switch (report.verdict) {
        case audits::AuditReport::Verdict::sound:
            return kOk;
        case audits::AuditReport::Verdict::refuted:
            return kGateFailed;
        case audits::AuditReport::Verdict::undecided:
            break;
    }
    return kInvalid;
}

}  // namespace lastunit::cli
