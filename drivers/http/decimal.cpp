#include "drivers/http/decimal.hpp"

#include <cstdlib>

namespace lastunit::drivers::http {
namespace {

constexpr int kMostScale = 9;
__extension__ using Wide = __int128;

Wide power_of_ten(int exponent) {
    Wide out = 1;
    while (exponent-- > 0) out *= 10;
    return out;
}

// Trims zeros behind the point; nothing where it does not fit.
std::optional<Decimal> narrowed(Wide digits, int scale) {
    while (scale > 0 && digits % 10 == 0) {
        digits /= 10;
        --scale;
    }
    while (scale > kMostScale) {
        digits /= 10;
        --scale;
    }
    if (digits > INT64_MAX || digits < -Wide{INT64_MAX}) return std::nullopt;
    return Decimal{static_cast<std::int64_t>(digits), scale};
}

struct Pair {
    Wide a = 0, b = 0;
    int scale = 0;
};
Pair aligned(Decimal a, Decimal b) {
    const int scale = a.scale > b.scale ? a.scale : b.scale;
    return {a.digits * power_of_ten(scale - a.scale), b.digits * power_of_ten(scale - b.scale), scale};
}

Wide floor_divided(Wide a, Wide b) { return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0); }

}  // namespace

std::optional<Decimal> decimal_of(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    Wide digits = 0;
    int scale = 0, count = 0;
    bool point = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '.' && !point && count > 0 && i + 1 < text.size()) {
            point = true;
            continue;
        }
        if (text[i] < '0' || text[i] > '9' || ++count > 30) return std::nullopt;
        digits = digits * 10 + (text[i] - '0');
        if (point) ++scale;
    }
    if (count == 0) return std::nullopt;
    return narrowed(negative ? -digits : digits, scale);
}

std::string text_of(Decimal value) {
    std::string digits = std::to_string(std::abs(value.digits));
    const auto scale = static_cast<std::size_t>(value.scale);
    if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
    if (scale > 0) digits.insert(digits.size() - scale, 1, '.');
    return (value.digits < 0 ? "-" : "") + digits;
}

std::optional<Decimal> sum(Decimal a, Decimal b) {
    const Pair pair = aligned(a, b);
    return narrowed(pair.a + pair.b, pair.scale);
}

std::optional<Decimal> difference(Decimal a, Decimal b) { return sum(a, {-b.digits, b.scale}); }

std::optional<Decimal> product(Decimal a, Decimal b) { return narrowed(Wide{a.digits} * b.digits, a.scale + b.scale); }

std::optional<Decimal> quotient(Decimal a, Decimal b) {
    constexpr int kDigits = 6;
    if (b.digits == 0) return std::nullopt;
    if (a.scale == 0 && b.scale == 0) return narrowed(floor_divided(a.digits, b.digits), 0);
    const Pair pair = aligned(a, b);
    return narrowed(pair.a * power_of_ten(kDigits) / pair.b, kDigits);
}

std::optional<Decimal> remainder(Decimal a, Decimal b) {
    if (b.digits == 0) return std::nullopt;
    const Pair pair = aligned(a, b);
    return narrowed(pair.a - floor_divided(pair.a, pair.b) * pair.b, pair.scale);
}

std::optional<Decimal> rounded(Decimal value, int digits) {
    if (digits >= value.scale) return value;
    if (digits < 0) return std::nullopt;
    const Wide unit = power_of_ten(value.scale - digits);
    const Wide half = value.digits < 0 ? -unit / 2 : unit / 2;
    return narrowed((value.digits + half) / unit, digits);
}

int compare(Decimal a, Decimal b) {
    const Pair pair = aligned(a, b);
    return pair.a < pair.b ? -1 : pair.a > pair.b ? 1 : 0;
}

}  // namespace lastunit::drivers::http
