// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <map>

#include "rules/helo/rules.h"
#include "rules/helo/subject.h"
#include "rules/helo/syntax.h"

namespace rdnsgate::rules {

/// Judged on what is declared: where the live PTR is another one, ptr-mismatch says so.
void judge_helo_ptr_mismatch(const audit::DeclaredSender& c, audit::Findings& findings) {
  struct Group {
    const inventory::Address* first = nullptr;
    std::vector<IpAddress> addresses;
    std::vector<dns::Name> names;
    bool is_avoidable = false;
  };
  std::map<dns::Name, Group> groups;
  for (const auto& address : c.addresses) {
    if (!is_host_name(address.helo) || address.ptr.is_root() || address.ptr == address.helo) continue;
    Group& group = groups[address.helo];
    // Of several HELO names of one address one at most is in its one PTR record.
    group.is_avoidable = group.is_avoidable || (!address.is_further && address.other_helos.empty());
    if (group.first == nullptr) group.first = &address;
    group.addresses.push_back(address.ip);
    if (group.names.empty() || group.names.back() != address.ptr) group.names.push_back(address.ptr);
  }
  for (const auto& [helo, group] : groups) {
    const audit::DeclaredAddress address{c.run, c.inventory, c.sender, *group.first};
    findings.add(
        about_helo(address, {.values = {{"helo", helo},
                                        {"names", audit::list_of(group.names)},
                                        {"addresses", audit::list_of(group.addresses)}},
                             .severity = group.is_avoidable ? std::nullopt : std::optional(Severity::info)}));
  }
}

}  // namespace rdnsgate::rules
