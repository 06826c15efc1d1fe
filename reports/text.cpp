#include "reports/text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace lastunit::reports {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Reads one code point at `at` and moves past it; an invalid byte is one replacement character.
char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at++);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xC2 && lead < 0xE0 ? 1 : 0;
    if (more == 0 || at + static_cast<std::size_t>(more) > text.size()) return kReplacement;
    char32_t point = lead & (0x3F >> more);
    for (int i = 0; i < more; ++i) {
        const unsigned char tail = byte(at + static_cast<std::size_t>(i));
        if ((tail & 0xC0) != 0x80) return kReplacement;
        point = (point << 6) | (tail & 0x3F);
    }
    constexpr std::array<char32_t, 4> kShortest = {0, 0x80, 0x800, 0x10000};
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (point < kShortest[static_cast<std::size_t>(more)] || surrogate || point > 0x10FFFF) return kReplacement;
    at += static_cast<std::size_t>(more);
    return point;
}

void append(std::string& out, char32_t point) {
    const auto put = [&](char32_t bits) { out.push_back(static_cast<char>(static_cast<unsigned char>(bits))); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | (point >> 6)), put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | (point >> 12)), put(0x80 | ((point >> 6) & 0x3F)), put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | (point >> 18)), put(0x80 | ((point >> 12) & 0x3F)), put(0x80 | ((point >> 6) & 0x3F)),
            put(0x80 | (point & 0x3F));
    }
}

// Unicode 15, the ranges that occur in names; see UAX #11 for the wide ones.
std::size_t width_of(char32_t c) {
    const auto in = [c](char32_t low, char32_t high) { return c >= low && c <= high; };
    if (in(0x300, 0x36F) || in(0x200B, 0x200F) || in(0xFE00, 0xFE0F) || in(0x20D0, 0x20FF)) return 0;
    if (in(0x1100, 0x115F) || in(0x2E80, 0xA4CF) || in(0xAC00, 0xD7A3) || in(0xF900, 0xFAFF) || in(0xFE30, 0xFE6F) ||
        in(0xFF00, 0xFF60) || in(0xFFE0, 0xFFE6) || in(0x1F300, 0x1FAFF) || in(0x20000, 0x3FFFD))
        return 2;
    return 1;
}

// U+00C0..U+017F, one letter each.
constexpr std::string_view kLatin =
    "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiJjJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZ"
    "zZzs";
static_assert(kLatin.size() == 0x180 - 0xC0);

std::string format(const char* pattern, double a) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), pattern, a);
    return buffer.data();
}
std::string format(const char* pattern, long long a, long long b) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), pattern, a, b);
    return buffer.data();
}

// Thousands separators into a plain number: digits, then perhaps a point and decimals, perhaps a sign in front.
std::string with_separators(std::string number) {
    const std::size_t first = number.starts_with('-') ? 1 : 0;
    std::size_t end = number.find('.');
    if (end == std::string::npos) end = number.size();
    while (end > first + 3) number.insert(end -= 3, 1, ',');
    return number;
}

// "2.345" to two decimals is "2.35": a half goes up, away from zero since there is no sign.
std::string rounded_half_up(std::string digits, std::size_t decimals) {
    std::size_t point = digits.find('.');
    if (point == std::string::npos) point = digits.size();
    std::string out = digits.substr(0, point);
    std::string behind = point < digits.size() ? digits.substr(point + 1) : "";
    const bool up = behind.size() > decimals && behind[decimals] >= '5';
    behind.resize(decimals, '0');
    out += behind;
    for (std::size_t i = out.size(); up && i-- > 0;) {
        if (out[i] != '9') {
            ++out[i];
            break;
        }
        out[i] = '0';
        if (i == 0) out.insert(0, 1, '1');
    }
    if (decimals > 0) out.insert(out.size() - decimals, 1, '.');
    return out;
}

}  // namespace

std::string grouped(std::uint64_t number) { return with_separators(std::to_string(number)); }
std::string grouped(std::int64_t number) { return with_separators(std::to_string(number)); }

std::string counted(std::uint64_t number, std::string_view one) {
    return grouped(number) + " " + std::string(one) + (number == 1 ? "" : "s");
}

std::string decimal(double number, int decimals) {
    if (!std::isfinite(number)) return "n/a";
    // The shortest digits that read back as this number: what --json shows, and what Intl.NumberFormat rounds on the page.
    std::array<char, 400> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(number), std::chars_format::fixed);
    const std::string rounded = rounded_half_up({buffer.data(), written.ptr}, static_cast<std::size_t>(decimals));
    const bool negative = number < 0 && rounded.find_first_not_of("0.") != std::string::npos;
    return with_separators((negative ? "-" : "") + rounded);
}

