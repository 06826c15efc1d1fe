// The words of the vocabulary, as scenarios and reports spell them.
#include "model/cause.hpp"
#include "model/design.hpp"
#include "model/distribution.hpp"
#include "model/faults.hpp"
#include "model/network.hpp"
#include "model/return_path.hpp"
#include "model/shoppers.hpp"

namespace lastunit::model {

const char* name_of(NodeKind kind) {
    switch (kind) {
        case NodeKind::warehouse:
            return "warehouse";
        case NodeKind::store:
            return "store";
        case NodeKind::dark_store:
            return "dark_store";
        case NodeKind::locker_hub:
            return "locker_hub";
    }
    return "?";
}

const char* name_of(ChannelKind kind) {
    switch (kind) {
        case ChannelKind::web:
            return "web";
        case ChannelKind::app:
            return "app";
        case ChannelKind::marketplace:
            return "marketplace";
        case ChannelKind::pos:
            return "pos";
        case ChannelKind::call_centre:
            return "call_centre";
        case ChannelKind::social:
            return "social";
        case ChannelKind::kiosk:
            return "kiosk";
        case ChannelKind::voice:
            return "voice";
    }
    return "?";
}

const char* name_of(ReservationMode value) {
    switch (value) {
        case ReservationMode::none:
            return "none";
        case ReservationMode::check_then_act:
            return "check_then_act";
        case ReservationMode::ledger:
            return "ledger";
        case ReservationMode::reserve_on_cart:
            return "reserve_on_cart";
        case ReservationMode::reserve_on_order:
            return "reserve_on_order";
        case ReservationMode::reserve_on_payment:
            return "reserve_on_payment";
        case ReservationMode::optimistic:
            return "optimistic";
        case ReservationMode::row_lock:
            return "row_lock";
        case ReservationMode::atomic_decrement:
            return "atomic_decrement";
        case ReservationMode::escrow:
            return "escrow";
        case ReservationMode::read_modify_write:
            return "read_modify_write";
    }
    return "?";
}

const char* name_of(DecidesOn what) {
    switch (what) {
        case DecidesOn::view:
            return "view";
        case DecidesOn::core:
            return "core";
        case DecidesOn::shelf:
            return "shelf";
    }
    return "?";
}

const char* name_of(EdgeKind kind) {
    switch (kind) {
        case EdgeKind::push:
            return "push";
        case EdgeKind::poll:
            return "poll";
        case EdgeKind::snapshot:
            return "snapshot";
        case EdgeKind::cache:
            return "cache";
    }
    return "?";
}

const char* name_of(Content content) {
    switch (content) {
        case Content::absolute:
            return "absolute";
        case Content::delta:
            return "delta";
    }
    return "?";
}

const char* name_of(Distribution::Kind kind) {
    switch (kind) {
        case Distribution::Kind::constant:
            return "constant";
        case Distribution::Kind::uniform:
            return "uniform";
        case Distribution::Kind::exponential:
            return "exponential";
        case Distribution::Kind::lognormal:
            return "lognormal";
        case Distribution::Kind::gamma:
            return "gamma";
        case Distribution::Kind::weibull:
            return "weibull";
        case Distribution::Kind::hyperexponential:
            return "hyperexponential";
    }
    return "?";
}

const char* name_of(FaultKind value) {
    switch (value) {
        case FaultKind::host_crash:
            return "host_crash";
        case FaultKind::link_down:
            return "link_down";
        case FaultKind::partition:
            return "partition";
        case FaultKind::slow_host:
            return "slow_host";
        case FaultKind::pos_offline:
            return "pos_offline";
        case FaultKind::clock_skew:
            return "clock_skew";
        case FaultKind::stuck_consumer:
            return "stuck_consumer";
        case FaultKind::config_change:
            return "config_change";
        case FaultKind::bots:
            return "bots";
        case FaultKind::stall:
            return "stall";
        case FaultKind::slow_disk:
            return "slow_disk";
    }
    return "?";
}

const char* name_of(OversoldCause value) {
    switch (value) {
        case OversoldCause::hold_expired_but_paid:
            return "hold_expired_but_paid";
        case OversoldCause::race:
            return "race";
        case OversoldCause::return_misbooked:
            return "return_misbooked";
        case OversoldCause::duplicate_message:
            return "duplicate_message";
        case OversoldCause::reordered_message:
            return "reordered_message";
        case OversoldCause::lost_message:
            return "lost_message";
        case OversoldCause::snapshot_overwrite:
            return "snapshot_overwrite";
        case OversoldCause::offline_sale:
            return "offline_sale";
        case OversoldCause::phantom_stock:
            return "phantom_stock";
        case OversoldCause::pos_conflict:
            return "pos_conflict";
        case OversoldCause::buffer_breach:
            return "buffer_breach";
        case OversoldCause::stale_view:
            return "stale_view";
    }
    return "?";
}

const char* name_of(UndersoldCause value) {
    switch (value) {
        case UndersoldCause::node_closed:
            return "node_closed";
        case UndersoldCause::buffer:
            return "buffer";
        case UndersoldCause::pool_split:
            return "pool_split";
        case UndersoldCause::held_by_dead_hold:
            return "held_by_dead_hold";
        case UndersoldCause::phantom_shortage:
            return "phantom_shortage";
        case UndersoldCause::stale_view:
            return "stale_view";
        case UndersoldCause::declined:
            return "declined";
    }
    return "?";
}

const char* name_of(ReturnPath value) {
    switch (value) {
        case ReturnPath::restocked:
            return "restocked";
        case ReturnPath::forwarded:
            return "forwarded";
        case ReturnPath::marked_down:
            return "marked_down";
        case ReturnPath::written_off:
            return "written_off";
    }
    return "?";
}

}  // namespace lastunit::model
