#include "reports/gate/text.hpp"

#include <cmath>

#include "reports/gates.hpp"
#include "reports/text.hpp"

namespace lastunit::reports::gate {
namespace {

std::string signed_percent(double share) {
    if (!std::isfinite(share)) return share > 0 ? "+inf" : "-inf";
    const double points = share * 100;
    const int decimals = std::abs(points) < 10 ? 2 : std::abs(points) < 100 ? 1 : 0;
    return (points > 0 ? "+" : "") + decimal(points, decimals) + " %";
}

std::string open_end(double value) { return value > 0 ? "inf" : "-inf"; }

std::string names(const Result& result, Outcome wanted) {
    std::string out;
    for (const Case& one : result.cases)
        if (one.outcome == wanted) out += (out.empty() ? "" : "; ") + printable(one.name);
    return out;
}

}  // namespace

std::string figure(const Case& one, double value) {
    if (!std::isfinite(value)) return open_end(value);
    if (value < 0) return "-" + figure(one, -value);
    return kpi_text(one.kpi, value);
}

std::string interval_text(const Case& one) {
    if (!one.interval) return "";
    const auto text = [&](double end) { return one.of == Case::Of::change ? signed_percent(end) : figure(one, end); };
    return text(one.interval->low) + " to " + text(one.interval->high);
}

std::string headline(const Result& result) {
    std::string out = std::string(name_of(result.outcome())) + " gate of " + printable(result.scenario) + ": " +
                      counted(result.cases.size(), "gate") + ", " + counted(result.replications, "replication") + ", design " +
                      printable(result.design);
    if (result.cases.empty()) return out + "; nothing was asked";
    if (result.count(Outcome::fail) > 0) out += "; FAIL: " + names(result, Outcome::fail);
    if (result.count(Outcome::invalid) > 0) out += "; INVALID: " + names(result, Outcome::invalid);
    return out;
}

}  // namespace lastunit::reports::gate
