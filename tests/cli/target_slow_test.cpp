// Real shops from the npm registry, in the user's own cache: minutes, and hundreds of megabytes the first time. Hidden: run
//     build/release/tests/cli/lastunit_cli_tests "[slow]"
#include <catch2/catch.hpp>

#include "tests/cli/process.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

constexpr unsigned kMost_s = 1200;  // an installation, or a race whose shoppers wait for locks

// One that is up already is somebody's: it is not touched, and the test fails with what `up` says.
class Shop {
   public:
    Shop(const Sandbox& box, std::vector<std::string> words) : box_(box), name_(words.at(0)) {
        words.insert(words.begin(), {"target", "up"});
        const Result up = box_.run(words);
        INFO(up.err);
        REQUIRE(up.status == 0);
    }
    ~Shop() { box_.run({"target", "down", name_}); }
    Shop(const Shop&) = delete;
    Shop& operator=(const Shop&) = delete;

    Result race(std::vector<std::string> words) const {
        words.insert(words.begin(), {"flow", "race", name_});
        return box_.run(words);
    }

   private:
    const Sandbox& box_;
    const std::string name_;
};

TEST_CASE("Vendure: sells what it has one at a time, and more than that to eight at a time or at the payment page", "[.slow]") {
    const Sandbox box(kMost_s);
    const Shop shop(box, {"vendure", "--warm-up", "10"});
    CHECK(box.run({"target", "status", "vendure"}).status == 0);
    CHECK_THAT(box.run({"flow", "check", "vendure", "--trace"}).out, Contains("told to the shopper: accepted at step `pay`"));
    const Result alone = shop.race({"--at-once", "1", "--shoppers", "15"});
    CHECK(alone.status == 0);
    const Result together = shop.race({"--at-once", "8"});
    CHECK(together.status == 1);
    CHECK_THAT(together.out, Contains("FINDING oversold") && Contains("FINDING lost_update"));
    const Result in_turn = shop.race({"--finish-one-by-one", "pay", "--shoppers", "15"});
    CHECK(in_turn.status == 1);
    CHECK_THAT(in_turn.out, Contains("FINDING oversold: 15 units sold of 10") && Contains("FINDING unallocated_order"));
}

TEST_CASE("Medusa: one process sells what there is, and withholds some of it from a crowd that waits for its lock", "[.slow]") {
    const Sandbox box(kMost_s);
    const Shop shop(box, {"medusa", "--warm-up", "10"});
    const Result few = shop.race({"--at-once", "16"});
    CHECK(few.status == 0);
    CHECK_THAT(few.out, Contains("no finding"));
    const Result crowd = shop.race({"--shoppers", "240", "--units", "240"});
    CHECK(crowd.status == 1);
    CHECK_THAT(crowd.out, Contains("FINDING undersold") && !Contains("FINDING oversold"));
}

TEST_CASE("Medusa: two processes oversell with the default locking", "[.slow]") {
    const Sandbox box(kMost_s);
    const Shop shop(box, {"medusa", "--processes", "2", "--warm-up", "10"});
    const Result result = shop.race({});
    CHECK(result.status == 1);
    CHECK_THAT(result.out, Contains("FINDING oversold") && Contains("FINDING lost_update"));
}

TEST_CASE("Medusa: two processes with Redis locking sell what there is", "[.slow]") {
    const Sandbox box(kMost_s);
    const Shop shop(box, {"medusa", "--processes", "2", "--locking", "redis", "--warm-up", "10"});
    CHECK_THAT(shop.race({"--at-once", "16"}).out, Contains("no finding"));
}

TEST_CASE("Medusa: two processes with PostgreSQL locking leave orders whose shoppers were told that there is none", "[.slow]") {
    const Sandbox box(kMost_s);
    const Shop shop(box, {"medusa", "--processes", "2", "--locking", "postgres", "--warm-up", "10"});
    const Result result = shop.race({});
    CHECK(result.status == 1);
    CHECK_THAT(result.out, Contains("FINDING phantom_order") && Contains("CPU of ") && Contains(" per accepted checkout: "));
}

}  // namespace
}  // namespace lastunit::cli_tests
