// `lastunit validate` from outside: reference cases pass, wrong ones fail, broken files are said to be broken.
#include <catch2/catch.hpp>
#include <regex>

#include "tests/cli/process.hpp"
#include "tests/model/shared_data.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

// One case as a file, with the outputs given.
std::string file_of(const std::string& id, const std::string& inputs, const std::string& outputs) {
    return R"({"cases": [{"id": ")" + id + R"(", "inputs": {)" + inputs + R"(}, "outputs": {)" + outputs + "}}]}";
}

Result validate(const Sandbox& box, const std::string& content, std::vector<std::string> options = {"--effort", "quick"}) {
    box.write("cases.json", content);
    std::vector<std::string> words{"validate", box.path("cases.json")};
    words.insert(words.end(), options.begin(), options.end());
    return box.run(words);
}

int lines_with(const std::string& text, const std::string& pattern) {
    const std::regex line(pattern);
    return static_cast<int>(std::distance(std::sregex_iterator(text.begin(), text.end(), line), std::sregex_iterator()));
}

TEST_CASE("validate: all cases with inputs of our own pass, one of each family and more") {
    const Sandbox box;
    const Result result = box.run({"validate", LASTUNIT_SOURCE_DIR "/tests/cli/validation_cases.json", "--effort", "quick"});
    INFO(result.out << result.err);
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("cases: 61 passed, 0 failed, 1 skipped"));
    CHECK_THAT(result.out, Contains("z9_unheard_of#1: this family is not covered by the model"));
}

TEST_CASE("validate: no shared reference case fails, and every family that has to run here runs") {
    const auto file = test::shared_file("validation/analytic_cases.json");
    if (!file) return;
    const Sandbox box;
    const Result result = box.run({"validate", *file, "--effort", "quick"});
    INFO(result.out << result.err);
    CHECK(result.status == 0);
    for (const char* id : {"a1_inf",           "a1_fin",
                           "a2_explag",        "a3_delta",
                           "a4_buffer",        "b1_batch",
                           "b2_batch_uniform", "b3_partition",
                           "c1_race_uniform",  "c2_race_poisson",
                           "c3_race_exp",      "d_pools",
                           "e1_mmc",           "e2_mg1",
                           "e3_md1",           "e9_tandem",
                           "e10_transient",    "f1_mtminf",
                           "f2_mtmc",          "g1_hold",
                           "c4_simultaneous",  "g2_flash_sat",
                           "g3_flash",         "h1_newsvendor",
                           "h2_risk_buffer",   "k2_poisson_tail",
                           "l1_zipf",          "e4_erlB",
                           "e5_priority",      "e7_erlangA",
                           "e6_forkjoin2",     "e8_batch",
                           "i1_phantom_line",  "i2_phantom_skellam",
                           "i3_shrink_cycle",  "n_sequential",
                           "j_dp_two_fc",      "m1_rounding",
                           "m2_independent",   "k1_gambler",
                           "k3_buffer_tail",   "o1_t_quantiles",
                           "o2_dudewicz",      "o3_rinott",
                           "o4_knpp",          "o5_ocba",
                           "o6_quantile_ci",   "o7_vr",
                           "o8_ishigami",      "o9_law_ci",
                           "o10_law_bank",     "o11_mser5",
                           "o12_crn_pair"})
        CHECK(lines_with(result.out, std::string("\n") + id + "#1  ") +
                  (result.out.starts_with(std::string(id) + "#1  ") ? 1 : 0) ==
              1);
}

