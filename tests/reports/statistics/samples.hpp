// Seeded samples with known distributions, and studies repeated a thousand times.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "model/random.hpp"
#include "reports/statistics/distributions.hpp"
#include "reports/statistics/interval.hpp"

namespace lastunit::test {

inline model::Stream stream(std::uint64_t study) { return {20'26, model::Purpose::property, study}; }

inline double normal(model::Stream& random) { return reports::statistics::normal_quantile(random.uniform()); }
inline double exponential(model::Stream& random) { return -std::log(random.uniform()); }

// The share of 1,000 studies, each with random numbers of its own, whose interval covers the truth.
template <class Study> double coverage(double truth, const Study& study) {
    constexpr int kStudies = 1000;
    int covered = 0;
    for (std::uint64_t i = 0; i < kStudies; ++i) {
        model::Stream random = stream(i);
        covered += study(random).contains(truth) ? 1 : 0;
    }
    return static_cast<double>(covered) / kStudies;
}

template <class Draw> std::vector<double> sample(std::size_t n, const Draw& draw) {
    std::vector<double> out(n);
    for (double& x : out) x = draw();
    return out;
}

}  // namespace lastunit::test
