// Studies by several ranks of MPI on this machine: the same results as one process, whatever is killed.
#include <sys/prctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "reports/store/store.hpp"
#include "tests/cli/mpirun.hpp"

namespace lastunit::cli_tests {
namespace {

using Words = std::vector<std::string>;

Words operator+(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

const Words kRecovery{"--mca", "orte_enable_recovery", "1"};

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t out = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++out;
    return out;
}

// Every run of a store but its number and its clock times, by seed.
std::vector<std::string> runs_of(const std::string& store) {
    std::vector<std::string> out;
    const reports::Store opened(store);
    for (const reports::StoredRun& run : opened.runs())
        out.push_back(std::to_string(run.seed) + " " + run.fingerprint + " " + opened.record(run.id)->SerializeAsString());
    std::sort(out.begin(), out.end());
    return out;
}

// Waits until the probe has done so many of its tasks.
bool has_done(const Sandbox& box, int tasks) {
    for (int i = 0; i < 400; ++i) {
        if (box.has("done") && std::atoi(box.read("done").c_str()) >= tasks) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
    return false;
}

// Makes this process the parent of what a killed child leaves behind, so that it can wait for their end.
class Inheritor {
   public:
    Inheritor() { prctl(PR_SET_CHILD_SUBREAPER, 1); }
    ~Inheritor() { prctl(PR_SET_CHILD_SUBREAPER, 0); }
    Inheritor(const Inheritor&) = delete;
    Inheritor& operator=(const Inheritor&) = delete;
};

// A process that was killed may still end what it was writing, with its files open; one that has been reaped, by mpirun or
// here, has closed them.
void wait_for_end(const std::vector<pid_t>& processes) {
    for (const pid_t process : processes)
        for (int i = 0; i < 1200 && kill(process, 0) == 0; ++i) {
            waitpid(process, nullptr, WNOHANG);
            std::this_thread::sleep_for(std::chrono::milliseconds(25));
        }
}

TEST_CASE("ranks: four of them print what one process prints, every byte, crashes and failures too") {
    if (!has_mpirun()) return;
    const Sandbox box;
    const Words words{box.path(""), "12", "5"};
    const Result alone = box.run_binary(LASTUNIT_RANKS_PROBE, words);
    REQUIRE(alone.status == 4);
    CHECK(alone.out.find("the run failed: three is not to be had; repeat it with: repeat 3\n") != std::string::npos);
    CHECK(alone.out.find("the run was ended by a signal (Aborted); repeat it with: repeat 5\n") != std::string::npos);
    CHECK(alone.out.find("24 told\n") != std::string::npos);
    const Result ranks = run_as_ranks(box, 4, LASTUNIT_RANKS_PROBE, words);
    INFO(ranks.err);
    CHECK(ranks.status == 4);
    CHECK((ranks.out == alone.out));
}

TEST_CASE("ranks: a study of four has the report, the JSON and the store of one process") {
    if (!has_mpirun()) return;
    const Sandbox box;
    const auto study = [&](const std::string& name) {
        return Words{
            "run", "smoke", "--replications", "9", "--store", box.path(name + ".sqlite"), "--json", box.path(name + ".json")};
    };
    const Result alone = box.run(study("one"));
    REQUIRE(alone.status == 0);
    const Result ranks = run_as_ranks(box, 4, LASTUNIT_BINARY, study("four"));
    INFO(ranks.err);
    CHECK(ranks.status == 0);
    CHECK(ranks.out == alone.out);
    CHECK(box.read("four.json") == box.read("one.json"));
    CHECK(runs_of(box.path("four.sqlite")) == runs_of(box.path("one.sqlite")));
    CHECK(ranks.err.find("9 runs simulated") != std::string::npos);

    const Result again = run_as_ranks(box, 4, LASTUNIT_BINARY, study("four"));
    CHECK(again.out == alone.out);
    CHECK(again.err.find("0 runs simulated, 9 were in the store") != std::string::npos);
}

TEST_CASE("ranks: comparisons, gates and sweeps by three are those of one process") {
    if (!has_mpirun()) return;
    const Sandbox box;
    for (const Words& words : {Words{"compare", "smoke", "--designs", "unified,esb-push"},
                               Words{"compare", "smoke", "--designs", "unified,esb-push", "--replications", "4"},
                               Words{"gate", "smoke", "--replications", "10"},
                               Words{"sweep", "smoke", "--vary", "run.horizon=1h,2h", "--replications", "3"}}) {
        const Result alone = box.run(words), ranks = run_as_ranks(box, 3, LASTUNIT_BINARY, words);
        INFO(ranks.err);
        CHECK(ranks.status == alone.status);
        CHECK(ranks.out.size() > 100);
        CHECK(ranks.out == alone.out);
    }
}

TEST_CASE("ranks: what a killed one had is done by another, and everything is there once") {
    if (!has_mpirun()) return;
    const Sandbox box;
    const Words words{box.path(""), "16", "150"};
    const Result alone = box.run_binary(LASTUNIT_RANKS_PROBE, words);
    std::filesystem::remove(box.path("done"));
    const pid_t mpirun = box.start(LASTUNIT_MPIRUN, as_ranks(4, kRecovery, LASTUNIT_RANKS_PROBE, words));
    const bool begun = has_done(box, 5);
    if (begun) kill(std::atoi(box.read("pid.2").c_str()), SIGKILL);
    const Result ranks = box.finish(mpirun);
    INFO(ranks.err);
    REQUIRE(begun);
    CHECK((ranks.out == alone.out));
    CHECK(ranks.err.find("lastunit: rank 2 on ") != std::string::npos);
    CHECK(ranks.err.find(" is lost; 1 of its runs are done by others") != std::string::npos);
    CHECK(ranks.err.find("the exit status is 4, and mpirun with recovery will say 0") != std::string::npos);
}

TEST_CASE("ranks: where mpirun ends all because one was killed, the same command goes on from there") {
    if (!has_mpirun()) return;
    const auto victim = GENERATE(as<std::string>{}, "a follower", "the whole study");
    CAPTURE(victim);
    const Sandbox box;
    const auto study = [&](const std::string& store) {
        return Words{"run", "smoke", "--replications", "80", "--store", box.path(store)};
    };
    const Result alone = box.run(study("one"));
    const Inheritor inheritor;
    const pid_t mpirun = box.start(LASTUNIT_MPIRUN, as_ranks(3, {}, LASTUNIT_BINARY, study("s")));
    std::size_t kept = 0;
    for (int i = 0; i < 1000 && kept < 10; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        try {
            kept = std::filesystem::exists(box.path("s")) ? reports::Store(box.path("s")).runs().size() : 0;
        } catch (const reports::StoreError&) {  // being made
        }
    }
    const std::vector<pid_t> ranks = children_of(mpirun);
    REQUIRE(ranks.size() == 3);
    if (victim == "a follower") {
        kill(ranks[1], SIGKILL);
    } else {
        kill(mpirun, SIGKILL);
        for (const pid_t rank : ranks) kill(rank, SIGKILL);
    }
    CHECK(box.finish(mpirun).status == 137);
    wait_for_end(ranks);
    const auto before = runs_of(box.path("s"));
    CHECK(before.size() >= 10);
    CHECK(before.size() < 80);

    const Result again = run_as_ranks(box, 3, LASTUNIT_BINARY, study("s"));
    INFO(again.err);
    CAPTURE(before.size());
    CHECK(again.status == 0);
    CHECK(again.out == alone.out);
    CHECK(again.err.find(std::to_string(before.size()) + " were in the store") != std::string::npos);
    CHECK(runs_of(box.path("s")) == runs_of(box.path("one")));
}

TEST_CASE("ranks: a command that is no study is done once, and a mistake is said once") {
    if (!has_mpirun()) return;
    const Sandbox box;
    CHECK(run_as_ranks(box, 3, LASTUNIT_BINARY, {"version"}).out == box.run({"version"}).out);
    CHECK(run_as_ranks(box, 3, LASTUNIT_BINARY, {"run", "smoke", "--json", "-", "--quiet"}).out.find("\"seed\"") !=
          std::string::npos);
    for (const Words& words : {Words{"run", "nowhere", "--replications", "3"}, Words{"run", "smoke", "--replications", "three"},
                               Words{"run", "smoke", "--replicas", "3"}}) {
        const Result wrong = run_as_ranks(box, 3, LASTUNIT_BINARY, words);
        INFO(wrong.err);
        CHECK(wrong.status == 2);
        CHECK(count(wrong.err, box.run(words).err) == 1);
        CHECK(count(wrong.err, "takes no part") == 0);
    }
}

TEST_CASE("ranks: one that cannot load the scenario is named, and the others do its part") {
    if (!has_mpirun()) return;
    const Sandbox box;
    const auto study = [](const char* scenario) { return Words{"run", scenario, "--replications", "5", "--store", "none"}; };
    const Result alone = box.run(study("smoke"));
    const Result ranks = box.run_binary(LASTUNIT_MPIRUN, as_ranks(2, {}, LASTUNIT_BINARY, study("smoke")) +
                                                             Words{":", "-n", "1", LASTUNIT_BINARY} + study("gone.yaml"));
    INFO(ranks.err);
    CHECK(ranks.status == 0);
    CHECK(ranks.out == alone.out);
    CHECK(ranks.err.find("lastunit: rank 2 takes no part: gone.yaml: no such file") != std::string::npos);
}

}  // namespace

TEST_CASE("ranks: a build without MPI refuses to do a study once for each") {
    if (std::string(LASTUNIT_MPIRUN).find('/') == 0) return;
    const Sandbox box;
    setenv("OMPI_COMM_WORLD_RANK", "0", 1);
    setenv("OMPI_COMM_WORLD_SIZE", "4", 1);
    const Result result = box.run({"run", "smoke", "--replications", "3"});
    unsetenv("OMPI_COMM_WORLD_RANK");
    unsetenv("OMPI_COMM_WORLD_SIZE");
    CHECK(result.status == 2);
    CHECK(result.out.empty());
    CHECK(result.err.find("lastunit run: it was started as 4 ranks, and this build is without MPI") == 0);
}

}  // namespace lastunit::cli_tests
