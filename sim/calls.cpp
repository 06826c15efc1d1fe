// The steps of a shopper who is served by an agent: the call, and what follows the talk or the wait in vain.
#include <algorithm>

#include "sim/desks.hpp"
#include "sim/shoppers.hpp"

namespace lastunit::sim {

using model::Purpose;

namespace {
// Salts of a visit's draws.
enum CallSalt : std::uint32_t { kTalk, kHangUp };
}  // namespace

// Who waits in a channel's line has used the channel. Nobody waits longer than the whole journey's patience.
void Shoppers::call(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    arrive_in_channel(shopper);
    const model::Desk& desk = *world_.scenario.channels[shopper.channel.value].desk;
    Duration patience = shopper.deadline - world_.now;
    if (desk.hangs_up) patience = std::min(patience, time(shopper, desk.hangs_up_after, Purpose::desk, kHangUp));
    world_.desks->call(shopper.channel, slot, patience, time(shopper, desk.talk, Purpose::desk, kTalk));
}

void Shoppers::talked(std::uint32_t slot) {
    if (world_.now > shoppers_[slot].deadline) {
        leave(slot);
    } else {
        proceed(slot, shoppers_[slot].after_talk, Duration{0});
    }
}

// Looks elsewhere as after a refusal, but was refused nothing: what it came for is still in its mind.
void Shoppers::not_served(std::uint32_t slot) {
    Shopper& shopper = shoppers_[slot];
    const ChannelId to = shopper.retries < kMaxRetries ? elsewhere(shopper) : shopper.channel;
    if (to == shopper.channel) {
        leave(slot);
        return;
    }
    ++shopper.retries;
    enter(slot, to, shopper.after_talk);
}

}  // namespace lastunit::sim
