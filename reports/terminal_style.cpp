#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "reports/terminal.hpp"

namespace lastunit::reports {
namespace {

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

// The first of these that is set decides, as in setlocale(3). A machine that says nothing is taken to know UTF-8.
Glyphs glyphs_of_locale() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const std::string_view value = environment(name);
        if (value.empty()) continue;
        const bool utf8 = value.find("UTF-8") != value.npos || value.find("utf8") != value.npos ||
                          value.find("UTF8") != value.npos || value.find("utf-8") != value.npos;
        return utf8 ? Glyphs::unicode : Glyphs::ascii;
    }
    return Glyphs::unicode;
}

}  // namespace

TerminalStyle style_of(int file_descriptor) {
    TerminalStyle style;
    style.glyphs = glyphs_of_locale();
    const int stated = std::atoi(std::string(environment("COLUMNS")).c_str());
    if (stated > 0) style.width = std::clamp(stated, kLeastWidth, kMostWidth);
    if (::isatty(file_descriptor) == 0) return style;
    winsize size{};
    if (stated <= 0 && ::ioctl(file_descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        style.width = std::clamp(static_cast<int>(size.ws_col), kLeastWidth, kMostWidth);
    const std::string_view term = environment("TERM");
    if (environment("NO_COLOR").empty() && !term.empty() && term != "dumb") style.colour = Colour::on;
    return style;
}

}  // namespace lastunit::reports
