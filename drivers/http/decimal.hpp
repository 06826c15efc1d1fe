// Exact decimal numbers, as shops write prices and counts: 64 bits of digits, up to 9 behind the point.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lastunit::drivers::http {

struct Decimal {
    std::int64_t digits = 0;
    int scale = 0;  // of them behind the point
};

// `-12.50`; nothing where it is no such number (also `1e3`, `1,5`), or too large.
std::optional<Decimal> decimal_of(std::string_view text);
std::string text_of(Decimal value);  // without zeros at the end

// Nothing where the result is too large, or a divisor zero.
std::optional<Decimal> sum(Decimal a, Decimal b);
std::optional<Decimal> difference(Decimal a, Decimal b);
std::optional<Decimal> product(Decimal a, Decimal b);
std::optional<Decimal> quotient(Decimal a, Decimal b);      // two whole numbers: rounded down; else cut off after 6 digits
std::optional<Decimal> remainder(Decimal a, Decimal b);     // has the divisor's sign
std::optional<Decimal> rounded(Decimal value, int digits);  // half away from zero
// Below 0, 0, above 0.
int compare(Decimal a, Decimal b);

}  // namespace lastunit::drivers::http
