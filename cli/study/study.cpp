#include "cli/study/study.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>

#include "cli/progress.hpp"
#include "cli/study/kept_runs.hpp"
#include "cli/study/ranks.hpp"
#include "cli/study/shard.hpp"
#include "reports/gates.hpp"
#include "reports/text.hpp"

namespace lastunit::cli {
namespace {

constexpr std::uint64_t kFarApart = 1'000'000'000;  // between the first seeds of arms whose seeds are independent
constexpr unsigned kMostWorkers = 1024;

unsigned workers_of(const Arguments& arguments) {
    const auto given = arguments.number("workers");
    if (!given) return 0;
    if (*given < 1 || *given > kMostWorkers) throw BadInput("--workers: " + std::to_string(*given) + " is not within 1 to 1024");
    return static_cast<unsigned>(*given);
}

// On stderr, on a terminal: how far, how fast, how long still.
class StudyProgress {
   public:
    explicit StudyProgress(std::size_t all) : all_(all) { tell(); }
    ~StudyProgress() {
        if (drawn_) std::fputs("\r\033[K", stderr);
    }
    StudyProgress(const StudyProgress&) = delete;
    StudyProgress& operator=(const StudyProgress&) = delete;
    void one_more() {
        ++done_;
        tell();
    }

   private:
    void tell() const {
        if (!drawn_) return;
        const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
        std::string left;
        if (done_ > 0 && done_ < all_)
            left = ", about " + reports::span(elapsed / static_cast<double>(done_) * static_cast<double>(all_ - done_)) + " left";
        std::fprintf(stderr, "\r%zu of %zu runs%s\033[K", done_, all_, left.c_str());
    }
    bool drawn_ = ProgressBar::mode_of_stderr() == ProgressBar::Mode::drawn;
    std::size_t all_, done_ = 0;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace

std::vector<Option> study_options() {
    return {
        {"replications", "N", "runs of each, with the seeds SEED, SEED + 1 ..."},
        {"workers", "N", "simulate so many at once (default: one per core, under mpirun one per rank); the results are the same"},
        {"store", "FILE",
         "keep the runs in this SQLite file, and do not repeat those that are there; `none` for neither (default: the user's "
         "data folder)"},
        {"shard", "I/N", "simulate only part I of N and report nothing; `lastunit merge` joins the stores of all parts"}};
}

Study::Study(const Arguments& arguments, std::vector<Arm> arms)
    : figures_({}), command_(arguments.command), workers_(workers_of(arguments)) {
    const Shard shard = shard_of(arguments);
    shard_ = shard.index;
    shards_ = shard.count;
    for (Arm& one : arms) add_arm(std::move(one));
    crew_ = open_crew([this](const std::string& task) { return work_on(task); });
    store_ = open_store(arguments);
    if (is_shard() && store_ == nullptr) throw BadInput("--shard: its runs have to be kept: --store FILE");
    const auto given = arguments.number("seed");
    if (given)
        first_seed_ = *given;
    else if (!arms_.empty())
        first_seed_ = arms_.front().scenario->run.seed;
}

Study::~Study() = default;

std::size_t Study::add_arm(Arm arm) {
    figures_.add_arm(arm.name);
    arms_.push_back(std::move(arm));
    return arms_.size() - 1;
}

std::uint64_t Study::seed(std::size_t arm, std::size_t replication) const {
    return first_seed_ + replication + (seeds_ == reports::Seeds::common ? 0 : arm * kFarApart);
}

void Study::run_all(std::size_t replications) {
    if (first_seed_ + replications < first_seed_)
        throw BadInput("--seed: " + std::to_string(first_seed_) + " leaves no room for " + std::to_string(replications) +
                       " seeds");
    std::vector<StudyRun> runs;
    for (std::size_t i = 0; i < replications; ++i)
        for (std::size_t one = 0; one < arms_.size(); ++one) runs.push_back({one, seed(one, i)});
    run(runs);
}

void Study::run(std::span<const StudyRun> runs) {
    std::vector<StudyRun> missing;
    for (const StudyRun& one : runs) {
        const bool ours = mine(asked_++);
        if (ours && !find_in_store(one)) missing.push_back(one);
    }
    if (missing.empty() || stopped_) return;
    StudyProgress progress(missing.size());
    CrewPlan plan;
    for (const StudyRun& one : missing) plan.tasks.push_back(task(one).SerializeAsString());
    plan.work = [this](const std::string& bytes) { return work_on(bytes); };
    plan.repeat_command = [&](std::size_t i) { return repeat_command(task(missing[i])); };
    plan.at_once = workers_;
    plan.on_done = [&](std::size_t i, const Worked& worked) {
        progress.one_more();
        if (!worked.failure.empty()) {
            ++failed_;
            std::fprintf(stderr, "lastunit %s: %s, seed %llu: %s\n", command_.c_str(), arms_[missing[i].arm].name.c_str(),
                         static_cast<unsigned long long>(missing[i].seed), worked.failure.c_str());
            return;
        }
        google::protobuf::Arena arena;  // thousands of small pieces, given back at once
        auto& record = *google::protobuf::Arena::CreateMessage<model::RunRecord>(&arena);
        if (!record.ParseFromString(worked.answer)) throw std::runtime_error("a worker's record cannot be read");
        if (store_) keep(*store_, record, arms_[missing[i].arm].scenario->text);
        ++simulated_;
        take(missing[i], record);
    };
    stopped_ = count_stopped(crew_->work(plan)) > 0;
}

// In a process that has loaded the arms.
std::string Study::work_on(const std::string& bytes) const {
    return cli::work_on(bytes, [&](const std::string& hash) -> const model::Scenario* {
        for (const Arm& one : arms_)
            if (one.task.scenario_hash() == hash) return one.scenario.get();
        return nullptr;
    });
}

std::vector<model::RunRecord> Study::records() const {
    std::vector<model::RunRecord> out;
    for (const auto& [which, record] : records_) out.push_back(record);
    return out;
}

void Study::take(const StudyRun& run, model::RunRecord& record) {
    // The store may know it from another command: by another name of the design, with its time, with the gates of that day.
    model::Identity& identity = *record.mutable_identity();
    identity.set_design(arms_[run.arm].name);
    identity.set_scenario_file(arms_[run.arm].task.scenario());
    identity.set_design_file(arms_[run.arm].task.design());
    identity.set_repeat_command(repeat_command(task(run)));
    identity.clear_wall_s();
    identity.clear_peak_memory_bytes();
    record.clear_gates();
    for (model::GateVerdict& verdict : reports::judge(arms_[run.arm].scenario->gates, record))
        *record.add_gates() = std::move(verdict);
    figures_.add(run.arm, record);
    if (keeps_records_) records_[{run.arm, run.seed}] = record;
}

bool Study::find_in_store(const StudyRun& run) {
    const auto& had = figures_.replications(run.arm);
    if (std::any_of(had.begin(), had.end(), [&](const reports::Replication& one) { return one.seed == run.seed; })) return true;
    if (!store_) return false;
    const auto there = store_->find(run_key(arms_[run.arm].task.scenario_hash(), run.seed));
    if (!there) return false;
    auto record = store_->record(there->id);
    if (!record) return false;
    ++from_store_;
    take(run, *record);
    return true;
}

model::StudyTask Study::task(const StudyRun& run) const {
    model::StudyTask out = arms_[run.arm].task;
    out.set_seed(run.seed);
    return out;
}

}  // namespace lastunit::cli
