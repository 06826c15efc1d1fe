#include "reports/statistics/several.hpp"

#include <algorithm>
#include <numeric>

namespace lastunit::reports::statistics {

std::vector<double> holm_adjusted(std::span<const double> p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<double> out(p.size());
    double floor = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        floor = std::max(floor, std::min(1.0, p[order[i]] * static_cast<double>(p.size() - i)));
        out[order[i]] = floor;
    }
    return out;
}

std::vector<Against> against_baseline(Sample baseline, std::span<const std::vector<double>> designs, Pairing pairing,
                                      Confidence confidence) {
    std::vector<Against> out;
    if (designs.empty()) return out;
    const Confidence each = confidence.shared_by(static_cast<double>(designs.size()));
    std::vector<double> p;
    for (const std::vector<double>& design : designs) {
        const Difference d = pairing == Pairing::common_shoppers ? paired_difference(design, baseline, each)
                                                                 : welch_difference(design, baseline, each);
        out.push_back({d.interval, d.p, Verdict::not_shown});
        p.push_back(d.p);
    }
    const std::vector<double> adjusted = holm_adjusted(p);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].p = adjusted[i];
        if (adjusted[i] <= confidence.alpha()) out[i].verdict = out[i].interval.value < 0 ? Verdict::lower : Verdict::higher;
    }
    return out;
}

}  // namespace lastunit::reports::statistics
