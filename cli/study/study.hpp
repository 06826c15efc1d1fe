// A study: arms times seeds, simulated once each, kept, and counted once.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/study/crew.hpp"
#include "cli/study/task.hpp"
#include "reports/store/store.hpp"
#include "reports/study/figures.hpp"

namespace lastunit::cli {

// One run of a study.
struct StudyRun {
    std::size_t arm = 0;
    std::uint64_t seed = 0;
};

// What every study command understands: --replications, --until, --at-most, --workers, --store, --shard.
std::vector<Option> study_options();

class Study {
   public:
    // Opens crew and store as the arguments say. Throws BadInput. Does not return on ranks other than 0 (see ranks.hpp), and
    // those have no store: before it is made, nothing may be written.
    Study(const Arguments& arguments, std::vector<Arm> arms);
    ~Study();

    // Simulates those that neither this study nor the store has, and adds what was found to figures(). Which runs are asked for
    // must not depend on time or on the number of workers: then neither does anything of the result. A run that fails is said on
    // stderr with the command that repeats it, and is missing from the figures.
    void run(std::span<const StudyRun> runs);
    // The same seeds for every arm: first_seed(), first_seed() + 1 ...
    void run_all(std::size_t replications);

    std::size_t add_arm(Arm arm);
    const Arm& arm(std::size_t index) const { return arms_[index]; }
    std::size_t arms() const { return arms_.size(); }
    std::uint64_t first_seed() const { return first_seed_; }
    // Of replication i of this arm.
    std::uint64_t seed(std::size_t arm, std::size_t replication) const;
    void set_seeds(reports::Seeds seeds) { seeds_ = seeds; }

    const reports::StudyFigures& figures() const { return figures_; }
    // Whole records are kept in memory from here on: for studies of few runs.
    void keep_records() { keeps_records_ = true; }
    // The day of each replication is kept with its figures from here on.
    void keep_days() { figures_.keep_days(); }
    // In the order of arms, then seeds.
    std::vector<model::RunRecord> records() const;

    std::size_t simulated() const { return simulated_; }
    std::size_t from_store() const { return from_store_; }
    std::size_t failed() const { return failed_; }
    bool stopped() const { return stopped_; }  // by Ctrl-C

    // What this process has to do of the runs: all of them, or those of --shard I/N.
    bool is_shard() const { return shards_ > 1; }

   private:
    void take(const StudyRun& run, model::RunRecord& record);  // the record is changed
    std::string work_on(const std::string& task) const;
    bool find_in_store(const StudyRun& run);
    model::StudyTask task(const StudyRun& run) const;
    bool mine(std::size_t index) const { return index % shards_ == shard_; }

    std::vector<Arm> arms_;
    reports::StudyFigures figures_;
    std::unique_ptr<Crew> crew_;
    std::unique_ptr<reports::Store> store_;
    std::map<std::pair<std::size_t, std::uint64_t>, model::RunRecord> records_;  // by arm and seed
    bool keeps_records_ = false;
    std::string command_;
    reports::Seeds seeds_ = reports::Seeds::common;
    std::uint64_t first_seed_ = 1;
    unsigned workers_ = 0;
    std::size_t shard_ = 0, shards_ = 1, asked_ = 0;
    std::size_t simulated_ = 0, from_store_ = 0, failed_ = 0;
    bool stopped_ = false;
};

}  // namespace lastunit::cli
