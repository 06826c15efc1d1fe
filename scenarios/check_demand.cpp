#include <algorithm>

#include "scenarios/check.hpp"

namespace lastunit::scenarios {
namespace {

// ArrivalStream and RatePiece share the fields of a piece; only a stream has `exactly`.
template <class Piece> void check_piece(const CheckContext& c, const Piece& piece, const std::string& path) {
    const auto given = [&](const char* field) { return c.given(path + "." + field); };
    const int ways = given("shoppers") + given("rate") + given("exactly");
    if (ways != 1)
        c.error(path, ways == 0 ? "says no number: give `shoppers`, `rate` or `exactly`"
                                : "give one of `shoppers`, `rate` and `exactly`");
    if (given("hours") && !given("shoppers")) c.error(path + ".hours", "goes with `shoppers`");
    const auto& hours = piece.hours();
    if (hours.size() == 24 && std::all_of(hours.begin(), hours.end(), [](double weight) { return weight == 0; }))
        c.error(path + ".hours", "at least one weight has to be above 0");
    if (given("rate_end") && !given("rate")) c.error(path + ".rate_end", "goes with `rate`");
    if (given("rate_end") && given("amplitude")) c.error(path + ".amplitude", "give `rate_end` or `amplitude`, not both");
    if (given("amplitude") && !(given("rate") && given("period"))) c.error(path + ".amplitude", "goes with `rate` and `period`");
    if (given("period") && !given("amplitude")) c.error(path + ".period", "goes with `amplitude`");
    const std::int64_t until = piece.has_until() ? piece.until() : c.scenario.run().horizon();
    const bool read = c.scenario.run().horizon() > 0 && !c.report.has(path + ".until") && !c.report.has(path + ".from");
    if (read && piece.from() >= until)
        c.error(path + (given("until") ? ".until" : ".from"),
                given("until") ? "has to be after `from`" : "is not before the horizon");
}

void check_stream(const CheckContext& c, const schema::ArrivalStream& stream, const std::string& path) {
    if (!c.given(path + ".pieces")) return check_piece(c, stream, path);
    for (const char* field : {"from", "until", "shoppers", "hours", "rate", "rate_end", "amplitude", "period", "exactly"})
        if (c.given(path + "." + field)) c.error(path + "." + field, "stands inside the `pieces` when there are any");
    if (stream.pieces_size() == 0) c.error(path + ".pieces", "has no entries");
    for (int i = 0; i < stream.pieces_size(); ++i) check_piece(c, stream.pieces(i), path + ".pieces[" + std::to_string(i) + "]");
}

}  // namespace

bool is_day(const std::string& text) {
    const std::string shape = "dddd-dd-dd";
    return text.size() == shape.size() && std::equal(text.begin(), text.end(), shape.begin(),
                                                     [](char c, char s) { return s == 'd' ? c >= '0' && c <= '9' : c == s; });
}

void check_demand(const CheckContext& c) {
    const schema::Demand& demand = c.scenario.demand();
    if (!c.scenario.has_demand()) return;  // reported as required
    const bool streams = demand.streams_size() > 0;
    if (!streams && !c.given("demand.replay")) c.error("demand", "no demand: give `streams` or `replay`");
    if (streams && demand.has_replay())
        c.error("demand.replay", "goes without `streams`: give one of them (a base's streams go with `streams: null`)");
    for (const schema::ArrivalStream& stream : demand.streams()) check_stream(c, stream, "demand.streams." + stream.name());
    if (c.given("demand.replay.from") && !is_day(demand.replay().from()))
        c.error("demand.replay.from", "expected a day, e.g. 2009-12-01");
}

}  // namespace lastunit::scenarios
