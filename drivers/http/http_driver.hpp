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

#include <functional>
#include <memory>
#include <string>

#include "drivers/driver.hpp"
#include "model/load_report.pb.h"

namespace lastunit::drivers {

namespace http {
struct Plan;
}

class HttpDriver : public Driver {
   public:
    explicit HttpDriver(std::shared_ptr<const http::Plan> plan);
    ~HttpDriver() override;

    std::string target() const override;
    bool supports(core::CommandKind kind) const override;
    Contract contract() const override;
    void prepare(const InitialStock& stock) override;  // std::logic_error the second time
    std::unique_ptr<Session> open() override;
    Completion resolve(const Operation& operation, Duration at_most) override;
    FinalState read_back() override;

    // What a shop alone has to say of the run: its steps, and once they were read back its books and what they disagree about.
    // Nothing before prepare().
    void fill(model::LoadReport& report);
    // Called by read_back() when the shop has settled, before it is asked for anything. May be empty.
    std::function<void()> when_settled;

    struct Internals;

   private:
    std::shared_ptr<Internals> internals_;
};

}  // namespace lastunit::drivers
