// One connection in libpq's pipeline mode, driven by whoever waits on its socket; nothing here blocks (but the look-up of a
// host's name, while it opens).
//
// Statements are sent one behind the other, each with a Sync of its own: each is a transaction of its own, and is answered when
// it is durable.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "drivers/postgres/database.hpp"
#include "drivers/postgres/statements.hpp"

namespace lastunit::drivers::postgres {

struct Work;  // of the session; handed back

struct Reply {
    enum class Kind : std::uint8_t {
        value,    // the first column of the first row
        nothing,  // no row
        failed,   // rolled back for certain: see `sqlstate`
        lost,     // the connection ended: with effect or without
    };
    Work* work = nullptr;  // null: housekeeping
    Statement statement{};
    Kind kind = Kind::lost;
    std::string value;
    std::string sqlstate, constraint;
};

class Connection {
   public:
    enum class State : std::uint8_t { closed, connecting, preparing, ready };

    explicit Connection(const ConnectionWords& words) : words_(words) {}

    State state() const { return state_; }
    bool ready() const { return state_ == State::ready; }
    std::size_t pending() const { return pending_.size(); }
    // libpq has given it up; advance() settles what was pending, without an event of the socket.
    bool broken() const { return state_ != State::closed && (PQsocket(connection_.get()) < 0 || failed_to_send_); }
    const std::string& problem() const { return problem_; }  // why it closed last
    std::int64_t opened_ns() const { return opened_ns_; }    // when opening began

    void open();   // begins
    void close();  // what is pending is dropped without a reply
    int socket() const { return PQsocket(connection_.get()); }
    short events() const;  // to wait for, as poll() takes them; of a connection that is not closed

    // Only when ready. It may end the connection: the reply comes by advance().
    void send(Statement statement, Parameters& parameters, Work* work);
    // After the socket had an event, or after send(); appends what has been answered. A connection that ended gives a `lost` for
    // everything that was pending, and is closed.
    void advance(std::vector<Reply>& replies);

   private:
    void connect_on();
    void prepare();
    void read(std::vector<Reply>& replies);
    bool take(ResultPtr result, std::vector<Reply>& replies);  // false: no more for now
    void fail(std::vector<Reply>& replies);

    const ConnectionWords& words_;
    ConnectionPtr connection_;
    State state_ = State::closed;
    PostgresPollingStatusType polling_ = PGRES_POLLING_WRITING;
    bool failed_to_send_ = false;
    bool unsent_ = false;        // libpq keeps something that the socket did not take
    std::deque<Reply> pending_;  // sent, in order; the front one's result counts once its Sync has been answered
    std::string problem_;
    std::int64_t opened_ns_ = 0;
};

}  // namespace lastunit::drivers::postgres
