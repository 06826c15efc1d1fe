// Pictures of a page's charts for slides, wikis and terminals that show images: `--charts DIR`, and `lastunit charts PAGE.html
// DIR`.
//
// SVG is drawn by Node.js, which runs what is compiled in; PNG is made of it by rsvg-convert, where that is installed.
#pragma once

#include <cstdint>
#include <string>

#include "cli/command.hpp"

namespace lastunit::cli {

// Of every command that writes a page.
inline const Option kCharts{"charts", "DIR",
                            "draw every chart of the page into DIR, as SVG and PNG (by Node.js and rsvg-convert)"};

// --charts can be done: its folder is there or made, and Node.js of version 18 or newer is found. Throws BadInput.
void check_charts(const Arguments& arguments);

// Of the page as a text. Says on stderr how many there are and where, or why there is no PNG. Throws BadInput when they could not
// be drawn.
enum class Theme : std::uint8_t { light, dark };
void draw_charts(const std::string& page, const std::string& folder, Theme theme = Theme::light);

int charts(const Arguments& arguments);  // the command

}  // namespace lastunit::cli
