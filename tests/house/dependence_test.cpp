// Every #include of the tree against the direction of dependence, and proof that the check can fail.
#include <catch2/catch.hpp>

#include "tests/house/dependence.hpp"
#include "tests/house/tree.hpp"

namespace lastunit::house {
namespace {

TEST_CASE("dependence: every include of the tree goes the allowed way") {
    std::size_t read_files = 0;
    for (const std::string& path : text_files()) {
        if (!path.ends_with(".hpp") && !path.ends_with(".cpp")) continue;
        ++read_files;
        for (const std::string& problem : broken_rules(path, read(path))) FAIL_CHECK(problem);
    }
    CHECK(read_files > 20);  // the walk did find the tree
}

struct Snippet {
    const char* path;
    const char* include;
    const char* complaint;  // "" = allowed
};

const Snippet kSnippets[] = {
    {"core/ledger.cpp", "#include <vector>", ""},
    {"core/ledger.cpp", "#include \"core/types.hpp\"", ""},
    {"core/ledger.cpp", "// #include \"model/network.hpp\"", ""},
    {"model/random.hpp", "#include <Random123/philox.h>", ""},
    {"cli/run.cpp", "#include \"sim/simulation.hpp\"", ""},
    {"sim/kernel/engine.cpp", "#include <simgrid/s4u.hpp>", ""},
    {"tests/sim/run_test.cpp", "#include \"reports/json.hpp\"", ""},
    {"core/ledger.cpp", "#include \"model/network.hpp\"", "core may not see model"},
    {"model/network.cpp", "#  include \"scenarios/loader.hpp\"", "model may not see scenarios"},
    {"scenarios/loader.cpp", "#include \"sim/simulation.hpp\"", "scenarios may not see sim"},
    {"sim/run.cpp", "#include \"reports/json.hpp\"", "sim may not see reports"},
    {"reports/html.cpp", "#include \"sim/simulation.hpp\"", "reports may not see sim"},
    {"drivers/postgres/store.cpp", "#include \"sim/simulation.hpp\"", "drivers may not see sim"},
    {"reports/html.cpp", "#include \"cli/run.hpp\"", "reports may not see cli"},
    {"cli/run.cpp", "#include \"tests/house/tree.hpp\"", "cli may not see tests"},
    {"core/ledger.cpp", "#include \"ledger.hpp\"", "not written from the root"},
    {"core/ledger.cpp", "#include \"../model/network.hpp\"", "names no folder"},
    {"core/ledger.cpp", "#include <boost/math/distributions.hpp>", "not allowed here"},
    {"sim/shoppers.cpp", "#include <simgrid/s4u.hpp>", "not allowed here"},
    {"scenarios/loader.cpp", "#include <Random123/philox.h>", "not allowed here"},
    {"model/demand.cpp", "#include <yaml-cpp/yaml.h>", "not allowed here"},
    {"scenarios/loader.cpp", "#include <yaml-cpp/yaml.h>", "not allowed here"},
    {"model/demand.cpp", "#include <boost/math/special_functions/erf.hpp>", "not allowed here"},
    {"sim/orders.cpp", "#include <boost/random/poisson_distribution.hpp>", "not allowed here"},
    {"model/csv.cpp", "#include <zlib.h>", "not allowed here"},
    {"reports/store/store.cpp", "#include <sqlite3.h>", "not allowed here"},
    {"reports/statistics/mean.cpp", "#include <boost/math/distributions/students_t.hpp>", "not allowed here"},
    {"drivers/grpc/server.cpp", "#include <libpq-fe.h>", "not allowed here"},
    {"cli/run.cpp", "#include <boost/program_options.hpp>", "not allowed here"},
    {"model/demand.cpp", "#include <eigen3/Eigen/Dense>", "the table does not know"},
    {"core/ledger.cpp", "#include <chrono>", "not for core"},
    {"core/ledger.cpp", "#include <fstream>", "not for core"},
    {"sim/shoppers.cpp", "#include <random>", "not for sim"},
    {"model/demand.cpp", "#include <thread>", "not for model"},
    {"model/time_format.cpp", "#include <chrono>", ""},
    {"sim/shoppers.cpp", "const auto now = std::chrono::steady_clock::now();", "_clock:: is not for sim"},
    {"scenarios/loader.cpp", "const char* home = std::getenv(name);", "getenv( is not for scenarios"},
    {"cli/run.cpp", "const auto now = std::chrono::steady_clock::now();", ""},
    {"plugins/a.cpp", "#include <vector>", "not in the table"},
};

TEST_CASE("dependence: each kind of wrong include is caught, and none of the right ones") {
    for (const Snippet& snippet : kSnippets) {
        CAPTURE(snippet.path, snippet.include);
        const auto broken = broken_rules(snippet.path, std::string("#pragma once\n") + snippet.include + "\n");
        if (*snippet.complaint == '\0') {
            CHECK(broken.empty());
        } else {
            REQUIRE(broken.size() == 1);
            CHECK_THAT(broken[0], Catch::Contains(snippet.complaint));
        }
    }
}

TEST_CASE("dependence: a complaint names the file and the line") {
    const auto broken = broken_rules("sim/a.cpp", "\n\n#include \"cli/run.hpp\"\n");
    REQUIRE(broken.size() == 1);
    CHECK_THAT(broken[0], Catch::StartsWith("sim/a.cpp:3: cli/run.hpp"));
}

}  // namespace
}  // namespace lastunit::house
