// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "rules/deleg/cut_words.h"
#include "rules/deleg/rules.h"

namespace rdnsgate::rules {

using dns::Fault;

namespace {

std::vector<std::string> servers_with(const audit::ZoneCase& c, Fault fault) {
  std::vector<std::string> servers;
  for (const auto& complaint : complaints_of(c, {fault})) servers.push_back(who(complaint));
  return servers;
}

}  // namespace

void judge_deleg_ns_no_address(audit::ZoneCase& c, audit::Findings& findings) {
  Faults faults;
  for (const auto& complaint : complaints_of(c, {Fault::no_address, Fault::address_loop})) {
    const auto server = who(complaint);
    faults.add(complaint.detail.empty() ? server : fmt::format("{} ({})", server, complaint.detail), server);
  }
  say(findings, faults);
}

void judge_deleg_ns_cname(audit::ZoneCase& c, audit::Findings& findings) {
  say(findings, "servers", servers_with(c, Fault::address_is_alias));
}

void judge_deleg_glue_missing(audit::ZoneCase& c, audit::Findings& findings) {
  say(findings, "servers", servers_with(c, Fault::glue_missing));
}

void judge_deleg_glue_mismatch(audit::ZoneCase& c, audit::Findings& findings) {
  Faults faults;
  for (const auto& complaint : complaints_of(c, {Fault::glue_mismatch}))
    faults.add(explained(complaint), who(complaint));
  say(findings, faults);
}

}  // namespace rdnsgate::rules
