// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <array>

#include "rules/leak/rules.h"
#include "rules/ptr/name_form.h"

namespace rdnsgate::rules {
namespace {

/// What networks call themselves inside, by habit: RFC 6762 appendix G has the most common ones. None is
/// delegated in the public root; those that a standard sets aside are ptr-special-use-name.
constexpr std::array<std::string_view, 8> internal_tlds{"corp", "home",        "intra", "intranet",
                                                        "lan",  "localdomain", "priv",  "private"};

NameFault internal_name_fault(const inventory::Inventory& inventory, const dns::Name& name) {
  if (name.label_count() < 2 || inventory.zone_of(name) != nullptr) return {};
  const auto suffix = name.labels().back();
  if (std::find(internal_tlds.begin(), internal_tlds.end(), suffix) == internal_tlds.end()) return {};
  return {"internal", {{"label", suffix}}};
}

}  // namespace

void judge_leak_internal_name_in_ptr(audit::AddressCase& c, audit::Findings& findings) {
  say_live(c, findings, &internal_name_fault);
}

void judge_declared_internal_name(const audit::DeclaredAddress& c, audit::Findings& findings) {
  // Of a HELO name, which the PTR name follows, helo-not-fqdn says it.
  if (c.address.ptr != c.address.helo) say_declared(c, findings, &internal_name_fault);
}

}  // namespace rdnsgate::rules
