// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/ptr/name_form.h"

#include <idn2.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "base/ascii.h"
#include "rules/helo/syntax.h"

namespace rdnsgate::rules {
namespace {

using dns::Name;
using inventory::Inventory;

/// Top-level domains that the public DNS never has: RFC 6761 §6 (invalid, localhost, test, example), RFC 6762
/// (local), RFC 7686 (onion), and what ICANN keeps for private use (internal).
constexpr std::array<std::string_view, 7> special_tlds{"example",   "internal", "invalid", "local",
                                                       "localhost", "onion",    "test"};

const Name& home_arpa() {
  static const Name name = Name::parse("home.arpa").value();
  return name;
}

bool is_numeric(std::string_view label) { return std::all_of(label.begin(), label.end(), is_digit); }

bool is_ascii(std::string_view label) {
  return std::all_of(label.begin(), label.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// A name of several labels outside arpa: where it is not, another rule has said the root of the matter.
bool is_qualified(const Name& name) {
  const auto labels = name.labels();
  return labels.size() > 1 && (labels.back() != "arpa" || name.is_within(home_arpa()));
}

bool is_a_label(std::string_view label) {
  std::uint8_t* made = nullptr;
  const std::string text(label);
  // Given the A-label alone, libidn2 decodes it, tests it by RFC 5891 §4 and encodes it again.
  const int code = idn2_register_u8(nullptr, reinterpret_cast<const std::uint8_t*>(text.c_str()), &made, 0);
  const std::unique_ptr<std::uint8_t, decltype(&idn2_free)> owned(made, &idn2_free);
  return code == IDN2_OK;
}

NameFault idn_label_fault(std::string_view label) {
  if (!is_ascii(label)) return {"no-ascii"};
  if (label.size() < 4 || label[2] != '-' || label[3] != '-') return {};
  if (!label.starts_with("xn--")) {
    return {"reserved-hyphens", {{"label", label}}};
  }
  return is_a_label(label) ? NameFault{} : NameFault{"no-idn", {{"label", label}}};
}

}  // namespace

NameFault in_arpa_fault(const Inventory&, const Name& name) {
  const auto labels = name.labels();
  if (labels.empty() || labels.back() != "arpa" || name.is_within(home_arpa())) return {};
  const bool reverse =
      labels.size() > 2 && (labels[labels.size() - 2] == "in-addr" || labels[labels.size() - 2] == "ip6");
  return {reverse ? "reverse-zone" : "arpa"};
}

NameFault not_fqdn_fault(const Inventory&, const Name& name) {
  if (name.is_root()) return {"root"};
  return name.label_count() == 1 && name.first_label() != "arpa" ? NameFault{"single-label"} : NameFault{};
}

NameFault numeric_tld_fault(const Inventory&, const Name& name) {
  if (!is_qualified(name) || !is_numeric(name.labels().back())) return {};
  if (IpAddress::read(name.text())) return {"address"};
  return {"number", {{"label", name.labels().back()}}};
}

NameFault hostname_fault(const Inventory& inventory, const Name& name) {
  if (!is_qualified(name) || !idn_fault(inventory, name).empty()) return {};
  return syntax_fault(name);
}

NameFault idn_fault(const Inventory&, const Name& name) {
  if (!is_qualified(name)) return {};
  for (const auto label : name.labels()) {
    if (auto fault = idn_label_fault(label); !fault.empty()) return fault;
  }
  return {};
}

NameFault special_use_fault(const Inventory& inventory, const Name& name) {
  if (!is_qualified(name) || inventory.zone_of(name) != nullptr) return {};
  const bool home = name.is_within(home_arpa());
  const std::string_view suffix = home ? "home.arpa" : name.labels().back();
  if (!home && std::find(special_tlds.begin(), special_tlds.end(), suffix) == special_tlds.end()) return {};
  return {"special-use", {{"label", suffix}}};
}

void say_declared(const audit::DeclaredAddress& c, audit::Findings& findings, FaultOf fault) {
  const audit::Address& address = c.address;
  if (address.ptr.is_root()) return;  // nothing is declared
  auto found = fault(c.inventory, address.ptr);
  if (found.empty()) return;
  if (&address != &c.inventory.addresses[c.sender.first_address]) {
    const audit::Address& before = *(&address - 1);  // a sender's addresses stand side by side
    const bool said =
        before.ptr == address.ptr || (before.at == address.at && !fault(c.inventory, before.ptr).empty());
    if (said) return;
  }
  findings.add(with_fault(std::move(found), {.values = {{"names", audit::list_of(std::vector{address.ptr})}},
                                             .at = address.ptr_at}));
}

void say_live(const audit::AddressCase& c, audit::Findings& findings, FaultOf fault) {
  std::vector<Name> names;
  NameFault first;
  for (const auto& name : c.targets) {
    if (name == c.address.ptr) continue;
    auto found = fault(c.inventory, name);
    if (found.empty()) continue;
    if (names.empty()) first = std::move(found);
    names.push_back(name);
  }
  if (names.empty()) return;
  findings.add(
      with_fault(std::move(first), {.values = {{"ptr", c.address.ptr}, {"names", audit::list_of(names)}}}));
}

}  // namespace rdnsgate::rules
