// Shoppers and their journeys: discover, browse, check availability, cart, switch channel, checkout, pay. What follows is the
// order's.
//
// Everything a shopper is and wants is drawn from streams keyed by the shopper alone (arrival, persona, place, basket, patience),
// so that shopper 4711 is the same person under every design.
//
// shoppers.cpp: who comes. journey.cpp, refusals.cpp, journey_end.cpp: from there to an order, or away. till.cpp, checkout.cpp,
// paying.cpp: the order and its payment. live_answers.cpp: what a live back end says to them. carts.cpp: holds, and carts that
// are open on two devices. cut_off.cpp: nobody answers.
//
// Not everybody who walks through these steps is a shopper of the statistics: see Role.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "core/routing/router.hpp"
#include "model/demand.hpp"
#include "model/shoppers.hpp"
#include "sim/back_end.hpp"
#include "sim/orders.hpp"
#include "sim/payments.hpp"
#include "sim/recorder.hpp"
#include "sim/world.hpp"

namespace lastunit::sim {

struct CommitAnswer;
enum class Take : std::uint8_t;
struct Wanted;

class Shoppers {
   public:
    explicit Shoppers(World& world);

    void start();            // the first arrival of every stream
    void redraw_arrivals();  // of whoever is still to come, with the world's new key
    void arrive(std::uint32_t stream);
    void step(std::uint32_t shopper);            // what comes next in its journey
    void command_failed(std::uint32_t shopper);  // the core's host went off before it answered
    Wanted wanted(std::uint32_t shopper) const;  // the order that it is about to commit; see sim/commits.hpp
    void committed(std::uint32_t shopper, const CommitAnswer& answer);
    void told(std::uint32_t shopper, const BackEnd::Answer& answer);  // by a live back end, what it was asked last
    void served(std::uint32_t shopper);                               // at a store's till
    Quantity walks_out(std::uint32_t shopper);                        // ... has waited long enough; how many units it had in hand
    void talked(std::uint32_t shopper);                               // to an agent of its channel's desk
    void not_served(std::uint32_t shopper);                           // hung up, or found the desk engaged
    // The next event's shopper is far from the cache: its slot is fetched while this event is handled.
    void prefetch(std::uint32_t shopper) const { shoppers_.prefetch(shopper); }
    std::uint32_t active() const { return shoppers_.live() - uncounted_; }
    std::uint32_t sessions() const { return shoppers_.live(); }  // bots and second devices included
    bool all_arrived() const { return streams_open_ == 0; }
    std::uint64_t bought() const { return bought_; }
    std::uint64_t left() const { return left_; }

   private:
    enum class Next : std::uint8_t {
        browsed,
        call,
        in_new_channel,
        cart_over,
        checkout_over,
        pay,
        heard_of_payment,
        give_up,
        ask_hold_cart,
        ask_hold_order,
        ask_order,
        ask_confirm
    };

    enum class Role : std::uint8_t {
        shopper,
        second_device,  // the same shopper once more: what it buys is an order, it is nobody of its own
        bot,            // what it holds is missing elsewhere; it leaves no other trace
    };

    struct Shopper {
        std::uint64_t id = 0;
        SimTime deadline;                      // of patience
        Duration deciding{0};                  // order placed until now, as far as it waited for the core and not for a payment
        HoldId hold;                           // value 0: none
        std::vector<core::OrderLine> basket;   // still wanted and believed available
        std::vector<core::OrderLine> refused;  // wanted, refused, not yet found elsewhere
        std::vector<core::Line> reserved;      // what the core holds or allocated for it
        std::vector<Quantity> conflicts;       // in hand, per line: units whose promise found no other
        std::vector<std::uint32_t> displaced;  // pieces of orders that had to move for them
        std::uint32_t touched = 0;             // bit per channel
        std::uint16_t place = 0;
        NodeId store = kNowhere;  // the one it would go to
        Paths::Path path = 0;     // through the channels so far
        ChannelId channel, first_channel, came_from, refused_by;
        ChannelId switched_from;  // at the last switch, if there was one
        std::uint8_t persona = 0;
        std::uint8_t visits = 0;  // channels entered: indexes the draws of each visit
        std::uint8_t retries = 0;
        Next next{}, after_talk{};
        core::Method method{};
        Reached reached{};
        Role role{};
        bool placed = false;           // an order that is neither accepted nor refused
        bool paid = false;             // ... and its money is with the provider
        bool committed = false;        // Commits has given it what it keeps for it
        bool retried_payment = false;  // of this visit
        bool opened_second_device = false;
        bool has_session = false;
        bool switched_after_browse = false, switched_after_cart = false, in_hand = false, endless_aisle = false,
             ever_switched = false, seeking = false;
    };

