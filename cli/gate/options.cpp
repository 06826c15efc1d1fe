#include "cli/gate/options.hpp"

#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "reports/gate/baseline.hpp"
#include "reports/write.hpp"
#include "scenarios/quantity.hpp"

namespace lastunit::cli {
namespace {

constexpr std::uint64_t kMostReplications = 1'000'000;
constexpr std::array<const char*, 4> kFiles = {"write-baseline", "junit", "markdown", "json"};

std::optional<std::size_t> replications(const Arguments& arguments, const char* option) {
    const auto given = arguments.number(option);
    if (!given) return std::nullopt;
    if (*given < 1 || *given > kMostReplications)
        throw BadInput(std::string("--") + option + ": " + std::to_string(*given) + " is not within 1 to 1000000");
    return *given;
}

double share(const Arguments& arguments, const char* option, double preset) {
    const auto text = arguments.get(option);
    if (!text) return preset;
    const auto parsed = scenarios::parse_quantity(*text, schema::SHARE, "");
    if (!parsed.error.empty()) throw BadInput(std::string("--") + option + ": " + parsed.error);
    if (!(parsed.value >= 0 && parsed.value <= 1)) throw BadInput(std::string("--") + option + ": has to be within 0% to 100%");
    return parsed.value;
}

model::GateBaseline baseline_in(const std::string& path) {
    std::error_code ignored;
    std::ifstream file(path, std::ios::binary);
    if (std::filesystem::is_directory(path, ignored) || !file)
        throw BadInput("--baseline: " + path + " cannot be read; --write-baseline " + path + " makes one");
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    auto read = reports::gate::read_baseline(text);
    if (!read.baseline) throw BadInput("--baseline: " + path + ": " + read.error);
    return std::move(*read.baseline);
}

std::string program(const Arguments& arguments, const char* option) {
    const std::string path = arguments.get(option).value_or("");
    if (!path.empty() && access(path.c_str(), X_OK) != 0)
        throw BadInput(std::string("--") + option + ": " + path + " is no program that can be run");
    return path;
}

void check_files(const Arguments& arguments) {
    for (std::size_t i = 0; i < kFiles.size(); ++i) {
        const auto path = arguments.get(kFiles[i]);
        if (!path) continue;
        if (const auto problem = reports::check_writable(*path)) throw BadInput(*problem);
        for (std::size_t k = 0; k < i; ++k)
            if (arguments.get(kFiles[k]) == path) throw BadInput("two reports would be written to " + *path);
    }
}

}  // namespace

GateOptions gate_options(const Arguments& arguments) {
    GateOptions out;
    out.exactly = replications(arguments, "replications");
    out.at_most = replications(arguments, "at-most");
    if (out.exactly && out.at_most)
        throw BadInput("--replications says exactly how many, --at-most how far to go: give one of them");
    out.tolerance = share(arguments, "tolerance", out.tolerance);
    out.resolution = share(arguments, "resolution", out.resolution);
    if (out.resolution < out.tolerance)
        throw BadInput("--resolution: what must not pass lies beyond --tolerance, what is allowed");
    out.write_baseline = arguments.get("write-baseline").value_or("");
    if (arguments.has("write-baseline")) {
        for (const char* other : {"baseline", "identical", "baseline-binary", "junit", "markdown", "json"})
            if (arguments.has(other))
                throw BadInput(std::string("--write-baseline judges nothing: it does not go with --") + other);
    }
    check_files(arguments);
    if (const auto path = arguments.get("baseline")) out.baseline = baseline_in(*path);
    if (arguments.has("identical")) {
        if (!out.baseline) throw BadInput("--identical: to what? Give --baseline FILE");
        out.identical = GateOptions::Identical::demanded;
    }
    out.old_binary = program(arguments, "baseline-binary");
    out.new_binary = program(arguments, "binary");
    if (out.old_binary.empty() && !out.new_binary.empty()) throw BadInput("--binary: against which? Give --baseline-binary PATH");
    return out;
}

std::vector<Option> gate_option_rows() {
    return {
        {"baseline", "FILE", "compare with what --write-baseline wrote there; with its seeds unless --seed names others"},
        {"write-baseline", "FILE", "measure, write FILE to commit beside the scenario, and judge nothing"},
        {"replications", "N",
         "exactly so many runs, with the seeds SEED, SEED + 1 ... (default: 10, doubled while a gate is undecided)"},
        {"at-most", "N", "double no further than this (default: what makes a thousand million events, within 40 to 2560)"},
        {"tolerance", "PERCENT",
         "how much worse than the baseline is allowed where the scenario has no gate against it (default 2%)"},
        {"resolution", "PERCENT", "how much worse must not pass unseen where a gate names no margin of its own (default 10%)"},
        {"identical", nullptr, "demand runs identical to the baseline's, to the bit: for changes that must not change anything"},
        {"baseline-binary", "PATH", "compare CPU time per order with that of this lastunit, in alternation"},
        {"binary", "PATH", "whose CPU time that is (default: this lastunit)"},
        {"junit", "FILE", "write JUnit XML: FAIL is a failure, INVALID an error; - for stdout, as for the other files"},
        {"markdown", "FILE", "write a table for a pull request"},
        {"json", "FILE", "write verdicts, figures and intervals as JSON"},
        {"quiet", nullptr, "the verdict's line alone"},
        {"workers", "N", "simulate so many at once (default: one per core); the results are the same"},
        {"store", "FILE",
         "keep the runs in this SQLite file, and do not repeat those that are there; `none` for neither (default: the user's "
         "data folder)"},
    };
}

}  // namespace lastunit::cli
