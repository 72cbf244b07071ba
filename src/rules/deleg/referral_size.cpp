// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <set>

#include "rules/deleg/cut_words.h"
#include "rules/deleg/rules.h"

namespace rdnsgate::rules {
namespace {

constexpr std::size_t most = 512;  // RFC 1035 §4.2.1
constexpr std::size_t header = 12, fixed = 10, pointer = 2;

/// Octets that names take in one message, where a part that was there before is a pointer (RFC 1035 §4.1.4).
class NameSizes {
 public:
  std::size_t add(dns::Name name) {
    std::size_t size = 0;
    while (!name.is_root()) {
      if (!known_.insert(name).second) return size + pointer;
      size += 1 + name.first_label().size();
      name = name.parent();
    }
    return size + 1;
  }

 private:
  std::set<dns::Name> known_;
};

/// A referral to the zone, to who asks without EDNS for the zone itself: NS records, and the glue that has to
/// be there.
std::size_t referral_size(const dns::Cut& cut) {
  NameSizes names;
  std::size_t size = header + names.add(cut.zone) + 4;
  for (const auto* server : servers_of(cut)) {
    if (server->at_parent) size += pointer + fixed + names.add(server->name);
  }
  for (const auto* server : servers_of(cut)) {
    if (!server->at_parent || !server->name.is_within(cut.zone)) continue;
    for (const auto& address : server->glue) size += pointer + fixed + address.size();
  }
  return size;
}

}  // namespace

void judge_deleg_referral_too_large(audit::ZoneCase& c, audit::Findings& findings) {
  if (c.delegation() == nullptr) return;
  const auto size = referral_size(c.delegation()->cut);
  if (size > most) findings.add({.values = {{"limit", most}, {"size", size}}});
}

}  // namespace rdnsgate::rules
