// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/change_window.h"

#include <doctest/doctest.h>

#include <vector>

using namespace rdnsgate;

namespace {

std::string opening(const std::string& window, const std::string& time) {
  return format_time(ChangeWindow::parse(window).value().next_opening(parse_time(time).value()));
}

}  // namespace

TEST_CASE("a window is open between its times on its days") {
  const std::string window = "Mon-Thu 08:00-16:00 Europe/Zurich";
  // In June the wall is two hours ahead; the 7th of June 2027 is a Monday.
  CHECK(opening(window, "2027-06-07T05:59:59Z") == "2027-06-07T06:00:00Z");
  CHECK(opening(window, "2027-06-07T06:00:00Z") == "2027-06-07T06:00:00Z");
  CHECK(opening(window, "2027-06-07T13:59:59Z") == "2027-06-07T13:59:59Z");
  CHECK(opening(window, "2027-06-07T14:00:00Z") == "2027-06-08T06:00:00Z");
  CHECK(opening(window, "2027-06-10T14:00:00Z") == "2027-06-14T06:00:00Z");
  CHECK(opening(window, "2027-06-12T12:00:00Z") == "2027-06-14T06:00:00Z");
}

TEST_CASE("days in lists, spans over the end of the week, and all of them") {
  CHECK(opening("Wed,Fri 10:00-11:00 UTC", "2027-06-07T00:00:00Z") == "2027-06-09T10:00:00Z");
  CHECK(opening("Wed,Fri 10:00-11:00 UTC", "2027-06-09T11:00:00Z") == "2027-06-11T10:00:00Z");
  CHECK(opening("Sat-Mon 10:00-11:00 UTC", "2027-06-08T00:00:00Z") == "2027-06-12T10:00:00Z");
  CHECK(opening("Sat-Mon 10:00-11:00 UTC", "2027-06-07T10:30:00Z") == "2027-06-07T10:30:00Z");
  CHECK(opening("daily 00:00-24:00 UTC", "2027-06-07T23:59:59Z") == "2027-06-07T23:59:59Z");
  CHECK(opening("Tue 00:00-00:00 UTC", "2027-06-08T23:59:59Z") == "2027-06-08T23:59:59Z");
  CHECK(opening("Tue 00:00-00:00 UTC", "2027-06-09T00:00:00Z") == "2027-06-15T00:00:00Z");
}

TEST_CASE("a night belongs to the day that it begins on") {
  const std::string window = "Sat 22:00-04:00 UTC";
  CHECK(opening(window, "2027-06-12T21:00:00Z") == "2027-06-12T22:00:00Z");
  CHECK(opening(window, "2027-06-13T03:59:59Z") == "2027-06-13T03:59:59Z");
  CHECK(opening(window, "2027-06-13T04:00:00Z") == "2027-06-19T22:00:00Z");
}

TEST_CASE("the clock on the wall counts, also where it jumps") {
  // Zurich goes from UTC+1 to UTC+2 on 2027-03-28 at 01:00 UTC, and back on 2027-10-31 at 01:00 UTC.
  const std::string morning = "daily 08:00-16:00 Europe/Zurich";
  CHECK(opening(morning, "2027-03-27T20:00:00Z") == "2027-03-28T06:00:00Z");
  CHECK(opening(morning, "2027-03-26T20:00:00Z") == "2027-03-27T07:00:00Z");
  CHECK(opening(morning, "2027-10-30T20:00:00Z") == "2027-10-31T07:00:00Z");
  // 02:30 does not come in March: the window begins with the jump.
  CHECK(opening("Sun 02:30-03:30 Europe/Zurich", "2027-03-27T20:00:00Z") == "2027-03-28T01:00:00Z");
  CHECK(opening("Sun 02:30-03:30 Europe/Zurich", "2027-03-28T01:30:00Z") == "2027-04-04T00:30:00Z");
  // A window that lies in the missing hour altogether is not there that day.
  CHECK(opening("Sun 02:10-02:50 Europe/Zurich", "2027-03-27T20:00:00Z") == "2027-04-04T00:10:00Z");
  // 02:00 to 03:00 comes twice in October: two hours.
  CHECK(opening("Sun 02:00-03:00 Europe/Zurich", "2027-10-30T20:00:00Z") == "2027-10-31T00:00:00Z");
  CHECK(opening("Sun 02:00-03:00 Europe/Zurich", "2027-10-31T01:59:59Z") == "2027-10-31T01:59:59Z");
  CHECK(opening("Sun 02:00-03:00 Europe/Zurich", "2027-10-31T02:00:00Z") == "2027-11-07T01:00:00Z");
}

