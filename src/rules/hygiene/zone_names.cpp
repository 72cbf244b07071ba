// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/ip.h"
#include "inventory/model/classless.h"
#include "rules/hygiene/rules.h"

namespace rdnsgate::rules {
namespace {

using dns::Name;

struct Misnomer {
  std::string right;
  std::string_view why;    ///< the wording
  std::string_view end{};  ///< that the name has
};

const Name& in_addr() {
  static const auto name = Name::parse("in-addr.arpa").value();
  return name;
}
const Name& ip6() {
  static const auto name = Name::parse("ip6.arpa").value();
  return name;
}

std::vector<std::string_view> labels_of(const Name& name) {
  std::vector<std::string_view> labels;
  for (const auto label : name.labels()) labels.push_back(label);
  return labels;
}

/// The reverse zone of a block: of the whole octets or nibbles in it.
std::string reverse_zone(const Prefix& block) {
  auto name = dns::reverse_name(block.network());
  const unsigned unit = block.network().is_v4() ? 8 : 4;
  for (unsigned left = block.network().bits(); left >= block.length() + unit; left -= unit)
    name = name.parent();
  return name.text();
}

/// The labels in front of the last ones, which are those of a reverse name: octets, or nibbles.
bool are_numbers(const std::vector<std::string_view>& labels, std::size_t count) {
  return count > 0 &&
         std::all_of(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(count), [](auto label) {
           return label.find_first_not_of("0123456789abcdef") == std::string_view::npos && label.size() <= 3;
         });
}

std::string with_end(const std::vector<std::string_view>& labels, std::size_t count, const Name& end) {
  return fmt::format("{}.{}",
                     fmt::join(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(count), "."),
                     end.text());
}

/// The network itself in place of its reverse zone: `192.0.2.0/24`, `192.0.2`.
std::optional<Misnomer> as_network(const Name& zone) {
  const auto text = zone.text();
  if (const auto block = Prefix::parse(text); block && text.find('/') != std::string::npos)
    return Misnomer{reverse_zone(*block), "network"};
  const auto labels = labels_of(zone);
  const bool octets = labels.size() <= 4 && std::all_of(labels.begin(), labels.end(), [](auto label) {
                        return inventory::octet_of(label).has_value();
                      });
  if (!octets) return std::nullopt;
  std::string padded = text;
  for (auto i = labels.size(); i < 4; ++i) padded += ".0";
  const auto ip = IpAddress::read(padded);
  if (!ip) return std::nullopt;
  const auto length = static_cast<unsigned>(8 * std::min<std::size_t>(3, labels.size()));
  auto name = dns::reverse_name(*ip);
  for (unsigned left = 32; left > length; left -= 8) name = name.parent();
  return Misnomer{name.text(), "network"};
}

/// A reverse name with an end that the DNS does not have, or has no more (RFC 4159).
std::optional<Misnomer> with_wrong_end(const Name& zone) {
  if (zone.is_within(in_addr()) || zone.is_within(ip6())) return std::nullopt;
  const auto labels = labels_of(zone);
  struct End {
    std::string_view text;
    bool is_v4;
  };
  constexpr End ends[] = {
      {"in-addr.arp", true},       {"in-addr.apra", true}, {"in-addr.arap", true}, {"in-addr.apa", true},
      {"in-addr.arpa.arpa", true}, {"in-addr", true},      {"in-adr.arpa", true},  {"inaddr.arpa", true},
      {"in-addr-arpa", true},      {"in.addr.arpa", true}, {"in_addr.arpa", true}, {"arpa", true},
      {"ip6.int", false},          {"ip6.arp", false},     {"ip6.apra", false},    {"ip6.arap", false},
      {"ip6.apa", false},          {"ip6", false},         {"ipv6.arpa", false},   {"ip6-arpa", false},
  };
  for (const auto& [text, is_v4] : ends) {
    const auto count = static_cast<std::size_t>(std::count(text.begin(), text.end(), '.')) + 1;
    if (labels.size() <= count || !zone.text().ends_with("." + std::string(text))) continue;
    if (!are_numbers(labels, labels.size() - count)) continue;
    return Misnomer{with_end(labels, labels.size() - count, is_v4 ? in_addr() : ip6()), "end", text};
  }
  return std::nullopt;
}

/// The names that have records in the reverse zones.
class Reverse {
 public:
  explicit Reverse(const inventory::Inventory& inventory) : inventory_(inventory) {
    for (const auto& one : inventory.retired_addresses) retired_.push_back(one.ip);
    std::sort(retired_.begin(), retired_.end());
    if (inventory.classless_index.empty()) return;
    for (const auto& address : inventory.addresses) {
      if (!address.ip.is_v4()) continue;
      if (const auto* zone = inventory::classless_zone_of(inventory, dns::reverse_name(address.ip)))
        classless_.insert(zone);
    }
  }

