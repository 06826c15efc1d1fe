// The files of docs/clusters, run on this machine as a cluster would: with three parts, and as ranks.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "scenarios/yaml_reader.hpp"
#include "tests/cli/mpirun.hpp"

namespace lastunit::cli_tests {
namespace {

namespace fs = std::filesystem;
using Environment = std::map<std::string, std::string>;

constexpr const char* kStudy = "run smoke --replications 7";

std::string file(const std::string& name) {
    std::ifstream in(std::string(LASTUNIT_SOURCE_DIR) + "/docs/clusters/" + name);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

// For the commands that are started while it lives: lastunit on the path, and the study and its three parts as in study.env.
class Cluster {
   public:
    explicit Cluster(const Sandbox& box) : box_(box) {
        const char* path = std::getenv("PATH");
        set("PATH", fs::path(LASTUNIT_BINARY).parent_path().string() + ":" + (path == nullptr ? "/usr/bin:/bin" : path));
        set("STUDY", kStudy);
        set("SHARDS", "3");
        set("STORES", box.path("stores"));
        set("SLURM_SUBMIT_DIR", std::string(LASTUNIT_SOURCE_DIR) + "/docs/clusters");
        fs::create_directories(box.path("stores"));
    }
    ~Cluster() {
        for (const auto& [name, before] : before_) setenv(name.c_str(), before.c_str(), 1);
        for (const std::string& name : added_) unsetenv(name.c_str());
    }
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;

    void set(const std::string& name, const std::string& value) {
        const char* before = std::getenv(name.c_str());
        if (before == nullptr)
            added_.push_back(name);
        else
            before_.emplace(name, before);
        setenv(name.c_str(), value.c_str(), 1);
    }
    Result bash(const std::string& name, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{std::string(LASTUNIT_SOURCE_DIR) + "/docs/clusters/" + name};
        words.insert(words.end(), more.begin(), more.end());
        return box_.run_binary("/bin/bash", words);
    }

   private:
    const Sandbox& box_;
    Environment before_;
    std::vector<std::string> added_;
};

const scenarios::Tree& at(const scenarios::Tree& tree, const std::string& key) {
    const scenarios::Entry* entry = tree.find(key);
    INFO(key);
    REQUIRE(entry != nullptr);
    return entry->value;
}

// Of a job's only container.
struct Job {
    std::string completions, script;
    std::vector<std::string> command;
    Environment environment;
};

Job job(const std::string& name) {
    scenarios::Report report;
    const scenarios::Tree tree = scenarios::read_yaml(file(name), name, scenarios::Origin::file, report);
    REQUIRE(report.empty());
    CHECK(at(tree, "apiVersion").text == "batch/v1");
    CHECK(at(tree, "kind").text == "Job");
    const scenarios::Tree& spec = at(tree, "spec");
    Job out;
    if (spec.find("completions") != nullptr) {
        CHECK(at(spec, "completionMode").text == "Indexed");
        out.completions = at(spec, "completions").text;
    }
    const scenarios::Tree& container = at(at(at(spec, "template"), "spec"), "containers").items.at(0);
    for (const scenarios::Tree& word : at(container, "command").items) out.command.push_back(word.text);
    out.script = at(container, "args").items.at(0).text;
    for (const scenarios::Tree& one : at(container, "env").items) out.environment[at(one, "name").text] = at(one, "value").text;
    return out;
}

Result run_script(const Sandbox& box, const Job& one) {
    REQUIRE(one.command == std::vector<std::string>{"/bin/sh", "-ec"});
    return box.run_binary("/bin/sh", {"-ec", one.script});
}

TEST_CASE("clusters: the parts of the Slurm array, merged, report what one process reports") {
    const Sandbox box;
    const Result alone = box.run({"run", "smoke", "--replications", "7", "--json", box.path("one.json")});
    REQUIRE(alone.status == 0);
    Cluster cluster(box);
    for (const char* index : {"0", "1", "2"}) {
        cluster.set("SLURM_ARRAY_TASK_ID", index);
        const Result part = cluster.bash("slurm-array.sbatch");
        INFO(part.err);
        CHECK(part.status == 0);
        CHECK(part.out.empty());
    }
    const Result merged = cluster.bash("merge.sh", {"--json", box.path("three.json")});
    INFO(merged.err);
    CHECK(merged.status == 0);
    CHECK(merged.err.find("0 runs simulated, 7 were in the store") != std::string::npos);
    CHECK(merged.out.find(alone.out) != std::string::npos);
    CHECK(box.read("three.json") == box.read("one.json"));

    cluster.set("SLURM_ARRAY_TASK_ID", "3");  // an array larger than the study has parts
    CHECK(cluster.bash("slurm-array.sbatch").status == 2);
}

TEST_CASE("clusters: the parts of the Kubernetes job, merged, report what one process reports") {
    const Sandbox box;
    const Result alone = box.run({"run", "smoke", "--replications", "7"});
    Cluster cluster(box);
    const Job parts = job("kubernetes-study.yaml"), merge = job("kubernetes-merge.yaml");
    CHECK(parts.completions == parts.environment.at("SHARDS"));
    CHECK(parts.environment.at("STUDY") == merge.environment.at("STUDY"));
    for (const char* index : {"0", "1", "2"}) {
        cluster.set("JOB_COMPLETION_INDEX", index);
        const Result part = run_script(box, parts);
        INFO(part.err);
        CHECK(part.status == 0);
    }
    const Result merged = run_script(box, merge);
    INFO(merged.err);
    CHECK(merged.status == 0);
    CHECK(merged.err.find("0 runs simulated, 7 were in the store") != std::string::npos);
    CHECK(merged.out.find(alone.out) != std::string::npos);
}

TEST_CASE("clusters: the MPI job reports what one process reports") {
    if (!has_mpirun()) return;
    const Sandbox box;
    const Result alone = box.run({"run", "smoke", "--replications", "7"});
    Cluster cluster(box);
    cluster.set("PATH", fs::path(LASTUNIT_MPIRUN).parent_path().string() + ":" + std::getenv("PATH"));
    cluster.set("OMPI_ALLOW_RUN_AS_ROOT", "1");
    cluster.set("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    const Result result = cluster.bash("slurm-mpi.sbatch");
    INFO(result.err);
    CHECK(result.status == 0);
    CHECK(result.out == alone.out);
    CHECK(result.err.find("7 runs simulated") != std::string::npos);
    CHECK(result.err.find("0 runs simulated, 7 were in the store") != std::string::npos);
}

TEST_CASE("clusters: the files agree on the study and on the number of its parts") {
    const std::string settings = file("study.env");
    const Job parts = job("kubernetes-study.yaml");
    CHECK(settings.find("STUDY:=" + parts.environment.at("STUDY") + "}") != std::string::npos);
    CHECK(settings.find("SHARDS:=" + parts.environment.at("SHARDS") + "}") != std::string::npos);
    const int last = std::atoi(parts.completions.c_str()) - 1;
    CHECK(file("slurm-array.sbatch").find("#SBATCH --array=0-" + std::to_string(last) + "\n") != std::string::npos);
}

}  // namespace
}  // namespace lastunit::cli_tests
