// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/yaml11.h"

#include <doctest/doctest.h>

#include <string>

using rdnsgate::yaml::yaml11_rewrites;

TEST_CASE("what PyYAML reads as something that Python writes otherwise") {
  for (const std::string text : {"on",
                                 "off",
                                 "Yes",
                                 "no",
                                 "TRUE",
                                 "null",
                                 "~",
                                 "",
                                 "010",
                                 "00",
                                 "+1",
                                 "-0",
                                 "1_000",
                                 "0x1f",
                                 "0b10",
                                 "1:30",
                                 "1.10",
                                 "1.",
                                 ".5",
                                 "1.0e+3",
                                 "12345678901234.567",
                                 "190:20:30.15",
                                 ".inf",
                                 "-.INF",
                                 ".NaN",
                                 "1:2:3:4:5:6:7:8"}) {
    CAPTURE(text);
    CHECK(yaml11_rewrites(text));
  }
  for (const std::string text :
       {"0",      "-0.5",      "10",          "255", "-1",     "1.5",    "0.1", "2.0",  "08",
        "09.1.2", "192.0.2.1", "2001:db8::1", "mx1", "y",      "n",      "1-2", "0-63", "2027-05-31",
        "1.e",    "0.e.f",     "1e5",         "e.1", "b.0",    "0/26",   "-",   "+",    ".",
        "0xg",    "1:99",      "12:0:0:x",    "noc", "nullmx", "_dmarc", "*"}) {
    CAPTURE(text);
    CHECK_FALSE(yaml11_rewrites(text));
  }
}
