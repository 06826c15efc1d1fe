// The connections of a session and the operations on them. One thread uses it; nothing blocks.
#pragma once

#include <poll.h>

#include <deque>
#include <memory>
#include <queue>
#include <span>
#include <unordered_map>
#include <vector>

#include "drivers/answered.hpp"
#include "drivers/postgres/connection.hpp"
#include "drivers/postgres/pool_session.hpp"
#include "drivers/postgres/work.hpp"

namespace lastunit::drivers::postgres {

class Pool {
   public:
    Pool(Shared& shared, unsigned connections, Answered& answered);

    void add(std::unique_ptr<Work> work);
    // Sends what can be sent, opens what is closed, gives up what is late. Works that are over are moved to `done`. Returns how
    // long to wait for a socket at most, in nanoseconds.
    std::int64_t step(std::vector<std::unique_ptr<Work>>& done);
    void add_sockets(std::vector<pollfd>& to);
    void take(std::span<const pollfd> sockets);  // as add_sockets() left them, with their events

    bool opening_settled() const { return opening_settled_; }  // each connection is open, or was refused once
    std::size_t open() const;                                  // connections that are
    const std::string& problem() const { return problem_; }

   private:
    struct Line {
        Connection connection;
        std::int64_t open_at_ns = 0;  // when it is closed: next attempt
        unsigned refusals = 0;        // in a row
    };
    struct Later {
        std::int64_t at_ns;
        Work* work;
        std::uint64_t serial;
        bool operator>(const Later& other) const { return at_ns > other.at_ns; }
    };
    using Timers = std::priority_queue<Later, std::vector<Later>, std::greater<>>;

    void open_lines(std::int64_t now);
    void expire(std::int64_t now);
    void wake_retries(std::int64_t now);
    void sweep(std::int64_t now);
    void dispatch(std::int64_t now);
    void refuse_waiting(std::int64_t now);
    Line* freest();
    void send(Line& line, Work& work);
    Statement next_statement(Work& work);
    void advance(Line& line);
    void handle(Line& line, Reply& reply, std::int64_t now);
    void handle_nothing(Line& line, Work& work, const Reply& reply, std::int64_t now);
    void go_on(Line& line, Work& work);
    void handle_value(Line& line, Work& work, const Reply& reply, std::int64_t now);
    void handle_failure(Line& line, Work& work, const Reply& reply, std::int64_t now);
    void try_again(Work& work, std::int64_t now);
    void give_up(Work& work, Cause cause, std::int64_t now);
    void settle(Work& work, Settled settled, Cause cause, core::Outcome outcome, std::int64_t now);
    void finish(Work& work);
    std::int64_t time_to_wait(std::int64_t now) const;

    Shared& shared_;
    Answered& answered_;
    ConnectionWords words_;
    std::vector<Line> lines_;
    std::vector<std::size_t> polled_;  // lines whose sockets were handed out, in that order
    std::deque<Work*> waiting_;
    Timers deadlines_, retries_;
    std::unordered_map<Work*, std::unique_ptr<Work>> live_;
    std::vector<std::unique_ptr<Work>> done_;
    std::vector<Reply> replies_;
    std::vector<Completion> completions_;
    Parameters parameters_;
    std::uint64_t jitter_ = 0;
    bool opening_settled_ = false;
    std::string problem_;
};

}  // namespace lastunit::drivers::postgres
