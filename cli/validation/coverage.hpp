// How often the intervals are right: many studies of one case, each of a few replications with seeds of its own, and the share
// of them whose 95 % interval holds the exact value.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/validation/comparison.hpp"

namespace lastunit::cli::validation {

struct CoveragePlan {
    std::uint64_t studies = 1000;
    std::uint64_t seed = 1;  // another thousand for each
};

// What a study of a family is: how many replications, and how long they are, such that a thousand studies take a minute or so.
struct StudySize {
    const char* family;
    std::uint64_t replications;
    double shoppers;  // of a replication
};
// Null where a family's outputs are no means, shares or quantiles of independent replications: what is computed, and steady
// states seen through one window of time, whose replications are as long as the effort allows.
const StudySize* study_size(const Family& family);
Effort effort_of_a_study(const StudySize& size, std::uint64_t study);

// What is claimed: between these of all studies.
inline constexpr double kLeastCovered = 0.93, kMostCovered = 0.97;

// Of one output.
struct Coverage {
    std::string output;
    double expected = 0;
    std::uint64_t covered = 0, above = 0, below = 0;        // studies whose interval holds the value; lies above it; below it
    std::uint64_t few = 0;                                  // of them with fewer than ten events awaited
    std::uint64_t without_width = 0, without_interval = 0;  // computed or always the same; open at an end, or not compared
    std::string reason = {};                                // why it is not compared

    std::uint64_t studies() const { return covered + above + below; }
    double share() const { return static_cast<double>(covered) / static_cast<double>(studies()); }
    void add(const Coverage& other);
};
enum class CoverageVerdict : std::uint8_t {
    inside,  // 93 to 97 %
    too_little,
    too_much,
    not_judged,  // nothing was estimated, or from fewer than ten events
};
CoverageVerdict verdict_of(const Coverage& coverage);

// Of these studies of the case, numbered from 0; one entry per output. The same whatever the other studies are.
std::vector<Coverage> coverage_of(const Prepared& prepared, const Family& family, std::uint64_t first, std::uint64_t count,
                                  const CoveragePlan& plan);

}  // namespace lastunit::cli::validation