    // What few shoppers need, beside the others so that these do not carry it through the cache.
    struct Session {
        std::vector<Quantity> there;  // per line: eligible units when the channel looked, where it does not look again
        // The payment.
        SimTime placed;            // since when the shop waits for it
        SimTime then_at = kNever;  // what was to come when the order was given up, and when; kNever: nothing
        Next then{};
        bool given_up = false;
        std::array<SimTime, 2> told_again{kNever, kNever};
        std::uint8_t attempts = 0;  // of a live back end that refused what was asked last
        // The same cart elsewhere.
        std::uint32_t partner = kNone;  // the shopper's other session, while both go on
        HoldId left_hold;               // of a session that the shopper has left
        std::vector<core::Line> left_lines;
        std::vector<core::Line> relied_on;  // lines that stand on the other session's hold alone: where it has them
    };

    // Further attempts after a refusal (substitute, kiosk or another channel); assumption.
    static constexpr std::uint8_t kMaxRetries = 2;

    // One source of shoppers: generated or replayed.
    struct Source {
        explicit Source(model::Arrivals generated) : arrivals(std::move(generated)) {}
        model::Arrivals arrivals;
        SimTime pending = kNever;  // of the event of its next arrival; others of its events are void
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
    std::uint32_t fresh_slot();
    void fill_basket(Shopper& shopper, const model::ArrivalStream* stream);
    void want(Shopper& shopper, const core::OrderLine& line, std::uint32_t copies);
    void register_arrival(Shopper& shopper);

    void proceed(std::uint32_t slot, Next next, Duration delay);
    void enter(std::uint32_t slot, ChannelId channel, Next then);
    void call(std::uint32_t slot);
    void browsed(std::uint32_t slot);
    void into_cart(std::uint32_t slot);
    void carted(std::uint32_t slot);
    void cart_over(std::uint32_t slot);
    bool waits_at_till(std::uint32_t slot);
    void open_checkout(std::uint32_t slot);
    void go_through_checkout(std::uint32_t slot);
    void checkout_over(std::uint32_t slot);
    void place(std::uint32_t slot);
    void secure(std::uint32_t slot);
    void secure_cart(std::uint32_t slot);
    void place_order(std::uint32_t slot);
    void settle(std::uint32_t slot);
    void ask(std::uint32_t slot, Next what);
    void ask_again(std::uint32_t slot);
    void commit(std::uint32_t slot, Take take);
    void hold_answer(std::uint32_t slot, Next asked);
    void held(std::uint32_t slot, Next asked);
    void order_answer(std::uint32_t slot);
    void ordered(std::uint32_t slot);
    void confirm_answer(std::uint32_t slot);
    void confirmed(std::uint32_t slot, core::Outcome outcome);
    void ask_back_end(std::uint32_t slot);
    void refused_by_back_end(std::uint32_t slot);
    void ask_again_elsewhere(std::uint32_t slot);
    bool plan_anyway(std::uint32_t slot);
    void answered(Shopper& shopper);
    void accept_unseen(std::uint32_t slot);

    void await_payment(std::uint32_t slot);
    void wait_for(std::uint32_t slot, Next what, SimTime at);
    void pay(std::uint32_t slot);
    void declined(std::uint32_t slot);
    void paid(std::uint32_t slot);
    void heard_of_payment(std::uint32_t slot);
    void give_up(std::uint32_t slot);
    void heard_too_late(std::uint32_t slot);
    void hold_ran_out(std::uint32_t slot);
    void not_ordered(Shopper& shopper);
    void nobody_hears(std::uint32_t slot);
    void forget_order(std::uint32_t slot);
    void bot_rests(std::uint32_t slot);

