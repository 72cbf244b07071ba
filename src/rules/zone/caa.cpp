// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <string>
#include <vector>

#include "base/text/text.h"
#include "dns/record_type.h"
#include "rules/zone/practice_rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {
namespace {

constexpr dns::RrType type_caa{257};

/// The tag behind the flags and its length (RFC 8659 §4.1).
std::string tag_of(const std::string& rdata) {
  if (rdata.size() < 2) return {};
  return ascii_lower(std::string_view(rdata).substr(2, static_cast<unsigned char>(rdata[1])));
}

}  // namespace

void judge_zone_caa_incomplete(const audit::ZoneTextCase& c, audit::Findings& findings) {
  Places places(c.text);
  for (const auto& set : c.text.zone.rrsets) {
    if (set.type != type_caa) continue;
    const auto has = [&](std::string_view tag) {
      return std::any_of(set.rdata.begin(), set.rdata.end(),
                         [&](const std::string& rdata) { return tag_of(rdata) == tag; });
    };
    const bool wild = has("issuewild");
    if (wild) continue;
    findings.add({.values = {{"owner", set.owner}},
                  .wording = has("issue") ? "wildcards" : "",
                  .at = places.of(set.owner, set.type)});
  }
}

}  // namespace rdnsgate::rules
