#include "cli/load/load.hpp"

#include <cstdio>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "cli/event_log.hpp"
#include "cli/identity.hpp"
#include "cli/load/generators.hpp"
#include "cli/load/history_audit.hpp"
#include "cli/load/live_run.hpp"
#include "cli/load/low_load.hpp"
#include "cli/load/outcome.hpp"
#include "cli/load/prediction.hpp"
#include "cli/load/prepared.hpp"
#include "cli/load/shop_verdict.hpp"
#include "cli/log.hpp"
#include "cli/outputs.hpp"
#include "cli/run_log.hpp"
#include "cli/scenario.hpp"
#include "cli/stop.hpp"
#include "cli/study/kept_runs.hpp"
#include "drivers/process/temporary_folder.hpp"

namespace lastunit::cli {
namespace {

constexpr std::size_t kMostGenerators = 64;

void keep_or_warn(reports::Store& store, const model::RunRecord& record, const model::Scenario& scenario) {
    try {
        keep_live(store, record, scenario.text);
    } catch (const reports::StoreError& error) {
        std::fprintf(stderr, "lastunit load: the run is not kept: %s\n", error.what());
    }
}

// Which of the ways to make a record, and that the words for the others are not there.
struct Ways {
    std::vector<std::string> merge;  // folders of generators that have finished
    std::size_t generators = 1;
};

void exclude(const Arguments& arguments, const char* option, std::initializer_list<const char*> others, const char* why) {
    for (const char* other : others)
        if (arguments.has(option) && arguments.has(other))
            throw BadInput(std::string("--") + other + ": not together with --" + option + ": " + why);
}

Ways ways_of(const Arguments& arguments, const LiveOptions& options) {
    exclude(arguments, "merge", {"generators", "shard", "start-at", "predict", "history"},
            "nothing is played, the parts have been");
    exclude(arguments, "shard", {"generators", "predict"},
            "this is one part of the load; it is judged when the parts are joined");
    for (const char* in_parts : {"merge", "shard"})
        exclude(arguments, in_parts, {"cpu-of"}, "the shop's processor time is of all parts together; --generators N has it");
    exclude(arguments, "merge", {"prepared"}, "the parts know what was prepared");
    exclude(arguments, "generators", {"start-at"}, "they begin together as soon as they can");
    Ways ways;
    ways.merge = arguments.all("merge");
    ways.generators = arguments.number("generators").value_or(1);
    if (ways.generators < 1 || ways.generators > kMostGenerators)
        throw BadInput("--generators: from 1 to " + std::to_string(kMostGenerators));
    if (ways.generators > 1 && options.target.scheme == "inproc")
        throw BadInput("--generators: '" + options.target.text +
                       "' lives in one process alone; take `serve`, or another that all reach");
    if (options.target.scheme == "http" && arguments.has("predict"))
        throw BadInput("--predict: a shop over HTTP is prepared once in a run, and measuring it first would need it twice");
    if (options.target.scheme == "http" && options.shard > 0 && options.prepare == LiveOptions::Prepare::yes)
        throw BadInput(
            "--shard: the first part prepares the shop, or `lastunit prepare`; the others begin with --no-prepare, or "
            "with the --prepared FILE that it has left");
    if (options.shards > 1 && !options.start_at)
        throw BadInput("--shard: the parts begin together: --start-at TIME, the same for all");
    if (options.shards > 1 && !arguments.has("out")) throw BadInput("--shard: --out DIR, for --merge to join the parts");
    const bool in_parts = options.shards > 1 || !ways.merge.empty();
    if (in_parts && (options.target.address.empty() || options.target.scheme == "inproc"))
        throw BadInput(std::string(ways.merge.empty() ? "--shard" : "--merge") + ": '" + options.target.shown() +
                       "' lives in this process alone; name a back end that all parts reach");
    return ways;
}

// The record with its audit, but for what the caller alone knows.
model::RunRecord make_record(const LiveRun& run, const drivers::InitialStock& stock, const Arguments& arguments, const Ways& ways,
                             const drivers::TemporaryFolder& scratch, double loading_s) {
    std::vector<std::string> folders = ways.merge;
    if (ways.generators > 1) folders = play_by_generators(run, arguments, ways.generators, scratch.path(), loading_s);
    if (folders.empty()) {
        model::RunRecord record = play(run, stock);
        if (run.options.shards == 1)
            *record.mutable_load()->mutable_audit() = audit_histories({&run.history, 1}, run.options.history);
        else if (run.target.report)
            run.target.report->keep_part(*arguments.get("out"));
        join_books(*record.mutable_load());
        return record;
    }
    model::RunRecord record = joined_records(folders);
    if (run.target.report) run.target.report->join(stock, folders);
    const JoinedHistories histories = histories_with_read_back(run, stock, folders, scratch.path("read-back.luh"));
    check_problem(run);
    if (!histories.problem.empty()) record.mutable_load()->add_invalid("the joined history: " + histories.problem);
    *record.mutable_load()->mutable_audit() = audit_histories(histories.paths, "");
    if (run.target.report) run.target.report->fill(*record.mutable_load());
    join_books(*record.mutable_load());
    return record;
}

// A part of a load begins with what the others may have sold of already, and parts that are joined have been played.
void make_ready(const LiveRun& run, const drivers::InitialStock& stock, const Ways& ways) {
    if (!ways.merge.empty()) return;
    if (run.options.prepare == LiveOptions::Prepare::yes) return log_detail(prepare_target(run, stock));
    if (run.target.report) return run.target.report->attach(stock, run.options.prepared);
    if (run.options.shards == 1) check_prepared(run, stock);
}

struct Foretold {
    Calibration calibration;
    model::RunRecord record;
};

// Measures the prepared back end, and prepares it again. Nothing: Ctrl-C came.
std::optional<Foretold> foretell_run(const LiveRun& run, const drivers::InitialStock& stock) {
    Foretold out;
    out.calibration = measure_at_low_load(run.target, stock);
    prepare_target(run, stock);
    const CoreCapacity capacity = core_capacity(out.calibration, run.scenario);
    auto record = foretell(on_measured_system(run.scenario, capacity, run.options.speed, run.target.mode), run.seed);
    if (!record) return std::nullopt;
    out.record = std::move(*record);
    return out;
}

}  // namespace

int load(const Arguments& given) {
    const Arguments arguments = with_horizon(given);
    const LiveOptions options = live_options(arguments);
    const Ways ways = ways_of(arguments, options);
    const auto given_seed = arguments.number("seed");
    const std::int64_t loading_ns = drivers::steady_now_ns();
    const auto scenario = load_or_explain(arguments.words[0], arguments);
    if (!scenario) return kBadInput;
    const double loading_s = static_cast<double>(drivers::steady_now_ns() - loading_ns) / 1e9;
    const std::uint64_t seed = given_seed.value_or(scenario->run.seed);
    const std::vector<Output> outputs = planned_outputs(arguments);
    const auto store = open_store(arguments);

    const StopSignals signals;
    const drivers::TemporaryFolder scratch("load");
    const std::string history = options.history.empty() ? scratch.path("history.luh") : options.history;
    const drivers::InitialStock stock = stock_of(*scenario, seed);
    Target target = open_target(options.target, {stock, scenario->faults, &options});
    const auto view = arguments.has("quiet") ? LiveView::Mode::silent : LiveView::mode_of_stderr();
    // What several generators sell of one stock is in no log of any of them.
    const bool alone = ways.generators == 1 && ways.merge.empty() && options.shards == 1;
    RunLog log(std::nullopt, alone && has_page(outputs) ? Page::wanted : Page::none,
               origin_of(arguments, repeat_load_command(given, seed)));
    const LiveRun run{*scenario, seed, options, target, history, view, log.sink()};
    make_ready(run, stock, ways);
    std::optional<Foretold> foretold;
    if (arguments.has("predict")) {
        foretold = foretell_run(run, stock);
        if (!foretold) return kInterrupted;
    }
    model::RunRecord record = make_record(run, stock, arguments, ways, scratch, loading_s);
    if (foretold)
        *record.mutable_load()->mutable_prediction() = beside(foretold->record, record, foretold->calibration, options.speed);
    complete(record, *scenario, arguments, seed, arguments.get("design").value_or(""));
    record.mutable_identity()->set_repeat_command(repeat_load_command(given, seed));
    if (options.shards > 1) record.clear_gates();  // a part of the load is not what they are about
    if (store && !record.identity().partial()) keep_or_warn(*store, record, *scenario);
    return report_live_run(record, log.autopsies(record), outputs, arguments);
}

int prepare(const Arguments& arguments) {
    LiveOptions options;
    options.target = target_of(arguments);
    check_http_alone(arguments, options.target, "prepared", "what set-up finds of a shop over HTTP");
    const auto given_seed = arguments.number("seed");
    const auto scenario = load_or_explain(arguments.words[0], arguments);
    if (!scenario) return kBadInput;
    const std::uint64_t seed = given_seed.value_or(scenario->run.seed);
    if (options.target.address.empty())
        throw BadInput("--target: '" + options.target.text +
                       "' lives no longer than one run, which prepares it itself; name one that is there");
    const drivers::InitialStock stock = stock_of(*scenario, seed);
    Target target = open_target(options.target, {stock});
    const LiveRun run{*scenario, seed, options, target, "", LiveView::Mode::silent};
    std::printf("%s\n", prepare_target(run, stock).c_str());
    if (const auto path = arguments.get("prepared")) {
        target.report->keep_prepared(*path);
        std::printf("wrote %s\n", path->c_str());
    }
    return kOk;
}

}  // namespace lastunit::cli
