#include "cli/identity.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cctype>

#include "cli/version.hpp"
#include "reports/gates.hpp"

namespace lastunit::cli {
namespace {

std::uint64_t peak_memory_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;  // Linux counts KiB
}

}  // namespace

std::string shell_quoted(const std::string& word) {
    const auto plain = [](unsigned char c) {
        return std::isalnum(c) != 0 || std::string_view("-_./=:,+@%").find(static_cast<char>(c)) != std::string_view::npos;
    };
    if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return word;
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string repeat_command(const Arguments& arguments, std::uint64_t seed, const std::string& design) {
    std::string out = "lastunit run " + shell_quoted(arguments.words[0]) + " --seed " + std::to_string(seed);
    if (!design.empty()) out += " --design " + shell_quoted(design);
    if (const auto routing = arguments.get("routing")) out += " --routing " + shell_quoted(*routing);
    for (const std::string& change : arguments.all("set")) out += " --set " + shell_quoted(change);
    for (const std::string& folder : arguments.all("library")) out += " --library " + shell_quoted(folder);
    return out;
}

void complete(model::RunRecord& record, const model::Scenario& scenario, const Arguments& arguments, std::uint64_t seed,
              const std::string& design) {
    model::Identity& identity = *record.mutable_identity();
    identity.set_commit(commit());
    identity.set_version(version_number());
    identity.set_build(build_name());
    identity.set_scenario_file(arguments.words[0]);
    identity.set_design_file(design);
    identity.set_repeat_command(repeat_command(arguments, seed, design));
    identity.set_peak_memory_bytes(peak_memory_bytes());
    for (model::GateVerdict& verdict : reports::judge(scenario.gates, record)) *record.add_gates() = std::move(verdict);
}

}  // namespace lastunit::cli