// The expected value of each family is moved by as much as a mistake would move it: by a factor, not by noise.
TEST_CASE("validate: a wrong expected value fails, in every way of estimating") {
    const std::pair<const char*, std::string> wrong[] = {
        {"mean", file_of("a1_inf", R"("lam2": 2, "d": 1)", R"("mean": 2.3)")},
        {"var", file_of("a2_explag", R"("lam2": 1, "mean_lag": 1)", R"("var": 1.0)")},
        {"p_any", file_of("c2_race_poisson", R"("lam": 5, "w": 0.5)", R"("p_any": 0.85)")},
        {"rare mean", file_of("a4_buffer", R"("lam1": 0.6, "lam2": 0.4, "d": 5, "b": 8)", R"("mean": 0.12)")},
        {"impossible", file_of("a3_delta", R"("S": 5, "lam1": 1, "lam2": 1, "d": 3)", R"("p_any": 0)")},
        {"ratio", file_of("d_pools", R"("S": 20, "rates": [10, 10], "split": [10, 10])", R"("fill_split": 0.90)")},
        {"steady state", file_of("e1_mmc", R"("lam": 1, "mu": 1, "c": 2)", R"("Wq": 0.5)")},
        {"transient", file_of("e10_transient", R"("lam": 0.5, "mu": 0.6, "c": 1, "n": 12)", R"("avg_delay": 3)")},
        {"curve", file_of("f1_mtminf", R"("lbar": 10, "a": 0.5, "period": 24, "mu": 1)", R"("peak_lag": -0.978)")},
        {"path", file_of("f2_mtmc", R"~("lam": "2, but 9 on [1,2)", "mu": 1, "c": 3, "t_end": 5)~", R"("L_t2": 4)")},
        {"loss", file_of("g1_hold", R"("S": 12, "lam": 1.5, "p_intent": 0.4, "theta": 0.5, "ttl": 8)", R"("blocking": 0.13)")},
        {"no chance", file_of("c4_simultaneous", R"("N": 9, "S": 4)", R"("oversold": 4.9)")},
        {"last unit", file_of("g3_flash", R"("S": 3, "lam": 2, "eta": 1, "p": 0.5)", R"("E_sellout": 4.5)")},
        {"saturated", file_of("g2_flash_sat", R"("S": 3, "eta": 1, "p": 0.9)", R"("E_half": 1.5)")},
        {"buffer too small", file_of("h1_newsvendor", R"("m": 2, "co": 30, "cu": 10)", R"("b_opt": 2)")},
        {"buffer too large", file_of("h1_newsvendor", R"("m": 2, "co": 30, "cu": 10)", R"("b_opt": 4)")},
        {"cost", file_of("h1_newsvendor", R"("m": 2, "co": 30, "cu": 10)", R"("cost_opt": 22)")},
        {"risk too high", file_of("h2_risk_buffer", R"("m": 2)", R"("b_1e-06": 11)")},
        {"risk too low", file_of("h2_risk_buffer", R"("m": 2)", R"("b_1e-06": 13)")},
        {"rare risk", file_of("h2_risk_buffer", R"("m": 2)", R"("P_at_1e-06": 2.6e-7)")},
        {"rare tail", file_of("k2_poisson_tail", R"("m": 2, "k": 10)", R"("p": 5.6e-5)")},
        {"popular share", file_of("l1_zipf", R"("N": 1000, "s": 1)", R"("top1pct": 0.42)")},
        {"engaged", file_of("e4_erlB", R"("c": 10, "a": 8)", R"("B": 0.15)")},
        {"first class", file_of("e5_priority", R"("lam": [0.2, 0.6], "mu": [1, 1])", R"("Wq_class1": 1.3)")},
        {"second class", file_of("e5_priority", R"("lam": [0.2, 0.6], "mu": [1, 1])", R"("Wq_class2": 2.5)")},
        {"third class", file_of("e5_priority", R"("lam": [0.2, 0.3, 0.3], "mu": [1, 2, 1])", R"("Wq_class3": 3.5)")},
        {"split order", file_of("e6_forkjoin2", R"("lam": 0.5, "mu": 1)", R"("T_order": 2.3)")},
        {"hanging up", file_of("e7_erlangA", R"("lam": 5, "mu": 1, "theta": 0.5, "c": 5)", R"("P_abandon": 0.19)")},
        {"waiting callers", file_of("e7_erlangA", R"("lam": 5, "mu": 1, "theta": 0.5, "c": 5)", R"("Wq_all": 0.4)")},
        {"batches", file_of("e8_batch", R"("lam_batch": 0.2, "k": 3, "mu": 1)", R"("L": 1.5)")},
        {"phantom lines", file_of("i1_phantom_line", R"("f": 0.05, "k": 3)", R"("cancel_any": 0.2)")},
        {"rare phantom", file_of("i1_phantom_line", R"("f": 0.02, "k": 1)", R"("cancel_n3": 1.1e-5)")},
        {"wrong record", file_of("i2_phantom_skellam", R"("R": 5, "up": 0.3, "dn": 0.5, "K": 5)", R"("mean_cancels": 0.6)")},
        {"rare record", file_of("i2_phantom_skellam", R"("R": 10, "up": 1, "dn": 1.5, "K": 10)", R"("p_actual_zero": 2.4e-6)")},
        {"shrinkage", file_of("i3_shrink_cycle", R"("S": 10, "lam": 1, "sigma": 0.02)", R"("mean_phantom": 0.25)")},
        {"nobody accepts", file_of("n_sequential", R"("n": 3, "a": 0.7, "tau": 20)", R"("p_fail": 0.035)")},
        {"requests", file_of("n_sequential", R"("n": 3, "a": 0.7, "tau": 20)", R"("E_attempts": 1.5)")},
        {"parcels", file_of("m2_independent", R"("n": 2, "K": 3)", R"("shipments": 1.70)")},
        {"least parcels", file_of("m1_rounding", R"("u": [[0.5, 0.25], [0.5, 0.75]])", R"("lp_bound": 1.26)")},
        {"splitting", file_of("k1_gambler", R"("rho": 0.8, "L": 50)", R"("p": 4.5e-6)")},
        {"in steady state", file_of("k1_gambler", R"("rho": 0.5, "L": 10)", R"("p_steady_ge_L": 1.2e-3)")},
        {"rare oversell", file_of("k3_buffer_tail", R"("lam1": 2, "lam2": 1, "d": 5, "b": 35)", R"("p": 1.8e-6)")},
        {"rarely oversold", file_of("k3_buffer_tail", R"("lam1": 2, "lam2": 1, "d": 5, "b": 35)", R"("mean": 2.2e-6)")},
        {"t", file_of("o1_t_quantiles", "", R"("t_.975_9": 2.262158)")},
        {"h1", file_of("o2_dudewicz", R"("k": 2, "n0": 20, "P": 0.9)", R"("h1": 1.896)")},
        {"h", file_of("o3_rinott", R"("k": 2, "n0": 10, "P": 0.95)", R"("h": 2.615)")},
        {"eta", file_of("o4_knpp", R"("k": 2, "n0": 10, "alpha": 0.05)", R"("eta": 0.3341)")},
        {"budget", file_of("o5_ocba", R"("mean": [1, 1.2, 2], "sd": [1, 2, 1], "N": 500)", R"("N0": 166)")},
        {"rank", file_of("o6_quantile_ci", R"("n": 100, "p": 0.5, "alpha": 0.05)", R"("u": 60)")},
        {"less variance", file_of("o7_vr", "", R"("var_control": 0.0044)")},
        {"interaction", file_of("o8_ishigami", R"("a": 7, "b": 0.1)", R"("ST3": 0.28)")},
        {"no effect", file_of("o8_ishigami", R"("a": 7, "b": 0.1)", R"("S3": 0.05)")},
        {"interval", file_of("o9_law_ci", R"("x": [1, 2, 4], "conf": 0.9)", R"("half": 2.5)")},
        {"stopping", file_of("o10_law_bank", R"("x": [1, 2, 4], "conf": 0.9)", R"("n_abs_100": 8)")},
        {"warm-up", file_of("o11_mser5", R"("n": 300)", R"("d_batches": 17)")},
        {"pairs", file_of("o12_crn_pair", R"("a": [1, 2, 4], "b": [1, 3, 4])", R"("half_paired": 1.5)")},
        {"distinct", file_of("l1_zipf", R"("N": 1000, "s": 1)", R"("distinct_10000": 950)")},
    };
    const Sandbox box;
    for (const auto& [what, content] : wrong) {
        const Result result = validate(box, content);
        INFO(what << "\n" << result.out << result.err);
        CHECK(result.status == 1);
        CHECK_THAT(result.out, Contains("FAILED") && Contains("cases: 0 passed, 1 failed, 0 skipped"));
    }
}

