#include "reports/gate/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "reports/gates.hpp"
#include "reports/statistics/difference.hpp"
#include "reports/statistics/mean.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::gate {
namespace {

using statistics::Confidence;
using statistics::Interval;
using statistics::Pairing;
using statistics::Sample;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool all_equal(Sample x) { return std::adjacent_find(x.begin(), x.end(), std::not_equal_to<>()) == x.end(); }

// E[now] - scale * E[baseline], or E[now] where there is none.
Interval distance(const Evidence& evidence, double scale, Confidence confidence) {
    if (evidence.baseline.empty()) return mean_interval(evidence.now, confidence);
    std::vector<double> scaled(evidence.baseline.begin(), evidence.baseline.end());
    for (double& x : scaled) x *= scale;
    return evidence.pairing == Pairing::common_shoppers ? paired_difference(evidence.now, scaled, confidence).interval
                                                        : welch_difference(evidence.now, scaled, confidence).interval;
}

// Every change c for which now - (1 + c) * baseline may be 0 at this confidence (Fieller 1954), so that the interval shown and
// the verdict say the same. `out` is the direction in which to look for its end.
double end_of_change(const Evidence& evidence, double at, double out, Confidence confidence) {
    const auto ruled_out = [&](double change) {
        const Interval d = distance(evidence, 1 + change, confidence);
        return out > 0 ? d.high < 0 : d.low > 0;
    };
    constexpr double kFar = 100;  // a hundredfold: as good as unknown
    double inside = at, outside = at + out * 1e-6;
    for (double step = 1e-6; !ruled_out(outside); step *= 2) {
        if (step > kFar) return out * kInfinity;
        inside = outside;
        outside = at + out * step;
    }
    for (int i = 0; i < 60; ++i) (ruled_out((inside + outside) / 2) ? outside : inside) = (inside + outside) / 2;
    return (inside + outside) / 2;
}

Interval change_interval(const Evidence& evidence, Confidence confidence) {
    const double now = statistics::mean(evidence.now), was = statistics::mean(evidence.baseline);
    const double change = now / was - 1;
    const bool fixed = distance(evidence, 1, confidence).half_width() == 0;
    if (fixed) return {change, change, change};
    return {change, end_of_change(evidence, change, -1, confidence), end_of_change(evidence, change, 1, confidence)};
}

// How far beyond a line the mean lies, positive = on the wrong side.
struct Lines {
    Interval beyond_broken, beyond_kept;
};
Lines lines_of(const Requirement& r, const Evidence& evidence, Confidence confidence) {
    const bool relative = !evidence.baseline.empty();
    const double sign_of_baseline = relative && statistics::mean(evidence.baseline) < 0 ? -1 : 1;
    const auto beyond = [&](double margin) {
        const Interval d = distance(evidence, 1 + sign_of_baseline * margin, confidence);
        const Interval up{d.value - r.bound, d.low - r.bound, d.high - r.bound};
        return r.wants_less() ? up : Interval{-up.value, -up.high, -up.low};
    };
    return {beyond(r.margin), beyond(r.margin + r.grace)};
}

// The interval shrinks with the square root of the replications: how many until it is as narrow as the mean is far from the line
// that would decide.
std::optional<std::size_t> replications_needed(const Lines& lines, std::size_t n) {
    const double to_fail = lines.beyond_broken.value, to_pass = -lines.beyond_kept.value;
    const double far = std::max(to_fail, to_pass), half = lines.beyond_broken.half_width();
    if (!(far > 0) || !std::isfinite(half)) return std::nullopt;
    const double needed = std::ceil(static_cast<double>(n) * (half / far) * (half / far));
    if (!(needed < 1e6)) return std::nullopt;
    return std::max(static_cast<std::size_t>(needed), n + 1);
}

// 0 of what cannot be negative, 1 of a share.
bool at_the_end(const Requirement& r) {
    if (r.against != model::Gate::Against::value) return false;
    const bool signed_money = r.kpi.ends_with("revenue") || r.kpi.ends_with("_value") || r.kpi.ends_with("_cost") ||
                              r.kpi.find("cost_") != std::string::npos || r.kpi.ends_with("rescued_units");
    if (r.wants_less()) return r.bound == 0 && !signed_money;
    return r.bound == 1 && (r.kpi.ends_with("_rate") || r.kpi.ends_with("_ratio") || r.kpi.ends_with("conversion"));
}

bool kept_by_value(const Requirement& r, double beyond) { return r.strict() ? beyond < 0 : beyond <= 0; }

Case by_value(Case out, const Requirement& r, const Evidence& evidence, double beyond) {
    const std::size_t n = evidence.now.size();
    if (n < kEnoughEqual && !evidence.identical) {
        out.reason = "cannot tell with " + counted(n, "replication") + ": that they agree does not show that all would; " +
                     std::to_string(kEnoughEqual) + " would do";
        out.undecided = true;
        out.need = kEnoughEqual;
        return out;
    }
    out.outcome = kept_by_value(r, beyond) ? Outcome::pass : Outcome::fail;
    out.reason = evidence.identical          ? "every run is identical to the baseline's"
                 : evidence.baseline.empty() ? "the same in all " + std::to_string(n) + " replications"
                                             : "differs from the baseline by the same in all replications";
    return out;
}

}  // namespace

