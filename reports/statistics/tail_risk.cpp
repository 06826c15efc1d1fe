#include "reports/statistics/tail_risk.hpp"

#include <algorithm>
#include <limits>

#include "reports/statistics/mean.hpp"
#include "reports/statistics/quantile.hpp"

namespace lastunit::reports::statistics {

TailRisk tail_risk(Sample losses, double p, Confidence confidence) {
    TailRisk out;
    out.var = quantile_interval(losses, p, confidence);
    std::vector<double> beyond;
    for (const double loss : losses) beyond.push_back(out.var.value + std::max(0.0, loss - out.var.value) / (1 - p));
    out.cvar = mean_interval(beyond, confidence);
    if (size_of(losses) * (1 - p) < 1) {
        out.cvar.low = -std::numeric_limits<double>::infinity();
        out.cvar.high = std::numeric_limits<double>::infinity();
    }
    return out;
}

}  // namespace lastunit::reports::statistics