TEST_CASE("the southern half, half hours, and a day that was skipped") {
  CHECK(opening("Mon 09:00-10:00 Australia/Adelaide", "2027-06-06T00:00:00Z") == "2027-06-06T23:30:00Z");
  CHECK(opening("Mon 09:00-10:00 Australia/Adelaide", "2027-12-05T00:00:00Z") == "2027-12-05T22:30:00Z");
  // Samoa had no Friday, 30 December 2011.
  CHECK(opening("Fri 09:00-10:00 Pacific/Apia", "2011-12-29T12:00:00Z") == "2012-01-05T19:00:00Z");
}

TEST_CASE("of several windows the first one counts") {
  const std::vector<ChangeWindow> windows = {ChangeWindow::parse("Mon 08:00-09:00 UTC").value(),
                                             ChangeWindow::parse("Wed 08:00-09:00 UTC").value()};
  const auto at = [&](const char* time) {
    return format_time(next_opening(windows, parse_time(time).value()));
  };
  CHECK(at("2027-06-07T08:30:00Z") == "2027-06-07T08:30:00Z");
  CHECK(at("2027-06-07T09:30:00Z") == "2027-06-09T08:00:00Z");
  CHECK(at("2027-06-10T00:00:00Z") == "2027-06-14T08:00:00Z");
  const auto any = parse_time("2027-06-10T00:00:00Z").value();
  CHECK(next_opening({}, any) == any);
}

TEST_CASE("what is no window is refused, with the part that is wrong") {
  const std::pair<const char*, const char*> wrong[] = {
      {"", "three parts"},
      {"Mon-Thu 08:00-16:00", "three parts"},
      {"Mon Tue 08:00-16:00 UTC", "three parts"},
      {"Mo-Do 08:00-16:00 UTC", "\"Mo-Do\" are no days"},
      {"mon 08:00-16:00 UTC", "\"mon\" are no days"},
      {"Mon,,Tue 08:00-16:00 UTC", "are no days"},
      {"Mon- 08:00-16:00 UTC", "are no days"},
      {"Mon 8:00-16:00 UTC", "no span of the day"},
      {"Mon 08:00 UTC", "no span of the day"},
      {"Mon 08:60-16:00 UTC", "no span of the day"},
      {"Mon 24:00-04:00 UTC", "no span of the day"},
      {"Mon 08:00-24:01 UTC", "no span of the day"},
      {"Mon 08:00--6:00 UTC", "no span of the day"},
      {"Mon 08:00-16:00 Europe/Atlantis", "\"Europe/Atlantis\" is no time zone"},
      {"Mon 08:00-16:00 ../../etc/passwd", "is no time zone"},
      {"Mon 08:00-16:00 /etc/localtime", "is no time zone"},
  };
  for (const auto& one : wrong) {
    CAPTURE(one.first);
    const auto window = ChangeWindow::parse(one.first);
    REQUIRE_FALSE(window.has_value());
    CHECK(window.error().message.find(one.second) != std::string::npos);
    CHECK_FALSE(window.error().hint.empty());
  }
  CHECK(ChangeWindow::parse("  Mon   08:00-16:00  UTC ").value().text() == "Mon 08:00-16:00 UTC");
}

TEST_CASE("the stretches in which any window is open, joined where they touch") {
  const auto open = [](const std::vector<std::string>& texts, const char* from, const char* until,
                       std::size_t most = 100) {
    std::vector<ChangeWindow> windows;
    for (const auto& text : texts) windows.push_back(ChangeWindow::parse(text).value());
    std::string all;
    for (const auto& [begin, end] :
         open_stretches(windows, parse_time(from).value(), parse_time(until).value(), most))
      all += format_time(begin) + "/" + format_time(end) + " ";
    return all;
  };
  const auto* monday = "2027-06-07T09:00:00Z";
  const auto* friday = "2027-06-11T09:00:00Z";
  CHECK(open({"Mon,Wed 08:00-10:00 UTC"}, monday, friday) ==
        "2027-06-07T09:00:00Z/2027-06-07T10:00:00Z 2027-06-09T08:00:00Z/2027-06-09T10:00:00Z ");
  CHECK(open({"Mon,Wed 08:00-10:00 UTC", "Mon 09:30-12:00 UTC"}, monday, "2027-06-08T00:00:00Z") ==
        "2027-06-07T09:00:00Z/2027-06-07T12:00:00Z ");
  CHECK(open({"daily 00:00-24:00 UTC"}, monday, friday) == "2027-06-07T09:00:00Z/2027-06-11T09:00:00Z ");
  CHECK(open({"Fri 00:00-24:00 UTC"}, monday, "2027-06-10T00:00:00Z").empty());
  CHECK(open({}, monday, friday).empty());
  CHECK(open({"daily 08:00-10:00 UTC"}, monday, "2037-06-10T00:00:00Z", 2).size() == 84);
}
