// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/wall_clock.h"

#include <doctest/doctest.h>

#include "base/change_window.h"

using namespace rdnsgate;

namespace {

Time at(const std::string& text) { return parse_time(text).value(); }

WallClock in(const std::string& zone) {
  return WallClock(ChangeWindow::parse("daily 00:00-24:00 " + zone).value().zone());
}

std::string moment(const std::string& text) { return format_time(parse_moment(text).value()); }

std::string why_not(const std::string& text) {
  const auto time = parse_moment(text);
  REQUIRE_FALSE(time.has_value());
  return time.error().message;
}

}  // namespace

TEST_CASE("a moment is shown as the wall of its zone shows it, with the zone's letters") {
  const auto zurich = in("Europe/Zurich");
  CHECK(zurich.text(at("2027-03-29T06:00:00Z")) == "Mon 2027-03-29 08:00 CEST");
  CHECK(zurich.text(at("2027-03-26T16:30:05Z")) == "Fri 2027-03-26 17:30:05 CET");
  CHECK(zurich.text(at("2027-12-31T23:30:00Z")) == "Sat 2028-01-01 00:30 CET");
  CHECK(WallClock().text(at("2027-03-29T06:00:00Z")) == "Mon 2027-03-29 06:00 UTC");
  CHECK(in("Asia/Kathmandu").text(at("2027-03-29T06:00:00Z")) == "Mon 2027-03-29 11:45 +0545");
  CHECK(zurich.day(at("2027-03-28T22:30:00Z")) == "Mon 29 Mar");
  CHECK(zurich.time_of_day(at("2027-03-28T22:30:00Z")) == "00:30");
  CHECK(zurich.zone() == "Europe/Zurich");
  CHECK(WallClock().zone() == "UTC");
}

TEST_CASE("an offset tells which of two equal readings is meant") {
  const auto zurich = in("Europe/Zurich");
  CHECK(zurich.rfc3339(at("2027-10-31T00:30:00Z")) == "2027-10-31T02:30:00+02:00");
  CHECK(zurich.rfc3339(at("2027-10-31T01:30:00Z")) == "2027-10-31T02:30:00+01:00");
  CHECK(in("America/St_Johns").rfc3339(at("2027-01-31T01:30:00Z")) == "2027-01-30T22:00:00-03:30");
  CHECK(WallClock().rfc3339(at("2027-10-31T01:30:00Z")) == "2027-10-31T01:30:00Z");
  CHECK(zurich.offset(at("2027-10-31T00:30:00Z")) == "UTC+02:00");
  CHECK(in("Europe/London").offset(at("2027-01-31T00:30:00Z")) == "UTC");
  CHECK(zurich.abbreviation(at("2027-10-31T01:30:00Z")) == "CET");
}

TEST_CASE("marks of an axis stand at full hours and midnights of the wall, and always further on") {
  const auto zurich = in("Europe/Zurich");
  const auto next = [&](const std::string& time, int step) {
    return format_time(zurich.next_multiple(at(time), seconds(step)));
  };
  CHECK(next("2027-03-29T06:10:00Z", 3600) == "2027-03-29T07:00:00Z");
  CHECK(next("2027-03-29T07:00:00Z", 3600) == "2027-03-29T08:00:00Z");
  CHECK(next("2027-03-29T06:10:00Z", 6 * 3600) == "2027-03-29T10:00:00Z");  // noon
  CHECK(next("2027-03-29T06:10:00Z", 86400) == "2027-03-29T22:00:00Z");
  // The day that has only 23 hours.
  CHECK(next("2027-03-27T23:00:00Z", 86400) == "2027-03-28T22:00:00Z");
  // Where the clock is set back, three o'clock comes once, and two o'clock twice.
  Time time = at("2027-10-30T22:00:00Z");
  for (int i = 0; i < 100; ++i) {
    const Time later = zurich.next_multiple(time, seconds(1800));
    REQUIRE(later > time);
    REQUIRE(later - time <= seconds(2 * 3600));
    time = later;
  }
  CHECK(format_time(WallClock().next_multiple(at("2027-03-29T06:10:00Z"), seconds(7 * 86400))) ==
        "2027-04-01T00:00:00Z");
}

TEST_CASE("a moment that a person names has an offset from UTC, and the error says what is wrong") {
  CHECK(moment("2026-12-01T22:00+01:00") == "2026-12-01T21:00:00Z");
  CHECK(moment("2026-12-01T22:00:30+01:00") == "2026-12-01T21:00:30Z");
  CHECK(moment("2026-12-31T22:00-03:30") == "2027-01-01T01:30:00Z");
  CHECK(moment("2026-12-01t22:00:00z") == "2026-12-01T22:00:00Z");
  CHECK(moment("2026-12-01 22:00Z") == "2026-12-01T22:00:00Z");
  CHECK(moment("2026-12-01T22:00+0100") == "2026-12-01T21:00:00Z");
  CHECK(why_not("2026-12-01T22:00") == "\"2026-12-01T22:00\" does not say its offset from UTC");
  CHECK(parse_moment("2026-12-01T22:00").error().hint.find("2026-12-01T22:00+01:00") != std::string::npos);
  CHECK(why_not("2026-12-01") == "\"2026-12-01\" has no time of the day");
  CHECK(why_not("2026-02-30T22:00Z") == "\"2026-02-30T22:00Z\" names a day that does not exist");
  CHECK(why_not("2026-12-01T24:00Z") == "\"2026-12-01T24:00Z\" names a time of the day that does not exist");
  CHECK(why_not("2026-12-01T22:00CET") ==
        "\"2026-12-01T22:00CET\" ends in \"CET\", which is no offset from UTC");
  for (const auto* zone : {"+1", "+24:00", "+01:60", "+01:0", "01:00", "+", "Z1", " Z", ".5Z"}) {
    CAPTURE(zone);
    CHECK(why_not(std::string("2026-12-01T22:00") + zone).find("no offset from UTC") != std::string::npos);
  }
  for (const auto* text : {"", "tomorrow", "T", "2026-12-01T", "2026-12-01T22", "2026-12-01T2:00Z",
                           "2026-12-01T22:00:", "2026-12-01x22:00Z", "22:00", "1796162400"}) {
    CAPTURE(text);
    CHECK(why_not(text).find("is not a time") != std::string::npos);
  }
}
