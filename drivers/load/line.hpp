// The generator's line to a back end, which outlives sessions that died.
//
// A session that may be dead goes on being used (most drivers connect again by themselves) while a thread of its own opens
// another; the first of the two that works is kept. Opening and closing may block, so that both happen in that thread; it exists
// only once something was suspected.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "drivers/driver.hpp"

namespace lastunit::drivers {

class Line {
   public:
    explicit Line(Driver& driver);  // opens the first session: throws DriverError
    ~Line();
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    // False: the session threw; nobody knows what was sent, and none of these operations comes back from here.
    bool submit(std::span<const Operation> operations);
    // As Session::poll, over the session in use and those that still owe answers. Does not wait where nothing is under way.
    std::size_t poll(std::vector<Completion>& out, Duration at_most);
    bool anything_under_way() const { return session_->in_flight() != 0 || !retired_.empty(); }

    // The session in use. What is learnt late of one that was replaced says nothing about this one.
    std::uint32_t number() const { return number_; }
    // An answer through session `number` says that the session, or what it is connected to, is gone.
    void suspect(std::uint32_t number);
    // An answer of the back end itself came through it: it works.
    void works(std::uint32_t number) {
        if (suspected_ && number == number_) trusted_again();
    }

   private:
    void take_replacement();
    void trusted_again();
    void open_and_close();  // the thread

    Driver& driver_;
    std::unique_ptr<Session> session_;
    std::vector<std::unique_ptr<Session>> retired_;  // replaced, with operations under way
    std::uint32_t number_ = 0;
    bool suspected_ = false;

    std::thread thread_;
    std::mutex mutex_;
    std::condition_variable changed_;
    enum class Wanted : std::uint8_t { nothing, replacement, end };
    Wanted wanted_ = Wanted::nothing;
    std::unique_ptr<Session> replacement_;
    std::vector<std::unique_ptr<Session>> to_close_;
    std::atomic<bool> replacement_there_{false};
};

}  // namespace lastunit::drivers
