// What the retailer sells.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/types.hpp"

namespace lastunit::model {

struct SkuInfo {
    std::string name;
    Money price = 0;              // minor units, gross
    std::uint8_t size_class = 0;  // index into Catalogue::size_classes
    // A bundle: its components and their units, and no stock of its own; empty for an article.
    struct Component {
        Sku sku;
        Quantity units = 1;
    };
    std::vector<Component> bundle{};
    std::int32_t grams = 0;  // mass of a unit as packed
};

// Draws an index with probability proportional to its weight, by inversion: one uniform, O(1) expected (guide table).
class Discrete {
   public:
    Discrete() = default;
    explicit Discrete(std::span<const double> weights);  // non-negative, at least one positive
    std::uint32_t operator()(double u) const;            // u in (0, 1)
    double share(std::uint32_t index) const;             // weight / sum of weights
    std::size_t size() const { return cumulative_.size(); }
    bool empty() const { return cumulative_.empty(); }

   private:
    std::vector<double> cumulative_;
    std::vector<std::uint32_t> guide_;
};

struct Catalogue {
    std::vector<SkuInfo> skus;
    std::vector<std::string> size_classes;
    Discrete popularity;  // over skus

    Sku draw(double u) const { return Sku(popularity(u)); }
};

// Weights r^-s for ranks 1..n (Zipf). s = 0.87 and 0.61 were measured by Brynjolfsson, Hu and Smith for an online bookshop.
std::vector<double> zipf_weights(std::uint32_t n, double s);

}  // namespace lastunit::model
