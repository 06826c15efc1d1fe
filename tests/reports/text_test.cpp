#include "reports/text.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <limits>
#include <sstream>

using namespace lastunit::reports;

TEST_CASE("text: numbers have thousands separators and their sign") {
    CHECK(grouped(std::uint64_t{0}) == "0");
    CHECK(grouped(std::uint64_t{999}) == "999");
    CHECK(grouped(std::uint64_t{61'204}) == "61,204");
    CHECK(grouped(std::int64_t{-1'234'567}) == "-1,234,567");
    CHECK(grouped(std::int64_t{-100}) == "-100");
    CHECK(decimal(48'112.3, 2) == "48,112.30");
    CHECK(decimal(std::numeric_limits<double>::quiet_NaN(), 2) == "n/a");
}

TEST_CASE("text: numbers are rounded as the page rounds them, on a table of values that both read") {
    std::ifstream table(LASTUNIT_ROUNDING);
    std::string line;
    std::size_t rows = 0;
    while (std::getline(table, line)) {
        if (line.empty() || line.front() == '#') continue;
        INFO(line);
        std::istringstream cells(line);
        std::string what, digits, expected;
        double number = 0;
        cells >> what >> number >> digits >> std::ws;
        std::getline(cells, expected);
        CHECK((what == "percent" ? percent(number) : decimal(number, std::stoi(digits))) == expected);
        ++rows;
    }
    CHECK(rows > 30);
}

TEST_CASE("text: money is minor units with two decimals, down to the smallest number") {
    CHECK(money(4'811'230, "PLN") == "48,112.30 PLN");
    CHECK(money(-5, "PLN") == "-0.05 PLN");
    CHECK(money(std::numeric_limits<std::int64_t>::min(), "") == "-92,233,720,368,547,758.08");
}

TEST_CASE("text: a rate is never rounded to none or to all") {
    CHECK(percent(0) == "0 %");
    CHECK(percent(0.00001) == "<0.01 %");
    CHECK(percent(0.00673) == "0.67 %");
    CHECK(percent(0.931) == "93.1 %");
    CHECK(percent(0.99961) == "99.96 %");
    CHECK(percent(0.999999) == ">99.99 %");
    CHECK(percent(1) == "100 %");
}

TEST_CASE("text: a span of time is told in units of its own size") {
    CHECK(span(0) == "0 s");
    CHECK(span(0.00025) == "250 us");
    CHECK(span(0.0042) == "4.2 ms");
    CHECK(span(0.35) == "350 ms");
    CHECK(span(2.44) == "2.4 s");
    CHECK(span(59.99) == "1 min 00 s");
    CHECK(span(200) == "3 min 20 s");
    CHECK(span(3599.9) == "1 h 00 min");
    CHECK(span(171'000) == "47 h 30 min");
    CHECK(span(180'000) == "2 d 2 h");
    CHECK(round_span(300) == "5 min");
    CHECK(round_span(86'400) == "24 h");
    CHECK(round_span(47'220) == "13 h 07 min");
    CHECK(clock(14 * 3600 + 32 * 60 + 59) == "14:32");
    CHECK(clock(25 * 3600) == "01:00");
}

TEST_CASE("text: columns are counted by display width, not by bytes") {
    CHECK(display_width("Łódź") == 4);
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("東京") == 4);
    CHECK(pad_right("Łódź", 6) == "Łódź  ");
    CHECK(pad_left("東京", 6) == "  東京");
    CHECK(clip("Gorzów Wielkopolski", 8) == "Gorzów ~");
    CHECK(clip("東京", 4) == "東京");
}

TEST_CASE("text: a name can neither break the encoding nor move the cursor") {
    CHECK(valid_utf8("a\xFFz") == "a\uFFFDz");
    CHECK(valid_utf8("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");
    CHECK(valid_utf8("\xC0\xAF") == "\uFFFD\uFFFD");
    CHECK(valid_utf8("\xE2\x82") == "\uFFFD\uFFFD");
    CHECK(printable("red\033[31m") == "red\uFFFD[31m");
    CHECK(printable("a\nb") == "a\uFFFDb");
    CHECK(to_ascii("Łódź, Kraków, Gdańsk, 東") == "Lodz, Krakow, Gdansk, ?");
}
