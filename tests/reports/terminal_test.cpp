#include "reports/terminal.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <sstream>

#include "reports/text.hpp"
#include "tests/reports/sample_record.hpp"

using namespace lastunit;
using namespace lastunit::reports;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

// Two hours, two channels, one store, one edge: short enough to be read whole.
model::RunRecord small_record() {
    model::RunRecord record;
    auto& id = *record.mutable_identity();
    id.set_scenario_title("Two hours in Łódź"), id.set_design("silo"), id.set_seed(7), id.set_currency("PLN");
    id.set_fingerprint("00c0ffee00c0ffee"), id.set_horizon_s(7200), id.set_simulated_s(9000), id.set_start_of_day_s(36'000);
    id.set_events(1'200'000), id.set_wall_s(0.8), id.set_repeat_command("lastunit run two-hours --seed 7");
    auto& k = *record.mutable_kpi();
    k.set_shoppers(9'000), k.set_orders_accepted(1'200), k.set_units_accepted(1'500), k.set_oversold_units(12),
        k.set_oversold_orders(11);
    k.set_oversold_value(119'880), k.set_oversell_rate(0.008), k.set_undersold_units(3), k.set_lost_sales_units(40);
    k.set_conversion(0.1333), k.set_promise_kept_rate(0.98), k.set_cost_per_order(9.5), k.set_revenue(14'985'000),
        k.set_split_rate(0.02);
    test::set_stats(*k.mutable_fulfilment_time_s(), 1'100, 4'000, 3'600, 5'000, 8'100, 8'900);
    record.mutable_series()->set_step_s(600);
    for (const std::uint32_t orders : {40, 60, 80, 100, 120, 140, 150, 140, 130, 100, 80, 60}) {
        record.mutable_series()->add_arrivals(orders * 15 / 2), record.mutable_series()->add_orders(orders);
        record.mutable_series()->add_oversold(orders >= 140 ? 4 : 0);
    }
    for (const char* name : {"web", "pos"}) {
        auto& channel = *record.add_channels();
        const bool web = std::string(name) == "web";
        channel.set_name(name), channel.set_reservation("none"), channel.set_decides_on(web ? "view" : "shelf");
        auto& c = *channel.mutable_kpi();
        c.set_shoppers(4'500), c.set_orders_accepted(600), c.set_units_accepted(750), c.set_lost_sales_units(20);
        if (web)
            c.set_oversold_units(12), c.set_oversold_orders(11), c.set_oversold_value(119'880), c.set_oversell_rate(0.016),
                c.set_undersold_units(3);
    }
    auto& edge = *record.add_edges();
    edge.set_name("feed"), edge.set_from("core"), edge.set_to("web"), edge.set_kind("snapshot"), edge.set_messages(8);
    test::set_stats(*edge.mutable_lag_s(), 8, 450, 450, 800, 895, 900);
    auto& b = *record.mutable_balance();
    b.set_units_accepted(1'500), b.set_units_shipped(1'500), b.set_stock_start(2'000), b.set_stock_end(500),
        b.set_stock_left(1'500);
    b.set_orders_accepted(1'200), b.set_orders_completed(1'200), b.set_shoppers(9'000), b.set_shoppers_bought(1'200),
        b.set_shoppers_left(7'800);
    k.set_shipped_units(1'500);
    test::fill_causes(k);
    for (auto& channel : *record.mutable_channels()) test::fill_causes(*channel.mutable_kpi());
    auto& gate = *record.add_gates();
    gate.set_text("oversell_rate < 0.5%"), gate.set_kpi("oversell_rate"), gate.set_value(0.008), gate.set_bound(0.005);
    return record;
}

constexpr const char* kGolden = R"(
Two hours in Łódź
design silo, seed 7, shoppers for 2 h from 10:00, 2 h 30 min simulated

OVERSOLD 12 of 1,500 units (0.80 %), 11 orders, 1,198.80 PLN
  undersold       3 units         lost sales     40 units         cancelled     0 units
  fulfilment p50  1 h 00 min      fulfilment p99 2 h 15 min       promise kept  98.0 %
  cost per order  9.50 PLN        revenue        149,850.00 PLN   split orders  2.00 %
  shoppers        9,000           orders         1,200            never fetched 0 units

The day  local time, one column is 10 min; its highest at the right
            10:00
  shoppers  ▃▄▅▆▇███▇▆▅▄ 1,125 at 11:00
  orders    ▃▄▅▆▇███▇▆▅▄ 150 at 11:00
  oversold       ███     4 at 10:50
  undersold              none

Channels  units; bar = share of all oversold units
  channel  orders  oversold    rate            undersold  lost  reserves, decides
  web         600        12  1.60 %  ████████          3    20  none on view
  pos         600         0     0 %                    0    20  none on shelf

Why  each oversold and each undersold unit has one cause
             cause          units   share  of its kind
  oversold   stale_view         8  66.7 %  █████▍
  oversold   phantom_stock      4  33.3 %  ██▋
  undersold  stale_view         3   100 %  ████████

Sync lag
  edge  from, to     kind             p50          p99  messages  lost
  feed  core to web  snapshot  7 min 30 s  14 min 55 s         8     0

Gates
  FAIL  oversell_rate < 0.5%  measured 0.80 %

fingerprint 00c0ffee00c0ffee, seed 7, 1,200,000 events in 800 ms (1,500,000 events/s)
repeat: lastunit run two-hours --seed 7
)";

}  // namespace

TEST_CASE("terminal: the summary of a short run") { CHECK("\n" + summary(small_record()) == kGolden); }

TEST_CASE("terminal: no line of a long summary is wider than the terminal") {
    for (const int width : {100, 120})
        for (const std::string& line : lines_of(summary(test::sample_record(), {Colour::off, Glyphs::unicode, width}))) {
            INFO(line);
            CHECK(display_width(line) <= static_cast<std::size_t>(width));
        }
}

TEST_CASE("terminal: the ASCII style is ASCII, and colour only where it is asked for") {
    for (const char c : summary(test::sample_record(), {Colour::off, Glyphs::ascii, 100}))
        CHECK((c == '\n' || (c >= ' ' && c < 127)));
    const std::string coloured = summary(test::sample_record(), {Colour::on, Glyphs::unicode, 100});
    CHECK(contains(coloured, "\033[1;31mOVERSOLD "));
    CHECK_FALSE(contains(summary(test::sample_record()), "\033"));
}

TEST_CASE("terminal: a name cannot write to the terminal") {
    auto record = small_record();
    record.mutable_channels(0)->set_name("web\033[2J\n");
    CHECK_FALSE(contains(summary(record), "\033"));
}

TEST_CASE("terminal: a run that oversold nothing says that first") {
    auto record = small_record();
    record.mutable_kpi()->set_oversold_units(0), record.mutable_kpi()->clear_oversold_causes();
    CHECK(contains(summary(record), "\n\nNOTHING OVERSOLD among 1,500 units accepted\n"));
}

TEST_CASE("terminal: partial runs, broken balances and rejected rows are told") {
    auto record = small_record();
    CHECK_FALSE(contains(summary(record), "BALANCE"));
    record.mutable_identity()->set_partial(true);
    record.mutable_identity()->set_simulated_s(2'400);
    CHECK(contains(summary(record), "PARTIAL: stopped after 40 min 00 s of 2 h; numbers are of that part only"));
    record.mutable_identity()->set_simulated_s(9'000);
    record.mutable_balance()->set_stock_end(499);
    record.set_rejected_row_count(2);
    auto& row = *record.add_rejected_rows();
    row.set_line(17), row.set_reason("quantity \"x\" is no number");
    const std::string text = summary(record, {Colour::off, Glyphs::unicode, 160});
    CHECK(contains(text, "PARTIAL: stopped after 2 h 30 min, while open orders were worked off; numbers are of that part only"));
    CHECK(contains(text,
                   "BALANCE BROKEN: stock at start + replenished + returned = stock at end + left + shrunk + aside + between "
                   "nodes + given up: "
                   "2,000 against 1,999"));
    CHECK(contains(text, "2 rows of the order log were rejected; line 17: quantity \"x\" is no number"));
}

TEST_CASE("terminal: an empty record has a summary") { CHECK(contains(summary({}), "NOTHING OVERSOLD")); }

TEST_CASE("terminal: as wide as the terminal is, within limits; a file gets the default") {
    const int master = ::posix_openpt(O_RDWR | O_NOCTTY);
    REQUIRE(master >= 0);
    REQUIRE(::grantpt(master) == 0);
    REQUIRE(::unlockpt(master) == 0);
    const int terminal = ::open(::ptsname(master), O_RDWR | O_NOCTTY);
    REQUIRE(terminal >= 0);
    for (const auto& [columns, width] : {std::pair{132, 132}, {40, kLeastWidth}, {500, kMostWidth}, {0, 100}}) {
        winsize size{};
        size.ws_col = static_cast<unsigned short>(columns);
        REQUIRE(::ioctl(terminal, TIOCSWINSZ, &size) == 0);
        CHECK(style_of(terminal).width == width);
    }
    ::close(terminal);
    ::close(master);
    const int file = ::open("/dev/null", O_WRONLY);
    CHECK(style_of(file).width == 100);
    ::close(file);
}

TEST_CASE("terminal: one of a thing is not called many") {
    model::RunRecord record = small_record();
    record.mutable_kpi()->set_oversold_orders(1);
    record.mutable_kpi()->set_undersold_units(1);
    const std::string text = summary(record);
    CHECK(contains(text, "), 1 order, "));
    CHECK(contains(text, "1 unit "));
}

TEST_CASE("terminal: runs of several days are labelled by day, and labels do not touch") {
    for (const int days : {3, 14, 30}) {
        model::RunRecord record = small_record();
        auto& series = *record.mutable_series();
        series.Clear(), series.set_step_s(3600);
        for (int hour = 0; hour < days * 24; ++hour) series.add_orders(hour == 30 ? 9 : 1), series.add_arrivals(1);
        record.mutable_identity()->set_start_of_day_s(0);
        const std::string text = summary(record);
        INFO(text);
        CHECK(contains(text, "  day 1 "));
        CHECK(contains(text, " at day 2"));
        CHECK_FALSE(contains(text, "00:000"));
    }
}
