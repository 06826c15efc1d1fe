// When shoppers come and what they want: a non-homogeneous Poisson process, or the replay of real orders.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "model/random.hpp"

namespace lastunit::model {

// Shoppers per second as a piecewise-constant or sinusoidal function of time; pieces are summed.
struct RatePiece {
    enum class Shape : std::uint8_t { flat, ramp, sine };
    SimTime from{0};
    SimTime until = kNever;
    Shape shape = Shape::flat;
    double per_second = 0;       // flat: the rate; ramp: at `from`; sine: the mean
    double per_second_end = 0;   // ramp: at `until`
    double amplitude = 0;        // sine: fraction of the mean, 0..1
    Duration period{0};          // sine: rate = mean * (1 + amplitude * sin(2 pi t / period)), t since the start of the run
    double at(SimTime t) const;  // 0 outside [from, until)
    // Over [a, b), which lies inside [from, until): the largest rate, and the expected number.
    double max_over(SimTime a, SimTime b) const;
    double expected_over(SimTime a, SimTime b) const;
};

// One source of shoppers. Streams are independent of each other and of the design.
struct ArrivalStream {
    std::string name;
    std::vector<RatePiece> rate;
    // Instead of a Poisson number: this many, each uniform over `rate`'s one flat piece (until the horizon when it has no end;
    // those that fall behind the horizon do not come).
    std::optional<std::uint64_t> exactly;
    std::optional<std::uint8_t> persona;   // all of one persona
    std::optional<std::uint8_t> channel;   // all enter through one channel
    std::vector<Sku> skus;                 // all want one of these (a drop); empty = by popularity
    double expected(SimTime until) const;  // shoppers in [0, until)
};

// Arrival times of one stream, in order, by thinning (Lewis and Shedler 1979) under a piecewise-constant envelope that follows
// the rate closely; where the rate is flat, the envelope is the rate and nothing is thinned. Times are cut to whole microseconds.
// Deterministic in (seed, stream index). The stream must outlive this.
class Arrivals {
   public:
    Arrivals(const ArrivalStream& stream, std::uint64_t seed, std::uint32_t stream_index, SimTime horizon);
    SimTime next();  // kNever when the stream is over

    // Whether the last that `next` told is still to come.
    enum class Last : std::uint8_t { to_come, has_come };
    // Who is still to come comes at other times, drawn anew from `now` on with another seed: a Poisson process has no memory, and
    // of `exactly` so many those that are left are uniform over what is left. The first of them, in place of the last one told.
    SimTime redraw(std::uint64_t seed, SimTime now, Last last);

   private:
    // The envelope from the end of the segment before until `until_us`.
    struct Segment {
        double until_us = 0;
        double per_us = 0;
        bool exact = false;  // the rate is the envelope
    };
    void draw_all();
    void redraw_fixed(SimTime now);
    void build_envelope();
    bool accepts(const Segment& segment);

    const ArrivalStream* stream_;
    std::uint32_t stream_index_;
    Stream random_;
    double now_us_ = 0;
    std::vector<Segment> segments_;
    std::size_t segment_ = 0;
    std::vector<SimTime> fixed_;  // `exactly`: sorted
    std::size_t fixed_next_ = 0;
    SimTime horizon_;
};

// --- replay of real orders ---

struct ReplayColumns {
    std::string time, order, sku, quantity;
    std::string price, channel, place;              // optional: empty = not in the file. Price: of one unit, major units
    std::string time_format = "%Y-%m-%d %H:%M:%S";  // what is understood: model/time_format.hpp. Local time, no zones
};

struct ReplayLine {
    std::uint32_t sku = 0;  // index into ReplayLog::skus
    Quantity quantity = 0;
};
struct ReplayOrder {
    SimTime at;  // since the start of the replayed window
    std::string name;
    std::uint32_t first_line = 0, lines = 0;
    std::string channel, place;
};
struct ReplaySku {
    std::string name;
    Money price = 0;         // mean over its units, so that the log's value is kept
    std::int64_t units = 0;  // in the whole log
};
// A row that could not be used: never silently dropped.
struct RejectedRow {
    std::uint64_t line = 0;  // 1-based line in the (unpacked) file
    std::string reason;
};
// Every row is counted once: rows = lines + skipped + outside_window + rejected.
struct ReplayLog {
    std::vector<ReplayOrder> orders;  // by time, then file order
    std::vector<ReplayLine> lines;    // an order's lines are consecutive, in file order
    std::vector<ReplaySku> skus;      // by first appearance in the window
    std::uint64_t rows = 0;           // below the header; empty lines are not rows
    std::uint64_t skipped = 0;        // left out by the scenario's own rules
    std::uint64_t outside_window = 0;
    std::string first_day;  // "YYYY-MM-DD": time 0 of the orders is its midnight
    std::vector<RejectedRow> rejected;
};

// How rows that are not sales are told from broken ones, and what is done with each.
struct ReplayOptions {
    ReplayColumns columns;
    std::string from;                              // first day, "YYYY-MM-DD"; empty = the day of the earliest row
    Duration length{0};                            // 0 = until the latest row
    std::vector<std::string> skip_order_prefixes;  // e.g. "C": cancellations; counted as skipped rows
    bool skip_non_positive = false;                // quantity <= 0 is skipped (counted), else it is a broken row
    std::uint32_t max_bad_rows = 0;                // more broken rows than this: the load fails
};

struct ReplayError {
    std::string message;  // file:line: what is wrong
};

}  // namespace lastunit::model
