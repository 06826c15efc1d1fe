// Carries a scenario's faults out against a live target, and writes down what was done and when.
//
//   host_crash   kill -9 of the server's whole process tree; when the fault ends it is started again with the same words, on what
//                its disk has. How long it took until it answered is said
//   stall        SIGSTOP to the tree, SIGCONT at the end
//   partition    the proxy resets every connection and refuses new ones; at the end it takes them again
//   slow_disk    every sync of the server takes `delay` longer; at the end as ever
//
// Anything else, and what the target has no tool for (breakable.hpp), is left out with the reason. begins() and ends() return at
// once: one thread of the controller's own does the work, in the order in which it was told; whether a server that was started
// again is back is watched by another, so that the next fault is on time. Faults that overlap add up as in the simulation: what
// two of them hit works again when the second is over, and a server that comes back before its stall is over is stalled again.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "drivers/faults/breakable.hpp"
#include "drivers/faults/done_fault.hpp"
#include "model/faults.hpp"

namespace lastunit::drivers {

class FaultController {
   public:
    // `breakable` and what it points to outlive the controller. Asked whether a server that was started again is ready for
    // `patience` at most.
    explicit FaultController(const Breakable& breakable, Duration patience = seconds(60));
    ~FaultController();  // finish()
    FaultController(const FaultController&) = delete;
    FaultController& operator=(const FaultController&) = delete;

    // A fault is known by its name; each window of it begins and ends. Any thread.
    void begins(const model::Fault& fault);
    void ends(const model::Fault& fault);
    // Does what it has been told, then mends all that is still broken: the audit finds a target that answers. Nothing may follow.
    void finish();

    std::vector<DoneFault> done() const;  // in the order of their beginnings; any thread, at any time
    // Whether a fault is there, or its end is not yet done: in such a time answers may stay out.
    bool anything_broken() const;

   private:
    enum class Turn : std::uint8_t { begins, ends };
    struct Order {
        model::Fault fault;
        Turn turn{};
    };

    struct Broken {
        model::Fault fault;
        std::size_t place = 0;            // in done_
        std::uint64_t slowed_before = 0;  // syncs, by earlier slow disks
    };

    void run();
    void carry_out(const Order& order);
    void begin(const model::Fault& fault);
    void end(const model::Fault& fault);
    std::string impossible(const model::Fault& fault) const;
    bool is_there(model::FaultKind kind) const;
    std::string break_it(const model::Fault& fault);
    std::optional<std::string> mend_it(const Broken& broken);
    std::optional<std::string> start_again(std::size_t place);
    void watch_return(std::size_t place, std::int64_t begun_ns, std::uint64_t kills);
    void mended(std::size_t place, const std::string& how, const std::string& failed);
    void set_disk(Duration at_least);

    const Breakable& target_;
    const Duration patience_;
    mutable std::mutex mutex_;
    std::condition_variable told_;
    std::deque<Order> orders_;
    bool ending_ = false;
    std::vector<DoneFault> done_;  // under the mutex too

    std::vector<Broken> there_;          // the thread's own: what is broken now
    std::vector<std::thread> watchers_;  // likewise: one for each time that the server was started again
    std::atomic<std::uint64_t> kills_{0};
    std::thread thread_;
};

}  // namespace lastunit::drivers
