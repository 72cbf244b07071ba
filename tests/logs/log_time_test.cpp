// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/log_time.h"

#include <doctest/doctest.h>

using namespace rdnsgate;
using namespace rdnsgate::logs;

TEST_CASE("times of logs") {
  const Time now = *parse_time("2027-01-15T08:00:00Z");
  const auto time = [&](std::string_view line) { return log_time(line, now); };
  CHECK(time("Jan 15 07:59:59 mx1 x") == "2027-01-15T07:59:59");
  CHECK(time("Jan  5 07:59:59 mx1 x") == "2027-01-05T07:59:59");
  CHECK(time("Nov 30 09:12:01 mx1 x") == "2026-11-30T09:12:01");  // not in the future
  CHECK(time("Jan 15 23:00:00 mx1 x") == "2027-01-15T23:00:00");  // of a time zone ahead
  CHECK(time("Feb 29 09:12:01 mx1 x") == "2024-02-29T09:12:01");
  CHECK(time("<22>Nov 30 09:12:01 mx1 x") == "2026-11-30T09:12:01");
  CHECK(time("<22>1 2027-01-15T09:12:01.123456+01:00 mx1 x") == "2027-01-15T08:12:01Z");
  CHECK(time("2027-01-15T09:12:01.123Z,a") == "2027-01-15T09:12:01Z");
  CHECK(time("2027-01-15 09:12:01 1rPabc x") == "2027-01-15T09:12:01");
  CHECK(time("2027-01-15 09:12:01.123 -0500 [12] x") == "2027-01-15T14:12:01Z");
  CHECK(time("[2027-01-15 09:12:01,123] x") == "2027-01-15T09:12:01");
  CHECK(time("Fri Jan 15 09:12:01 2027 Info: x") == "2027-01-15T09:12:01");
  CHECK(time("@400000006553f10a00000000 delivery 1: x") == "2023-11-14T22:13:20Z");
  for (const std::string_view none :
       {"", "x", "Jan", "Jan 32 09:12:01 x", "2027-13-15 09:12:01", "2027-02-30 09:12:01", "25:61:61",
        "550 x", "<", "<22", "@4", "Jan 15 25:00:00", "\xff\xff"})
    CHECK_MESSAGE(time(none).empty(), none);
}

TEST_CASE("times of mails and journals") {
  CHECK(mail_time("Fri, 15 Jan 2027 09:12:01 +0100 (CET)") == "2027-01-15T08:12:01Z");
  CHECK(mail_time("15 Jan 2027 09:12:01 -0000") == "2027-01-15T09:12:01Z");
  CHECK(mail_time("yesterday").empty());
  CHECK(journal_time("1800000000123456") == "2027-01-15T08:00:00Z");
  CHECK(journal_time("18x").empty());
  CHECK(journal_time("99999999999999999999").empty());
}
