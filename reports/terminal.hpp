// What a person reads in ten seconds after a run.
#pragma once

#include <cstdint>
#include <string>

#include "model/run_record.pb.h"

namespace lastunit::reports {

enum class Colour : std::uint8_t { off, on };
enum class Glyphs : std::uint8_t { unicode, ascii };  // ascii: for terminals and logs without UTF-8; names lose their accents

constexpr int kLeastWidth = 60;  // narrower, the tables would not be tables
constexpr int kMostWidth = 160;  // wider, an eye loses the line

struct TerminalStyle {
    Colour colour = Colour::off;
    Glyphs glyphs = Glyphs::unicode;
    int width = 100;  // columns; less than kLeastWidth is taken as that
};

// What suits an open file: colour on a terminal unless NO_COLOR is set or TERM is "dumb", and ASCII when the locale says that it
// has no UTF-8. The width is that of COLUMNS where it is exported, else the terminal's own, within the limits above; a file's is
// the default.
TerminalStyle style_of(int file_descriptor);

// Headline, key figures, the day as sparklines, channels, worst nodes, sync lag, gates, identity. Ends with a newline.
std::string summary(const model::RunRecord& record, const TerminalStyle& style = {});

}  // namespace lastunit::reports
