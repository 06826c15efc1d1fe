#include <algorithm>

#include "scenarios/convert.hpp"

namespace lastunit::scenarios {
namespace {

using model::RatePiece;

constexpr std::int64_t kHourUs = hours(1).us;

RatePiece flat(std::int64_t from, std::int64_t until, double per_second) {
    RatePiece piece;
    piece.from = SimTime{from};
    piece.until = SimTime{until};
    piece.per_second = per_second;
    return piece;
}

// One flat piece per hour of the local day inside [from, until), so weighted that `shoppers` are expected over the whole span.
template <class Piece> std::vector<RatePiece> by_hour(const Piece& from, std::int64_t until, std::int64_t start_of_day) {
    std::vector<RatePiece> pieces;
    double weighted_seconds = 0;
    for (std::int64_t at = from.from(); at < until;) {
        const std::int64_t local = at + start_of_day;
        const std::int64_t end = std::min(until, at + kHourUs - local % kHourUs);
        const double weight = from.hours(static_cast<int>(local / kHourUs % 24));
        if (weight > 0) pieces.push_back(flat(at, end, weight));
        weighted_seconds += weight * static_cast<double>(end - at) / 1e6;
        at = end;
    }
    for (RatePiece& piece : pieces) piece.per_second *= from.shoppers() / weighted_seconds;
    return pieces;
}

template <class Piece> std::vector<RatePiece> convert_piece(const Piece& from, const schema::Run& run) {
    const std::int64_t until = from.has_until() ? from.until() : run.horizon();
    const double seconds = static_cast<double>(until - from.from()) / 1e6;
    if (from.hours_size() > 0) return by_hour(from, until, run.start_of_day());
    if (from.has_shoppers()) return {flat(from.from(), until, from.shoppers() / seconds)};
    RatePiece piece = flat(from.from(), until, from.rate());
    if (from.has_rate_end()) {
        piece.shape = RatePiece::Shape::ramp;
        piece.per_second_end = from.rate_end();
    } else if (from.has_amplitude()) {
        piece.shape = RatePiece::Shape::sine;
        piece.amplitude = from.amplitude();
        piece.period = duration(from.period());
    }
    return {piece};
}

model::ArrivalStream convert_stream(const schema::ArrivalStream& from, const Conversion& c) {
    const schema::Run& run = c.from.run();
    model::ArrivalStream to;
    to.name = from.name();
    if (from.has_exactly()) {
        const std::int64_t until = from.has_until() ? from.until() : run.horizon();
        const double seconds = static_cast<double>(until - from.from()) / 1e6;
        to.exactly = from.exactly();
        to.rate = {flat(from.from(), until, static_cast<double>(from.exactly()) / seconds)};
    } else if (from.pieces_size() == 0) {
        to.rate = convert_piece(from, run);
    }
    for (const schema::RatePiece& piece : from.pieces())
        for (RatePiece& one : convert_piece(piece, run)) to.rate.push_back(one);
    if (!from.persona().empty()) to.persona = static_cast<std::uint8_t>(c.lookup.personas.at(from.persona()));
    if (!from.channel().empty()) to.channel = static_cast<std::uint8_t>(c.lookup.channels.at(from.channel()));
    for (const std::string& sku : from.skus()) to.skus.push_back(*c.skus.find(sku));
    return to;
}

}  // namespace

std::vector<model::ArrivalStream> convert_streams(const Conversion& c) {
    std::vector<model::ArrivalStream> streams;
    for (const schema::ArrivalStream& from : c.from.demand().streams()) streams.push_back(convert_stream(from, c));
    return streams;
}

}  // namespace lastunit::scenarios