TEST_CASE("validate: the intervals of many small studies hold the exact value as often as they say") {
    const Sandbox box;
    box.write("cases.json", file_of("c2_race_poisson", R"("lam": 2, "w": 1)", R"("mean": 2, "p_any": 0.8646647168)"));
    const Result result = box.run({"validate", box.path("cases.json"), "--coverage", "400"});
    INFO(result.out << result.err);
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("c2_race_poisson") && Contains("  ok"));
    CHECK(lines_with(result.out, "mean +2 +9[3-6]\\.. %") == 1);
    CHECK(box.run({"validate", box.path("cases.json"), "--coverage", "400"}).out == result.out);
}

TEST_CASE("validate: intervals that miss a wrong value are found out") {
    const Sandbox box;
    box.write("cases.json", file_of("c2_race_poisson", R"("lam": 2, "w": 1)", R"("mean": 2.2)"));
    const Result result = box.run({"validate", box.path("cases.json"), "--coverage", "100"});
    CHECK(result.status == 1);
    CHECK_THAT(result.out, Contains("TOO LITTLE"));
    CHECK(box.run({"validate", box.path("cases.json"), "--coverage", "1"}).status == 2);
}

TEST_CASE("validate: outputs that are not compared say why, and do not count as passed") {
    const Sandbox box;
    const Result result =
        validate(box, file_of("c3_race_exp", R"("lam": 3, "w": 1, "S": 4)", R"("mean": 2.574843295, "limit": 3, "wonder": 1)"));
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("the limit of another case") && Contains("not an output that is known here"));
    CHECK_THAT(result.out, Contains("outputs: 1 passed, 0 failed, 2 not compared"));
}

