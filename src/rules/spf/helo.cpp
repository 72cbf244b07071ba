// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "mailauth/spf/spf_groups.h"
#include "rules/denial.h"
#include "rules/helo/syntax.h"
#include "rules/spf/case_paths.h"
#include "rules/spf/rules.h"
#include "rules/spf/spf_text.h"

namespace rdnsgate::rules {
namespace {

using mailauth::SpfResult;
using State = SpfText::State;
using Uses = std::map<dns::Name, std::vector<IpAddress>>;

/// The HELO names of a sender, with the addresses that say them: once, by the first path through it.
Uses helo_names(const audit::PathCase& c) {
  Uses uses;
  if (c.sender == nullptr || !c.sender->first_path) return uses;
  if (&c.inventory.paths[*c.sender->first_path] != &c.path) return uses;
  const auto use = [&](const dns::Name& name, const IpAddress& ip) {
    if (!name.is_root()) uses[name].push_back(ip);
  };
  for (const auto& address : c.addresses) {
    use(address.helo, address.ip);
    for (const auto& name : address.other_helos) use(name, address.ip);
  }
  std::erase_if(uses, [](const auto& one) { return !is_host_name(one.first); });
  return uses;
}

/// A name that mail is sent for is judged as the domain that it is.
bool is_domain(const audit::PathCase& c, const dns::Name& name) {
  const auto& domains = c.inventory.domains;
  return std::any_of(domains.begin(), domains.end(), [&](const auto& one) { return one.name == name; });
}

audit::Args about_sender(const audit::PathCase& c, audit::Values values) {
  return {.values = std::move(values),
          .target = audit::Target{audit::TargetKind::sender, c.sender->name},
          .at = c.sender->helo_at};
}

/// What SPF makes of a HELO name and one of its addresses that is refused; empty where none is.
std::string refusal(audit::PathCase& c, const dns::Name& name, std::vector<IpAddress> addresses,
                    bool& is_soft) {
  mailauth::SpfIdentity who;
  who.local_part = "postmaster";  // RFC 7208 §2.4
  who.sender_domain = name;
  who.helo = name.text();
  const auto ranges = address_ranges(std::move(addresses));
  const auto found = mailauth::spf_groups(
      [&](const dns::Name& asked, dns::RrType type) { return spf_known(c.desk, asked, type); },
      std::move(who), name, ranges);
  std::string soft;
  for (const auto& group : found.groups) {
    const auto& outcome = group.outcome;
    if (!outcome.missing.empty()) return {};
    const auto words =
        fmt::format("{} ({}): {}", name.text(), group.ranges.front().to_string(), outcome.results.text());
    const bool is_error = outcome.results.is(SpfResult::permerror) || outcome.results.is(SpfResult::fail);
    if (is_error) return is_soft = false, words;
    if (outcome.results.is(SpfResult::softfail) && soft.empty()) soft = words;
  }
  return is_soft = true, soft;
}

}  // namespace

void judge_spf_helo_missing(audit::PathCase& c, audit::Findings& findings) {
  std::vector<dns::Name> names;
  for (const auto& [name, addresses] : helo_names(c)) {
    const auto text = spf_text(c.desk, name);
    if (text.state != State::none || is_domain(c, name)) continue;
    // A name that does not exist is helo-unresolvable.
    if (text.fact->outcome != dns::Outcome::nxdomain) names.push_back(name);
  }
  if (names.empty()) return;
  findings.add(about_sender(
      c, {{"sender", c.sender->name}, {"names", audit::list_of(names)}, {"count", names.size()}}));
}

void judge_spf_helo_fail(audit::PathCase& c, audit::Findings& findings) {
  std::vector<std::string> refused, soft;
  for (const auto& [name, addresses] : helo_names(c)) {
    const auto text = spf_text(c.desk, name);
    const bool has_record = text.is_good() || text.state == State::several || text.state == State::wrong;
    if (!has_record) continue;
    bool is_soft = false;
    auto words = refusal(c, name, addresses, is_soft);
    if (!words.empty()) (is_soft ? soft : refused).push_back(std::move(words));
  }
  const auto say = [&](const std::vector<std::string>& names, std::optional<Severity> severity) {
    auto args = about_sender(
        c, {{"sender", c.sender->name}, {"results", audit::list_of(names)}, {"count", names.size()}});
    args.severity = severity;
    findings.add(std::move(args));
  };
  if (!refused.empty()) return say(refused, std::nullopt);
  if (!soft.empty()) say(soft, Severity::warning);
}

void judge_spf_helo_lookup_failed(audit::PathCase& c, audit::Findings& findings) {
  for (const auto& [name, addresses] : helo_names(c)) {
    const auto text = spf_text(c.desk, name);
    if (text.state != State::unknown || is_domain(c, name)) continue;
    return say_unknown(findings, *text.fact, about_sender(c, {{"name", name}}));
  }
}

}  // namespace rdnsgate::rules
