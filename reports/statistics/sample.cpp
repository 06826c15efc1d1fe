#include "reports/statistics/sample.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/assert.hpp"

namespace lastunit::reports::statistics {

double size_of(Sample x) { return static_cast<double>(x.size()); }

double mean(Sample x) {
    if (x.empty()) return std::numeric_limits<double>::quiet_NaN();
    return std::accumulate(x.begin(), x.end(), 0.0) / size_of(x);
}

double variance(Sample x) { return covariance(x, x); }

double covariance(Sample x, Sample y) {
    LASTUNIT_ASSERT(x.size() == y.size(), "pairs: as many of one as of the other");
    if (x.size() < 2) return 0;
    const double x_mean = mean(x), y_mean = mean(y);
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - x_mean) * (y[i] - y_mean);
    return sum / (size_of(x) - 1);
}

std::vector<double> sorted(Sample x) {
    std::vector<double> out(x.begin(), x.end());
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<double> differences(Sample x, Sample y) {
    LASTUNIT_ASSERT(x.size() == y.size(), "pairs: as many of one as of the other");
    std::vector<double> out(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) out[i] = x[i] - y[i];
    return out;
}

}  // namespace lastunit::reports::statistics
