#include "reports/statistics/batch_means.hpp"

#include <cmath>

#include "reports/statistics/mean.hpp"

namespace lastunit::reports::statistics {

std::vector<double> batches_of(Sample x, std::size_t size) {
    LASTUNIT_ASSERT(size > 0, "a batch has observations");
    std::vector<double> out;
    for (std::size_t from = 0; from + size <= x.size(); from += size) out.push_back(mean(x.subspan(from, size)));
    return out;
}

double lag_one_correlation(Sample x) {
    const double of_mean = mean(x);
    double together = 0, squares = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        squares += (x[i] - of_mean) * (x[i] - of_mean);
        if (i > 0) together += (x[i] - of_mean) * (x[i - 1] - of_mean);
    }
    return squares > 0 ? together / squares : 0;
}

BatchMeans batch_means(Sample x, std::size_t count, Confidence confidence) {
    LASTUNIT_ASSERT(count >= 2, "two batches or more");
    BatchMeans out;
    out.size = x.size() / count;
    if (out.size == 0) {
        out.interval = mean_interval(x.first(0), confidence);
        return out;
    }
    constexpr double kOnceInTwenty = 1.645;
    const std::vector<double> batches = batches_of(x.last(out.size * count), out.size);
    out.batches = batches.size();
    out.interval = mean_interval(batches, confidence);
    out.neighbours = lag_one_correlation(batches);
    out.independent = out.neighbours < kOnceInTwenty / std::sqrt(size_of(batches));
    return out;
}

}  // namespace lastunit::reports::statistics
