#include "cli/validate_coverage.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <sstream>

#include "cli/library.hpp"
#include "cli/progress.hpp"
#include "cli/stop.hpp"
#include "cli/validation/coverage.hpp"
#include "cli/workers.hpp"
#include "reports/statistics/proportion.hpp"

namespace lastunit::cli {
namespace {

using namespace validation;

constexpr std::uint64_t kPiece = 50;  // studies in one process

struct Subject {
    Prepared prepared;
    const Family* family = nullptr;
    std::vector<Coverage> coverage;
};

struct Piece {
    std::size_t subject = 0;
    std::uint64_t first = 0, count = 0;
};

std::string packed(const std::vector<Coverage>& outputs) {
    std::ostringstream out;
    for (const Coverage& c : outputs)
        out << c.covered << ' ' << c.above << ' ' << c.below << ' ' << c.few << ' ' << c.without_width << ' '
            << c.without_interval << ' ' << c.reason << '\n';
    return out.str();
}

void unpack(const std::string& text, std::vector<Coverage>& into) {
    std::istringstream in(text);
    for (Coverage& whole : into) {
        Coverage c{whole.output, whole.expected};
        in >> c.covered >> c.above >> c.below >> c.few >> c.without_width >> c.without_interval;
        in.get();
        std::getline(in, c.reason);
        whole.add(c);
    }
}

const char* text_of(CoverageVerdict verdict) {
    switch (verdict) {
        case CoverageVerdict::inside:
            return "ok";
        case CoverageVerdict::too_little:
            return "TOO LITTLE";
        case CoverageVerdict::too_much:
            return "TOO MUCH";
        case CoverageVerdict::not_judged:
            break;
    }
    return "not judged";
}

std::string line_of(const Coverage& c) {
    char text[240];
    const CoverageVerdict verdict = verdict_of(c);
    if (verdict == CoverageVerdict::not_judged) {
        const std::string why = !c.reason.empty()                      ? c.reason
                                : c.without_width > c.without_interval ? "the same in every study"
                                                                       : "fewer than ten events in a study";
        std::snprintf(text, sizeof text, "  %-24s %13.7g  not judged: ", c.output.c_str(), c.expected);
        return text + why + "\n";
    }
    const auto share =
        reports::statistics::proportion_interval(static_cast<std::int64_t>(c.covered), static_cast<std::int64_t>(c.studies()));
    std::snprintf(text, sizeof text, "  %-24s %13.7g  %5.1f %%  [%5.1f, %5.1f]  %4llu above %4llu below  %s\n", c.output.c_str(),
                  c.expected, 100 * share.value, 100 * share.low, 100 * share.high, static_cast<unsigned long long>(c.above),
                  static_cast<unsigned long long>(c.below), text_of(verdict));
    return text;
}

struct FamilyTotals {
    std::uint64_t covered = 0, studies = 0;
    std::array<int, 4> verdicts{};
    double least = 1, most = 0;
};

std::string closing(const std::map<std::string, FamilyTotals>& families) {
    std::string out = "\nfamily               outputs  inside  less  more   least    mean    most\n";
    FamilyTotals all;
    const auto line = [](const std::string& name, const FamilyTotals& f) {
        char text[200];
        const int judged = f.verdicts[0] + f.verdicts[1] + f.verdicts[2];
        std::snprintf(text, sizeof text, "%-20s %7d %7d %5d %5d  %5.1f %% %5.1f %% %5.1f %%\n", name.c_str(), judged,
                      f.verdicts[0], f.verdicts[1], f.verdicts[2], 100 * f.least,
                      100 * static_cast<double>(f.covered) / static_cast<double>(f.studies), 100 * f.most);
        return std::string(text);
    };
    for (const auto& [name, f] : families) {
        if (f.studies == 0) continue;
        out += line(name, f);
        for (std::size_t i = 0; i < all.verdicts.size(); ++i) all.verdicts[i] += f.verdicts[i];
        all.covered += f.covered;
        all.studies += f.studies;
        all.least = std::min(all.least, f.least);
        all.most = std::max(all.most, f.most);
    }
    return all.studies == 0 ? "" : out + line("all", all);
}

std::vector<Subject> subjects_of(const std::vector<Case>& cases, const std::vector<std::string>& library) {
    std::vector<Subject> out;
    std::string mistakes;
    for (const Case& c : cases) {
        const Family* family = find_family(c.id);
        const StudySize* size = family == nullptr ? nullptr : study_size(*family);
        if (size == nullptr) continue;
        try {
            Subject next{prepare(c, *family, effort_of_a_study(*size, 0), library), family, {}};
            for (const auto& [output, expected] : c.outputs) next.coverage.push_back({output, expected});
            out.push_back(std::move(next));
        } catch (const NotCovered& why) {
            std::printf("%s: skipped: %s\n", c.name.c_str(), why.what());
        } catch (const CaseError& error) {
            mistakes += "\n  case " + c.name + ": " + error.what();
        }
    }
    if (!mistakes.empty()) throw BadInput("the file has cases that cannot be run:" + mistakes);
    return out;
}

CoveragePlan plan_of(const Arguments& arguments) {
    CoveragePlan plan;
    plan.studies = *arguments.number("coverage");
    plan.seed = arguments.number("seed").value_or(1);
    if (plan.studies < 10 || plan.studies > 100'000)
        throw BadInput("--coverage: " + std::to_string(plan.studies) + " studies is not within 10 to 100000");
    if (plan.seed == 0 || plan.seed > 1'000'000) throw BadInput("--seed: choose one from 1 to 1000000");
    return plan;
}

int report(const std::vector<Subject>& subjects) {
    std::map<std::string, FamilyTotals> families;
    int wrong = 0;
    for (const Subject& subject : subjects) {
        std::printf("%s  %s\n", subject.prepared.the_case->name.c_str(), subject.prepared.the_case->inputs.summary().c_str());
        FamilyTotals& family = families[subject.family->name];
        for (const Coverage& c : subject.coverage) {
            std::fputs(line_of(c).c_str(), stdout);
            const CoverageVerdict verdict = verdict_of(c);
            ++family.verdicts[static_cast<std::size_t>(verdict)];
            wrong += verdict == CoverageVerdict::too_little || verdict == CoverageVerdict::too_much ? 1 : 0;
            if (verdict == CoverageVerdict::not_judged) continue;
            family.covered += c.covered;
            family.studies += c.studies();
            family.least = std::min(family.least, c.share());
            family.most = std::max(family.most, c.share());
        }
    }
    const std::string table = closing(families);
    std::fputs(table.c_str(), stdout);
    std::fflush(stdout);
    if (table.empty()) throw BadInput("nothing was judged: no case has an output that is estimated with an interval");
    return wrong > 0 ? kGateFailed : kOk;
}

}  // namespace

int validate_coverage(const Arguments& arguments, const std::vector<Case>& cases) {
    const StopSignals signals;
    const CoveragePlan plan = plan_of(arguments);
    std::vector<Subject> subjects = subjects_of(cases, library_folders(arguments));
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < subjects.size(); ++i)
        for (std::uint64_t first = 0; first < plan.studies; first += kPiece)
            pieces.push_back({i, first, std::min(kPiece, plan.studies - first)});
    const bool drawn = ProgressBar::mode_of_stderr() == ProgressBar::Mode::drawn;
    std::size_t done = 0;
    WorkerPlan work;
    work.count = pieces.size();
    work.work = [&](std::size_t i) {
        const Subject& subject = subjects[pieces[i].subject];
        return packed(coverage_of(subject.prepared, *subject.family, pieces[i].first, pieces[i].count, plan));
    };
    work.repeat_command = [&](std::size_t i) {
        return "lastunit validate " + arguments.words[0] + " --coverage " + std::to_string(plan.studies) + " --only " +
               subjects[pieces[i].subject].prepared.the_case->name;
    };
    work.on_done = [&](std::size_t i, const Worked&) {
        if (drawn)
            std::fprintf(stderr, "\r\033[K[%zu/%zu] %s", ++done, pieces.size(),
                         subjects[pieces[i].subject].prepared.the_case->name.c_str());
    };
    const std::vector<Worked> answers = work_in_processes(work);
    if (drawn) std::fputs("\r\033[K", stderr);
    if (count_stopped(answers) > 0) return kInterrupted;
    bool failed = false;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].failure.empty())
            unpack(answers[i].answer, subjects[pieces[i].subject].coverage);
        else
            std::fprintf(stderr, "lastunit validate: %s\n", answers[i].failure.c_str());
        failed = failed || !answers[i].failure.empty();
    }
    const int verdict = report(subjects);
    return failed ? kInternal : verdict;
}

}  // namespace lastunit::cli
