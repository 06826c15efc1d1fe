#include "cli/study/replications.hpp"

#include <algorithm>
#include <charconv>

#include "reports/study/kpi_table.hpp"
#include "reports/text.hpp"

namespace lastunit::cli {
namespace {

using reports::statistics::Precision;
using reports::statistics::Stop;
using reports::statistics::Width;

constexpr std::size_t kMost = 1'000'000;
constexpr std::size_t kFloor = 10, kCeiling = 1000;  // of --until: see reports/statistics/sequential.hpp

std::size_t count_of(const Arguments& arguments, const char* option, std::size_t preset, std::size_t least) {
    const auto given = arguments.number(option);
    if (!given) return preset;
    if (*given < least || *given > kMost)
        throw BadInput(std::string("--") + option + ": " + std::to_string(*given) + " is not within " + std::to_string(least) +
                       " to " + std::to_string(kMost));
    return *given;
}

std::string trimmed(const std::string& text) {
    const std::size_t from = text.find_first_not_of(' ');
    return from == std::string::npos ? "" : text.substr(from, text.find_last_not_of(' ') - from + 1);
}

Until until_of(const std::string& text, const Precision& limits) {
    const auto refuse = [&] {
        return BadInput("--until: '" + text + "' is not KPI +-WIDTH, e.g. \"oversell_rate +-5%\" or \"oversold_units +-20\"");
    };
    std::size_t at = text.find("+-"), length = 2;
    if (at == std::string::npos) at = text.find("\u00b1");  // as long in UTF-8
    if (at == std::string::npos) throw refuse();
    Until out{text, trimmed(text.substr(0, at)), limits};
    std::string width = trimmed(text.substr(at + length));
    out.precision.kind = width.ends_with('%') ? Width::relative : Width::absolute;
    if (width.ends_with('%')) width = trimmed(width.substr(0, width.size() - 1));
    const auto read = std::from_chars(width.data(), width.data() + width.size(), out.precision.half_width);
    if (out.kpi.empty() || read.ec != std::errc{} || read.ptr != width.data() + width.size()) throw refuse();
    if (out.precision.kind == Width::relative) out.precision.half_width /= 100;
    if (!(out.precision.half_width > 0) || (out.precision.kind == Width::relative && out.precision.half_width >= 1))
        throw BadInput("--until: the width of '" + text + "' has to lie above 0" +
                       (out.precision.kind == Width::relative ? " and below 100 %" : ""));
    return out;
}

// A misspelt KPI is found after the first round: which KPIs there are depends on the scenario.
void check_paths(const Study& study, const Replications& wanted) {
    const reports::StudyFigures& figures = study.figures();
    if (figures.identity() == nullptr) return;
    for (const Until& one : wanted.until) {
        bool somewhere = false;
        for (std::size_t arm = 0; arm < study.arms(); ++arm)
            for (const auto& run : figures.replications(arm)) somewhere = somewhere || run.kpi(one.kpi).has_value();
        if (!somewhere)
            throw BadInput("--until: no run measured a KPI '" + one.kpi + "'" + reports::kpi_hint(one.kpi, figures.paths()));
    }
}

// The replications to have next; what there is when all are known well enough, or when there may be no more.
std::size_t next_total(const Study& study, const Replications& wanted, std::size_t made) {
    std::size_t needed = made;
    for (const Until& one : wanted.until)
        for (std::size_t arm = 0; arm < study.arms(); ++arm) {
            const auto sample = study.figures().sample(arm, one.kpi);
            if (sample && stop(*sample, one.precision) == Stop::reached) continue;
            // At most twice as many: the first variances are rough. At least one more, and a tenth, lest it ends in steps of one.
            const auto guess = sample ? reports::statistics::replications_for(*sample, one.precision) : std::nullopt;
            const std::size_t least = made + 1 + made / 10;
            needed = std::max(needed, std::clamp(guess.value_or(2 * made), least, 2 * made + 1));
        }
    return std::min(needed, wanted.most);
}

}  // namespace

bool asks_for_replications(const Arguments& arguments) { return arguments.has("replications") || arguments.has("until"); }

Replications replications_of(const Arguments& arguments, std::size_t preset) {
    Replications out;
    const bool until = arguments.has("until");
    if (until && arguments.has("shard"))
        throw BadInput("--until: the parts of a study do not know each other's figures; give --replications");
    if (!until && arguments.has("at-most")) throw BadInput("--at-most: belongs to --until");
    out.least = count_of(arguments, "replications", until ? kFloor : preset, until ? 2 : 1);
    out.most = until ? count_of(arguments, "at-most", std::max(kCeiling, out.least), 2) : out.least;
    if (out.most < out.least)
        throw BadInput("--at-most: " + std::to_string(out.most) + " is less than the " + std::to_string(out.least) +
                       " to start with");
    Precision limits;
    limits.floor = out.least;
    limits.ceiling = out.most;
    for (const std::string& text : arguments.all("until")) out.until.push_back(until_of(text, limits));
    return out;
}

void replicate(Study& study, const Replications& wanted) {
    std::size_t made = wanted.least;
    study.run_all(made);
    if (wanted.until.empty() || study.stopped()) return;
    check_paths(study, wanted);
    for (std::size_t next = 0; !study.stopped() && (next = next_total(study, wanted, made)) > made; made = next)
        study.run_all(next);
}

std::vector<std::string> how_it_ended(const Study& study, const Replications& wanted) {
    std::vector<std::string> out;
    for (const Until& one : wanted.until) {
        std::size_t reached = 0;
        for (std::size_t arm = 0; arm < study.arms(); ++arm) {
            const auto sample = study.figures().sample(arm, one.kpi);
            if (sample && stop(*sample, one.precision) == Stop::reached && ++reached > 0) continue;
            std::string line = "--until " + one.text + ": not reached";
            if (study.arms() > 1) line += " by " + study.arm(arm).name;
            if (!sample) {
                out.push_back(line + ": not every replication measured it");
                continue;
            }
            line += " with " + reports::counted(sample->size(), "replication");
            if (const auto needed = reports::statistics::replications_for(*sample, one.precision))
                line += "; about " + reports::grouped(std::uint64_t{*needed}) + " would do";
            out.push_back(line);
        }
        if (study.arms() > 0 && reached == study.arms())
            out.push_back("--until " + one.text + ": reached with " +
                          reports::counted(std::uint64_t{study.figures().replications(0).size()}, "replication"));
    }
    return out;
}

}  // namespace lastunit::cli
