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

std::string joined(const std::vector<std::string>& items) {
  constexpr std::size_t most = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, items.size()); ++i) text += (i == 0 ? "" : "; ") + items[i];
  if (items.size() > most) text += fmt::format("; and {} more", items.size() - most);
  return text;
}

std::vector<const dns::NameServer*> servers_of(const dns::Cut& cut) {
  std::vector<const dns::NameServer*> servers;
  for (const auto& server : cut.servers) servers.push_back(&server);
  std::stable_sort(servers.begin(), servers.end(),
                   [](const auto* a, const auto* b) { return a->name < b->name; });
  return servers;
}

void say(audit::Findings& findings, std::string expected, const std::vector<std::string>& observed) {
  if (observed.empty()) return;
  findings.add({.expected = std::move(expected), .observed = joined(observed)});
}

}  // namespace rdnsgate::rules
