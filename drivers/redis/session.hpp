// A caller's own line to Redis: operations as flows, in pipelines over one or several connections.
//
// It has no thread: everything happens in submit() and poll(), on the caller's. A connection that is lost settles what was under
// way on it and is opened again in the background, at first at once, then every tenth of a second; while none is there operations
// are refused as unavailable.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <queue>
#include <vector>

#include "drivers/redis/connection.hpp"
#include "drivers/redis/flow.hpp"

namespace lastunit::drivers::redis {

// Operations under way on one connection, beyond which more are refused as overloaded: some 20 MB of requests.
inline constexpr std::size_t kMostUnderWay = 65'536;

// How often the modes without a script look for holds that are due, while a session is polled.
inline constexpr Duration kSweepEvery = milliseconds(50);

class SweepFlow;

class RedisSession : public Session {
   public:
    // Waits until the connections are open. Throws DriverError when they are not within `patience`.
    RedisSession(const Address& address, const RedisOptions& options, const ShopSize& size, Duration patience);
    ~RedisSession() override;

    void submit(std::span<const Operation> operations) override;
    std::size_t poll(std::vector<Completion>& out, Duration at_most) override;
    std::size_t in_flight() const override { return in_flight_; }

   private:
    enum class Owner : std::uint8_t { caller, session };
    struct Flight {
        std::uint64_t tag = 0;
        std::uint32_t use = 0;  // of this place
        Owner owner = Owner::caller;
        bool given_up = false;  // told as late or unknown; its replies are still to come
        bool begun = false;
        std::unique_ptr<Flow> flow;
        SweepFlow* sweep = nullptr;  // the flow, where it is one
    };
    struct Step {
        std::uint32_t flight = 0;
        unsigned replies_left = 0;
        std::uint64_t from = 0, to = 0;  // positions of its bytes
    };
    struct Lane {
        std::unique_ptr<Connection> connection;
        std::deque<Step> steps;      // in the order in which Redis answers
        std::vector<Reply> replies;  // of the first step
        std::int64_t retry_ns = 0;
        std::int64_t pause_ns = 0;
    };
    struct Deadline {
        std::int64_t at_ns;
        std::uint32_t flight, use;
        bool operator>(const Deadline& other) const { return at_ns > other.at_ns; }
    };

    bool exclusive() const { return options_.mode == RedisMode::watch; }
    std::uint32_t new_flight(std::uint64_t tag, std::unique_ptr<Flow> flow, Owner owner);
    void free_flight(std::uint32_t flight);
    Lane* lane_for_another(Completion& refusal);
    void start(std::uint32_t flight);
    void begin(std::uint32_t flight, Lane& lane);
    void begin_waiting();
    void finish_step(Lane& lane, std::int64_t arrived_ns);
    void lose(Lane& lane);
    void settle_lost(const Step& step, const Lane& lane);
    void tell(std::uint32_t flight, Settled settled, Cause cause);
    void serve(Lane& lane);
    void look_after(std::int64_t now_ns);  // deadlines, reconnecting, sweeps
    void give_up_late(std::int64_t now_ns);
    void sweep_when_due(std::int64_t now_ns);
    void wait(std::int64_t until_ns);

    const Address address_;
    const RedisOptions options_;
    const ShopSize size_;
    std::vector<Lane> lanes_;
    std::size_t turn_ = 0;
    std::vector<Flight> flights_;
    std::vector<std::uint32_t> free_;
    std::deque<std::uint32_t> waiting_;  // for a connection of their own
    std::priority_queue<Deadline, std::vector<Deadline>, std::greater<>> deadlines_;
    std::vector<Completion> done_;
    std::vector<Reply> arrived_;  // scratch
    std::size_t in_flight_ = 0;
    std::vector<std::string> due_;  // holds whose units are to be given back
    std::int64_t next_sweep_ns_ = 0;
    bool sweeping_ = false;
};

}  // namespace lastunit::drivers::redis
