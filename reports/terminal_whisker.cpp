#include "reports/terminal_whisker.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

namespace lastunit::reports {
namespace {

enum Glyph : std::size_t { kBlank, kLine, kLow, kHigh, kDot, kMark, kBelow, kAbove };
constexpr std::array<std::string_view, 8> kUnicode = {" ", "─", "├", "┤", "●", "│", "◄", "►"};
constexpr std::array<std::string_view, 8> kAscii = {" ", "-", "[", "]", "o", "|", "<", ">"};

}  // namespace

WhiskerScale scale_of(const std::vector<Whisker>& all) {
    WhiskerScale out{INFINITY, -INFINITY};
    const auto hold = [&](double value) {
        if (std::isfinite(value)) out = {std::min(out.from, value), std::max(out.to, value)};
    };
    for (const Whisker& one : all) {
        hold(one.low), hold(one.value), hold(one.high);
        if (one.mark) hold(*one.mark);
    }
    if (!(out.from <= out.to)) return {};
    return out.from < out.to ? out : WhiskerScale{out.from - 1, out.to + 1};
}

std::string drawn(const Whisker& whisker, const WhiskerScale& scale, std::size_t columns, const Canvas& canvas) {
    if (columns == 0 || !std::isfinite(whisker.value)) return std::string(columns, ' ');
    const double last = static_cast<double>(columns - 1);
    const auto column = [&](double value) {
        const double share = (std::clamp(value, scale.from, scale.to) - scale.from) / (scale.to - scale.from);
        return static_cast<std::size_t>(std::lround(share * last));
    };
    std::vector<Glyph> out(columns, kBlank);
    const std::size_t low = column(whisker.low), high = column(whisker.high);
    for (std::size_t i = low; i <= high; ++i) out[i] = kLine;
    if (high > low) {
        out[low] = whisker.low < scale.from ? kBelow : kLow;
        out[high] = whisker.high > scale.to ? kAbove : kHigh;
    }
    if (whisker.mark) out[column(*whisker.mark)] = kMark;
    out[column(whisker.value)] = whisker.value < scale.from ? kBelow : whisker.value > scale.to ? kAbove : kDot;
    std::string text;
    for (const Glyph one : out) text += (canvas.ascii() ? kAscii : kUnicode)[one];
    return text;
}

}  // namespace lastunit::reports
