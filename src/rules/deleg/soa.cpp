// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "dns/serial.h"
#include "rules/deleg/cut_words.h"
#include "rules/deleg/rules.h"
#include "rules/deleg/words.h"
#include "rules/denial.h"
#include "rules/listing.h"

namespace rdnsgate::rules {
namespace {

using dns::RrType;

std::optional<dns::Soa> soa_of(const dns::AddressReport& report) {
  if (!report.is_authoritative()) return std::nullopt;
  const auto soa = dns::soa_in(report.soa().reply.rrset->rdata.front());
  return soa ? std::optional(*soa) : std::nullopt;
}

std::optional<dns::Soa> soa_of(const audit::ZoneCase& c) {
  const auto* set = dns::is_positive(c.soa.outcome) ? c.soa.rrset() : nullptr;
  if (set == nullptr || set->rdata.empty() || set->owner != c.zone.name) return std::nullopt;
  const auto soa = dns::soa_in(set->rdata.front());
  return soa ? std::optional(*soa) : std::nullopt;
}

std::string without_serial(const dns::Soa& soa) {
  return fmt::format("{} {} {} {} {} {}", soa.mname.text(), soa.rname.text(), soa.refresh, soa.retry,
                     soa.expire, soa.minimum);
}

}  // namespace

void judge_deleg_no_zone(audit::ZoneCase& c, audit::Findings& findings) {
  const auto* set = dns::is_positive(c.soa.outcome) ? c.soa.rrset() : nullptr;
  if (set != nullptr && set->owner != c.zone.name) {
    return findings.add({.values = {{"alias_target", set->owner}}, .wording = "alias"});
  }
  if (!is_denied(c.soa)) return;
  const auto& holder = c.soa.soa->owner;
  if (holder == c.zone.name || !c.zone.name.is_within(holder)) return;
  findings.add({.values = {{"zone", holder}}});
}

void judge_deleg_soa_serial_differs(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr) return;
  std::optional<std::uint32_t> newest;
  bool differ = false;
  each_authority(c.delegation()->cut, [&](const dns::NameServer&, const dns::AddressReport& report) {
    const auto serial = *report.serial();
    differ = differ || (newest && *newest != serial);
    if (!newest || dns::is_newer_serial(serial, *newest)) newest = serial;
  });
  if (!differ) return;
  std::vector<std::string> behind, current;
  each_authority(c.delegation()->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
    const auto serial = *report.serial();
    (serial == *newest ? current : behind)
        .push_back(fmt::format(words::has_serial, who(server.name, report.address),
                               serial == *newest ? words::has : words::still_has, serial));
  });
  findings.add(
      {.values = {
           {"behind", audit::list_of(behind)}, {"current", audit::list_of(current)}, {"serial", *newest}}});
}

void judge_deleg_soa_differs(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr) return;
  // Another serial may well come with other times: only copies that call themselves the same are compared.
  std::map<std::uint32_t, std::map<std::string, std::vector<std::string>>> versions;
  each_authority(c.delegation()->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
    if (const auto soa = soa_of(report))
      versions[soa->serial][without_serial(*soa)].push_back(who(server.name, report.address));
  });
  std::vector<std::string> items;
  for (const auto& [serial, texts] : versions) {
    for (const auto& [text, said_by] : texts) {
      if (texts.size() > 1) items.push_back(fmt::format(words::at_servers, text, listed(said_by)));
    }
  }
  say(findings, "versions", items);
}

void judge_deleg_soa_timers(audit::ZoneCase& c, audit::Findings& findings) {
  const auto soa = soa_of(c);
  if (!soa) return;
  std::vector<std::string> items;
  bool broken = false;
  const auto check = [&](bool wrong, bool breaks, std::string text) {
    if (!wrong) return;
    items.push_back(std::move(text));
    broken = broken || breaks;
  };
  check(soa->refresh < 14400, false, fmt::format(words::refresh_short, soa->refresh));
  check(soa->retry < 3600, false, fmt::format(words::retry_short, soa->retry));
  check(soa->retry >= soa->refresh, true, fmt::format(words::retry_long, soa->retry, soa->refresh));
  check(soa->expire < 604800, false, fmt::format(words::expire_short, soa->expire));
  check(soa->expire <= soa->refresh, true, fmt::format(words::expire_useless, soa->expire, soa->refresh));
  check(soa->minimum < 300, false, fmt::format(words::minimum_short, soa->minimum));
  check(soa->minimum > 86400, false, fmt::format(words::minimum_long, soa->minimum));
  if (items.empty()) return;
  audit::Args args{.values = {{"faults", audit::list_of(items)},
                              {"refresh", seconds(soa->refresh)},
                              {"retry", seconds(soa->retry)},
                              {"expire", seconds(soa->expire)},
                              {"minimum", seconds(soa->minimum)}}};
  if (broken) args.severity = Severity::warning;
  findings.add(std::move(args));
}

void judge_deleg_soa_mname(audit::ZoneCase& c, audit::Findings& findings) {
  const auto soa = soa_of(c);
  if (!soa || c.delegation() == nullptr) return;
  if (soa->mname.is_root()) return findings.add({.values = {{"mname", soa->mname}}, .wording = "root"});
  for (const auto& server : c.delegation()->cut.servers) {
    if (server.name == soa->mname) return;  // other rules speak of name servers
  }
  const auto* a = c.ask(soa->mname, RrType::A);
  const auto* aaaa = c.ask(soa->mname, RrType::AAAA);
  if (a == nullptr || aaaa == nullptr || !is_denied(*a) || !is_denied(*aaaa)) return;
  findings.add({.values = {{"mname", soa->mname}}});
}

}  // namespace rdnsgate::rules