std::string percent(double fraction) {
    if (!std::isfinite(fraction)) return "n/a";
    const double value = fraction * 100;
    if (value == 0) return "0 %";
    if (value == 100) return "100 %";
    if (value > 0 && value < 0.005) return "<0.01 %";
    // Never rounded up to a promise that was not kept.
    if (value < 100 && value > 99.95) return value > 99.99 ? ">99.99 %" : decimal(value, 2) + " %";
    return decimal(value, std::abs(value) < 9.995 ? 2 : 1) + " %";
}

std::string money(std::int64_t minor, std::string_view currency) {
    // Through unsigned, so that the smallest int64 has an absolute value.
    const std::uint64_t size = minor < 0 ? 0 - static_cast<std::uint64_t>(minor) : static_cast<std::uint64_t>(minor);
    std::string text = minor < 0 ? "-" : "";
    text += grouped(size / 100);
    const std::uint64_t cents = size % 100;
    text += cents < 10 ? ".0" : ".";
    text += std::to_string(cents);
    return currency.empty() ? text : text + " " + printable(currency);
}

std::string span(double seconds) {
    if (!std::isfinite(seconds)) return "n/a";
    if (seconds < 0) return "-" + span(-seconds);
    if (seconds == 0) return "0 s";
    if (seconds < 0.0009995) return format("%.0f us", seconds * 1e6);
    if (seconds < 0.9995) return format(seconds < 0.00995 ? "%.1f ms" : "%.0f ms", seconds * 1e3);
    if (seconds < 59.95) return format("%.1f s", seconds);
    if (seconds > 1e15) return format("%.3g s", seconds);
    const auto whole = static_cast<long long>(std::llround(seconds));
    if (whole < 3600) return format("%lld min %02lld s", whole / 60, whole % 60);
    const long long minutes = std::llround(seconds / 60);
    if (minutes < 48 * 60) return format("%lld h %02lld min", minutes / 60, minutes % 60);
    const long long hours = std::llround(seconds / 3600);
    return format("%lld d %lld h", hours / 24, hours % 24);
}

std::string round_span(double seconds) {
    std::string text = span(seconds);
    for (const std::string_view nothing : {" 00 s", " 00 min", " 0 h"})
        if (text.ends_with(nothing)) text.erase(text.size() - nothing.size());
    if (text.ends_with(".0 s")) text.replace(text.size() - 4, 4, " s");
    return text;
}

std::string clock(double seconds_since_midnight) {
    if (!std::isfinite(seconds_since_midnight)) return "n/a";
    double minute = std::fmod(std::floor(seconds_since_midnight / 60), 1440);
    if (minute < 0) minute += 1440;
    const auto whole = static_cast<long long>(minute);
    return format("%02lld:%02lld", whole / 60, whole % 60);
}

std::string day_clock(double seconds_since_midnight) {
    if (!std::isfinite(seconds_since_midnight)) return "n/a";
    return "day " + decimal(std::floor(seconds_since_midnight / 86'400) + 1, 0) + ", " + clock(seconds_since_midnight);
}

std::string span_of(const model::TimeStats& stats, double quantile) { return stats.count() == 0 ? "-" : span(quantile); }

std::string p95_text(const model::TimeStats& stats) { return stats.has_p95() ? span_of(stats, stats.p95()) : "-"; }

std::string valid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) append(out, next_code_point(text, at));
    return out;
}

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next_code_point(text, at);
        const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029 ||
                             (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
        append(out, control ? kReplacement : point);
    }
    return out;
}

std::string to_ascii(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next_code_point(text, at);
        const bool plain = point == '\n' || (point >= 0x20 && point < 0x7F);
        if (plain)
            out.push_back(static_cast<char>(point));
        else if (point >= 0xC0 && point < 0x180)
            out.push_back(kLatin[point - 0xC0]);
        else if (width_of(point) > 0)
            out.push_back('?');
    }
    return out;
}

std::size_t display_width(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();) columns += width_of(next_code_point(text, at));
    return columns;
}

std::string pad_right(std::string_view text, std::size_t columns) {
    const std::size_t width = display_width(text);
    return std::string(text) + std::string(width < columns ? columns - width : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t columns) {
    const std::size_t width = display_width(text);
    return std::string(width < columns ? columns - width : 0, ' ') + std::string(text);
}

std::string clip(std::string_view text, std::size_t columns) {
    if (display_width(text) <= columns) return std::string(text);
    std::string out;
    std::size_t used = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next_code_point(text, at);
        if (used + width_of(point) + 1 > columns) break;
        used += width_of(point);
        append(out, point);
    }
    return columns == 0 ? "" : out + "~";
}

}  // namespace lastunit::reports
