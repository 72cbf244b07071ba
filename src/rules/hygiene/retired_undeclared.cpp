// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>

#include "rules/hygiene/rules.h"

namespace rdnsgate::rules {
namespace {

using inventory::Address;
using inventory::Inventory;

class Succession {
 public:
  Succession(const audit::SuccessionCase& c, audit::Findings& findings) : c_(c), findings_(findings) {
    for (const auto& retired : c.inventory.retired_addresses) retired_.insert(retired.ip);
    for (const auto& retired : c.inventory.retired_names) known_.insert(retired.name.wire());
    for (const auto& address : c.inventory.addresses) {
      inventory::for_each_name(address, [&](const dns::Name& name) { known_.insert(name.wire()); });
    }
  }

  /// One finding for each entry of the earlier inventory, however many addresses it stood for.
  void addresses() {
    const auto& all = c_.earlier.addresses;
    for (auto begin = all.begin(); begin != all.end();) {
      const auto end =
          std::find_if(begin, all.end(), [&](const auto& other) { return other.at != begin->at; });
      entry(std::span(begin, end));
      begin = end;
    }
  }

  /// Names of addresses that stay. Those of an address that went are found by its own PTR record.
  void names() {
    for (const auto& was : c_.earlier.addresses) {
      const Address* const now = c_.inventory.find(was.ip);
      if (now == nullptr) continue;
      name(was, was.ptr, "PTR", *now);
      name(was, was.helo, "HELO", *now);
      for (const auto& other : was.other_helos) name(was, other, "HELO", *now);
    }
  }

 private:
  bool is_gone(const Address& was) const {
    return c_.inventory.find(was.ip) == nullptr && !retired_.contains(was.ip);
  }

  /// A sender that is still there is where the change was made.
  Span place_of(std::string_view sender) const {
    const auto& senders = c_.inventory.senders;
    const auto still =
        std::find_if(senders.begin(), senders.end(), [&](const auto& one) { return one.name == sender; });
    return still == senders.end() ? c_.inventory.top : still->at;
  }

  void entry(std::span<const Address> addresses) {
    const auto gone = [&](const Address& was) { return is_gone(was); };
    const auto first = std::find_if(addresses.begin(), addresses.end(), gone);
    if (first == addresses.end()) return;
    const auto count = std::count_if(first, addresses.end(), gone);
    const auto& sender = c_.earlier.sender_of(*first).name;
    const auto text = first->ip.to_string();
    audit::Args args{.values = {{"sender", sender}},
                     .target = audit::Target{audit::TargetKind::address, text},
                     .at = place_of(sender)};
    if (count > 1) args.values.emplace_back("more", static_cast<std::size_t>(count - 1));
    findings_.add(std::move(args));
  }

  void name(const Address& was, const dns::Name& name, std::string_view role, const Address& now) {
    if (name.is_root() || !known_.insert(name.wire()).second) return;
    findings_.add({.values = {{"name", name}, {"role", role}},
                   .wording = "name",
                   .target = audit::Target{audit::TargetKind::address, was.ip.to_string()},
                   .at = now.at});
  }

  const audit::SuccessionCase& c_;
  audit::Findings& findings_;
  std::set<IpAddress> retired_;
  std::unordered_set<std::string> known_;  // names, by wire format: declared, retired, or said already
};

}  // namespace

void judge_hygiene_retired_undeclared(const audit::SuccessionCase& c, audit::Findings& findings) {
  Succession succession(c, findings);
  succession.addresses();
  succession.names();
}

}  // namespace rdnsgate::rules
