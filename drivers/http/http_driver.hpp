// A shop over HTTP as a back end: its flow file says how.
//
//   hold     a new shopper goes through the steps up to and including the flow's `hold`
//   extend   applied without a request: a cart has no time to live that could be moved
//   confirm  the same shopper goes on to the `promise`, and the flow's webhooks are sent
//   allocate both, by a new shopper
//   release, deallocate   the flow's `cancel` steps; a release without any is applied at once, as an abandoned cart is, and
//            unsupported where the `hold` sets units aside: nobody has given them back
// Everything else is unsupported: the platform knows of no picker, till or delivery.
//
// An answer is `applied` when the rules say accepted. Out of stock is refused as out_of_stock, as hearsay before the promise of a
// shop that only looks there; an error, and no answer before the promise, as failed; conflict as overloaded, so that the
// generator comes again; no connection as unavailable. What has no last word stays unknown: a promise or a cancel of which any
// try was not answered, a poll given up. The same key again after an unknown promise asks the platform for the shopper's order
// (`look_up`): applied if it is there, else still unknown. After an unknown hold it begins with a new shopper, unless the hold
// may have set units aside: that stays unknown.
//
// What the steps up to `hold` say is a reservation only where the flow says `hold_is: reservation`. It may end at any time, or
// after `hold_lives`.
//
// A basket of such a flow that is refused with some of its lines set aside goes through the `cancel` steps before the refusal is
// told, unless the promise was asked for: an order that a refused promise has left behind is for the books to show. Until that
// is accepted the units are open (Completion::left).
//
// Units of one SKU at several nodes are one stock of the platform: set-up puts the sum there, and the read-back gives each order
// the nodes that it was asked for.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "drivers/driver.hpp"
#include "model/load_report.pb.h"

namespace lastunit::drivers {

namespace http {
struct Plan;
}

// Of several generators that share one load of a shop. Their shoppers' numbers differ, and so does all that is made of them.
struct HttpShare {
    std::uint32_t part = 0, of = 1;  // from 0
    // Wall clock at which all begin: where nobody was handed the name of the run, they make it of this. 0: it is drawn.
    std::int64_t start_unix_us = 0;
};

class HttpDriver : public Driver {
   public:
    explicit HttpDriver(std::shared_ptr<const http::Plan> plan, HttpShare share = {});
    ~HttpDriver() override;

    std::string target() const override;
    bool supports(core::CommandKind kind) const override;
    Contract contract() const override;
    void prepare(const InitialStock& stock) override;  // std::logic_error the second time, also of attach() and join()

    // In place of prepare(), where somebody else has prepared the shop. `prepared`: what the prepared() of whoever did has said;
    // empty: by hand, and then the flow's set-up has to find what there is to find with steps that change nothing. The first
    // part reads the books, and throws DriverError unless the counters say that the shop begins as the scenario does; by hand
    // it has to have counters.
    void attach(const InitialStock& stock, const std::string& prepared);
    // What others have to know of a shop that was prepared or attached. May hold tokens: for its owner's eyes.
    std::string prepared() const;
    double reading_s() const;  // how long reading all books took before the first shopper; 0: they were not read

    // Of one part of several, when its last shopper has left: for join(). May hold what prepared() does, and who had ordered
    // before.
    std::string part() const;
    // When all parts have ended: from now on read_back() and fill() are of all of them. In place of prepare(), or after it.
    // Throws DriverError in one line.
    void join(const InitialStock& stock, std::span<const std::string> parts);
    std::unique_ptr<Session> open() override;
    Completion resolve(const Operation& operation, Duration at_most) override;
    FinalState read_back() override;

    // Why nothing that is found of this run can be right, as soon as that is known: two shoppers who are one in the books. Empty:
    // no reason. Any thread; cheap enough to be asked thousands of times a second.
    std::string problem() const;

    // What a shop alone has to say of the run: its steps (not of parts that were joined: each has its own), and once they were
    // read back its books and what they disagree about. Nothing before prepare().
    void fill(model::LoadReport& report);
    // Called by read_back() when the shop has settled, before it is asked for anything. May be empty.
    std::function<void()> when_settled;

    struct Internals;

   private:
    std::shared_ptr<Internals> internals_;
};

}  // namespace lastunit::drivers