TEST_CASE("validate: a case outside the model is skipped with its reason") {
    const Sandbox box;
    const Result result = validate(box, R"({"cases": [
        {"id": "e9_tandem", "inputs": {"lam": 0.5, "mu": [1, 2, 3, 4]}, "outputs": {"W": 1}},
        {"id": "c4_simultaneous", "inputs": {"N": 3, "S": 1}, "outputs": {"oversold": 2}}]})");
    CHECK(result.status == 0);
    CHECK_THAT(result.out, Contains("e9_tandem#1: a warehouse has three stations, not 4") && Contains("1 skipped"));
}

TEST_CASE("validate: a file of which nothing can be compared is no success") {
    const Sandbox box;
    const Result skipped = validate(box, file_of("e9_tandem", R"("lam": 0.5, "mu": [1, 2, 3, 4])", R"("W": 1)"));
    CHECK(skipped.status == 2);
    CHECK_THAT(skipped.out, Contains("cases: 0 passed, 0 failed, 1 skipped"));
    CHECK_THAT(skipped.err, Contains("nothing was compared: every case is skipped"));
    const Result unknown = validate(box, file_of("b1_batch", R"("S": 3, "lam1": 1, "lam2": 0.5, "T": 2)", R"("approx": 0.5)"));
    CHECK(unknown.status == 2);
    CHECK_THAT(unknown.err, Contains("nothing was compared: no case has an output that can be"));
}

TEST_CASE("validate: malformed cases are named, all of them, before anything is simulated") {
    const Sandbox box;
    const Result result = validate(box, R"({"cases": [
        {"id": "a1_inf", "inputs": {"lam2": "fast", "d": 2}, "outputs": {"mean": 1}},
        {"id": "a1_inf", "inputs": {"lam2": 1, "d": 2}, "outputs": {"mean": 2}},
        {"id": "a1_inf", "inputs": {"d": 2}, "outputs": {"mean": 1}},
        {"id": "d_pools", "inputs": {"S": 1, "rates": [1], "split": [1, 2]}, "outputs": {"lost_shared": 1}},
        {"id": "f2_mtmc", "inputs": {"lam": "now and then", "mu": 1, "c": 1, "t_end": 1}, "outputs": {"L_t1": 1}},
        {"id": "g1_hold", "inputs": {"S": 1.5, "lam": 1, "p_intent": 1, "theta": 1, "ttl": 1}, "outputs": {"blocking": "half"}}]})");
    CHECK(result.status == 2);
    CHECK(result.out.empty());
    for (const char* name :
         {"a1_inf#1", "a1_inf#3", "d_pools#1", "f2_mtmc#1", "g1_hold#1", "'fast' is not a number", "no input 'lam2'"})
        CHECK_THAT(result.err, Contains(name));
    CHECK_THAT(result.err, !Contains("a1_inf#2"));
}

TEST_CASE("validate: --only picks a family or a case, and names the nearest for a mistake") {
    const Sandbox box;
    const std::string two = R"([{"id": "c2_race_poisson", "inputs": {"lam": 5, "w": 0.1}, "outputs": {"mean": 0.5}},
                                {"id": "c2_race_poisson", "inputs": {"lam": 5, "w": 0.2}, "outputs": {"mean": 1}}])";
    const Result one = validate(box, two, {"--effort", "quick", "--only", "c2_race_poisson#2"});
    CHECK(one.status == 0);
    CHECK_THAT(one.out, Contains("c2_race_poisson#2  ") && !Contains("c2_race_poisson#1"));
    const Result none = validate(box, two, {"--only", "c2_race_poison"});
    CHECK(none.status == 2);
    CHECK_THAT(none.err, Contains("c2_race_poisson"));
}

TEST_CASE("validate: the same seed gives the same figures") {
    const Sandbox box;
    const std::string content = file_of("b2_batch_uniform", R"("lam2": 1, "T": 2)", R"("mean": 1, "p0": 0.4323323584)");
    const Result first = validate(box, content), second = validate(box, content);
    const Result other = validate(box, content, {"--effort", "quick", "--seed", "2"});
    CHECK(first.out == second.out);
    CHECK(first.out != other.out);
    CHECK(other.status == 0);
}

}  // namespace
}  // namespace lastunit::cli_tests
