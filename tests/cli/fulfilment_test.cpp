// `lastunit validate` with fulfilment instances and with the cases that are computed.
#include <array>
#include <catch2/catch.hpp>
#include <regex>

#include "tests/cli/process.hpp"
#include "tests/model/shared_data.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

constexpr const char* kInstances = LASTUNIT_SOURCE_DIR "/tests/cli/fulfilment_instances.json";

// The figure in that column of a policy's first line.
double ratio_of(const std::string& text, const std::string& policy) {
    std::smatch found;
    if (!std::regex_search(text, found, std::regex("\n  " + policy + " +([0-9.]+) "))) return -1;
    return std::stod(found[1]);
}

// The file with one thing changed.
std::string changed(const Sandbox& box, const std::string& from, const std::string& to) {
    std::string text = box.read(kInstances);
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    box.write("instances.json", text);
    return box.path("instances.json");
}

TEST_CASE("fulfilment: all policies agree with an independent program, and the last one is the cheapest") {
    const Sandbox box;
    const Result result = box.run({"validate", kInstances});
    INFO(result.out << result.err);
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("instance#1  seed 1, 3 nodes, 6 items, 28 kinds of orders, 500 periods, 30 sequences"));
    CHECK_THAT(result.out, Contains("average  of 2 instances"));
    CHECK_THAT(result.out, Contains("cheapest: resolved-plan"));
    CHECK_THAT(result.out, Contains("comparisons: 26 passed, 0 failed"));  // 8 policies and an optimum each, 8 on average
    for (const char* policy : {"myopic-nearest", "independent", "correlated", "dilated", "force-open", "greedy", "bid-price",
                               "dilated-rerouted", "resolved-prices", "resolved-plan"})
        CHECK(ratio_of(result.out, policy) > 1);
}

TEST_CASE("fulfilment: a shared instance's optimum is found, and its best policy stays below 1.04 of it") {
    const auto file = test::shared_file("validation/fulfilment_instances.json");
    if (!file) return;
    const Sandbox box;
    const Result result =
        box.run({"validate", *file, "--effort", "quick", "--only", "instance#1", "--only", "resolved-plan", "--only", "dilated"});
    INFO(result.out << result.err);
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("(expected 117059.753727: ok)") && !Contains("myopic"));
    CHECK(ratio_of(result.out, "resolved-plan") < 1.04);
    CHECK(ratio_of(result.out, "dilated") > 1.04);
    CHECK_THAT(result.out, Contains("no more than the LP's own"));
}

TEST_CASE("fulfilment: a wrong optimum and a wrong ratio fail") {
    const Sandbox box;
    const std::string text = box.read(kInstances);
    std::smatch optimum, ratio;
    REQUIRE(std::regex_search(text, optimum, std::regex("\"dlp\": [0-9.]+")));
    REQUIRE(std::regex_search(text, ratio, std::regex("\"greedy_mincost_avail\": [0-9.]+")));
    const Result first =
        box.run({"validate", changed(box, optimum[0], "\"dlp\": 5300"), "--effort", "quick", "--only", "greedy"});
    CHECK(first.status == 1);
    CHECK_THAT(first.out, Contains("(expected 5300.000000: FAILED)"));
    const Result second = box.run({"validate", changed(box, ratio[0], "\"greedy_mincost_avail\": 1.3")});
    CHECK(second.status == 1);
    CHECK_THAT(second.out, Contains("FAILED"));
}

TEST_CASE("fulfilment: the same seed gives the same figures, and a policy alone those that it has among others") {
    const Sandbox box;
    const Result all = box.run({"validate", kInstances, "--effort", "quick"});
    const Result one = box.run({"validate", kInstances, "--effort", "quick", "--only", "correlated"});
    const Result other = box.run({"validate", kInstances, "--effort", "quick", "--seed", "2", "--only", "correlated"});
    CHECK(all.out == box.run({"validate", kInstances, "--effort", "quick"}).out);
    CHECK(ratio_of(all.out, "correlated") == ratio_of(one.out, "correlated"));
    CHECK(ratio_of(one.out, "correlated") != ratio_of(other.out, "correlated"));
}

