#include "core/routing/rounding.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/assert.hpp"

namespace lastunit::core {
namespace {

// Below, a difference between fractions is a solver's noise.
constexpr double kNoise = 1e-7;

// The index whose weight covers that share of the sum.
std::size_t pick(std::span<const double> weights, double uniform) {
    double left = uniform * std::accumulate(weights.begin(), weights.end(), 0.0);
    std::size_t last = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] <= 0) continue;
        last = i;
        left -= weights[i];
        if (left < 0) break;
    }
    return last;
}

double opening(double uniform) { return -std::log(uniform); }  // exponential, mean 1

std::span<const double> row(const Fractions& fractions, std::size_t item) {
    return fractions.share.subspan(item * fractions.places, fractions.places);
}

// The place of the largest fraction. Equal fractions of two items have to give the same place, or their orders fall apart.
std::size_t likeliest(std::span<const double> share) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < share.size(); ++k)
        if (share[k] > share[best] + kNoise) best = k;
    return best;
}

// The first place to open for an item, given when its forced place does (none: infinity).
std::size_t first_open(std::span<const double> share, std::span<const double> uniforms, std::size_t forced, double forced_at) {
    std::size_t first = forced;
    double at = forced_at;
    for (std::size_t k = 0; k < share.size(); ++k) {
        if (k == forced || share[k] <= 0) continue;
        const double here = opening(uniforms[k]) / share[k];
        if (here >= at) continue;
        at = here;
        first = k;
    }
    return first;
}

// Opens at 1 / x at the latest, and exactly then with the probability that keeps the fraction.
double forced_opening(double x, double place_uniform, double item_uniform) {
    const double at_last = (1 - x) / (1 - x + x * std::exp(1 / x) - std::exp(1.0));
    return item_uniform < at_last ? 1 / x : std::min(opening(place_uniform), 1.0) / x;
}

}  // namespace

const char* name_of(Rounding rounding) {
    switch (rounding) {
        case Rounding::independent:
            return "independent";
        case Rounding::correlated:
            return "correlated";
        case Rounding::dilated:
            return "dilated";
        case Rounding::force_open:
            return "force-open";
    }
    return "?";
}

std::span<double> FractionTable::add(std::size_t items) {
    share_.resize(share_.size() + items * places_, 0.0);
    begin_.push_back(share_.size());
    return std::span(share_).last(items * places_);
}

std::size_t Rounder::uniforms(Rounding rounding, const Fractions& fractions) {
    switch (rounding) {
        case Rounding::independent:
            return fractions.items();
        case Rounding::correlated:
            return fractions.items() + 1;
        case Rounding::dilated:
            return fractions.places;
        case Rounding::force_open:
            return fractions.places + fractions.items();
    }
    return 0;
}

void Rounder::round(Rounding rounding, const Fractions& fractions, std::span<const double> uniforms,
                    std::span<std::uint32_t> places) {
    LASTUNIT_ASSERT(uniforms.size() >= Rounder::uniforms(rounding, fractions) && places.size() == fractions.items(),
                    "too few uniforms, or places for another order");
    if (rounding == Rounding::correlated) return round_correlated(fractions, uniforms, places);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::span<const double> share = row(fractions, i);
        std::size_t place = 0;
        if (rounding == Rounding::independent) {
            place = pick(share, uniforms[i]);
        } else if (rounding == Rounding::dilated) {
            place = first_open(share, uniforms, share.size(), std::numeric_limits<double>::infinity());
        } else {
            const std::size_t forced = likeliest(share);
            place = first_open(share, uniforms, forced,
                               forced_opening(share[forced], uniforms[forced], uniforms[fractions.places + i]));
        }
        places[i] = static_cast<std::uint32_t>(place);
    }
}

// Peels each place's fractions: the layer of m items is as high as the smallest positive fraction when m are left.
void Rounder::layer(const Fractions& fractions) {
    const std::size_t items = fractions.items();
    height_.assign(fractions.places * items, 0.0);
    within_.assign(height_.size() * items, 0);
    rest_.resize(items);
    for (std::size_t k = 0; k < fractions.places; ++k) {
        for (std::size_t i = 0; i < items; ++i) rest_[i] = fractions.at(i, k);
        for (std::size_t m = items; m > 0; --m) {
            std::size_t left = 0;
            double least = 1;
            for (const double rest : rest_) {
                if (rest <= kNoise) continue;
                ++left;
                least = std::min(least, rest);
            }
            if (left < m) continue;
            const std::size_t at = k * items + m - 1;
            height_[at] = least;
            for (std::size_t i = 0; i < items; ++i) {
                if (rest_[i] <= kNoise) continue;
                within_[at * items + i] = 1;
                rest_[i] -= least;
            }
        }
    }
}

void Rounder::round_correlated(const Fractions& fractions, std::span<const double> uniforms, std::span<std::uint32_t> places) {
    const std::size_t items = fractions.items();
    if (items == 0) return;
    layer(fractions);
    const auto chance = [&](std::size_t at) {  // of a layer to be the one that is drawn
        return height_[at] * static_cast<double>(at % items + 1) / static_cast<double>(items);
    };
    weight_.resize(height_.size());
    for (std::size_t at = 0; at < weight_.size(); ++at) weight_[at] = chance(at);
    const std::size_t drawn = pick(weight_, uniforms[0]);
    rest_.resize(fractions.places);
    for (std::size_t i = 0; i < items; ++i) {
        if (within_[drawn * items + i] != 0) {
            places[i] = static_cast<std::uint32_t>(drawn / items);
            continue;
        }
        std::fill(rest_.begin(), rest_.end(), 0.0);
        for (std::size_t at = 0; at < height_.size(); ++at)
            if (within_[at * items + i] != 0) rest_[at / items] += std::max(0.0, height_[at] - weight_[at]);
        const bool some = std::any_of(rest_.begin(), rest_.end(), [](double rest) { return rest > kNoise; });
        places[i] = static_cast<std::uint32_t>(some ? pick(rest_, uniforms[i + 1]) : pick(row(fractions, i), uniforms[i + 1]));
    }
}

}  // namespace lastunit::core
