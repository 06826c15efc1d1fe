// `lastunit target`: what it says before anything is downloaded. (The shops themselves: targets_slow_test.cpp.)
#include <stdlib.h>
#include <catch2/catch.hpp>

#include "tests/cli/process.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

// The cache is the test's own, and there are no programs on the path.
class Machine {
   public:
    explicit Machine(const Sandbox& box) : path_(getenv("PATH")) {
        setenv("XDG_CACHE_HOME", box.path("cache").c_str(), 1);
        setenv("PATH", box.path("bin").c_str(), 1);
    }
    ~Machine() {
        setenv("PATH", path_.c_str(), 1);
        unsetenv("XDG_CACHE_HOME");
    }
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

   private:
    const std::string path_;
};

TEST_CASE("target: list says what there is, without a cache") {
    const Sandbox box;
    const Machine machine(box);
    const Result listed = box.run({"target", "list"});
    CHECK(listed.status == 0);
    CHECK_THAT(listed.out, Contains("Vendure 3.7.3") && Contains("Medusa 2.21.2") && Contains("default, redis, postgres"));
    CHECK_FALSE(box.has("cache"));
}

TEST_CASE("target: down and status of what is not up") {
    const Sandbox box;
    const Machine machine(box);
    const Result down = box.run({"target", "down", "vendure"});
    CHECK(down.status == 0);
    CHECK(down.out == "vendure is not up\n");
    const Result one = box.run({"target", "status", "medusa"});
    CHECK(one.status == 1);
    CHECK(one.out == "medusa is not up\n");
    CHECK(box.run({"target", "status"}).status == 0);
}

TEST_CASE("target: each mistake is named, with what would be right, and nothing is written") {
    const Sandbox box;
    const Machine machine(box);
    const struct {
        std::vector<std::string> words;
        const char* says;
    } mistakes[] = {
        {{"target", "upp", "vendure"}, "did you mean `up`?"},
        {{"target", "up"}, "which one? (lastunit target list)"},
        {{"target", "up", "vendur"}, "did you mean `vendure`?"},
        {{"target", "up", "vendure", "--locking", "redis"}, "Vendure has no choice of it"},
        {{"target", "up", "medusa", "--locking", "reddis"}, "did you mean `redis`?"},
        {{"target", "up", "medusa", "--processes", "0"}, "from 1 to 16"},
        {{"target", "up", "vendure", "--stock", "sku-1"}, "is not SKU=UNITS"},
        {{"target", "up", "vendure", "--port", "70000"}, "--port: at most 65535"},
        {{"target", "up", "vendure"}, "install Debian's package nodejs"},
        {{"target", "list", "vendure"}, "takes no name"},
    };
    for (const auto& mistake : mistakes) {
        CAPTURE(mistake.says);
        const Result result = box.run(mistake.words);
        CHECK(result.status == 2);
        CHECK_THAT(result.err, Contains(mistake.says));
        CHECK(result.out.empty());
    }
    CHECK_FALSE(box.has("cache"));
}

}  // namespace
}  // namespace lastunit::cli_tests
