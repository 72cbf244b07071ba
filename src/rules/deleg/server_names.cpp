// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "rules/deleg/cut_words.h"
#include "rules/deleg/rules.h"

namespace rdnsgate::rules {

using dns::Fault;

void judge_deleg_ns_no_address(audit::ZoneCase& c, audit::Findings& findings) {
  std::vector<std::string> items;
  for (const auto& complaint : complaints_of(c, {Fault::no_address, Fault::address_loop})) {
    items.push_back(complaint.detail.empty() ? who(complaint)
                                             : fmt::format("{} ({})", who(complaint), complaint.detail));
  }
  say(findings, "an A or AAAA record", items);
}

void judge_deleg_ns_cname(audit::ZoneCase& c, audit::Findings& findings) {
  std::vector<std::string> items;
  for (const auto& complaint : complaints_of(c, {Fault::address_is_alias})) items.push_back(who(complaint));
  say(findings, "a name with addresses of its own", items);
}

void judge_deleg_glue_missing(audit::ZoneCase& c, audit::Findings& findings) {
  std::vector<std::string> items;
  for (const auto& complaint : complaints_of(c, {Fault::glue_missing})) items.push_back(who(complaint));
  say(findings, "glue", items);
}

void judge_deleg_glue_mismatch(audit::ZoneCase& c, audit::Findings& findings) {
  std::vector<std::string> items;
  for (const auto& complaint : complaints_of(c, {Fault::glue_mismatch}))
    items.push_back(fmt::format("{}: {}", who(complaint), complaint.detail));
  say(findings, "glue that matches the zone", items);
}

}  // namespace rdnsgate::rules
