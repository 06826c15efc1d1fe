// How the shop learns that an order is paid. The provider has the money at one instant; the shop hears of it by a webhook, which
// takes time, may be lost and may come again, or because it asks. An order that is not known to be paid is given up.
#pragma once

#include <array>
#include <cstdint>

#include "core/types.hpp"
#include "model/design.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Payments {
   public:
    explicit Payments(World& world);

    bool order_first() const { return design_.flow == model::Payment::Flow::order_first; }
    bool refunds() const { return design_.refunds; }
    // The shop hears at the instant of the payment, and once: there is nothing to wait for.
    bool at_once() const { return at_once_; }
    // An order that has waited since then is given up.
    SimTime given_up(SimTime since) const { return since + design_.cancel_unpaid_after; }

    struct News {
        SimTime heard = kNever;  // the shop knows; kNever: nobody ever tells it
        // It is told once more, and takes it for another payment of the same order.
        std::array<SimTime, 2> again{kNever, kNever};
    };
    // The provider has the money now; the shop waits since `since`. `payer` and `index` key the draws: four numbers from there
    // on.
    News succeeded(std::uint64_t payer, std::uint32_t index, SimTime since) const;

    void tell_again(std::uint32_t order, SimTime at);
    void told_again(std::uint32_t order);  // EventKind::webhook

   private:
    SimTime asked(SimTime since) const;

    World& world_;
    const model::Payment& design_;
    bool at_once_;
};

}  // namespace lastunit::sim
