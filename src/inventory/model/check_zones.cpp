// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <unordered_set>
#include <vector>

#include "base/text/text.h"
#include "inventory/model/checks.h"
#include "inventory/problem_codes.h"

namespace rdnsgate::inventory {
namespace {

/// Answers for runs of names that mostly fall into one zone.
class ZoneFinder {
 public:
  explicit ZoneFinder(const Inventory& inventory) : inventory_(inventory) {
    for (const auto& zone : inventory.zones) {
      texts_.push_back(zone.name.text());
      constexpr std::size_t labels_of_24 = 5;  // 2.0.192.in-addr.arpa
      Name above = zone.name;
      while (above.label_count() > labels_of_24) above = above.parent();
      if (above != zone.name) below_24_.insert(above.wire());
    }
    for (const auto& text : texts_) names_.push_back(text);
  }

  bool holds(const Name& name) {
    if (last_ != nullptr && name.is_within(last_->name)) return true;
    last_ = inventory_.zone_of(name);
    return last_ != nullptr;
  }

  /// A zone beside the reverse name's own branch that may hold it by RFC 2317: `0/26.2.0.192.in-addr.arpa`,
  /// or any other zone directly under the /24, since the CNAMEs there may use any name.
  bool holds_classless(const Name& reverse) { return below_24_.contains(reverse.parent().wire()); }

  std::string nearest(const Name& name) const {
    std::string text = name.text();
    for (std::size_t dot = text.find('.'); dot != std::string::npos; dot = text.find('.')) {
      text.erase(0, dot + 1);
      const auto found = closest(text, names_);
      if (!found.empty()) return std::string(found);
    }
    return {};
  }

 private:
  const Inventory& inventory_;
  const Zone* last_ = nullptr;
  std::unordered_set<std::string> below_24_;  // names of five labels that zones are below
  std::vector<std::string> texts_;
  std::vector<std::string_view> names_;
};

class ZoneCheck {
 public:
  ZoneCheck(const Inventory& inventory, yaml::Problems& problems)
      : inventory_(inventory), problems_(problems), forward_(inventory), reverse_(inventory) {}

  void run() {
    const Name in_addr = Name::parse("in-addr.arpa").value(), ip6 = Name::parse("ip6.arpa").value();
    for (const auto& zone : inventory_.zones) {
      (zone.name.is_within(in_addr) ? check_v4_
       : zone.name.is_within(ip6)   ? check_v6_
                                    : check_forward_) = true;
    }
    for (const auto& address : inventory_.addresses) {
      if (problems_.full()) return;
      const Sender& sender = inventory_.sender_of(address);
      check_reverse(address);
      // A PTR that follows from the HELO name has no place of its own.
      const Span helo_at = sender.helo_text.empty() ? address.at : sender.helo_at;
      if (address.ptr != address.helo) check_forward(address.ptr, address.ptr_at, "PTR");
      check_forward(address.helo,
                    address.ptr == address.helo && address.ptr_at != address.at ? address.ptr_at : helo_at,
                    "HELO");
    }
    for (const auto& further : inventory_.further_addresses) {
      if (!problems_.full()) check_forward(further.helo, further.at, "HELO");
    }
  }

 private:
  void check_reverse(const Address& address) {
    if (!(address.ip.is_v4() ? check_v4_ : check_v6_)) return;
    const Name owner = dns::reverse_name(address.ip);
    if (reverse_.holds(owner) || (address.ip.is_v4() && reverse_.holds_classless(owner))) return;
    if (!told_.insert(address.at).second) return;  // a range is told once
    problems_.add(
        code::reference, address.at,
        fmt::format("no declared zone holds the PTR record of {} ({})", address.ip.to_string(), owner.text()),
        fmt::format("add the zone to \"zones\", for instance {}", owner.parent().text()));
  }

  void check_forward(const Name& name, Span at, std::string_view what) {
    // A name of one label is not a matter of zones: a rule says what is wrong with it.
    if (!check_forward_ || name.is_root() || forward_.holds(name) || name.parent().is_root()) return;
    if (!told_.insert(at).second) return;
    const std::string nearest = forward_.nearest(name);
    problems_.add(
        code::reference, at, fmt::format("no declared zone holds the {} name {}", what, name.text()),
        nearest.empty() ? std::string("add its zone to \"zones\"")
                        : fmt::format("is it meant to be in {}? if not, add its zone to \"zones\"", nearest));
  }

  const Inventory& inventory_;
  yaml::Problems& problems_;
  ZoneFinder forward_, reverse_;
  std::set<Span> told_;
  // Each branch of the DNS is checked once a zone of it is declared: a team may hold its IPv4 reverse zones
  // and leave the rest to somebody else.
  bool check_v4_ = false, check_v6_ = false, check_forward_ = false;
};

}  // namespace

void check_zones(const Inventory& inventory, yaml::Problems& problems) {
  if (!inventory.zones.empty()) ZoneCheck(inventory, problems).run();
}

}  // namespace rdnsgate::inventory
