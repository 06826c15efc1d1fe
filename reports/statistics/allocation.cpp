#include "reports/statistics/allocation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lastunit::reports::statistics {

namespace {

void divide_by_sum(std::vector<double>& shares) {
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (double& share : shares) share = sum > 0 ? share / sum : 1 / static_cast<double>(shares.size());
}

}  // namespace

std::vector<double> ocba_shares(Sample means, Sample deviations, Best best) {
    LASTUNIT_ASSERT(means.size() == deviations.size() && !means.empty(), "a mean and a deviation per design");
    const auto winner =
        best == Best::least ? std::min_element(means.begin(), means.end()) : std::max_element(means.begin(), means.end());
    const auto b = static_cast<std::size_t>(winner - means.begin());
    const bool tied = std::count(means.begin(), means.end(), *winner) > 1;
    std::vector<double> shares(means.size());
    double squares = 0;
    for (std::size_t i = 0; i < means.size(); ++i) {
        const double distance = std::abs(means[i] - *winner);
        if (i == b || (tied && distance > 0)) continue;
        // Ties lie at the same distance, however small: it cancels out.
        const double per_deviation = deviations[i] / (tied ? 1 : distance * distance);
        shares[i] = deviations[i] * per_deviation;
        squares += per_deviation * per_deviation;
    }
    shares[b] = deviations[b] * std::sqrt(squares);
    divide_by_sum(shares);
    return shares;
}

std::vector<std::int64_t> apportioned(Sample shares, std::int64_t total) {
    LASTUNIT_ASSERT(total >= 0 && !shares.empty(), "somebody to give to");
    std::vector<std::int64_t> out;
    std::vector<double> remainders;
    std::int64_t left = total;
    for (const double share : shares) {
        const double exact = share * static_cast<double>(total);
        out.push_back(std::min(left, static_cast<std::int64_t>(std::floor(exact))));
        remainders.push_back(exact - static_cast<double>(out.back()));
        left -= out.back();
    }
    std::vector<std::size_t> order(shares.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; left > 0; i = (i + 1) % order.size(), --left) ++out[order[i]];
    return out;
}

std::vector<std::int64_t> ocba_next(Sample means, Sample deviations, std::span<const std::int64_t> made, std::int64_t budget,
                                    Best best) {
    LASTUNIT_ASSERT(made.size() == means.size(), "how many were made, per design");
    std::vector<double> missing = ocba_shares(means, deviations, best);
    const auto total = static_cast<double>(std::accumulate(made.begin(), made.end(), budget));
    for (std::size_t i = 0; i < missing.size(); ++i)
        missing[i] = std::max(0.0, missing[i] * total - static_cast<double>(made[i]));
    divide_by_sum(missing);
    return apportioned(missing, budget);
}

}  // namespace lastunit::reports::statistics
