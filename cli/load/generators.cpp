#include "cli/load/generators.hpp"

#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <thread>

#include "cli/load/merge_records.hpp"
#include "cli/stop.hpp"
#include "drivers/load/dispatcher.hpp"
#include "drivers/process/spawn.hpp"
#include "model/history.pb.h"
#include "model/history/history_reader.hpp"

namespace lastunit::cli {
namespace {

constexpr const char* kSelf = "/proc/self/exe";
// From starting the generators until they begin: they load the scenario at the same time, on the processors that there are.
constexpr double kLeastLead_s = 2, kLoadings = 4;
constexpr auto kLook = std::chrono::milliseconds(50);

std::string file_content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string start_second(double lead_s) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    char text[48];
    std::snprintf(text, sizeof text, "%.3f", std::chrono::duration<double>(now).count() + lead_s);
    return text;
}

std::vector<std::string> words_of(const LiveRun& run, const Arguments& arguments, const std::string& folder) {
    std::vector<std::string> words{
        kSelf,          "load",    arguments.words[0], "--target", run.target.reachable, "--seed", std::to_string(run.seed),
        "--no-prepare", "--quiet", "--store",          "none"};
    if (run.target.report) {
        run.target.report->keep_prepared(folder + "/prepared");
        words.insert(words.end(), {"--prepared", folder + "/prepared"});
    }
    for (const char* option : {"speed", "design", "routing", "set", "library", "pool"})
        for (const std::string& value : arguments.all(option)) {
            words.push_back(std::string("--") + option);
            words.push_back(value);
        }
    return words;
}

void pass_on(const std::set<pid_t>& running) {
    for (const pid_t process : running) kill(process, SIGINT);
}

// `look` is called again and again.
void wait_for_all(std::set<pid_t> running, const std::function<void()>& look) {
    bool told = false;
    while (!running.empty()) {
        look();
        if (StopSignals::requested() && !told) {
            pass_on(running);
            told = true;
        }
        for (auto one = running.begin(); one != running.end();) {
            const pid_t ended = waitpid(*one, nullptr, WNOHANG);
            one = ended == *one || (ended < 0 && errno == ECHILD) ? running.erase(one) : std::next(one);
        }
        std::this_thread::sleep_for(kLook);
    }
}

std::string last_line(const std::string& text) {
    std::string last;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (!line.empty()) last = line;
    return last;
}

model::RunRecord record_in(const std::string& folder) {
    model::RunRecord record;
    if (!record.ParseFromString(file_content(folder + "/run.pb")) || !record.has_load())
        throw BadInput("--merge: " + folder + " holds no run.pb of a live run; a generator leaves one with --out");
    return record;
}

// Time 0 of a part's history: the --start-at that all parts had.
std::int64_t start_of(const std::string& history) {
    const model::HistoryReader reader(history);
    if (!reader.error().empty()) throw BadInput("--merge: " + reader.error());
    return reader.header().started_unix_us();
}

bool same_run(const model::RunRecord& a, const model::RunRecord& b) {
    return a.identity().scenario_hash() == b.identity().scenario_hash() && a.identity().seed() == b.identity().seed() &&
           a.load().speed() == b.load().speed() && a.load().shards() == b.load().shards();
}

}  // namespace

std::vector<std::string> play_by_generators(const LiveRun& run, const Arguments& arguments, std::size_t count,
                                            const std::string& folder, double loading_s) {
    const double attaching_s = run.target.report ? kLoadings * run.target.report->attaching_s() : 0;
    const double lead_s = std::max(kLeastLead_s, kLoadings * loading_s * static_cast<double>(count)) + attaching_s;
    const std::string start = start_second(lead_s);
    const std::vector<std::string> words = words_of(run, arguments, folder);
    std::vector<std::string> folders;
    std::set<pid_t> running;
    for (std::size_t i = 1; i <= count; ++i) {
        folders.push_back(folder + "/" + std::to_string(i));
        drivers::ServerCommand command;
        command.words = words;
        for (const std::string& word : {std::string("--shard"), std::to_string(i) + "/" + std::to_string(count),
                                        std::string("--start-at"), start, std::string("--out"), folders.back()})
            command.words.push_back(word);
        command.log = folders.back() + ".log";
        running.insert(drivers::spawn(command));
    }
    const auto begin = std::chrono::steady_clock::now() + std::chrono::duration<double>(lead_s);
    wait_for_all(running, [&, begun = !run.target.report]() mutable {
        if (begun || std::chrono::steady_clock::now() < begin) return;
        begun = true;
        run.target.report->begins();
    });
    for (const std::string& one : folders)
        if (file_content(one + "/run.pb").empty())
            throw BadInput("a generator left no record: " + last_line(file_content(one + ".log")));
    return folders;
}

model::RunRecord joined_records(std::span<const std::string> folders) {
    std::vector<model::RunRecord> records;
    std::set<std::uint32_t> parts;
    for (const std::string& folder : folders) {
        records.push_back(record_in(folder));
        if (!same_run(records.front(), records.back()))
            throw BadInput("--merge: " + folder + " is not of the same run as " + folders[0] +
                           ": scenario, seed, --speed and the number of parts must agree");
        if (!parts.insert(records.back().load().shard()).second)
            throw BadInput("--merge: " + folder + " is part " + std::to_string(records.back().load().shard()) +
                           ", which is there already");
    }
    const std::uint32_t shards = records.front().load().shards();
    if (parts.size() != shards)
        throw BadInput("--merge: " + std::to_string(parts.size()) + " of " + std::to_string(shards) + " parts are there");
    return merge_records(records);
}

JoinedHistories histories_with_read_back(const LiveRun& run, const drivers::InitialStock& stock,
                                         std::span<const std::string> folders, const std::string& read_back_path) {
    JoinedHistories out;
    for (const std::string& folder : folders) {
        out.paths.push_back(folder + "/history.luh");
        if (start_of(out.paths.back()) != start_of(out.paths.front()))
            throw BadInput("--merge: " + folder + " had another --start-at than " + folders[0]);
    }
    drivers::DispatcherOptions options;
    options.client = 1;  // sends nothing
    options.started_unix_us = start_of(out.paths.front());
    options.shard = options.shards = static_cast<std::uint32_t>(folders.size());
    options.history = read_back_path;
    try {
        drivers::Dispatcher reader(*run.target.driver, stock, options, history_header(run));
        std::vector<drivers::DispatchAnswer> none;
        out.problem = reader.finish(seconds(60), drivers::ReadBack::whole, none);
    } catch (const drivers::DriverError& error) {
        throw BadInput("--target: " + std::string(error.what()));
    }
    out.paths.push_back(read_back_path);
    return out;
}

}  // namespace lastunit::cli
