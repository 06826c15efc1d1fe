// The same question has the same answer: in two processes, and in a debug and a release build.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "reports/json.hpp"
#include "tests/cli/process.hpp"

namespace lastunit::cli_tests {
namespace {

// The record without what belongs to the process and not to the run.
std::string answer(const Sandbox& box, const std::string& binary, const std::string& scenario, const std::string& seed) {
    const Result result = box.run_binary(binary, {"run", scenario, "--seed", seed, "--json", "-", "--quiet"});
    INFO(result.err);
    REQUIRE(result.status == 0);
    auto parsed = reports::parse_json(result.out);
    REQUIRE(parsed.record);
    model::Identity& identity = *parsed.record->mutable_identity();
    identity.clear_wall_s();
    identity.clear_peak_memory_bytes();
    identity.clear_build();
    identity.clear_commit();
    return reports::to_json(*parsed.record);
}

TEST_CASE("fingerprint: same seed, same record in two processes; another seed, another one") {
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    const std::string first = answer(box, LASTUNIT_BINARY, file, "11");
    CHECK(first == answer(box, LASTUNIT_BINARY, file, "11"));
    CHECK(first != answer(box, LASTUNIT_BINARY, file, "12"));
}

TEST_CASE("fingerprint: same seed, same record in another build (LASTUNIT_OTHER_BINARY)") {
    const char* other = std::getenv("LASTUNIT_OTHER_BINARY");
    if (other == nullptr) {
        WARN("not compared: LASTUNIT_OTHER_BINARY names no second build; ./dev test sets it");
        return;
    }
    const Sandbox box;
    const std::string file = box.scenario("small.yaml");
    for (const char* seed : {"1", "2", "3"}) CHECK(answer(box, LASTUNIT_BINARY, file, seed) == answer(box, other, file, seed));
}

}  // namespace
}  // namespace lastunit::cli_tests
