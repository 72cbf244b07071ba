// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "rules/ttl/limits.h"
#include "rules/ttl/records.h"
#include "rules/ttl/rules.h"

namespace rdnsgate::rules {
namespace {

void append(std::string& list, const std::string& item) { list += (list.empty() ? "" : ", ") + item; }

}  // namespace

void judge_ttl_too_low_steady(audit::AddressCase& c, audit::Findings& findings) {
  std::string observed;
  bool useless = false;
  for (const auto& record : timed_records(c)) {
    if (!is_too_low(c, *record.fact)) continue;
    append(observed, fmt::format("{} {} s", record.text(), record.ttl()));
    useless = useless || record.ttl() < useless_ttl;
  }
  if (observed.empty()) return;
  findings.add(
      {.expected = fmt::format("{} s", c.address.ttl),
       .observed = std::move(observed),
       .detail = useless ? "which hardly any cache keeps" : "so that caches ask again all the time"});
}

void judge_ttl_left_lowered(audit::AddressCase& c, audit::Findings& findings) {
  std::string observed;
  for (const auto& record : timed_records(c)) {
    if (is_left_lowered(c, *record.fact))
      append(observed, fmt::format("{} {} s", record.text(), record.ttl()));
  }
  if (!observed.empty())
    findings.add({.expected = fmt::format("{} s", c.address.ttl), .observed = std::move(observed)});
}

void judge_ttl_too_high(audit::AddressCase& c, audit::Findings& findings) {
  // What is left of the TTL differs between caches, and is no part of what they are said to have in common.
  std::string observed, detail;
  bool absurd = false;
  for (const auto& record : timed_records(c)) {
    if (!is_too_high(c, *record.fact)) continue;
    append(observed, record.text());
    append(detail, fmt::format("{} {} s", record.text(), record.ttl()));
    absurd = absurd || record.ttl() > absurd_ttl;
  }
  if (observed.empty()) return;
  audit::Args args{
      .expected = fmt::format("at most {} s", std::max(high_ttl, std::min(c.address.ttl, absurd_ttl))),
      .observed = std::move(observed),
      .detail = std::move(detail)};
  if (absurd) args.severity = Severity::error;
  findings.add(std::move(args));
}

}  // namespace rdnsgate::rules
