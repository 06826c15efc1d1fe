#include "drivers/http/http_date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace lastunit::drivers::http {
namespace {

constexpr std::int64_t kMostSeconds = 366LL * 24 * 3600;

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = error == std::errc{} && stop == text.data() + text.size() && value >= 0 && text.front() != '-';
    return good ? std::optional(value) : std::nullopt;
}

std::vector<std::string_view> words_of(std::string_view text) {
    constexpr std::string_view kBetween = " ,-:\t";
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(kBetween), text.size());
        if (end > 0) out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::optional<std::int64_t> month_of(std::string_view name) {
    constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto found = std::find(kMonths.begin(), kMonths.end(), name);
    if (found == kMonths.end()) return std::nullopt;
    return found - kMonths.begin() + 1;
}

// Of the proleptic Gregorian calendar, since 1970-01-01 (Howard Hinnant, days_from_civil).
std::int64_t days(std::int64_t year, std::int64_t month, std::int64_t day) {
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = year / 400;
    const std::int64_t of_era = year - era * 400;
    const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

}  // namespace

std::optional<std::int64_t> http_date(std::string_view text) {
    const std::vector<std::string_view> words = words_of(text.substr(0, 64));
    if (words.size() < 7) return std::nullopt;
    const auto day = number(words[1]), month = month_of(words[2]), hour = number(words[4]), minute = number(words[5]),
               second = number(words[6]);
    auto year = number(words[3]);
    if (!day || !month || !year || !hour || !minute || !second) return std::nullopt;
    if (*year < 100) *year += *year < 70 ? 2000 : 1900;
    if (*day < 1 || *day > 31 || *hour > 23 || *minute > 59 || *second > 60 || *year > 9999) return std::nullopt;
    return ((days(*year, *month, *day) * 24 + *hour) * 60 + *minute) * 60 + *second;
}

std::optional<Duration> retry_after(std::string_view header, std::int64_t now_s) {
    while (header.starts_with(' ')) header.remove_prefix(1);
    while (header.ends_with(' ')) header.remove_suffix(1);
    if (header.empty()) return std::nullopt;
    if (const auto wait = number(header)) return seconds(std::min(*wait, kMostSeconds));
    const auto at = http_date(header);
    if (!at) return std::nullopt;
    return seconds(std::clamp<std::int64_t>(*at - now_s, 0, kMostSeconds));
}

}  // namespace lastunit::drivers::http
