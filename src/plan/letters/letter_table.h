// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/wall_clock.h"
#include "plan/plan.h"

namespace rdnsgate::plan {

/// What a step does to an RRset, in the words of a letter.
enum class Deed : std::uint8_t { add, change, set_ttl, remove };
Deed deed_of(const Step& step);
std::string_view to_string(Deed deed);

/// `Thu 2026-12-03 10:00 CET (UTC+01:00)`: people elsewhere need not know the letters.
std::string moment_for_people(const WallClock& clock, Time time);

/// By zone and type, and the names as a person counts: 192.0.2.9 before 192.0.2.10.
void sort_for_people(std::vector<const Step*>& steps);

/// `192.0.2.10`; empty where the owner is no reverse name of a whole address.
std::string address_of(const Step& step);

/// As a zone file has it: `10 300 IN PTR mx1.example.com.`; the owner as a whole without `zone`.
std::vector<std::string> zone_lines(const Step& step, const Version& version, const Name* zone);

/// Comma-separated values (RFC 4180) with a head line: a row for each record that is set or removed.
class LetterTable {
 public:
  LetterTable();
  void add(std::size_t number, const std::string& not_before, const Step& step);
  const std::string& text() const { return out_; }

 private:
  void row(const std::vector<std::string>& cells);
  std::string out_;
};

}  // namespace rdnsgate::plan