Case judge(const Requirement& r, const Evidence& evidence, Confidence confidence) {
    Case out{r.text,          r.kpi,        Outcome::invalid,   "",    std::nullopt, std::nullopt,
             Case::Of::value, std::nullopt, confidence.level(), false, {},           {}};
    const std::size_t n = evidence.now.size();
    if (n == 0) {
        out.reason = "nothing was measured";
        return out;
    }
    const bool relative = !evidence.baseline.empty();
    out.now = statistics::mean(evidence.now);
    out.interval = mean_interval(evidence.now, confidence);
    if (relative) {
        out.baseline = statistics::mean(evidence.baseline);
        if (*out.baseline > 0) {
            out.of = Case::Of::change;
            out.interval = change_interval(evidence, confidence);
            out.limit = r.margin;
        }
    } else {
        out.limit = r.bound;
    }
    const Lines lines = lines_of(r, evidence, confidence);
    const bool varies =
        relative ? !(evidence.identical || (lines.beyond_broken.half_width() == 0 && lines.beyond_kept.half_width() == 0))
                 : !all_equal(evidence.now);
    if (!varies) {
        // Identical runs of one pair have no interval by themselves, but the change is known to be none.
        if (evidence.identical && out.of == Case::Of::change) out.interval = Interval{0, 0, 0};
        return by_value(std::move(out), r, evidence, lines.beyond_broken.value);
    }
    if (at_the_end(r)) {
        const auto broken = std::count_if(evidence.now.begin(), evidence.now.end(), [&](double x) { return x != r.bound; });
        out.outcome = Outcome::fail;
        out.reason = "broken in " + std::to_string(broken) + " of " + std::to_string(n) + " replications";
        return out;
    }
    if (lines.beyond_broken.low > 0) {
        out.outcome = Outcome::fail;
        out.reason = relative ? "worse than allowed" : "beyond the bound";
    } else if (lines.beyond_kept.high < 0) {
        out.outcome = Outcome::pass;
        // The lenient ones pass while the interval lies below the grace: it may yet show that the figure is a little worse.
        const bool shown_worse = relative && out.interval && (r.wants_less() ? out.interval->low > 0 : out.interval->high < 0);
        out.reason = r.grace == 0
                         ? "within the bound"
                         : std::string(shown_worse ? "worse, but more than allowed is not shown" : "not shown to be worse") +
                               ", and a change of " + percent(std::abs(r.margin + r.grace)) + " is ruled out";
    } else {
        out.undecided = true;
        out.need = replications_needed(lines, n);
        out.reason = "cannot tell with " + counted(n, "replication") +
                     (out.need ? ": about " + grouped(static_cast<std::uint64_t>(*out.need)) + " would do" : "");
        if (out.need && relative && evidence.pairing == Pairing::independent) out.reason += ", of the baseline as well";
    }
    return out;
}

}  // namespace lastunit::reports::gate
