// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "rules/ttl/limits.h"
#include "rules/ttl/records.h"
#include "rules/ttl/rules.h"

namespace rdnsgate::rules {
namespace {

/// `PTR 60 s, A at mx1.example 120 s`, and the lowest of the TTLs.
class Times {
 public:
  void add(const TimedRecord& record) {
    texts_.push_back(fmt::format(timed_record, record.text(), record.ttl()));
    lowest_ = std::min(lowest_, record.ttl());
    highest_ = std::max(highest_, record.ttl());
  }
  bool empty() const { return texts_.empty(); }
  std::uint32_t lowest() const { return lowest_; }
  std::uint32_t highest() const { return highest_; }
  audit::List list() const { return audit::whole_list(texts_); }

 private:
  std::vector<std::string> texts_;
  std::uint32_t lowest_ = static_cast<std::uint32_t>(-1), highest_ = 0;
};

audit::Values values_of(const audit::AddressCase& c, const Times& times) {
  return {{"ttl", seconds(c.address.ttl)}, {"records", times.list()}, {"lowest", seconds(times.lowest())}};
}

}  // namespace

void judge_ttl_too_low_steady(audit::AddressCase& c, audit::Findings& findings) {
  Times times;
  for (const auto& record : timed_records(c, [&](const auto& fact) { return is_too_low(c, fact); }))
    times.add(record);
  if (times.empty()) return;
  findings.add({.values = values_of(c, times), .wording = times.lowest() < useless_ttl ? "useless" : ""});
}

void judge_ttl_left_lowered(audit::AddressCase& c, audit::Findings& findings) {
  Times times;
  for (const auto& record : timed_records(c, [&](const auto& fact) { return is_left_lowered(c, fact); }))
    times.add(record);
  if (!times.empty()) findings.add({.values = values_of(c, times)});
}

void judge_ttl_too_high(audit::AddressCase& c, audit::Findings& findings) {
  // What is left of the TTL differs between caches, and is no part of what they are said to have in common.
  std::vector<std::string> records;
  Times times;
  for (const auto& record : timed_records(c, [&](const auto& fact) { return is_too_high(c, fact); })) {
    records.push_back(record.text());
    times.add(record);
  }
  if (records.empty()) return;
  audit::Args args{.values = {{"limit", seconds(std::max(high_ttl, std::min(c.address.ttl, absurd_ttl)))},
                              {"records", audit::whole_list(records)},
                              {"ttls", times.list()},
                              {"highest", seconds(times.highest())}}};
  if (times.highest() > absurd_ttl) args.severity = Severity::error;
  findings.add(std::move(args));
}

}  // namespace rdnsgate::rules
