#include "model/demand.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/assert.hpp"

namespace lastunit::model {

namespace {

// t as a fraction of the period, counted from the start of the run.
double cycles(const RatePiece& piece, SimTime t) { return static_cast<double>(t.us) / static_cast<double>(piece.period.us); }

// A sine without a period and a ramp without an end are flat.
bool is_sine(const RatePiece& piece) { return piece.shape == RatePiece::Shape::sine && piece.period.us > 0; }
bool is_ramp(const RatePiece& piece) { return piece.shape == RatePiece::Shape::ramp && piece.until < kNever; }
bool is_flat(const RatePiece& piece) { return !is_sine(piece) && !is_ramp(piece); }

double rate_inside(const RatePiece& piece, SimTime t) {
    if (is_sine(piece)) return piece.per_second * (1 + piece.amplitude * std::sin(2 * std::numbers::pi * cycles(piece, t)));
    if (is_ramp(piece)) {
        const double done = (t - piece.from).seconds() / (piece.until - piece.from).seconds();
        return piece.per_second + (piece.per_second_end - piece.per_second) * done;
    }
    return piece.per_second;
}

// Where pieces begin and end inside (0, end), with 0 and `end`; sorted, without repeats.
std::vector<SimTime> piece_edges(const std::vector<RatePiece>& pieces, SimTime end) {
    std::vector<SimTime> edges{SimTime{0}, end};
    for (const RatePiece& piece : pieces)
        for (const SimTime edge : {piece.from, piece.until})
            if (edge > SimTime{0} && edge < end) edges.push_back(edge);
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    return edges;
}

// 146,000 years: a run without a horizon still fits into the double's and the integer's range.
constexpr SimTime kFarthest{std::int64_t{1} << 62};

bool covers(const RatePiece& piece, SimTime a, SimTime b) { return piece.from <= a && b <= piece.until; }

double max_of_sum(const std::vector<RatePiece>& pieces, SimTime a, SimTime b) {
    double sum = 0;
    for (const RatePiece& piece : pieces)
        if (covers(piece, a, b)) sum += piece.max_over(a, b);
    return sum;
}

// Width of the envelope's steps between two edges: 1/64 of the shortest period or of the ramp's stretch keeps the acceptance
// above 95 % for a full sine. Never more than 2^16 steps: coarser ones only cost rejections.
std::int64_t step_us(const std::vector<RatePiece>& pieces, SimTime a, SimTime b) {
    constexpr std::int64_t kSteps = 64;
    constexpr std::int64_t kMostSteps = 65536;
    const std::int64_t span = (b - a).us;
    std::int64_t step = span;
    for (const RatePiece& piece : pieces) {
        if (!covers(piece, a, b) || is_flat(piece)) continue;
        step = std::min(step, is_sine(piece) ? piece.period.us / kSteps : span / kSteps);
    }
    return std::max({step, span / kMostSteps, std::int64_t{1}});
}

}  // namespace

double RatePiece::at(SimTime t) const { return t < from || t >= until ? 0 : rate_inside(*this, t); }

double RatePiece::max_over(SimTime a, SimTime b) const {
    const double ends = std::max(rate_inside(*this, a), rate_inside(*this, b));
    if (!is_sine(*this)) return ends;
    // The first crest at or after a: a quarter period into a cycle (three quarters when the amplitude is negative).
    const double crest = amplitude >= 0 ? 0.25 : 0.75;
    const double next_crest = std::ceil(cycles(*this, a) - crest) + crest;
    return next_crest <= cycles(*this, b) ? per_second * (1 + std::abs(amplitude)) : ends;
}

double RatePiece::expected_over(SimTime a, SimTime b) const {
    const double span_s = (b - a).seconds();
    if (is_sine(*this)) {
        const double turn = 2 * std::numbers::pi;
        const double swing = std::cos(turn * cycles(*this, a)) - std::cos(turn * cycles(*this, b));
        return per_second * (span_s + amplitude * period.seconds() / turn * swing);
    }
    if (is_ramp(*this)) return span_s * (rate_inside(*this, a) + rate_inside(*this, b)) / 2;
    return span_s * per_second;
}

double ArrivalStream::expected(SimTime until) const {
    double sum = 0;
    for (const RatePiece& piece : rate) {
        const SimTime a = std::max(piece.from, SimTime{0});
        const SimTime b = std::min(piece.until, until);
        if (a >= b) continue;
        if (!exactly)
            sum += piece.expected_over(a, b);
        else  // spread evenly over the piece, which ends at `until` when it has no end of its own
            sum += static_cast<double>(*exactly) * (b - a).seconds() /
                   ((piece.until < kNever ? piece.until : b) - piece.from).seconds();
    }
    return sum;
}

Arrivals::Arrivals(const ArrivalStream& stream, std::uint64_t seed, std::uint32_t stream_index, SimTime horizon)
    : stream_(&stream),
      stream_index_(stream_index),
      random_(seed, Purpose::arrival, stream_index),
      horizon_(std::min(horizon, kFarthest)) {
    if (stream.exactly)
        draw_all();
    else
        build_envelope();
}

SimTime Arrivals::next() {
    if (stream_->exactly) return fixed_next_ < fixed_.size() ? fixed_[fixed_next_++] : kNever;
    // A unit-exponential amount of the envelope's integral lies before the next candidate; spend it segment by segment.
    double budget = -std::log(random_.uniform());
    while (segment_ < segments_.size()) {
        const Segment& segment = segments_[segment_];
        const double left = (segment.until_us - now_us_) * segment.per_us;
        if (budget >= left) {
            budget -= left;
            now_us_ = segment.until_us;
            ++segment_;
            continue;
        }
        now_us_ += budget / segment.per_us;
        // Rounding may carry a candidate onto the segment's end, which is no longer part of it.
        now_us_ = std::min(now_us_, std::nextafter(segment.until_us, 0.0));
        if (segment.exact || accepts(segment)) return SimTime{static_cast<std::int64_t>(now_us_)};
        budget = -std::log(random_.uniform());
    }
    return kNever;
}

bool Arrivals::accepts(const Segment& segment) {
    const SimTime at{static_cast<std::int64_t>(now_us_)};
    double per_second = 0;
    for (const RatePiece& piece : stream_->rate) per_second += piece.at(at);
    return random_.uniform() * segment.per_us * 1e6 < per_second;
}

SimTime Arrivals::redraw(std::uint64_t seed, SimTime now, Last last) {
    random_ = Stream(seed, Purpose::arrival, stream_index_);
    if (stream_->exactly) {
        if (last == Last::to_come) --fixed_next_;
        redraw_fixed(now);
        return next();
    }
    now_us_ = static_cast<double>(now.us);
    const auto later = [](double us, const Segment& segment) { return us < segment.until_us; };
    segment_ = static_cast<std::size_t>(std::upper_bound(segments_.begin(), segments_.end(), now_us_, later) - segments_.begin());
    return next();
}

void Arrivals::redraw_fixed(SimTime now) {
    const RatePiece& piece = stream_->rate.front();
    const SimTime from = std::max(piece.from, now);
    const double span_us = static_cast<double>((std::min(piece.until, horizon_) - from).us);
    const auto first = fixed_.begin() + static_cast<std::ptrdiff_t>(fixed_next_);
    for (auto at = first; at != fixed_.end(); ++at)
        *at = from + microseconds(static_cast<std::int64_t>(random_.uniform() * span_us));
    std::sort(first, fixed_.end());
}

void Arrivals::draw_all() {
    LASTUNIT_ASSERT(stream_->rate.size() == 1, "stream=" + stream_->name);
    const RatePiece& piece = stream_->rate.front();
    const SimTime end = piece.until < kNever ? piece.until : horizon_;
    if (end <= piece.from) return;
    const double span_us = static_cast<double>((end - piece.from).us);
    fixed_.reserve(*stream_->exactly);
    for (std::uint64_t i = 0; i < *stream_->exactly; ++i) {
        const SimTime at = piece.from + microseconds(static_cast<std::int64_t>(random_.uniform() * span_us));
        if (at >= SimTime{0} && at < horizon_) fixed_.push_back(at);
    }
    std::sort(fixed_.begin(), fixed_.end());
}

void Arrivals::build_envelope() {
    const std::vector<RatePiece>& pieces = stream_->rate;
    const std::vector<SimTime> edges = piece_edges(pieces, horizon_);
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        const SimTime end = edges[i + 1];
        const auto thinned = [&](const RatePiece& piece) { return covers(piece, edges[i], end) && !is_flat(piece); };
        const bool exact = std::none_of(pieces.begin(), pieces.end(), thinned);
        const Duration step = microseconds(step_us(pieces, edges[i], end));
        for (SimTime a = edges[i]; a < end;) {
            const SimTime b = end - a > step ? a + step : end;
            segments_.push_back({static_cast<double>(b.us), max_of_sum(pieces, a, b) / 1e6, exact});
            a = b;
        }
    }
}

}  // namespace lastunit::model
