#include "model/time_format.hpp"

#include <catch2/catch.hpp>

using namespace lastunit::model;

namespace {

std::optional<std::int64_t> seconds_of(const char* format, const char* text) {
    const auto us = TimeFormat(format).parse(text);
    return us ? std::optional(*us / 1'000'000) : std::nullopt;
}

}  // namespace

TEST_CASE("time format: one instant in many spellings") {
    const std::int64_t instant = 1'261'473'300;  // date -u -d '2009-12-22 09:15:00' +%s
    CHECK(seconds_of("%Y-%m-%d %H:%M:%S", "2009-12-22 09:15:00") == instant);
    CHECK(seconds_of("%Y-%m-%dT%H:%M:%SZ", "2009-12-22T09:15:00Z") == instant);
    CHECK(seconds_of("%F %T", "2009-12-22 09:15:00") == instant);
    CHECK(seconds_of("%d.%m.%Y %H:%M", "22.12.2009 9:15") == instant);
    CHECK(seconds_of("%m/%d/%y %I:%M %p", "12/22/09 9:15 am") == instant);
    CHECK(seconds_of("%m/%d/%Y %I:%M %p", "12/22/2009 09:15 PM") == instant + 12 * 3600);
    CHECK(seconds_of("%Y%m%d%H%M%S", "20091222091500") == instant);
    CHECK(seconds_of("%Y-%j %H:%M", "2009-356 09:15") == instant);
    CHECK(seconds_of("100%% %F", "100% 2009-12-22") == instant - 33'300);
    CHECK(TimeFormat("%F %T.%f").parse("2009-12-22 09:15:00.25") == instant * 1'000'000 + 250'000);
    CHECK(TimeFormat("%F %T.%f").parse("2009-12-22 09:15:00.123456789") == instant * 1'000'000 + 123'456);
}

TEST_CASE("time format: the calendar") {
    CHECK(seconds_of("%F", "1970-01-01") == 0);
    CHECK(seconds_of("%F", "1969-12-31") == -86'400);
    CHECK(seconds_of("%F", "2000-02-29") == 951'782'400);
    CHECK(seconds_of("%F", "2024-02-29") == 1'709'164'800);
    CHECK_FALSE(seconds_of("%F", "2023-02-29"));
    CHECK_FALSE(seconds_of("%F", "1900-02-29"));
    CHECK_FALSE(seconds_of("%F", "2009-04-31"));
    CHECK(seconds_of("%Y-%j", "2024-366") == seconds_of("%F", "2024-12-31"));
    CHECK_FALSE(seconds_of("%Y-%j", "2023-366"));
    CHECK(seconds_of("%F %I%p", "2009-12-22 12AM") == seconds_of("%F", "2009-12-22"));
}

TEST_CASE("time format: refuses what does not match to the last letter") {
    const char* format = "%Y-%m-%d %H:%M:%S";
    for (const char* text : {"", "2009-12-22", "2009-12-22 09:15:00 ", "2009-12-22 09:15:00Z", "2009-13-22 09:15:00",
                             "2009-12-22 24:00:00", "2009-12-22 09:60:00", "2009-12-22 09:15:61", "09-12-22 09:15:00",
                             "2009/12/22 09:15:00", " 2009-12-22 09:15:00", "2009-12-+2 09:15:00", "2009-00-22 09:15:00"}) {
        INFO(text);
        CHECK_FALSE(seconds_of(format, text));
    }
}

TEST_CASE("time format: a format that cannot be used says why") {
    CHECK(TimeFormat("%Y-%m-%d %H:%M:%S").defect().empty());
    CHECK(TimeFormat("%Y-%j").defect().empty());
    CHECK(TimeFormat("%Y-%m-%d %Q").defect() == "unknown letter '%Q'");
    CHECK(TimeFormat("%Y-%m-%d %").defect() == "'%' without a letter");
    CHECK(TimeFormat("%H:%M").defect() == "no complete date: it needs %Y with %m and %d, or with %j");
    CHECK(TimeFormat("%F %I:%M").defect() == "%I and %p go together");
}

TEST_CASE("day text: the day of an instant") {
    CHECK(day_text(0) == "1970-01-01");
    CHECK(day_text(-1) == "1969-12-31");
    CHECK(day_text(1'261'473'300'000'000) == "2009-12-22");
}
