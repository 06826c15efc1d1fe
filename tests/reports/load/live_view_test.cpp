#include "reports/live_view.hpp"

#include <catch2/catch.hpp>

#include "reports/text.hpp"

using namespace lastunit::reports;
using Catch::Matchers::Contains;

namespace {

LiveFigures peak() {
    LiveFigures f;
    f.target_text = "grpc://127.0.0.1:50051", f.mode_text = "lua", f.speed = 60;
    f.time_of_day_s = 20 * 3600 + 180, f.horizon_share = 0.8368, f.elapsed_s = 1203;
    f.rate_wanted = 2140, f.rate_held = 2138.2, f.in_flight = 38;
    f.operations = 1'204'511, f.refused = 12'044, f.unknown = 2, f.oversold_units = 12, f.units_accepted = 61'204;
    f.service = {0.00031, 0.0021}, f.response = {0.00035, 0.86}, f.dispatch_lag = {0.000021, 0.00018};
    return f;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

}  // namespace

TEST_CASE("live view: clock, rates, quantiles and what was oversold so far") {
    const std::string text = joined(live_view(peak(), {}));
    CHECK_THAT(text, Contains("20:03") && Contains("83 % of the horizon") && Contains("grpc://127.0.0.1:50051, lua, 60x"));
    CHECK_THAT(text,
               Contains("wanted 2,140/s") && Contains("held 2,138/s") && Contains("in flight 38") && Contains("lag p99 180 us"));
    LiveFigures without = peak();
    without.units_accepted = 0;
    CHECK_THAT(joined(live_view(without, {})), Contains("oversold 12 units"));
    CHECK_THAT(text, Contains("service p50 / p99 310 us / 2.10 ms") && Contains("response p50 / p99 350 us / 860 ms"));
    CHECK_THAT(text, Contains("refused 12,044") && Contains("unknown 2") && Contains("oversold 12 of 61,204 units"));
}

TEST_CASE("live view: a fault that is on is named, and why the run is INVALID before that") {
    LiveFigures f = peak();
    CHECK(live_view(f, {}).size() == 4);
    f.faults_text = {"kill server", "stall of the database"};
    CHECK(live_view(f, {}).back() == "fault: kill server; stall of the database");
    f.invalid_text = "dispatch lag p99 4 ms";
    CHECK(live_view(f, {}).back() == "INVALID: dispatch lag p99 4 ms");
    CHECK(live_view(f, {}).size() == 5);
}

TEST_CASE("live view: before the first answer there are no quantiles") {
    CHECK_THAT(joined(live_view({}, {})), Contains("service p50 / p99 -"));
    CHECK_THAT(live_line({}), Contains("service -, response -"));
}

TEST_CASE("live view: no line is wider than the terminal, whatever the names, and they cannot write to it") {
    LiveFigures f = peak();
    f.target_text = std::string(300, 'h') + "\033[2J", f.faults_text = {"ż\033[2J" + std::string(200, 'x')};
    for (const int width : {20, 60, 100, 160})
        for (const Glyphs glyphs : {Glyphs::unicode, Glyphs::ascii})
            for (const std::string& line : live_view(f, {Colour::off, glyphs, width})) {
                INFO(line);
                CHECK(display_width(line) <= static_cast<std::size_t>(width));
                CHECK(line.find('\033') == std::string::npos);
                CHECK(line.find('\n') == std::string::npos);
            }
    CHECK(live_line(f).find('\033') == std::string::npos);
}

TEST_CASE("live view: drawing again goes up by what was drawn, and clears it") {
    CHECK(redraw({"a", "b"}, 0) == "\r\033[Ja\nb");
    CHECK(redraw({"a", "b"}, 2) == "\r\033[1A\033[Ja\nb");
    CHECK(redraw({}, 4) == "\r\033[3A\033[J");
}

TEST_CASE("live view: a log's line has the same figures without colour") {
    LiveFigures f = peak();
    f.faults_text = {"kill server"};
    CHECK(
        live_line(f) ==
        "20:03, 83 % of the horizon: 2,138 of 2,140/s, 38 in flight, service 310 us / 2.10 ms, response 350 us / 860 ms, refused "
        "12,044, unknown 2, oversold 12 of 61,204 units; fault: kill server");
}
