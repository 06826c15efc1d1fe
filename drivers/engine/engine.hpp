// The ledger made durable and shared: many threads submit work, one thread applies it, and every answer is given when it is on
// disk.
//
// Work is taken in the order of submission, in groups: whatever waits when the disk is free again is written and synced together
// (group commit), while the next group is already being applied. The queue is bounded: what does not fit is refused at once and
// has changed nothing.
//
// When the disk is full, room for a group is missed before it is applied: its commands are refused as `unavailable`, reads go on,
// and commands too as soon as there is room. When a write or sync fails after all, memory is ahead of the disk: the engine fails
// for good, and only a restart from the folder tells what was kept.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "core/command.hpp"
#include "drivers/engine/catalogue.hpp"
#include "drivers/engine/change_feed.hpp"
#include "drivers/engine/data_folder.hpp"
#include "drivers/engine/journal_writer.hpp"
#include "drivers/engine/recovery.hpp"
#include "drivers/engine/stats.hpp"

namespace lastunit::drivers {

struct Answer {
    core::Outcome outcome{};
    std::uint64_t sequence = 0;  // of the call that gave this answer first
};

enum class WorkStatus : std::uint8_t {
    done,         // all commands have their answers, all are durable
    late,         // the deadline had passed before it was begun: nothing was applied
    unavailable,  // nothing could be written: nothing was applied
    unknown,      // the disk failed under it: a restart decides
};

class Work {
   public:
    Work() = default;
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;
    virtual ~Work() = default;

    std::span<const core::Command> commands;  // stay where they are until finished(); at most core::kMostLines lines each
    std::vector<Answer> answers;              // one each, when `done`
    SimTime deadline = kNever;                // microseconds since 1970
    WorkStatus status = WorkStatus::done;

    // Called after the work's own commands on the thread that applies them; what it sees is durable when finished() is called.
    // `changes`: how many events the ledger has emitted in its life.
    virtual void look(const core::Ledger&, std::uint64_t /*changes*/) {}
    // Called exactly once for work that was taken, on one of the engine's threads. Must not block; may destroy the work.
    virtual void finished() = 0;

   private:
    friend class Engine;
    std::int64_t submitted_ns_ = 0;
};

enum class Admission : std::uint8_t { taken, full, closed };

struct EngineOptions {
    std::uint64_t segment_bytes = std::uint64_t{64} << 20;
    std::size_t queue_commands = 65'536;
    std::uint64_t snapshot_every = 5'000'000;                                  // calls: recovery replays at most about so many
    Duration snapshot_age = minutes(10);                                       // and not more than of so long, when there are any
    std::function<void(const std::string&)> warn = [](const std::string&) {};  // one line; from any thread
};

class Engine {
   public:
    // A new folder: `fill` makes the initial stock before the first snapshot. Throws Problem.
    static void create(const DataFolder& folder, const Catalogue& catalogue, const core::LedgerConfig& config,
                       const std::function<void(core::Ledger&, core::Events&)>& fill);

    // Recovers and starts. Throws Problem. Ignores SIGXFSZ in this process: a file size limit is an error of a write like any
    // other.
    Engine(std::unique_ptr<DataFolder> folder, EngineOptions options);
    ~Engine();  // close() if it was not called
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // Any thread. Only work that was taken is finished().
    Admission submit(Work& work);
    // Finishes all that was taken, writes a snapshot, stops. Later work is refused as closed.
    void close();

    const Catalogue& catalogue() const { return catalogue_; }
    const core::LedgerConfig& config() const { return config_; }
    const Recovery& recovery() const { return recovery_; }
    ChangeFeed& changes() { return feed_; }
    const Stats& stats() const { return stats_; }
    std::string failure() const;  // "" while all is well; then why no command will ever be taken again
    static SimTime wall_clock();

   private:
    // What is written and synced together.
    struct Group {
        std::vector<std::byte> bytes;
        std::vector<Work*> works;
        core::Events events;
        JournalWriter::Place place;
        std::uint64_t last = 0;  // sequence
        bool empty() const { return bytes.empty() && works.empty(); }
        void clear();
    };
    enum class Room : std::uint8_t { there, missing };
    // While the disk is busy, the applying thread is not woken for fewer commands than these: they are applied faster than it
    // could wake, and would be written no sooner.
    static constexpr std::size_t kWorthWaking = 1024;

    // --- the applying thread (engine_apply.cpp)
    void apply_loop();
    void wait_for_something(std::unique_lock<std::mutex>& lock);
    void take_queue();
    void fill_group();
    void apply_work(Work& work, SimTime now);
    void apply_command(const core::Command& command, SimTime now, Answer& answer);
    void pass_time();
    Room room(std::size_t bytes);
    void hand_over(std::unique_lock<std::mutex>& lock);
    void refuse(Work& work, WorkStatus status);

    // --- the syncing thread (engine_sync.cpp)
    void sync_loop();
    int write_and_sync(Group& group);
    void finish(Group& group);

    // --- snapshots (engine_snapshot.cpp), on the applying thread
    bool snapshot_due(SimTime now) const;
    void start_snapshot();
    void reap_snapshot(bool wait);

    std::unique_ptr<DataFolder> folder_;
    EngineOptions options_;
    Catalogue catalogue_;
    core::LedgerConfig config_;
    Recovery recovery_;
    ChangeFeed feed_;
    core::Ledger ledger_;
    JournalWriter journal_;
    Stats stats_;

    mutable std::mutex mutex_;
    std::condition_variable something_;  // for the applying thread
    std::condition_variable handed_over_;
    std::vector<Work*> queue_;
    std::size_t queued_commands_ = 0;
    Group* handed_ = nullptr;  // the syncing thread's
    enum class State : std::uint8_t { open, closing, applied } state_ = State::open;
    std::string failure_;

    // The applying thread's own.
    Group groups_[2];
    Group* current_ = &groups_[0];
    std::vector<Work*> incoming_;
    std::size_t next_incoming_ = 0;
    std::uint64_t group_began_after_ = 0;  // sequence before the current group: durable when that is written
    std::int64_t next_try_ns_ = 0;         // of making room, while there is none
    int room_error_ = 0;
    bool group_full_ = false;
    std::size_t reserved_ = 0;  // bytes that the current group may have
    bool sealed_ = true;        // the last record vouches for its forerunners
    std::uint64_t changes_ = 0;
    std::uint64_t snapshot_sequence_ = 0;
    SimTime snapshot_at_{0};
    int snapshot_child_ = 0;
    std::uint64_t snapshot_child_sequence_ = 0;

    std::thread applying_;
    std::thread syncing_;
};

}  // namespace lastunit::drivers
