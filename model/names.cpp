// The words of the vocabulary, as scenarios and reports spell them.
#include "model/design.hpp"
#include "model/distribution.hpp"
#include "model/network.hpp"
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

const char* name_of(ReservationMode mode) {
    switch (mode) {
        case ReservationMode::none:
            return "none";
        case ReservationMode::check_then_act:
            return "check_then_act";
        case ReservationMode::atomic:
            return "atomic";
        case ReservationMode::reserve_on_cart:
            return "reserve_on_cart";
        case ReservationMode::reserve_on_order:
            return "reserve_on_order";
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

}  // namespace lastunit::model
