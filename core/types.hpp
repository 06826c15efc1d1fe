// Identities, quantities and time, shared by every folder. Standard library only.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace lastunit {

// A strong integer: two identities of different things never mix. `Rep` is the width on the wire and in memory.
template <class Tag, class Rep> struct Id {
    Rep value{};

    constexpr Id() = default;
    constexpr explicit Id(Rep raw) : value(raw) {}
    constexpr auto operator<=>(const Id&) const = default;
};

using Sku = Id<struct SkuTag, std::uint32_t>;           // dense index into the catalogue, 0..skus-1
using NodeId = Id<struct NodeTag, std::uint16_t>;       // dense index into the network, 0..nodes-1
using ChannelId = Id<struct ChannelTag, std::uint8_t>;  // dense index into the channels
using ZoneId = Id<struct ZoneTag, std::uint16_t>;       // dense index of a destination zone (a town)
using OrderId = Id<struct OrderTag, std::uint64_t>;     // chosen by the caller, unique for ever
using HoldId = Id<struct HoldTag, std::uint64_t>;       // chosen by the caller, unique for ever

inline constexpr ChannelId kNoChannel{255};  // nobody's channel: a count, a delivery, a fulfilment step

using Quantity = std::int32_t;  // whole units of one SKU; never negative unless a name says `delta`
using Money = std::int64_t;     // minor units (grosz, cent) of the scenario's one currency

// A span of time in microseconds. May be negative only as the difference of two points.
struct Duration {
    std::int64_t us{};

    constexpr auto operator<=>(const Duration&) const = default;
    constexpr Duration operator+(Duration other) const { return {us + other.us}; }
    constexpr Duration operator-(Duration other) const { return {us - other.us}; }
    constexpr Duration operator*(std::int64_t times) const { return {us * times}; }
    constexpr double seconds() const { return static_cast<double>(us) / 1e6; }
};

// A point in time: microseconds since the start of the run (simulation) or the Unix epoch (a live core).
struct SimTime {
    std::int64_t us{};

    constexpr auto operator<=>(const SimTime&) const = default;
    constexpr SimTime operator+(Duration span) const { return {us + span.us}; }
    constexpr SimTime operator-(Duration span) const { return {us - span.us}; }
    constexpr Duration operator-(SimTime earlier) const { return {us - earlier.us}; }
    constexpr double seconds() const { return static_cast<double>(us) / 1e6; }
};

inline constexpr SimTime kNever{INT64_MAX};

constexpr Duration microseconds(std::int64_t n) { return {n}; }
constexpr Duration milliseconds(std::int64_t n) { return {n * 1'000}; }
constexpr Duration seconds(std::int64_t n) { return {n * 1'000'000}; }
constexpr Duration minutes(std::int64_t n) { return seconds(n * 60); }
constexpr Duration hours(std::int64_t n) { return minutes(n * 60); }

}  // namespace lastunit

template <class Tag, class Rep> struct std::hash<lastunit::Id<Tag, Rep>> {
    std::size_t operator()(lastunit::Id<Tag, Rep> id) const noexcept { return std::hash<Rep>{}(id.value); }
};