  bool is_above(const Name& zone) const {
    const auto block = dns::block_of_reverse(zone);
    if (!block) return is_classless(zone);
    if (inventory_.first_in(*block) != nullptr) return true;
    const auto retired = std::lower_bound(retired_.begin(), retired_.end(), block->network());
    return retired != retired_.end() && block->contains(*retired);
  }

 private:
  bool is_classless(const Name& zone) const {
    const auto found = inventory_.zone_index.find(zone.wire());
    return found != inventory_.zone_index.end() && classless_.contains(&inventory_.zones[found->second]);
  }

  const inventory::Inventory& inventory_;
  std::vector<IpAddress> retired_;
  std::unordered_set<const inventory::Zone*> classless_;  ///< those with addresses in their blocks
};

/// Labels that were not turned round: with them the other way there are addresses in it.
std::optional<Misnomer> not_turned(const Name& zone, const Reverse& reverse) {
  const bool is_v4 = zone.is_within(in_addr());
  if ((!is_v4 && !zone.is_within(ip6())) || reverse.is_above(zone)) return std::nullopt;
  auto labels = labels_of(zone);
  labels.resize(labels.size() - 2);
  if (labels.size() < 2) return std::nullopt;
  std::reverse(labels.begin(), labels.end());
  const auto turned = Name::parse(with_end(labels, labels.size(), is_v4 ? in_addr() : ip6()));
  if (!turned || !reverse.is_above(*turned)) return std::nullopt;
  return Misnomer{turned->text(), is_v4 ? "octets" : "digits"};
}

std::optional<Misnomer> misnomer_of(const Name& zone, const Reverse& reverse) {
  if (auto found = as_network(zone)) return found;
  if (auto found = with_wrong_end(zone)) return found;
  return not_turned(zone, reverse);
}

}  // namespace

void judge_hygiene_zone_misnamed(const audit::InventoryCase& c, audit::Findings& findings) {
  const Reverse reverse(c.inventory);
  for (const auto& zone : c.inventory.zones) {
    const auto found = misnomer_of(zone.name, reverse);
    if (!found) continue;
    findings.add({.values = {{"right", found->right}, {"end", found->end}},
                  .wording = found->why,
                  .target = audit::Target{audit::TargetKind::zone, zone.name.text()},
                  .at = zone.at});
  }
}

void judge_hygiene_zone_without_address(const audit::InventoryCase& c, audit::Findings& findings) {
  const Reverse reverse(c.inventory);
  for (const auto& zone : c.inventory.zones) {
    const bool is_reverse = zone.name.is_within(in_addr()) || zone.name.is_within(ip6());
    if (!is_reverse || reverse.is_above(zone.name) || misnomer_of(zone.name, reverse)) continue;
    findings.add({.target = audit::Target{audit::TargetKind::zone, zone.name.text()}, .at = zone.at});
  }
}

}  // namespace rdnsgate::rules
