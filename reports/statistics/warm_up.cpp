#include "reports/statistics/warm_up.hpp"

#include "reports/statistics/batch_means.hpp"

namespace lastunit::reports::statistics {

WarmUp mser5(Sample x) {
    constexpr std::size_t kBatch = 5, kFewest = 4;
    const std::vector<double> z = batches_of(x, kBatch);
    WarmUp best;
    best.mean_after = mean(z);
    if (z.size() < kFewest) return best;
    // From the end on, so that each cut costs one step (Welford 1962).
    const std::size_t last = z.size() / 2;
    double n = 0, of_mean = 0, squares = 0;
    for (std::size_t cut = z.size(); cut-- > 0;) {
        n += 1;
        const double gap = z[cut] - of_mean;
        of_mean += gap / n;
        squares += gap * (z[cut] - of_mean);
        const double statistic = squares / (n * n);
        if (cut < last && statistic > best.statistic) continue;
        if (cut <= last) best = {cut, cut * kBatch, of_mean, statistic, cut < last};
    }
    return best;
}

}  // namespace lastunit::reports::statistics
