#include "cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "reports/text.hpp"

namespace lastunit::cli {
namespace {

constexpr auto kRedrawEvery = std::chrono::milliseconds(100);
constexpr std::size_t kBarColumns = 24;

std::string bar(double share, const reports::TerminalStyle& style) {
    const bool colour = style.colour == reports::Colour::on;
    const bool unicode = style.glyphs == reports::Glyphs::unicode;
    const auto full = static_cast<std::size_t>(share * static_cast<double>(kBarColumns));
    std::string out = colour ? "\033[36m" : "";
    for (std::size_t i = 0; i < full; ++i) out += unicode ? "█" : "#";
    if (colour) out += "\033[2m";
    for (std::size_t i = full; i < kBarColumns; ++i) out += unicode ? "░" : ".";
    return out + (colour ? "\033[0m" : "");
}

}  // namespace

std::string progress_line(const sim::Progress& progress, Duration start_of_day, double elapsed_s,
                          const reports::TerminalStyle& style) {
    const double horizon_s = progress.horizon.seconds();
    const double share = horizon_s <= 0 ? 1 : std::clamp(progress.now.seconds() / horizon_s, 0.0, 1.0);
    const double per_second = elapsed_s <= 0 ? 0 : static_cast<double>(progress.events) / elapsed_s;

    char figures[96];
    std::snprintf(figures, sizeof figures, "%3.0f %%  %s  %.2f M events/s  ", share * 100,
                  reports::clock(start_of_day.seconds() + progress.now.seconds()).c_str(), per_second / 1e6);
    std::string text = figures;
    if (progress.now >= progress.horizon)
        text += "working off open orders";
    else if (share > 0.01)
        text += reports::span(std::ceil(elapsed_s * (1 - share) / share)) + " left";
    // The text is ASCII, a column a byte; the bar goes first when there is no room for both.
    const auto width = static_cast<std::size_t>(std::max(style.width, 1));
    if (text.size() + kBarColumns + 2 > width) return text.substr(0, width);
    return bar(share, style) + "  " + text;
}

ProgressBar::ProgressBar(Mode mode, Duration start_of_day)
    : mode_(mode),
      style_(reports::style_of(STDERR_FILENO)),
      start_of_day_(start_of_day),
      started_(Clock::now()),
      drawn_(started_) {
    style_.width -= 1;  // a full line would wrap
}

ProgressBar::~ProgressBar() {
    if (mode_ == Mode::drawn) std::fputs("\r\033[K", stderr);
}

ProgressBar::Mode ProgressBar::mode_of_stderr() {
    const char* terminal = std::getenv("TERM");
    const bool moves = terminal != nullptr && *terminal != '\0' && std::string_view(terminal) != "dumb";
    return isatty(STDERR_FILENO) == 1 && moves ? Mode::drawn : Mode::silent;
}

void ProgressBar::show(const sim::Progress& progress) {
    if (mode_ == Mode::silent) return;
    const auto now = Clock::now();
    if (now - drawn_ < kRedrawEvery) return;
    drawn_ = now;
    const double elapsed_s = std::chrono::duration<double>(now - started_).count();
    std::fprintf(stderr, "\r%s\033[K", progress_line(progress, start_of_day_, elapsed_s, style_).c_str());
    std::fflush(stderr);
}

}  // namespace lastunit::cli
