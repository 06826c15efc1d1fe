// The line that a person watches.
#include <catch2/catch.hpp>

#include "cli/progress.hpp"
#include "reports/text.hpp"

namespace lastunit::cli_tests {
namespace {

using Catch::Contains;

sim::Progress at(Duration now, Duration horizon, std::uint64_t events) {
    sim::Progress progress;
    progress.now = SimTime{now.us};
    progress.horizon = SimTime{horizon.us};
    progress.events = events;
    return progress;
}

TEST_CASE("progress: share of the horizon, time of day, rate and time left") {
    const std::string line = cli::progress_line(at(hours(6), hours(24), 3'000'000), hours(8), 2.0, {});
    CHECK_THAT(line, Contains(" 25 %") && Contains("14:00") && Contains("1.50 M events/s") && Contains("6.0 s left"));
    CHECK_THAT(line, !Contains("\033"));
}

TEST_CASE("progress: after the horizon the open orders are worked off") {
    const std::string line = cli::progress_line(at(hours(30), hours(24), 1), hours(0), 1.0, {});
    CHECK_THAT(line, Contains("100 %") && Contains("06:00") && Contains("working off open orders"));
}

TEST_CASE("progress: a line never exceeds the terminal") {
    for (int width = 1; width < 120; ++width) {
        reports::TerminalStyle style;
        style.width = width;
        const std::string line = cli::progress_line(at(hours(6), hours(24), 3'000'000), hours(8), 2.0, style);
        CHECK(reports::display_width(line) <= static_cast<std::size_t>(width));
    }
}

TEST_CASE("progress: ASCII where the terminal knows nothing else, colour only where asked for") {
    reports::TerminalStyle style;
    style.glyphs = reports::Glyphs::ascii;
    const std::string plain = cli::progress_line(at(hours(6), hours(24), 3'000'000), hours(8), 2.0, style);
    CHECK_THAT(plain, Catch::StartsWith("######.................."));
    style.colour = reports::Colour::on;
    CHECK_THAT(cli::progress_line(at(hours(6), hours(24), 1), hours(8), 2.0, style), Contains("\033[36m") && Contains("\033[0m"));
}

}  // namespace
}  // namespace lastunit::cli_tests
