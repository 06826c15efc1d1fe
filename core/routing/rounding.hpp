// Rounding a plan that is made of fractions: of all orders of one kind, which share of each item should come from which place.
// One draw per order turns the fractions into places so that, over many orders, each item comes from each place as often as
// planned (the fractions are met exactly in expectation); the ways differ in how often the items of one order end up together.
//
//   independent  each item draws for itself: most parcels
//   correlated   Jasin & Sinha, "An LP-based correlated rounding scheme for multi-item ecommerce order fulfillment", Operations
//                Research 63(6), 2015: a place's fractions are cut into layers of equal height; one draw picks a layer for all
//                its items, the others draw from what is left of theirs
//   dilated      Ma, "Order-optimal correlated rounding for fulfilling multi-item e-commerce orders", M&SOM 25(4), 2023: each
//   place
//                opens at an exponential time, an item with fraction x sees it open at that time / x and goes to the first
//   force_open   ibid.: the same, but the place where an item's fraction x is largest opens for it by 1 / x at the latest
//
// Pure: the uniforms are arguments. None of them asks whether the stock is there: see `UnitRouter::rounded`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lastunit::core {

enum class Rounding : std::uint8_t { independent, correlated, dilated, force_open };
const char* name_of(Rounding rounding);

// The fractions of one kind of order. A place is a node or "left unfilled"; an item's fractions sum to 1.
struct Fractions {
    std::span<const double> share;  // [item][place]
    std::size_t places = 0;

    std::size_t items() const { return places == 0 ? 0 : share.size() / places; }
    double at(std::size_t item, std::size_t place) const { return share[item * places + place]; }
};

// The fractions of every kind of order.
class FractionTable {
   public:
    explicit FractionTable(std::size_t places = 0) : places_(places) {}
    std::span<double> add(std::size_t items);  // of the next kind, all 0
    Fractions of(std::size_t kind) const {
        return {std::span(share_).subspan(begin_[kind], begin_[kind + 1] - begin_[kind]), places_};
    }

   private:
    std::size_t places_;
    std::vector<double> share_;
    std::vector<std::size_t> begin_{0};
};

class Rounder {
   public:
    // Uniforms in (0, 1) that one order takes.
    static std::size_t uniforms(Rounding rounding, const Fractions& fractions);

    // Fills places[item]. No allocation after warm-up.
    void round(Rounding rounding, const Fractions& fractions, std::span<const double> uniforms, std::span<std::uint32_t> places);

   private:
    void layer(const Fractions&);
    void round_correlated(const Fractions&, std::span<const double> uniforms, std::span<std::uint32_t> places);

    // Layers of the correlated way: m of a place is the one that holds m items.
    std::vector<double> height_;        // [place][m - 1]
    std::vector<std::uint8_t> within_;  // [place][m - 1][item]
    std::vector<double> weight_, rest_;
};

}  // namespace lastunit::core
