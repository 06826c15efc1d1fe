#include "cli/study/kept_runs.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "cli/build_id.hpp"
#include "cli/version.hpp"

namespace lastunit::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNone = "none";

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::string default_path() {
    const std::string data = environment("XDG_DATA_HOME"), home = environment("HOME");
    if (!data.empty()) return data + "/lastunit/runs.sqlite";
    return home.empty() ? "" : home + "/.local/share/lastunit/runs.sqlite";
}

std::string asked_for(const Arguments& arguments) {
    const auto option = arguments.get("store");
    return option ? *option : environment("LASTUNIT_STORE");
}

std::string why(const reports::StoreError& error) { return std::string(error.what()) + " (--store FILE, or --store none)"; }

}  // namespace

std::string store_path(const Arguments& arguments) {
    const std::string asked = asked_for(arguments);
    if (asked == kNone) return "";
    return asked.empty() ? default_path() : asked;
}

std::unique_ptr<reports::Store> open_store(const Arguments& arguments) {
    const std::string path = store_path(arguments);
    if (path.empty()) return nullptr;
    const bool by_default = asked_for(arguments).empty();
    try {
        std::error_code ignored;
        if (by_default) fs::create_directories(fs::path(path).parent_path(), ignored);
        return std::make_unique<reports::Store>(path);
    } catch (const reports::StoreError& error) {
        if (!by_default) throw BadInput(why(error));
        std::fprintf(stderr, "lastunit %s: runs are not kept: %s\n", arguments.command.c_str(), why(error).c_str());
        return nullptr;
    }
}

std::unique_ptr<reports::Store> existing_store(const Arguments& arguments) {
    const std::string path = store_path(arguments);
    if (path.empty()) throw BadInput("no store is named: --store FILE");
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        throw BadInput(path + ": there is no store yet; `lastunit run SCENARIO` makes it (another one: --store FILE)");
    try {
        return std::make_unique<reports::Store>(path);
    } catch (const reports::StoreError& error) {
        throw BadInput(error.what());
    }
}

std::string code_of_build() {
    std::string code = commit();
    if (code != "unknown" && !code.ends_with("-dirty")) return code;
    const std::string build = build_id();
    return build.empty() ? code : code + "+" + build.substr(0, 16);
}

std::string run_key(const std::string& scenario_hash, std::uint64_t seed) {
    static const std::string code = code_of_build();
    return code + "/" + scenario_hash + "/" + std::to_string(seed);
}

namespace {

reports::NewRun made_now(const model::RunRecord& record, const std::string& scenario_text) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    reports::NewRun run;
    run.record = &record;
    run.made_at_us = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
    run.scenario_text = scenario_text;
    return run;
}

}  // namespace

std::int64_t keep(reports::Store& store, const model::RunRecord& record, const std::string& scenario_text) {
    reports::NewRun run = made_now(record, scenario_text);
    run.key = run_key(record.identity().scenario_hash(), record.identity().seed());
    if (const auto there = store.find(run.key)) {
        if (there->fingerprint != record.identity().fingerprint())
            std::fprintf(stderr,
                         "lastunit: run %lld of the store had the fingerprint %s, the same run has %s now: the simulator is not "
                         "deterministic\n",
                         static_cast<long long>(there->id), there->fingerprint.c_str(), record.identity().fingerprint().c_str());
        return there->id;
    }
    return store.add(run);
}

std::int64_t keep_live(reports::Store& store, const model::RunRecord& record, const std::string& scenario_text) {
    reports::NewRun run = made_now(record, scenario_text);
    run.key = "live/" + std::to_string(record.load().started_unix_us()) + "/" + std::to_string(record.load().shard()) + "/" +
              run_key(record.identity().scenario_hash(), record.identity().seed());
    return store.add(run);
}

}  // namespace lastunit::cli
