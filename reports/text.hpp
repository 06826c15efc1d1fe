// Numbers and names as people read them: thousands separators, units, clock times, columns by display width.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/run_record.pb.h"

namespace lastunit::reports {

std::string grouped(std::uint64_t number);                        // 61,204
std::string grouped(std::int64_t number);                         // -61,204
std::string counted(std::uint64_t number, std::string_view one);  // 1 unit, 61,204 units
// 48,112.30; "n/a" when not finite. A half goes away from zero, by the shortest digits that read back as the number (those of
// --json): the page rounds the same (ui/numbers.ts; tests/reports/rounding.txt).
std::string decimal(double number, int decimals);
std::string percent(double fraction);                              // 0.67 %, 12.3 %, <0.01 %
std::string money(std::int64_t minor, std::string_view currency);  // 48,112.30 PLN
std::string span(double seconds);                                  // 350 ms, 2.4 s, 3 min 20 s, 4 h 05 min, 2 d 3 h
std::string clock(double seconds_since_midnight);                  // 14:32, of whichever day
std::string day_clock(double seconds_since_midnight);              // day 3, 14:32: of runs longer than a day
std::string round_span(double seconds);                            // of spans that people choose: 5 min, 24 h, 2 d
// One quantile of a sample, "-" where nothing was measured.
std::string span_of(const model::TimeStats& stats, double quantile);
std::string p95_text(const model::TimeStats& stats);  // the same; - also in a record of an older version, which has none

// Invalid UTF-8 becomes U+FFFD.
std::string valid_utf8(std::string_view text);
// Control characters too: a name from a file must not move the cursor or colour the terminal.
std::string printable(std::string_view text);
// Latin letters lose their accents, every other character becomes '?'.
std::string to_ascii(std::string_view text);

// Columns that a terminal uses for `text` (UTF-8): combining marks take none, East Asian wide characters two.
std::size_t display_width(std::string_view text);
std::string pad_right(std::string_view text, std::size_t columns);  // text, then blanks
std::string pad_left(std::string_view text, std::size_t columns);   // blanks, then text
std::string clip(std::string_view text, std::size_t columns);       // the end cut off and marked with '~' when too wide

}  // namespace lastunit::reports
