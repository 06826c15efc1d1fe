// Who shops, through which channels, and how a journey goes.
//
//   discover -> browse -> check availability -> cart -> (switch channel) -> checkout -> pay -> receive -> keep or return
//
// Webrooming, showrooming, pick-up, reserve-in-store and endless aisle are not branches of the code: they are what the switching
// matrix, the methods and the traits produce.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/routing/request.hpp"
#include "core/types.hpp"
#include "model/catalogue.hpp"
#include "model/distribution.hpp"

namespace lastunit::model {

enum class ChannelKind : std::uint8_t { web, app, marketplace, pos, call_centre, social, kiosk, voice };
const char* name_of(ChannelKind kind);
// pos and kiosk stand in a store; a shopper has to travel there, within opening hours.
constexpr bool in_store(ChannelKind kind) { return kind == ChannelKind::pos || kind == ChannelKind::kiosk; }

inline constexpr std::uint8_t kMethods = 5;  // core::Method

// Agents who serve the shoppers of a channel one by one (call centre, chat).
struct Desk {
    std::uint32_t agents = 0;
    Distribution talk;
    std::uint32_t waiting_lines = UINT32_MAX;  // shoppers who can wait; more find it engaged
    bool hangs_up = false;
    Distribution hangs_up_after;  // patience in the queue
};

struct Channel {
    std::string name;
    ChannelKind kind = ChannelKind::web;
    std::array<double, kMethods> methods{};  // share of orders by core::Method; sums to one
    Discrete method_choice;
    double commission = 0;  // fraction of the order's value that the channel costs
    std::optional<Desk> desk;
};

struct Persona {
    std::string name;
    double share = 0;                           // of shoppers; personas sum to one
    std::vector<double> entry;                  // [channel], sums to one
    std::vector<std::vector<double>> switches;  // [from][to], each row sums to one; applied once after browse and once after cart
    Distribution browse_time;                   // from arrival in a channel until the shopper decides on an item
    Distribution cart_time;                     // cart to checkout
    Distribution checkout_time;                 // checkout opened until the order is placed
    Distribution payment_time;                  // placed until the payment answers
    Distribution patience;                      // longest whole journey; the shopper leaves when it is over
    Distribution travel_time;                   // to a store
    Distribution return_delay;                  // received until the return is handed in
    double add_to_cart = 1;        // probability, having browsed, of wanting the item; only who wants it asks whether it is there
    double reach_checkout = 1;     // probability, having it in the cart
    double complete_checkout = 1;  // probability, having opened the checkout
    double payment_success = 1;    // probability
    double retry_elsewhere = 0;    // probability of looking in another channel when refused
    double substitute = 0;         // probability of taking another SKU when refused
    double rebuild_cart = 0.5;     // probability of filling the cart again when a switch lost it
    double endless_aisle = 0;      // probability, at an empty shelf, of ordering from the store to the home
    double lines_mean = 1;         // order lines per basket: 1 + Poisson(mean - 1)
    double second_unit = 0;        // probability that a line asks for two units
    double return_rate = 0;        // probability that a received line comes back
    double return_in_store = 0;    // probability that it comes back to a store and not by parcel
    double collects = 1;           // probability that a pick-up or store reservation is collected
    double retry_payment = 0;      // probability of trying once more when the payment is declined
    Distribution retry_payment_after;
    double second_device = 0;   // probability, having filled a cart, of opening the same cart in another channel
    double pays_twice = 0;      // ... and of paying on both
    double same_sku_twice = 0;  // probability that a line is in the basket twice, as two lines
    double cancels = 0;         // probability of taking back an accepted order before it is sent
    Distribution cancels_after;
    bool bot = false;  // fills carts, holds, never buys; not a shopper of the statistics

    Discrete entry_choice;
    std::vector<Discrete> switch_choice;  // [from]
    std::vector<bool> stays;              // [from]: the row is the identity
};

}  // namespace lastunit::model
