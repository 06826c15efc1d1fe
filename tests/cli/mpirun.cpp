#include "tests/cli/mpirun.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

namespace lastunit::cli_tests {

bool has_mpirun() {
    const bool there = std::string(LASTUNIT_MPIRUN).find('/') == 0 && std::filesystem::exists(LASTUNIT_MPIRUN);
    if (!there) WARN("skipped: this build is without MPI, or mpirun is missing");
    return there;
}

std::vector<std::string> as_ranks(std::size_t ranks, const std::vector<std::string>& options, const std::string& binary,
                                  const std::vector<std::string>& words) {
    std::vector<std::string> out{"--allow-run-as-root", "--oversubscribe"};
    out.insert(out.end(), options.begin(), options.end());
    out.insert(out.end(), {"-n", std::to_string(ranks), binary});
    out.insert(out.end(), words.begin(), words.end());
    return out;
}

Result run_as_ranks(const Sandbox& box, std::size_t ranks, const std::string& binary, const std::vector<std::string>& words) {
    return box.run_binary(LASTUNIT_MPIRUN, as_ranks(ranks, {}, binary, words));
}

}  // namespace lastunit::cli_tests
