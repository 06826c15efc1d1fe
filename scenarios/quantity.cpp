#include "scenarios/quantity.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <span>
#include <vector>

#include "scenarios/suggest.hpp"

namespace lastunit::scenarios {
namespace {

struct UnitWord {
    std::string_view word;
    double scale;  // to what the message holds
};

constexpr UnitWord kTimes[] = {{"us", 1}, {"ms", 1e3}, {"s", 1e6}, {"min", 60e6}, {"h", 3600e6}, {"d", 86400e6}};
constexpr UnitWord kRates[] = {{"/s", 1}, {"/min", 1.0 / 60}, {"/h", 1.0 / 3600}, {"/d", 1.0 / 86400}};
constexpr UnitWord kBandwidths[] = {{"bps", 0.125}, {"kbps", 125}, {"Mbps", 125e3}, {"Gbps", 125e6},
                                    {"B/s", 1},     {"kB/s", 1e3}, {"MB/s", 1e6},   {"GB/s", 1e9}};
constexpr UnitWord kBytes[] = {{"B", 1}, {"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"", 1}};
constexpr UnitWord kWeights[] = {{"g", 1}, {"kg", 1e3}, {"t", 1e6}};
constexpr double kMostMicroseconds = 1e17;  // 3,000 years: sums of two stay far from the ends of int64
constexpr double kMostMinor = 1e15;         // products with a quantity stay inside int64

std::string_view trim(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

bool digit(char c) { return c >= '0' && c <= '9'; }

// Takes the number at the start of `text`; false when there is none.
bool take_number(std::string_view& text, double& value) {
    std::string_view rest = text;
    if (!rest.empty() && rest.front() == '+') rest.remove_prefix(1);
    const std::size_t sign = !rest.empty() && rest.front() == '-' ? 1 : 0;
    if (rest.size() <= sign || !(digit(rest[sign]) || rest[sign] == '.')) return false;  // from_chars would read "inf" and "nan"
    const auto [end, code] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (code != std::errc() || !std::isfinite(value)) return false;
    text = rest.substr(static_cast<std::size_t>(end - rest.data()));
    return true;
}

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string units_of(schema::Unit unit, const std::string& currency) {
    switch (unit) {
        case schema::DURATION:
            return "a time, e.g. 15s (units: us, ms, s, min, h, d)";
        case schema::TIME_OF_DAY:
            return "a time of day, e.g. 08:00";
        case schema::MONEY:
            return "an amount, e.g. 99.90 " + currency + " (unit: " + currency + ")";
        case schema::SHARE:
            return "a share, e.g. 12% (unit: %)";
        case schema::RATE:
            return "a rate, e.g. 40/min (units: /s, /min, /h, /d)";
        case schema::BANDWIDTH:
            return "a bandwidth, e.g. 1Gbps (units: bps, kbps, Mbps, Gbps, B/s, kB/s, MB/s, GB/s)";
        case schema::BYTES:
            return "a size, e.g. 2000 or 2kB (units: B, kB, MB, GB)";
        case schema::WEIGHT:
            return "a weight, e.g. 350g or 1.5kg (units: g, kg, t)";
        default:
            return "a number";
    }
}

Parsed<double> wrong(std::string_view text, schema::Unit unit, const std::string& currency) {
    double value = 0;
    std::string_view rest = text;
    const std::string expected = "expected " + units_of(unit, currency);
    if (!take_number(rest, value)) return {0, expected + ", not " + quoted(text)};
    rest = trim(rest);
    if (rest.empty()) return {0, quoted(text) + " has no unit: " + expected};
    return {0, "the unit of " + quoted(text) + " does not fit: " + expected};
}

Parsed<double> in_units(std::string_view text, std::span<const UnitWord> words, schema::Unit unit, const std::string& currency) {
    double value = 0;
    std::string_view rest = text;
    if (!take_number(rest, value)) return wrong(text, unit, currency);
    rest = trim(rest);
    for (const UnitWord& word : words)
        if (rest == word.word) return {value * word.scale, ""};
    return wrong(text, unit, currency);
}

// One or more numbers with units, each a whole number but the last: 2h10min, 1.5h.
Parsed<double> duration(std::string_view text) {
    double sum = 0;
    std::string_view rest = text;
    const bool negative = !rest.empty() && rest.front() == '-';
    if (negative) rest.remove_prefix(1);
    do {
        double value = 0;
        if (!take_number(rest, value) || value < 0) return wrong(text, schema::DURATION, "");
        rest = trim(rest);
        std::size_t letters = 0;
        while (letters < rest.size() && rest[letters] >= 'a' && rest[letters] <= 'z') ++letters;
        const UnitWord* found = nullptr;
        for (const UnitWord& word : kTimes)
            if (word.word == rest.substr(0, letters)) found = &word;
        if (!found) return wrong(text, schema::DURATION, "");
        sum += value * found->scale;
        rest = trim(rest.substr(letters));
    } while (!rest.empty());
    if (sum > kMostMicroseconds) return {0, quoted(text) + " is too long a time"};
    return {std::round(negative ? -sum : sum), ""};
}

// HH:MM or HH:MM:SS; 24:00 is the end of the day.
Parsed<double> time_of_day(std::string_view text) {
    int parts[3] = {0, 0, 0};
    int count = 0;
    std::string_view rest = text;
    while (count < 3 && rest.size() >= 2 && digit(rest[0]) && digit(rest[1])) {
        parts[count++] = (rest[0] - '0') * 10 + (rest[1] - '0');
        rest.remove_prefix(2);
        if (rest.empty() || rest.front() != ':') break;
        rest.remove_prefix(1);
        if (rest.empty()) count = 0;
    }
    const int second = parts[0] * 3600 + parts[1] * 60 + parts[2];
    if (count < 2 || !rest.empty() || parts[1] > 59 || parts[2] > 59 || second > 86400)
        return wrong(text, schema::TIME_OF_DAY, "");
    return {second * 1e6, ""};
}

Parsed<double> amount(std::string_view text, const std::string& currency) {
    double value = 0;
    std::string_view rest = text;
    if (!take_number(rest, value)) return wrong(text, schema::MONEY, currency);
    rest = trim(rest);
    if (rest != currency) return wrong(text, schema::MONEY, currency);
    if (std::abs(value) * 100 > kMostMinor) return {0, quoted(text) + " is too large an amount"};
    return {value * 100, ""};
}

std::vector<std::string_view> arguments(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t comma = text.find(','); comma != std::string_view::npos; comma = text.find(',')) {
        out.push_back(trim(text.substr(0, comma)));
        text.remove_prefix(comma + 1);
    }
    out.push_back(trim(text));
    return out;
}

using Kind = model::Distribution::Kind;
struct KindWord {
    std::string word;
    Kind kind;
    std::string usage;
};
const std::vector<KindWord>& kinds() {
    static const std::vector<KindWord> all = {{"uniform", Kind::uniform, "uniform(LOW, HIGH)"},
                                              {"exponential", Kind::exponential, "exponential(MEAN)"},
                                              {"lognormal", Kind::lognormal, "lognormal(MEAN, cv 0.5)"},
                                              {"gamma", Kind::gamma, "gamma(MEAN, cv 0.5)"},
                                              {"weibull", Kind::weibull, "weibull(MEAN, cv 0.5)"},
                                              {"hyperexponential", Kind::hyperexponential, "hyperexponential(MEAN, cv 2)"}};
    return all;
}

Parsed<double> parse_cv(std::string_view text, Kind kind, const std::string& usage) {
    if (text.substr(0, 2) != "cv") return {0, "expected " + usage + ", not " + quoted(text)};
    const Parsed<double> cv = parse_number(trim(text.substr(2)));
    if (!cv.error.empty()) return {0, "expected a number after cv, as in " + usage};
    if (cv.value < 0 || cv.value > 100) return {0, "cv has to be between 0 and 100, not " + quoted(trim(text.substr(2)))};
    if (kind == Kind::hyperexponential && cv.value < 1) return {0, "the cv of a hyperexponential is at least 1"};
    return cv;
}

Parsed<model::Distribution> with_arguments(const KindWord& word, std::string_view inside, schema::Unit unit,
                                           const std::string& currency) {
    const auto failed = [](std::string why) { return Parsed<model::Distribution>{{}, std::move(why)}; };
    const std::vector<std::string_view> given = arguments(inside);
    if (given.size() != (word.kind == Kind::exponential ? 1U : 2U)) return failed("expected " + word.usage);
    const Parsed<double> first = parse_quantity(given[0], unit, currency);
    if (!first.error.empty()) return failed(first.error);
    if (first.value < 0) return failed("a distribution's values cannot be negative");
    model::Distribution out;
    out.kind = word.kind;
    out.mean = first.value;
    if (word.kind == Kind::exponential) return {out, ""};
    if (word.kind == Kind::uniform) {
        const Parsed<double> second = parse_quantity(given[1], unit, currency);
        if (!second.error.empty()) return failed(second.error);
        if (second.value < first.value) return failed("the bounds of uniform(LOW, HIGH) are in the wrong order");
        out.low = first.value;
        out.high = second.value;
        out.mean = (out.low + out.high) / 2;
        return {out, ""};
    }
    const Parsed<double> cv = parse_cv(given[1], word.kind, word.usage);
    if (!cv.error.empty()) return failed(cv.error);
    out.cv = cv.value;
    return {out, ""};
}

std::string digits(double value) {
    char text[32];
    const auto [end, code] = std::to_chars(text, text + sizeof text, value);
    return code == std::errc() ? std::string(text, end) : "?";
}

}  // namespace

Parsed<double> parse_number(std::string_view text) {
    double value = 0;
    std::string_view rest = text;
    if (!take_number(rest, value) || !rest.empty()) return {0, "expected a number, not " + quoted(text)};
    return {value, ""};
}

Parsed<double> parse_quantity(std::string_view raw, schema::Unit unit, const std::string& currency) {
    const std::string_view text = trim(raw);
    if (text == "0" && unit != schema::TIME_OF_DAY) return {0, ""};
    switch (unit) {
        case schema::DURATION:
            return duration(text);
        case schema::TIME_OF_DAY:
            return time_of_day(text);
        case schema::MONEY:
            return amount(text, currency);
        case schema::SHARE: {
            Parsed<double> share = in_units(text, std::vector<UnitWord>{{"%", 1}}, unit, currency);
            share.value /= 100;  // 12 / 100 is the double nearest to 0.12; 12 * 0.01 is not
            return share;
        }
        case schema::RATE:
            return in_units(text, kRates, unit, currency);
        case schema::BANDWIDTH:
            return in_units(text, kBandwidths, unit, currency);
        case schema::BYTES:
            return in_units(text, kBytes, unit, currency);
        case schema::WEIGHT:
            return in_units(text, kWeights, unit, currency);
        default:
            return parse_number(text);
    }
}

Parsed<model::Distribution> parse_distribution(std::string_view raw, schema::Unit unit, const std::string& currency) {
    const std::string_view text = trim(raw);
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos) {
        const Parsed<double> value = parse_quantity(text, unit, currency);
        if (!value.error.empty()) {
            std::vector<std::string> names;
            for (const KindWord& word : kinds()) names.push_back(word.word);
            const bool wordlike = !text.empty() && text[0] >= 'a' && text[0] <= 'z';
            return {{}, value.error + (wordlike ? suggest(std::string(text), names) : "")};
        }
        return {model::constant(value.value), ""};
    }
    const std::string_view name = trim(text.substr(0, open));
    if (text.back() != ')') return {{}, "the bracket of " + quoted(text) + " is not closed"};
    std::vector<std::string> names;
    for (const KindWord& word : kinds()) {
        if (word.word == name) return with_arguments(word, text.substr(open + 1, text.size() - open - 2), unit, currency);
        names.push_back(word.word);
    }
    return {{}, "unknown distribution " + quoted(name) + suggest(std::string(name), names)};
}

std::string format_quantity(double value, schema::Unit unit, const std::string& currency) {
    switch (unit) {
        case schema::DURATION: {
            const UnitWord* best = &kTimes[0];
            for (const UnitWord& word : kTimes)
                if (value != 0 && std::fmod(value, word.scale) == 0) best = &word;
            if (value == 0) best = &kTimes[2];
            return digits(value / best->scale) + std::string(best->word);
        }
        case schema::TIME_OF_DAY: {
            const int second = static_cast<int>(value / 1e6);
            char text[32];
            const int length = second % 60 == 0 ? std::snprintf(text, sizeof text, "%02d:%02d", second / 3600, second / 60 % 60)
                                                : std::snprintf(text, sizeof text, "%02d:%02d:%02d", second / 3600,
                                                                second / 60 % 60, second % 60);
            return {text, static_cast<std::size_t>(length)};
        }
        case schema::MONEY: {
            char text[64];
            return {text, static_cast<std::size_t>(
                              std::snprintf(text, sizeof text, "%.2f %s", value / 100, currency.substr(0, 8).c_str()))};
        }
        case schema::SHARE: {
            char text[32];
            return {text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%.10g%%", value * 100))};
        }
        case schema::RATE:
            return digits(value) + "/s";
        case schema::BANDWIDTH:
            return digits(value) + "B/s";
        case schema::WEIGHT:
            return digits(value) + "g";
        default:
            return digits(value);
    }
}

}  // namespace lastunit::scenarios
