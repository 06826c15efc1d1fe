#include "drivers/inproc/durable_driver.hpp"

#include <chrono>

#include "drivers/engine/problem.hpp"
#include "drivers/inproc/ledger_driver.hpp"

namespace lastunit::drivers {

namespace {

class DurableSession : public Session {
   public:
    explicit DurableSession(Engine& engine) : engine_(engine) {}
    ~DurableSession() override {
        std::unique_lock lock(mutex_);
        nothing_under_way_.wait(lock, [this] { return under_way_ == 0; });
    }

    void submit(std::span<const Operation> operations) override {
        if (operations.empty()) return;
        Batch& batch = fresh_batch();
        std::size_t lines = 0;
        for (const Operation& operation : operations) lines += operation.command.lines.size();
        batch.lines.reserve(lines);
        for (const Operation& operation : operations) {
            core::Command command = operation.command;
            const std::size_t first = batch.lines.size();
            batch.lines.insert(batch.lines.end(), command.lines.begin(), command.lines.end());
            command.lines = std::span(batch.lines).subspan(first);
            batch.owned.push_back(command);
            batch.tags.push_back(operation.tag);
        }
        batch.commands = batch.owned;
        add_under_way(operations.size());
        batch.deadline = Engine::wall_clock() + operations.front().timeout;
        const Admission admission = engine_.submit(batch);
        if (admission == Admission::taken) return;
        batch.refuse(admission == Admission::full ? Cause::overloaded : Cause::unavailable);
    }

    std::size_t poll(std::vector<Completion>& out, Duration at_most) override {
        std::unique_lock lock(mutex_);
        if (done_.empty() && at_most.us > 0)
            answered_.wait_for(lock, std::chrono::microseconds(at_most.us), [this] { return !done_.empty(); });
        const std::size_t count = done_.size();
        out.insert(out.end(), done_.begin(), done_.end());
        done_.clear();
        return count;
    }

    std::size_t in_flight() const override {
        const std::lock_guard lock(mutex_);
        return commands_under_way_ + done_.size();
    }

   private:
    struct Batch : Work {
        explicit Batch(DurableSession& owner) : session(owner) {}
        void finished() override {
            if (status != WorkStatus::done) {
                refuse(status == WorkStatus::late          ? Cause::late
                       : status == WorkStatus::unavailable ? Cause::unavailable
                                                           : Cause::no_answer);
                return;
            }
            const std::int64_t at_ns = steady_now_ns();
            const std::lock_guard lock(session.mutex_);
            for (std::size_t i = 0; i < tags.size(); ++i)
                session.done_.push_back(completion_of(tags[i], answers[i].outcome, answers[i].sequence, at_ns));
            session.give_back(*this);
        }
        void refuse(Cause cause) {
            const Settled settled = cause == Cause::no_answer ? Settled::unknown : Settled::refused;
            const std::int64_t at_ns = steady_now_ns();
            const std::lock_guard lock(session.mutex_);
            for (const std::uint64_t tag : tags)
                session.done_.push_back({.tag = tag, .settled = settled, .cause = cause, .at_ns = at_ns});
            session.give_back(*this);
        }
        DurableSession& session;
        std::vector<core::Command> owned;
        std::vector<core::Line> lines;
        std::vector<std::uint64_t> tags;
    };

    Batch& fresh_batch() {
        const std::lock_guard lock(mutex_);
        if (free_.empty()) {
            all_.push_back(std::make_unique<Batch>(*this));
            free_.push_back(all_.back().get());
        }
        Batch& batch = *free_.back();
        free_.pop_back();
        batch.owned.clear();
        batch.lines.clear();
        batch.tags.clear();
        ++under_way_;
        return batch;
    }
    void add_under_way(std::size_t commands) {
        const std::lock_guard lock(mutex_);
        commands_under_way_ += commands;
    }
    // With the lock held.
    void give_back(Batch& batch) {
        commands_under_way_ -= batch.tags.size();
        free_.push_back(&batch);
        if (--under_way_ == 0) nothing_under_way_.notify_one();
        answered_.notify_one();
    }

    Engine& engine_;
    mutable std::mutex mutex_;
    std::condition_variable answered_;
    std::condition_variable nothing_under_way_;
    std::vector<Completion> done_;
    std::vector<std::unique_ptr<Batch>> all_;
    std::vector<Batch*> free_;
    std::size_t under_way_ = 0;  // batches
    std::size_t commands_under_way_ = 0;
};

class Reading : public Work {
   public:
    void look(const core::Ledger& ledger, std::uint64_t) override { state = state_of(ledger); }
    void finished() override {
        const std::lock_guard lock(mutex_);
        done_ = true;
        ended_.notify_one();
    }
    void wait() {
        std::unique_lock lock(mutex_);
        ended_.wait(lock, [this] { return done_; });
    }
    FinalState state;

   private:
    std::mutex mutex_;
    std::condition_variable ended_;
    bool done_ = false;
};

}  // namespace

DurableDriver::DurableDriver(std::string folder, EngineOptions options, Duration key_retention)
    : folder_(std::move(folder)), options_(std::move(options)), key_retention_(key_retention) {}

void DurableDriver::prepare(const InitialStock& stock) {
    try {
        const DataFolder folder(folder_);
        if (!folder.fresh()) throw DriverError(folder_ + ": holds an earlier run; remove the folder, or choose another");
        core::LedgerConfig config;
        config.nodes = static_cast<std::uint32_t>(stock.shape.nodes.size());
        config.skus = static_cast<std::uint32_t>(stock.shape.skus.size());
        config.channels = static_cast<std::uint32_t>(stock.shape.channels.size());
        config.key_retention = key_retention_;
        Engine::create(
            folder, {stock.shape.nodes, stock.shape.skus, stock.shape.channels}, config,
            [&](core::Ledger& ledger, core::Events&) { ledger = ledger_with(stock, key_retention_, Engine::wall_clock()); });
    } catch (const Problem& problem) {
        throw DriverError(problem.what());
    }
}

Engine& DurableDriver::engine() {
    if (!engine_) {
        try {
            engine_ = std::make_unique<Engine>(std::make_unique<DataFolder>(folder_), options_);
        } catch (const Problem& problem) {
            throw DriverError(problem.what());
        }
    }
    return *engine_;
}

std::unique_ptr<Session> DurableDriver::open() { return std::make_unique<DurableSession>(engine()); }

Completion DurableDriver::resolve(const Operation& operation, Duration at_most) {
    return repeat_until_known(*this, operation, at_most);
}

FinalState DurableDriver::read_back() {
    Reading reading;
    if (engine().submit(reading) != Admission::taken) throw DriverError(target() + ": does not answer");
    reading.wait();
    return std::move(reading.state);
}

}  // namespace lastunit::drivers
