// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/deleg/cut_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace rdnsgate::rules {

std::vector<dns::Complaint> complaints_of(const audit::ZoneCase& c,
                                          std::initializer_list<dns::Fault> faults) {
  std::vector<dns::Complaint> found;
  if (c.delegation() == nullptr) return found;
  for (auto& complaint : dns::judge(c.delegation()->cut, c.delegation()->surroundings).complaints) {
    if (std::find(faults.begin(), faults.end(), complaint.fault) != faults.end())
      found.push_back(std::move(complaint));
  }
  std::stable_sort(found.begin(), found.end(), [](const dns::Complaint& a, const dns::Complaint& b) {
    return std::tie(a.server, a.address) < std::tie(b.server, b.address);
  });
  return found;
}

std::string who(const dns::Name& server, const IpAddress& address) {
  return fmt::format("{} ({})", server.text(), address.to_string());
}

std::string who(const dns::Complaint& complaint) {
  if (!complaint.server) return {};
  return complaint.address ? who(*complaint.server, *complaint.address) : complaint.server->text();
}

std::string explained(const dns::Complaint& complaint) {
  return fmt::format("{}: {}", who(complaint), complaint.detail);
}

audit::Values Faults::values() const {
  return {{"faults", audit::list_of(texts_)}, {"servers", audit::list_of(servers_)}};
}

std::vector<const dns::NameServer*> servers_of(const dns::Cut& cut) {
  std::vector<const dns::NameServer*> servers;
  for (const auto& server : cut.servers) servers.push_back(&server);
  std::stable_sort(servers.begin(), servers.end(),
                   [](const auto* a, const auto* b) { return a->name < b->name; });
  return servers;
}

void say(audit::Findings& findings, std::string_view name, const std::vector<std::string>& items) {
  if (!items.empty()) findings.add({.values = {{name, audit::list_of(items)}}});
}

void say(audit::Findings& findings, const Faults& faults) {
  if (!faults.empty()) findings.add({.values = faults.values()});
}

void say_open(audit::Findings& findings, const dns::Fact& fact, const std::vector<std::string>& items) {
  if (items.empty()) return;
  findings.inconclusive(fact, {.values = {{"failure", audit::words_of(audit::list_of(items), ";")}}});
}

}  // namespace rdnsgate::rules
