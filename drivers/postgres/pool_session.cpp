#include "drivers/postgres/pool_session.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "drivers/answered.hpp"
#include "drivers/postgres/pool.hpp"

namespace lastunit::drivers::postgres {

namespace {

constexpr Duration kOpenAtMost = seconds(20);

class PoolSession : public Session {
   public:
    PoolSession(std::shared_ptr<Shared> shared, unsigned connections)
        : shared_(std::move(shared)),
          connections_(connections),
          pool_(*shared_, connections, answered_),
          wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
        if (wake_ < 0) throw DriverError("postgres: no eventfd");
        thread_ = std::thread([this] { drive(); });
        wait_until_open();
    }
    ~PoolSession() override { stop(); }

    void submit(std::span<const Operation> operations) override {
        if (operations.empty()) return;
        const std::int64_t now = steady_now_ns();
        bool first = false;
        {
            const std::lock_guard lock(mutex_);
            first = inbox_.empty();
            for (const Operation& operation : operations)
                if (offered(operation.command.kind)) inbox_.push_back(work_of(operation, now));
        }
        for (const Operation& operation : operations)
            if (!offered(operation.command.kind))
                answered_.add(Completion{
                    .tag = operation.tag, .settled = Settled::refused, .cause = Cause::unsupported, .at_ns = steady_now_ns()});
        in_flight_ += operations.size();
        if (first) wake();
    }
    std::size_t poll(std::vector<Completion>& out, Duration at_most) override {
        const std::size_t count = answered_.take(out, at_most);
        in_flight_ -= count;
        return count;
    }
    std::size_t in_flight() const override { return in_flight_; }

   private:
    bool offered(core::CommandKind kind) const { return supported(kind, shared_->target.mode); }

    std::unique_ptr<Work> work_of(const Operation& operation, std::int64_t now) {
        std::unique_ptr<Work> work;
        if (spare_.empty()) {
            work = std::make_unique<Work>();
        } else {
            work = std::move(spare_.back());
            spare_.pop_back();
        }
        make_request(operation.command, shared_->size, work->request);
        work->tag = operation.tag;
        work->deadline_ns = now + operation.timeout.us * 1000;
        work->serial = ++serial_;
        work->attempts = 0;
        work->step = Work::Step::begin;
        work->seen = Seen::enough;
        work->place = Work::Place::waits;
        work->told = Work::Told::no;
        return work;
    }

    void wake() const {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = write(wake_, &one, sizeof one);
    }

    void wait_until_open() {
        std::unique_lock lock(mutex_);
        opened_.wait_for(lock, std::chrono::microseconds(kOpenAtMost.us), [this] { return settled_; });
        if (settled_ && open_ == connections_) return;
        std::string problem = problem_.empty() ? "no answer" : problem_;
        if (open_ != 0)
            problem = "opened " + std::to_string(open_) + " of " + std::to_string(connections_) + " connections: " + problem;
        lock.unlock();
        stop();
        throw DriverError(shared_->target.shown + ": " + problem);
    }

    void stop() {
        stopping_ = true;
        wake();
        if (thread_.joinable()) thread_.join();
        if (wake_ >= 0) close(wake_);
        wake_ = -1;
    }

    bool announce() {
        const std::lock_guard lock(mutex_);
        settled_ = true;
        open_ = pool_.open();
        problem_ = pool_.problem();
        opened_.notify_all();
        return true;
    }

    // The thread: everything of pool_ is its own.
    void drive() {
        std::vector<std::unique_ptr<Work>> taken, done;
        std::vector<pollfd> sockets;
        bool announced = false;
        while (!stopping_) {
            {
                const std::lock_guard lock(mutex_);
                taken.swap(inbox_);
                for (auto& work : done) spare_.push_back(std::move(work));
            }
            done.clear();
            for (auto& work : taken) pool_.add(std::move(work));
            taken.clear();
            const std::int64_t wait_ns = pool_.step(done);
            sockets.assign(1, {wake_, POLLIN, 0});
            pool_.add_sockets(sockets);
            if (!announced && pool_.opening_settled()) announced = announce();
            const timespec wait{wait_ns / 1'000'000'000, wait_ns % 1'000'000'000};
            ppoll(sockets.data(), sockets.size(), &wait, nullptr);
            if (sockets[0].revents != 0) {
                std::uint64_t count = 0;
                [[maybe_unused]] const auto read_bytes = read(wake_, &count, sizeof count);
            }
            pool_.take(sockets);
        }
    }

    std::shared_ptr<Shared> shared_;
    Answered answered_;
    const std::size_t connections_;
    Pool pool_;
    int wake_ = -1;
    std::atomic<bool> stopping_{false};
    std::size_t in_flight_ = 0;  // the caller's
    std::uint64_t serial_ = 0;   // the caller's

    std::mutex mutex_;
    std::vector<std::unique_ptr<Work>> inbox_, spare_;
    std::condition_variable opened_;
    bool settled_ = false;
    std::size_t open_ = 0;
    std::string problem_;
    std::thread thread_;
};

}  // namespace

std::unique_ptr<Session> open_pool_session(std::shared_ptr<Shared> shared, unsigned connections) {
    return std::make_unique<PoolSession>(std::move(shared), connections);
}

}  // namespace lastunit::drivers::postgres
