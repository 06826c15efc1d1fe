#include "cli/validate.hpp"

#include <algorithm>
#include <cstdio>

#include "cli/library.hpp"
#include "cli/progress.hpp"
#include "cli/validate_coverage.hpp"
#include "cli/validate_fulfilment.hpp"
#include "cli/validation/case_file.hpp"
#include "cli/validation/comparison.hpp"
#include "cli/validation/fulfilment_file.hpp"
#include "cli/validation/print.hpp"
#include "scenarios/suggest.hpp"

namespace lastunit::cli {
namespace {

using namespace validation;

Effort effort_of(const Arguments& arguments) {
    const std::string name = arguments.get("effort").value_or("normal");
    if (const auto effort = find_effort(name)) return *effort;
    throw BadInput("--effort: '" + name + "' is not quick, normal or thorough" +
                   scenarios::suggest(name, {"quick", "normal", "thorough"}));
}

bool fits(const Case& c, const std::string& name) {
    const Family* family = find_family(c.id);
    return c.name == name || c.id == name || (family != nullptr && family->name == name);
}

// --only takes a family, an id or one case of an id ("e1_mmc#2").
std::vector<Case> chosen(std::vector<Case> cases, const std::vector<std::string>& names) {
    std::vector<std::string> known;
    for (const Case& c : cases) known.push_back(c.id);
    for (const std::string& name : names)
        if (std::none_of(cases.begin(), cases.end(), [&](const Case& c) { return fits(c, name); }))
            throw BadInput("--only: the file has no case '" + name + "'" + scenarios::suggest(name, known));
    const auto wanted = [&](const Case& c) {
        return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return fits(c, name); });
    };
    if (!names.empty()) std::erase_if(cases, [&](const Case& c) { return !wanted(c); });
    return cases;
}

struct Plan {
    std::vector<Prepared> prepared;
    std::vector<Skipped> skipped;
};

// Everything is read and checked before anything is simulated: a mistake in the last case is said at once.
Plan plan(const std::vector<Case>& cases, const Effort& effort, const std::vector<std::string>& library) {
    Plan out;
    std::string mistakes;
    for (const Case& c : cases) {
        const Family* family = find_family(c.id);
        if (family == nullptr) {
            out.skipped.push_back({c.name, c.id, "this family is not covered by the model"});
            continue;
        }
        try {
            out.prepared.push_back(prepare(c, *family, effort, library));
        } catch (const NotCovered& why) {
            out.skipped.push_back({c.name, c.id, why.what()});
        } catch (const CaseError& error) {
            mistakes += "\n  case " + c.name + ": " + error.what();
        }
    }
    if (!mistakes.empty()) throw BadInput("the file has cases that cannot be run:" + mistakes);
    return out;
}

}  // namespace

int validate(const Arguments& arguments) {
    const Effort effort = effort_of(arguments);
    const std::uint64_t seed = arguments.number("seed").value_or(1);
    if (seed == 0 || seed > 1'000'000) throw BadInput("--seed: choose one from 1 to 1000000");
    if (const auto instances = read_fulfilment(arguments.words[0])) {
        if (arguments.has("coverage"))
            throw BadInput("--coverage: instances are not estimated with intervals; it is of analytic cases");
        return validate_fulfilment(*instances, effort, seed, arguments.all("only"));
    }
    const std::vector<Case> cases = chosen(read_cases(arguments.words[0]), arguments.all("only"));
    if (arguments.has("coverage")) return validate_coverage(arguments, cases);
    Plan todo = plan(cases, effort, library_folders(arguments));

    const bool drawn = ProgressBar::mode_of_stderr() == ProgressBar::Mode::drawn;
    Totals outputs, by_case;
    Gaps gaps;
    for (std::size_t i = 0; i < todo.prepared.size(); ++i) {
        Prepared& next = todo.prepared[i];
        if (drawn) std::fprintf(stderr, "\r\033[K[%zu/%zu] %s", i + 1, todo.prepared.size(), next.the_case->name.c_str());
        const Outcome outcome = simulate(next, effort, seed);
        if (drawn) std::fputs("\r\033[K", stderr);
        std::fputs(table(*next.the_case, outcome).c_str(), stdout);
        std::fflush(stdout);
        for (const Compared& one : outcome.outputs) outputs.add(one.verdict);
        by_case.add(worst(outcome));
        gaps.add(outcome.gaps);
        next = {};
    }
    std::fputs(average_gaps(gaps, outputs).c_str(), stdout);
    std::fputs(closing(outputs, by_case, todo.skipped).c_str(), stdout);
    std::fflush(stdout);
    if (todo.prepared.empty()) throw BadInput("nothing was compared: every case is skipped");
    if (outputs.passed + outputs.failed + outputs.inconclusive == 0)
        throw BadInput("nothing was compared: no case has an output that can be");
    return outputs.failed > 0 ? kGateFailed : kOk;
}

}  // namespace lastunit::cli