TEST_CASE("fulfilment: a malformed instance is named with what is wrong, before anything is played") {
    const Sandbox box;
    const std::array<const char*, 3> wrong[] = {
        {"\"fixed_cost\": 6", "\"fixed_price\": 6", "has no 'fixed_cost'"},
        {"\"fixed_cost\": 6", "\"fixed_cost\": -6", "'fixed_cost': -6 is out of range"},
        {"\"fixed_cost\": 6", "\"fixed_cost\": \"six\"", "'fixed_cost': 'six' is not a number"},
        {"\"periods\": 500", "\"periods\": 0.5", "'periods'"},
        {"\"region_prob\": [0.4", "\"region_prob\": [0.5", "'region_prob' do not sum to 1"},
        {"\"region_prob\": [0.4, ", "\"region_prob\": [0.4, 0, ", "entries, not 5"},
        {"\"orders\": [[], ", "\"orders\": [[], [6], ", "instance#1: 'orders': 6 is out of range"},
        {"\"orders\": [[], ", "\"orders\": [[2, 2], ", "instance#1: 'orders': one asks an item twice"},
        {"\"orders\": [[], ", "\"orders\": [[], [1], ", "instance#1: 'order_prob' has 7 entries, not 8"},
        {"\"stock\": [[", "\"stock\": [[1, ", "instance#1: 'stock' has 6 entries, not 7"},
        {"\"closest\": [[", "\"closest\": [[7, ", "instance#1: 'closest' has 5 entries, not 4"},
        {"\"dlp\": ", "\"dlp\": -", "instance#1: 'dlp'"},
        {"\"myopic_nearest\": ", "\"myopic_nearest\": \"a lot\", \"x\": ",
         "instance#1: 'mc_ratio_30seq.myopic_nearest': 'a lot'"},
        {"\"instances\": [", "\"instances\": 7, \"x\": [", "'instances' is not a list"},
        {"\"instances\": [", "\"instances\": [], \"x\": [", "has no instances"},
        {"[", "{", ":"},
    };
    for (const auto& [from, to, message] : wrong) {
        INFO(from << " -> " << to);
        const Result result = box.run({"validate", changed(box, from, to)});
        INFO(result.err);
        CHECK(result.status == 2);
        CHECK(result.out.empty());
        CHECK_THAT(result.err, Contains(message));
    }
    const Result nobody = box.run({"validate", kInstances, "--only", "dilatd"});
    CHECK(nobody.status == 2);
    CHECK_THAT(nobody.err, Contains("dilated"));
}

std::string two_warehouses(const std::string& inputs, const std::string& outputs) {
    return R"({"cases": [{"id": "j_dp_two_fc", "inputs": {"T": 12, "region_prob": [0.5, 0.4], "inventory": [4, 7], )" + inputs +
           R"("cost_fc_region": [[4, 6], [9, 5]]}, "outputs": {)" + outputs + "}}]}";
}

TEST_CASE("two warehouses: by hand, one period: the cheaper of what is there, or the loss") {
    const Sandbox box;
    box.write("one.json", R"({"cases": [{"id": "j_dp_two_fc", "inputs": {"T": 1, "region_prob": [0.5, 0.25], "inventory": [1, 0],
        "cost_fc_region": [[4, 30], [1, 1]], "lost_penalty": 20}, "outputs": {"opt": 7, "myopic": 7, "dlp": 7, "opt_over_dlp": 1}}]})");
    const Result result = box.run({"validate", box.path("one.json")});
    INFO(result.out << result.err);
    CHECK(result.status == 0);
    CHECK_THAT(result.out,
               Contains("sampled-values   expected cost 0.000 % above the optimum") && Contains("7 passed, 0 failed"));
}

TEST_CASE("two warehouses: every shared case has the exact optimum, and forward-looking policies stay within 2 % of it") {
    const auto file = test::shared_file("validation/analytic_cases.json");
    if (!file) return;
    const Sandbox box;
    const Result result = box.run({"validate", *file, "--only", "j_dp_two_fc"});
    INFO(result.out << result.err);
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("above the optimum, on average of 2 computed cases"));
}

TEST_CASE("two warehouses: a wrong optimum fails, a malformed case is named, too many states are not computed") {
    const Sandbox box;
    box.write("a.json", two_warehouses(R"("lost_penalty": 30, )", R"("opt": 1)"));
    const Result wrong = box.run({"validate", box.path("a.json")});
    CHECK(wrong.status == 1);
    CHECK_THAT(wrong.out, Contains("FAILED"));
    box.write("b.json", two_warehouses("", R"("opt": 1)"));
    const Result malformed = box.run({"validate", box.path("b.json")});
    CHECK(malformed.status == 2);
    CHECK_THAT(malformed.err, Contains("has no input 'lost_penalty'"));
    box.write("c.json", two_warehouses(R"("lost_penalty": 30, )", R"("opt": 1)"));
    std::string large = box.read("c.json");
    large.replace(large.find("[4, 7]"), 6, "[40000, 70000]");
    box.write("c.json", large);
    CHECK_THAT(box.run({"validate", box.path("c.json")}).out, Contains("too many states to compute exactly"));
}

}  // namespace
}  // namespace lastunit::cli_tests
