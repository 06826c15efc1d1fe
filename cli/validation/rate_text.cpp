#include "cli/validation/rate_text.hpp"

#include <algorithm>
#include <regex>

#include "cli/validation/case.hpp"

namespace lastunit::cli::validation {
namespace {

const std::string kNumber = R"(\s*([0-9]+\.?[0-9]*(?:[eE][-+]?[0-9]+)?)\s*)";
const std::string kPer = R"((?:per\s+\w+\s*)?)";

double number(const std::ssub_match& text) { return parse_number(text.str(), "input 'lam'"); }

RatePart sine(const std::smatch& match, double end) {
    const double mean = number(match[1]), swing = number(match[3]), period = number(match[4]);
    if (match[2].str() == "-") throw NotCovered("a rate that falls first: a scenario's sine rises at the start");
    if (mean <= 0 || swing > mean || period <= 0)
        throw CaseError("input 'lam': the rate '" + match.str() + "' is negative at times");
    return {0, end, mean, swing / mean, period};
}

std::vector<RatePart> steps(double base, std::vector<RatePart> exceptions, double end) {
    std::sort(exceptions.begin(), exceptions.end(), [](const RatePart& a, const RatePart& b) { return a.from < b.from; });
    std::vector<RatePart> parts;
    double done = 0;
    for (const RatePart& exception : exceptions) {
        if (exception.from < done || exception.until <= exception.from)
            throw CaseError("input 'lam': its intervals are empty or overlap");
        parts.push_back({done, exception.from, base, 0, 0});
        parts.push_back(exception);
        done = exception.until;
    }
    parts.push_back({done, end, base, 0, 0});
    for (RatePart& part : parts) part.until = std::min(part.until, end);
    std::erase_if(parts, [](const RatePart& part) { return part.until <= part.from; });
    return parts;
}

}  // namespace

std::vector<RatePart> parse_rate(const std::string& text, double end) {
    static const std::regex kSine(kNumber + R"(([+-]))" + kNumber + R"(\*?\s*sin\(\s*2\s*\*?\s*pi\s*\*?\s*t\s*/)" + kNumber +
                                  R"(\)\s*)" + kPer);
    static const std::regex kBase(kNumber + kPer);
    static const std::regex kException(R"((?:,|and|but|\s)*)" + kNumber + kPer + R"(on\s*\[)" + kNumber + "," + kNumber +
                                       R"([\)\]]\s*)");

    std::smatch match;
    if (std::regex_match(text, match, kSine)) return {sine(match, end)};
    const auto here = std::regex_constants::match_continuous;
    if (!std::regex_search(text, match, kBase, here))
        throw CaseError("input 'lam': the rate '" + text + "' is of an unknown form");
    const double base = number(match[1]);
    std::vector<RatePart> exceptions;
    for (std::string rest = match.suffix(); !rest.empty(); rest = match.suffix()) {
        if (!std::regex_search(rest, match, kException, here))
            throw CaseError("input 'lam': the rate '" + text + "' is of an unknown form");
        exceptions.push_back({number(match[2]), number(match[3]), number(match[1]), 0, 0});
    }
    return steps(base, std::move(exceptions), end);
}

}  // namespace lastunit::cli::validation
