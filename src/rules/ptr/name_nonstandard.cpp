// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/helo/subject.h"
#include "rules/ptr/name_form.h"
#include "rules/ptr/name_standard.h"
#include "rules/ptr/rules.h"

namespace rdnsgate::rules {
namespace {

using dns::Name;
using inventory::Inventory;

/// A relative or numeric name meets no pattern either, and a rule has said what it is.
bool is_worth_a_word(const Inventory& inventory, const Name& name) {
  return in_arpa_fault(inventory, name).empty() && not_fqdn_fault(inventory, name).empty() &&
         numeric_tld_fault(inventory, name).empty();
}

/// The patterns that the name should have met.
NameFault standard_fault(const Inventory& inventory, const Name& name) {
  const auto& names = inventory.standards.names;
  if (meets_standard(inventory.standards, name.text()) || !is_worth_a_word(inventory, name)) return {};
  NameFault fault{"nonstandard", {{"pattern", names[0].regex}}};
  if (names.size() > 1) fault.values.emplace_back("more_patterns", names.size() - 1);
  return fault;
}

}  // namespace

void judge_declared_name_nonstandard(const audit::DeclaredAddress& c, audit::Findings& findings) {
  if (c.inventory.standards.names.empty()) return;
  if (!c.address.is_further) say_declared(c, findings, &standard_fault);
  const Name& helo = c.address.helo;
  if (!c.address.first_with_helo || helo == c.address.ptr) return;
  if (auto fault = standard_fault(c.inventory, helo); !fault.empty()) {
    auto args = with_fault(std::move(fault), {.values = {{"names", audit::list_of(std::vector{helo})}}});
    args.wording = "helo";
    findings.add(about_helo(c, std::move(args)));
  }
}

void judge_ptr_name_nonstandard(audit::AddressCase& c, audit::Findings& findings) {
  if (!c.inventory.standards.names.empty() && !c.address.is_further) say_live(c, findings, &standard_fault);
}

}  // namespace rdnsgate::rules
