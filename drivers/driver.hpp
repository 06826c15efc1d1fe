// What a live back end is to the load generator and the audit: in-process, gRPC, PostgreSQL, Redis, and later flows of several
// HTTP requests all stand behind this interface.
//
// An operation is submitted and never waited for; its answer comes back by poll(), settled as applied, refused or unknown. An
// answer is never guessed: whatever may or may not have taken effect is unknown, until resolve() has asked again under the
// operation's key. An operation may take any number of requests behind the interface; it is one thing with one answer here.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/command.hpp"

namespace lastunit::drivers {

// The back end cannot be used at all: not there, of another shop, a schema that is missing. One line for the user.
class DriverError : public std::runtime_error {
   public:
    using std::runtime_error::runtime_error;
};

enum class Settled : std::uint8_t {
    applied,
    refused,  // certainly without effect
    unknown,  // with effect, without, or with it later
};

// Why it was refused or is unknown.
enum class Cause : std::uint8_t {
    outcome,      // the back end's own answer: see `outcome`; also of applied
    overloaded,   // refused before it was looked at: later, with the same key
    unavailable,  // likewise, because nothing can be written or nobody is there
    late,         // refused: its deadline had passed before it was begun
    failed,       // refused: it went wrong on the way, which says nothing about what there is; the same key gives the same answer
    unsupported,  // refused: this back end has no such operation
    no_answer,    // unknown: deadline, cut connection, crash
};
const char* name_of(Settled settled);
const char* name_of(Cause cause);

struct Operation {
    std::uint64_t tag = 0;  // the caller's, handed back
    core::Command command;  // with a key; its lines need to live only during submit()
    Duration timeout = seconds(10);
};

// What a refusal as out of stock says of the stock.
enum class Weight : std::uint8_t {
    testimony,  // there was not enough that nobody had
    hearsay     // nothing: it was a look, at a stock of which others may have set aside what they never took
};

// Units that a back end may have set aside for a hold or an allocation that it refused: of a basket whose first line it had and
// the second not, say. Nobody can come back for them. Times of the steady clock.
struct LeftAside {
    std::uint64_t id = 0;  // no other of the run
    std::vector<core::Line> lines;
    std::int64_t since_ns = 0;              // not before
    std::optional<std::int64_t> made_ns{};  // they certainly were by then; absent: perhaps they never were
    struct Back {
        std::int64_t from_ns = 0, until_ns = 0;
    };
    enum class Lives : std::uint8_t { as_a_hold, no_matter_how_long } lives = Lives::as_a_hold;  // unless given back
    std::optional<Back> back{};  // given back between these; absent: nobody knows when. Of what certainly was set aside alone
};

struct Completion {
    std::uint64_t tag = 0;
    Settled settled = Settled::unknown;
    Cause cause = Cause::outcome;
    core::Outcome outcome{};  // where the cause is `outcome`
    Weight weight = Weight::testimony;
    std::uint64_t sequence = 0;               // place in the back end's own order of all operations; 0 where it has none
    std::int64_t at_ns = 0;                   // steady clock, when the answer arrived: not when it was polled
    std::shared_ptr<const LeftAside> left{};  // null: nothing
};

// One caller's own line to the back end: used by one thread at a time. Operations of one session may overtake each other.
class Session {
   public:
    virtual ~Session() = default;
    // Sends, together where the back end can. Does not wait for answers; every operation comes back by poll() exactly once.
    virtual void submit(std::span<const Operation> operations) = 0;
    // Appends what was answered; waits for the first answer at most so long. Returns how many.
    virtual std::size_t poll(std::vector<Completion>& out, Duration at_most) = 0;
    virtual std::size_t in_flight() const = 0;
};

struct Shape {
    std::vector<std::string> nodes, skus, channels;
};

// Units on hand before the first operation: [sku * nodes + node], as sim::initial_stock makes them.
struct InitialStock {
    Shape shape;
    std::vector<Quantity> units;
};

// What the back end believes when all is settled.
struct FinalState {
    struct Stock {
        NodeId node;
        Sku sku;
        std::int64_t on_hand = 0, held = 0, allocated = 0, safety = 0, quarantined = 0, inbound = 0, shortage = 0;
    };
    struct OrderLine {
        OrderId order;
        NodeId node;
        Sku sku;
        std::int64_t quantity = 0, picked = 0;
    };
    std::vector<Stock> stock;  // by SKU, then node; cells that are all zero may be missing
    std::vector<OrderLine> orders;
    std::uint64_t sequence = 0;
};

// What the back end promises, as far as it can be judged: an audit that takes a look at the stock for a promise, or one stock of
// all nodes for one of each, accuses a sound one.
struct Contract {
    enum class Stock : std::uint8_t {
        of_nodes,  // a unit is at a node, and promised there
        pooled     // one stock of each SKU, wherever a line says that it is to come from
    };
    enum class Holds : std::uint8_t {
        reserve,  // a hold has taken its units
        check     // it has looked at them: the confirmation takes them, or is refused
    };
    Stock stock = Stock::of_nodes;
    Holds holds = Holds::reserve;
    // Of holds that reserve: how long one lives at least, whatever was asked for. Absent: as long as was asked for.
    std::optional<Duration> hold_lives{};
};

class Driver {
   public:
    virtual ~Driver() = default;
    virtual std::string target() const = 0;  // as the user wrote it, without secrets
    virtual bool supports(core::CommandKind kind) const = 0;
    virtual Contract contract() const { return {}; }
    // Brings the back end to this stock and nothing else: what it held of an earlier run is gone afterwards, or it throws
    // DriverError and says how to start afresh. Called once, before any session.
    virtual void prepare(const InitialStock& stock) = 0;
    virtual std::unique_ptr<Session> open() = 0;  // any thread; throws DriverError
    // Asks again under the key until it is known or `at_most` has passed.
    virtual Completion resolve(const Operation& operation, Duration at_most) = 0;
    virtual FinalState read_back() = 0;  // throws DriverError
};

// Nanoseconds of the steady clock, as in Completion::at_ns.
std::int64_t steady_now_ns();

// For resolve(): one operation through a session of its own, again and again.
Completion repeat_until_known(Driver& driver, const Operation& operation, Duration at_most);

}  // namespace lastunit::drivers
