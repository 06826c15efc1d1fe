#include "cli/validation/print.hpp"

#include <algorithm>
#include <cstdio>

namespace lastunit::cli::validation {
namespace {

std::string line_of(const Compared& one) {
    char text[200];
    if (one.verdict == Verdict::not_compared) {
        std::snprintf(text, sizeof text, "  %-14s %13.7g  not compared: ", one.output.c_str(), one.expected);
        return text + one.reason + "\n";
    }
    const Estimate& e = one.estimate;
    char interval[64];
    std::snprintf(interval, sizeof interval, "[%.6g, %.6g]", e.low, e.high);
    std::snprintf(text, sizeof text, "  %-14s %13.7g %13.7g  %-26s %7.2f  %s\n", one.output.c_str(), one.expected, e.value,
                  interval, e.z, name_of(one.verdict));
    return text;
}

std::string percent(double share) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f %%", 100 * share);
    return text;
}

std::string gap_line(const PolicyGap& gap) {
    char text[120];
    std::snprintf(text, sizeof text, "  %-16s expected cost %s above the optimum\n", gap.policy.c_str(),
                  percent(gap.above).c_str());
    return text;
}

}  // namespace

std::string counts(const char* what, const Totals& totals) {
    std::string out =
        std::string(what) + ": " + std::to_string(totals.passed) + " passed, " + std::to_string(totals.failed) + " failed";
    if (totals.inconclusive > 0) out += ", " + std::to_string(totals.inconclusive) + " inconclusive";
    return out;
}

void Totals::add(Verdict verdict) {
    switch (verdict) {
        case Verdict::passed:
            ++passed;
            break;
        case Verdict::failed:
            ++failed;
            break;
        case Verdict::inconclusive:
            ++inconclusive;
            break;
        case Verdict::not_compared:
            ++not_compared;
            break;
    }
}

std::string table(const Case& c, const Outcome& outcome) {
    std::string out = c.name + "  " + c.inputs.summary() + "\n";
    char head[160];
    const bool computed = outcome.replications == 0;
    const std::string effort =
        computed ? "" : std::to_string(outcome.replications) + " replications, " + std::to_string(outcome.shoppers) + " shoppers";
    std::snprintf(head, sizeof head, "  %-14s %13s %13s  %-26s %7s   %s\n", "output", "expected",
                  computed ? "computed" : "simulated", "95 % interval", "z", effort.c_str());
    out += head;
    for (const Compared& one : outcome.outputs) out += line_of(one);
    for (const PolicyGap& gap : outcome.gaps) out += gap_line(gap);
    return out + "\n";
}

void Gaps::add(const std::vector<PolicyGap>& gaps) {
    if (gaps.empty()) return;
    ++cases;
    sums.resize(gaps.size());
    for (std::size_t i = 0; i < gaps.size(); ++i) sums[i] = {gaps[i].policy, sums[i].above + gaps[i].above};
}

std::string average_gaps(const Gaps& gaps, Totals& totals) {
    if (gaps.cases == 0) return "";
    std::string out = "above the optimum, on average of " + std::to_string(gaps.cases) + " computed cases (limit " +
                      percent(kLargestGap) + "):\n";
    for (const PolicyGap& sum : gaps.sums) {
        const double mean = sum.above / gaps.cases;
        const Verdict verdict = mean <= kLargestGap ? Verdict::passed : Verdict::failed;
        totals.add(verdict);
        char text[120];
        std::snprintf(text, sizeof text, "  %-16s %s  %s\n", sum.policy.c_str(), percent(mean).c_str(), name_of(verdict));
        out += text;
    }
    return out;
}

Verdict worst(const Outcome& outcome) {
    const auto any = [&](Verdict verdict) {
        return std::any_of(outcome.outputs.begin(), outcome.outputs.end(),
                           [=](const Compared& one) { return one.verdict == verdict; });
    };
    for (const Verdict verdict : {Verdict::failed, Verdict::inconclusive, Verdict::passed})
        if (any(verdict)) return verdict;
    return Verdict::not_compared;
}

std::string closing(const Totals& outputs, const Totals& cases, const std::vector<Skipped>& skipped) {
    std::string out = counts("outputs", outputs) + ", " + std::to_string(outputs.not_compared) + " not compared\n";
    if (!skipped.empty()) {
        out += "skipped:\n";
        for (std::size_t i = 0; i < skipped.size();) {  // neighbours of one id and reason on one line
            std::size_t next = i + 1;
            while (next < skipped.size() && skipped[next].id == skipped[i].id && skipped[next].reason == skipped[i].reason)
                ++next;
            out +=
                "  " + skipped[i].name + (next - i > 1 ? " .. " + skipped[next - 1].name : "") + ": " + skipped[i].reason + "\n";
            i = next;
        }
    }
    out += counts("cases", cases) + ", " + std::to_string(skipped.size()) + " skipped";
    if (cases.not_compared > 0) out += ", " + std::to_string(cases.not_compared) + " without a comparable output";
    return out + "\n";
}

}  // namespace lastunit::cli::validation
