#include "core/routing/rules.hpp"

#include <algorithm>

namespace lastunit::core {

namespace {
bool has_bit(std::uint64_t set, unsigned bit) { return set == kEvery || (bit < 64 && (set >> bit & 1U) != 0); }

bool classes_match(const Conditions& when, const RouteRequest& request, const RoutingNetwork& network) {
    if (when.sku_classes == kEvery) return true;
    const auto wanted = [&](const OrderLine& line) { return has_bit(when.sku_classes, network.class_of(line.sku)); };
    return when.match == LineMatch::any_line ? std::any_of(request.lines.begin(), request.lines.end(), wanted)
                                             : std::all_of(request.lines.begin(), request.lines.end(), wanted);
}
}  // namespace

bool within_day(Duration time, Duration from, Duration to) {
    if (from == to) return true;
    return from < to ? time >= from && time < to : time >= from || time < to;
}

Mismatch mismatch_of(const Conditions& when, const RouteRequest& request, const RoutingNetwork& network) {
    if (!has_bit(when.channels, request.channel.value)) return Mismatch::channel;
    if (!has_bit(when.methods, static_cast<unsigned>(request.method))) return Mismatch::method;
    if (request.value < when.value_from || request.value >= when.value_below) return Mismatch::value;
    if (!when.zones.empty() && std::find(when.zones.begin(), when.zones.end(), request.zone) == when.zones.end())
        return Mismatch::zone;
    if (!classes_match(when, request, network)) return Mismatch::sku_class;
    if (!within_day(request.time_of_day, when.from, when.to)) return Mismatch::time_of_day;
    if (request.promise < when.promise_from || request.promise >= when.promise_below) return Mismatch::promise;
    return Mismatch::none;
}

std::string refusal_of(const Filter& filter) {
    const std::string value = std::to_string(filter.value);
    switch (filter.kind) {
        case FilterKind::node_group:
            return "not in the strategy's group of nodes";
        case FilterKind::within_km:
            return "farther than " + value + " km";
        case FilterKind::capacity_left:
            return "takes fewer than " + value + " more lines today";
        case FilterKind::load_below:
            return "loaded at " + value + " per mille or more";
        case FilterKind::before_cut_off:
            return filter.value == 0 ? "past its cut-off" : "less than " + value + " min to its cut-off";
        case FilterKind::open_now:
            return "outside its opening hours";
        case FilterKind::minimum_stock:
            return "has fewer than " + value + " of each";
        case FilterKind::safety_stock:
            return "has no more than the " + value + " it keeps of each";
    }
    return "?";
}

}  // namespace lastunit::core
