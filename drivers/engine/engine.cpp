#include "drivers/engine/engine.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>

#include "drivers/engine/problem.hpp"
#include "drivers/engine/snapshot_file.hpp"

namespace lastunit::drivers {

namespace {

std::int64_t steady_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

SimTime Engine::wall_clock() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

void Engine::create(const DataFolder& folder, const Catalogue& catalogue, const core::LedgerConfig& config,
                    const std::function<void(core::Ledger&, core::Events&)>& fill) {
    if (std::string problem = problem_of(catalogue); !problem.empty()) throw Problem(folder.path() + ": " + problem);
    keep(catalogue, folder);
    core::Ledger ledger(config);
    core::Events events;
    fill(ledger, events);
    if (const int error = write_snapshot(folder, ledger, events.size()); error != 0)
        throw problem_with(folder.path(), "cannot write the first snapshot", error);
}

Engine::Engine(std::unique_ptr<DataFolder> folder, EngineOptions options)
    : folder_(std::move(folder)),
      options_(std::move(options)),
      catalogue_(read_catalogue(*folder_)),
      ledger_([this] {
          Recovered recovered = recover(*folder_, feed_);
          recovery_ = std::move(recovered.how);
          return std::move(recovered.ledger);
      }()),
      journal_(*folder_, options_.segment_bytes) {
    config_ = ledger_.config();
    if (config_.nodes != catalogue_.nodes.size() || config_.skus != catalogue_.skus.size() ||
        config_.channels != catalogue_.channels.size())
        throw Problem(folder_->path() + ": catalogue and snapshot are not of the same shop");
    std::signal(SIGXFSZ, SIG_IGN);
    for (const std::string& warning : recovery_.warnings) options_.warn(warning);
    changes_ = feed_.last();
    group_began_after_ = ledger_.sequence();
    snapshot_sequence_ = recovery_.snapshot;
    snapshot_at_ = wall_clock();
    stats_.durable.set(ledger_.sequence());
    stats_.changes.set(changes_);
    stats_.snapshot_sequence.set(snapshot_sequence_);
    stats_.snapshot_us.set(static_cast<std::uint64_t>(snapshot_at_.us));
    folder_->tidy();
    applying_ = std::thread([this] { apply_loop(); });
    syncing_ = std::thread([this] { sync_loop(); });
}

Engine::~Engine() { close(); }

Admission Engine::submit(Work& work) {
    const std::size_t commands = work.commands.size();
    {
        const std::lock_guard lock(mutex_);
        if (state_ != State::open || !failure_.empty()) return Admission::closed;
        // Work larger than the whole queue is taken when it is empty.
        if (queued_commands_ != 0 && queued_commands_ + commands > options_.queue_commands) {
            stats_.overloaded.fetch_add(commands, std::memory_order_relaxed);
            return Admission::full;
        }
        work.submitted_ns_ = steady_ns();
        queue_.push_back(&work);
        // A read counts as one: reads alone must not fill the memory either.
        queued_commands_ += commands == 0 ? 1 : commands;
        stats_.queued.store(queued_commands_, std::memory_order_relaxed);
        const bool crossed =
            queued_commands_ >= kWorthWaking && queued_commands_ - std::max<std::size_t>(commands, 1) < kWorthWaking;
        const bool awake_already = handed_ == nullptr ? queue_.size() > 1 : !crossed;
        if (awake_already) return Admission::taken;
    }
    something_.notify_one();
    return Admission::taken;
}

void Engine::close() {
    {
        const std::lock_guard lock(mutex_);
        if (state_ == State::open) state_ = State::closing;
    }
    something_.notify_one();
    if (applying_.joinable()) applying_.join();
    handed_over_.notify_one();
    if (syncing_.joinable()) syncing_.join();
}

std::string Engine::failure() const {
    const std::lock_guard lock(mutex_);
    return failure_;
}

void Engine::Group::clear() {
    bytes.clear();
    works.clear();
    events.clear();
    place = {};
}

}  // namespace lastunit::drivers
