// Shoppers and their journeys: discover, browse, check availability, cart, switch channel, checkout, pay. What follows is the
// order's.
//
// Everything a shopper is and wants is drawn from streams keyed by the shopper alone (arrival, persona, place, basket, patience),
// so that shopper 4711 is the same person under every design.
#pragma once

#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "core/routing/router.hpp"
#include "model/demand.hpp"
#include "model/shoppers.hpp"
#include "sim/orders.hpp"
#include "sim/recorder.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

class Shoppers {
   public:
    explicit Shoppers(World& world);

    void start();  // the first arrival of every stream
    void arrive(std::uint32_t stream);
    void step(std::uint32_t shopper);            // what comes next in its journey
    void command_failed(std::uint32_t shopper);  // the core's host went off before it answered
    // The next event's shopper is far from the cache: its slot is fetched while this event is handled.
    void prefetch(std::uint32_t shopper) const { shoppers_.prefetch(shopper); }
    std::uint32_t active() const { return shoppers_.live(); }
    bool all_arrived() const { return streams_open_ == 0; }
    std::uint64_t bought() const { return bought_; }
    std::uint64_t left() const { return left_; }

   private:
    enum class Next : std::uint8_t {
        browsed,
        in_new_channel,
        cart_over,
        checkout_over,
        pay,
        ask_hold_cart,
        ask_hold_order,
        ask_order,
        ask_confirm
    };

    struct Shopper {
        std::uint64_t id = 0;
        SimTime deadline;                      // of patience
        HoldId hold;                           // value 0: none
        std::vector<core::OrderLine> basket;   // still wanted and believed available
        std::vector<core::OrderLine> refused;  // wanted, refused, not yet found elsewhere
        std::vector<core::Line> reserved;      // what the core holds or allocated for it
        std::vector<Quantity> conflicts;       // in hand, per line: units whose promise found no other
        std::vector<std::uint32_t> displaced;  // pieces of orders that had to move for them
        std::uint32_t touched = 0;             // bit per channel
        std::uint16_t place = 0;
        NodeId store = kNowhere;  // the one it would go to
        ChannelId channel, first_channel, came_from, refused_by;
        std::uint8_t persona = 0;
        std::uint8_t visits = 0;  // channels entered: indexes the draws of each visit
        std::uint8_t retries = 0;
        Next next{};
        core::Method method{};
        Reached reached{};
        bool switched_after_browse = false, switched_after_cart = false, in_hand = false, endless_aisle = false,
             ever_switched = false, seeking = false;
    };

    // One source of shoppers: generated or replayed.
    struct Source {
        explicit Source(model::Arrivals generated) : arrivals(std::move(generated)) {}
        model::Arrivals arrivals;
        std::uint64_t count = 0;
    };

    const model::Persona& persona(const Shopper& shopper) const {
        return shopper.persona < personas_ ? world_.scenario.personas[shopper.persona] : buyer_;
    }
    model::ReservationMode mode(const Shopper& shopper) const {
        return world_.design.channels[shopper.channel.value].reservation;
    }
    double uniform(const Shopper& shopper, model::Purpose purpose, std::uint32_t salt = 0) const {
        return world_.uniform(purpose, shopper.id, shopper.visits * 16U + salt);
    }

    void schedule_arrival(std::uint32_t stream);
    void arrive_replayed();
    std::uint32_t new_shopper(std::uint64_t id, const model::ArrivalStream* stream);
    void fill_basket(Shopper& shopper, const model::ArrivalStream* stream);
    void register_arrival(const Shopper& shopper);

    void proceed(std::uint32_t slot, Next next, Duration delay);
    void enter(std::uint32_t slot, ChannelId channel, Next then);
    void browsed(std::uint32_t slot);
    void into_cart(std::uint32_t slot);
    void carted(std::uint32_t slot);
    void cart_over(std::uint32_t slot);
    void open_checkout(std::uint32_t slot);
    void checkout_over(std::uint32_t slot);
    void pay(std::uint32_t slot);
    void place_order(std::uint32_t slot);
    void ask(std::uint32_t slot, Next what);
    void hold_answer(std::uint32_t slot, Next asked);
    void order_answer(std::uint32_t slot);
    void confirm_answer(std::uint32_t slot);
    void accept(std::uint32_t slot);

    bool check(std::uint32_t slot);
    bool plan_basket(std::uint32_t slot);
    void choose_method(Shopper& shopper);
    void reserve_planned(Shopper& shopper);
    enum class Because : std::uint8_t { out_of_stock, hold_ran_out, unreachable };
    void refuse(Shopper& shopper, const core::OrderLine& line, Because why = Because::out_of_stock);
    bool would_buy(const Shopper& shopper) const;
    void seek(std::uint32_t slot, ChannelId to);
    void arrive_in_channel(Shopper& shopper);
    void refused_everything(std::uint32_t slot);
    bool substitute(Shopper& shopper);
    ChannelId next_channel(const Shopper& shopper, std::uint32_t salt) const;
    void take_from_shelf(Shopper& shopper);
    void put_back(Shopper& shopper);
    void abandon(std::uint32_t slot);
    void leave(std::uint32_t slot);
    void end(std::uint32_t slot);
    void reach(Shopper& shopper, Reached stage);
    Duration time(const Shopper& shopper, const model::Distribution& how_long, model::Purpose purpose,
                  std::uint32_t salt = 0) const;
    void count_journey(const Shopper& shopper);

    World& world_;
    std::deque<Source> sources_;
    std::size_t replay_next_ = 0;
    Pool<Shopper> shoppers_;
    std::vector<NodeId> nearest_store_;
    std::size_t personas_;
    model::Persona buyer_;              // replayed orders: wants just this, at once
    std::vector<std::uint8_t> kiosks_;  // channels of kind kiosk
    std::uint32_t streams_open_ = 0;
    std::uint64_t bought_ = 0, left_ = 0;
    std::uint64_t next_hold_ = 0;
    core::Plan plan_;
    std::vector<NodeId> lowered_;  // scratch, reused
};

}  // namespace lastunit::sim