    void renew_hold(const Shopper& shopper);
    void drop_hold(std::uint32_t slot);
    void leave_hold(std::uint32_t slot);
    Duration hold_ttl(std::uint32_t slot) const;
    bool open_second_device(std::uint32_t slot);
    void open_both(std::uint32_t slot, ChannelId other);
    ChannelId other_channel(const Shopper& shopper) const;
    void part(std::uint32_t slot);
    struct OtherHold {
        HoldId hold;
        std::span<const core::Line> lines;
    };
    OtherHold other_hold(std::uint32_t slot) const;
    Quantity own_elsewhere(std::uint32_t slot, Sku sku) const;
    void take_over(std::uint32_t slot);
    bool rely_on_other(std::uint32_t slot, const core::OrderLine& line);
    void allocate_relied_on(std::uint32_t slot);

    enum class Cut : std::uint8_t { no, refuses, sells };
    Cut cut(const Shopper& shopper) const;
    void refuse_unreachable(std::uint32_t slot);
    void count_unreachable(const Shopper& shopper);
    void sell_on_view(std::uint32_t slot, Next asked);

    Decided rests_on(const Shopper& shopper) const;  // a promise of the channel alone
    void accept(std::uint32_t slot, Decided decided);
    void count_decision(Shopper& shopper);

    Session& session(std::uint32_t slot);
    bool given_up(std::uint32_t slot) const { return shoppers_[slot].has_session && sessions_[slot].given_up; }
    bool order_first(const Shopper& shopper) const { return world_.payments->order_first() && !shopper.in_hand; }
    static bool counts(const Shopper& shopper) { return shopper.role == Role::shopper; }

    bool look(std::uint32_t slot);
    void remember_there(std::uint32_t slot);
    bool check(std::uint32_t slot);
    bool blind(const Shopper& shopper) const;
    bool sees(std::uint32_t slot, const core::OrderLine& line, Quantity besides);
    bool plan_basket(std::uint32_t slot);
    bool turned_down(std::uint32_t slot);
    bool plan_lines(std::uint32_t slot, std::span<const core::OrderLine> lines);
    void choose_method(Shopper& shopper);
    void reserve_planned(Shopper& shopper);
    // `besides`: units of the SKU that other lines of the basket have been granted.
    void refuse(Shopper& shopper, const core::OrderLine& line, Refused why = Refused::out_of_stock, Quantity besides = 0);
    void count_walk_in(const Shopper& shopper, const core::OrderLine& line, Quantity besides);
    static Quantity units_of(Sku sku, std::span<const core::OrderLine> lines);
    bool would_buy(const Shopper& shopper) const;
    void seek(std::uint32_t slot, ChannelId to);
    void arrive_in_channel(Shopper& shopper);
    void refused_everything(std::uint32_t slot);
    bool substitute(std::uint32_t slot);
    ChannelId next_channel(const Shopper& shopper, std::uint32_t salt) const;
    ChannelId elsewhere(const Shopper& shopper) const;
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
    std::deque<Session> sessions_;  // [slot], where one was needed
    std::uint32_t uncounted_ = 0;   // live sessions of bots and second devices
    bool sells_bundles_ = false;
    bool carts_meet_ = false;  // some channel asks whether a hold is of the same shopper
    std::vector<NodeId> nearest_store_;
    std::size_t personas_;
    model::Persona buyer_;              // replayed orders: wants just this, at once
    std::vector<std::uint8_t> kiosks_;  // channels of kind kiosk
    std::uint32_t streams_open_ = 0;
    std::uint64_t bought_ = 0, left_ = 0;
    std::uint64_t next_hold_ = 0;
    core::Plan plan_;
    std::map<std::uint64_t, NodeId> gathers_;  // by shopper: what is reserved waits for a transfer to there
    std::vector<NodeId> lowered_;              // scratch, reused
    std::vector<core::OrderLine> lines_apart_;
};

}  // namespace lastunit::sim
