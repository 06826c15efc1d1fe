// Tests of fit. All draws are seeded: a failure is a change of the code, not bad luck.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace lastunit::test {

// Pearson's statistic of counts against expected numbers as a standard normal value (Wilson and Hilferty 1931). `fitted`
// parameters were taken from the data: 1 when the expected numbers were scaled to the total.
inline double chi_square_z(const std::vector<double>& counts, const std::vector<double>& expected, int fitted) {
    double statistic = 0;
    for (std::size_t i = 0; i < counts.size(); ++i)
        statistic += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
    const double freedom = static_cast<double>(counts.size()) - fitted;
    return (std::cbrt(statistic / freedom) - (1 - 2 / (9 * freedom))) / std::sqrt(2 / (9 * freedom));
}

// Kolmogorov's sqrt(n) * D of a sample against the uniform distribution on (0, 1); 1.95 is exceeded once in a thousand.
inline double kolmogorov(std::vector<double> sample) {
    std::sort(sample.begin(), sample.end());
    const double n = static_cast<double>(sample.size());
    double distance = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const double below = static_cast<double>(i) / n;
        distance = std::max({distance, sample[i] - below, below + 1 / n - sample[i]});
    }
    return std::sqrt(n) * distance;
}

}  // namespace lastunit::test
