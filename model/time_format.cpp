#include "model/time_format.hpp"

#include <array>
#include <chrono>
#include <cstdio>

#include "core/types.hpp"

namespace lastunit::model {

namespace {

constexpr std::int64_t kDayUs = hours(24).us;

struct Fields {
    int year = 1970, month = 1, day = 1, day_of_year = 0;
    int hour = 0, minute = 0, second = 0, microsecond = 0;
    int half_day = 0;  // 1: AM, 2: PM
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes between `least` and `most` digits from the front of the text.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
    int value = 0;
    std::size_t taken = 0;
    while (taken < most && taken < text.size() && is_digit(text[taken])) value = value * 10 + (text[taken++] - '0');
    if (taken < least) return std::nullopt;
    text.remove_prefix(taken);
    return value;
}

bool take_two(std::string_view& text, int low, int high, int& out) {
    const auto value = take_number(text, 1, 2);
    out = value.value_or(0);
    return value && *value >= low && *value <= high;
}

bool take_year(std::string_view& text, char letter, int& year) {
    if (letter == 'Y') {
        const auto value = take_number(text, 4, 4);
        year = value.value_or(0);
        return value.has_value();
    }
    const auto value = take_number(text, 2, 2);
    year = value.value_or(0) + (value.value_or(0) >= 69 ? 1900 : 2000);
    return value.has_value();
}

bool take_day_of_year(std::string_view& text, int& day) {
    const auto value = take_number(text, 1, 3);
    day = value.value_or(0);
    return day >= 1 && day <= 366;
}

bool take_fraction(std::string_view& text, int& microsecond) {
    const std::size_t before = text.size();
    std::string_view rest = text;
    const auto value = take_number(rest, 1, 9);
    if (!value) return false;
    double scaled = *value;
    for (std::size_t digits = before - rest.size(); digits < 6; ++digits) scaled *= 10;
    for (std::size_t digits = before - rest.size(); digits > 6; --digits) scaled /= 10;
    microsecond = static_cast<int>(scaled);
    text = rest;
    return true;
}

bool take_half_day(std::string_view& text, int& half_day) {
    if (text.size() < 2 || (text[1] | 0x20) != 'm') return false;
    const char first = static_cast<char>(text[0] | 0x20);
    half_day = first == 'a' ? 1 : first == 'p' ? 2 : 0;
    text.remove_prefix(2);
    return half_day != 0;
}

bool take(char letter, std::string_view& text, Fields& fields) {
    switch (letter) {
        case 'Y':
        case 'y':
            return take_year(text, letter, fields.year);
        case 'm':
            return take_two(text, 1, 12, fields.month);
        case 'd':
            return take_two(text, 1, 31, fields.day);
        case 'j':
            return take_day_of_year(text, fields.day_of_year);
        case 'H':
            return take_two(text, 0, 23, fields.hour);
        case 'I':
            return take_two(text, 1, 12, fields.hour);
        case 'M':
            return take_two(text, 0, 59, fields.minute);
        case 'S':
            return take_two(text, 0, 60, fields.second);  // 60: a leap second is the next minute's first
        case 'f':
            return take_fraction(text, fields.microsecond);
        case 'p':
            return take_half_day(text, fields.half_day);
        default:
            return false;
    }
}

std::optional<std::int64_t> to_us(const Fields& fields) {
    using namespace std::chrono;
    const year_month_day date{year(fields.year), month(static_cast<unsigned>(fields.month)),
                              day(static_cast<unsigned>(fields.day))};
    if (!date.ok()) return std::nullopt;
    std::int64_t day_number = sys_days(date).time_since_epoch().count();
    if (fields.day_of_year != 0) {
        if (fields.day_of_year == 366 && !year(fields.year).is_leap()) return std::nullopt;
        day_number = sys_days(year(fields.year) / January / 1).time_since_epoch().count() + fields.day_of_year - 1;
    }
    const int hour = fields.half_day == 0 ? fields.hour : fields.hour % 12 + (fields.half_day == 2 ? 12 : 0);
    const std::int64_t seconds_of_day = (hour * 60 + fields.minute) * 60 + fields.second;
    return day_number * kDayUs + seconds_of_day * 1'000'000 + fields.microsecond;
}

std::string written_out(std::string_view format) {
    std::string out;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char letter = format[i] == '%' && i + 1 < format.size() ? format[i + 1] : '\0';
        if (letter == '\0') {
            out += format[i];
            continue;
        }
        ++i;
        if (letter == 'F')
            out += "%Y-%m-%d";
        else if (letter == 'T')
            out += "%H:%M:%S";
        else
            out.append({'%', letter});
    }
    return out;
}

}  // namespace

TimeFormat::TimeFormat(std::string format) : format_(written_out(format)) {
    std::array<bool, 128> has{};
    for (std::size_t i = 0; i < format_.size(); ++i) {
        if (format_[i] != '%') continue;
        const char letter = ++i < format_.size() ? format_[i] : '\0';
        if (letter == '\0' || std::string_view("YymdjHIMSfp%").find(letter) == std::string_view::npos) {
            defect_ = letter == '\0' ? "'%' without a letter" : std::string("unknown letter '%") + letter + "'";
            return;
        }
        has[static_cast<std::size_t>(letter)] = true;
    }
    if (!((has['Y'] || has['y']) && ((has['m'] && has['d']) || has['j'])))
        defect_ = "no complete date: it needs %Y with %m and %d, or with %j";
    else if (has['I'] != has['p'])
        defect_ = "%I and %p go together";
}

std::optional<std::int64_t> TimeFormat::parse(std::string_view text) const {
    Fields fields;
    for (std::size_t i = 0; i < format_.size(); ++i) {
        if (format_[i] == '%' && format_[i + 1] != '%') {
            if (!take(format_[++i], text, fields)) return std::nullopt;
            continue;
        }
        if (format_[i] == '%') ++i;
        if (text.empty() || text.front() != format_[i]) return std::nullopt;
        text.remove_prefix(1);
    }
    return text.empty() ? to_us(fields) : std::nullopt;
}

std::string day_text(std::int64_t us_since_1970) {
    using namespace std::chrono;
    const std::int64_t day_number = us_since_1970 / kDayUs - (us_since_1970 % kDayUs < 0 ? 1 : 0);
    const year_month_day date{sys_days(days(day_number))};
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()));
    return text;
}

}  // namespace lastunit::model
