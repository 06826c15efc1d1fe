#include "model/catalogue.hpp"

#include <algorithm>
#include <cmath>

#include "core/assert.hpp"

namespace lastunit::model {

Discrete::Discrete(std::span<const double> weights) {
    cumulative_.reserve(weights.size());
    double sum = 0;
    for (const double weight : weights) {
        LASTUNIT_ASSERT(weight >= 0 && std::isfinite(weight), "weight=" + std::to_string(weight));
        sum += weight;
        cumulative_.push_back(sum);
    }
    LASTUNIT_ASSERT(sum > 0, "weights=" + std::to_string(weights.size()));
    for (double& cumulative : cumulative_) cumulative /= sum;

    guide_.resize(weights.size());
    const double slots = static_cast<double>(weights.size());
    std::uint32_t index = 0;
    for (std::size_t slot = 0; slot < guide_.size(); ++slot) {
        while (cumulative_[index] <= static_cast<double>(slot) / slots) ++index;
        guide_[slot] = index;
    }
}

// The smallest index whose cumulative share exceeds u: an index without weight is never drawn.
std::uint32_t Discrete::operator()(double u) const {
    LASTUNIT_ASSERT(!cumulative_.empty(), "draw from nothing");
    const auto slot = static_cast<std::size_t>(u * static_cast<double>(guide_.size()));
    std::uint32_t index = guide_[std::min(slot, guide_.size() - 1)];
    while (index > 0 && cumulative_[index - 1] > u)  // u * slots was rounded up to the next slot
        --index;
    while (cumulative_[index] <= u) ++index;
    return index;
}

double Discrete::share(std::uint32_t index) const {
    LASTUNIT_ASSERT(index < cumulative_.size(), "index=" + std::to_string(index));
    return index == 0 ? cumulative_[0] : cumulative_[index] - cumulative_[index - 1];
}

std::vector<double> zipf_weights(std::uint32_t n, double s) {
    std::vector<double> weights(n);
    for (std::uint32_t rank = 1; rank <= n; ++rank) weights[rank - 1] = std::pow(static_cast<double>(rank), -s);
    return weights;
}

}  // namespace lastunit::model
