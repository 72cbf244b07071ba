// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/ptr/set.h"

#include <algorithm>

#include "rules/ptr/rules.h"

namespace rdnsgate::rules {
namespace {

using audit::AddressCase;

bool is_too_many(const AddressCase& c) { return c.targets.size() > AddressCase::max_targets; }

}  // namespace

std::string declared_text(const AddressCase& c) {
  return c.address.ptr.is_root() ? "" : c.address.ptr.text();
}

bool holds_declared(const AddressCase& c) {
  return std::binary_search(c.targets.begin(), c.targets.end(), c.address.ptr);
}

bool is_mismatch(const AddressCase& c) {
  return !c.address.ptr.is_root() && !c.targets.empty() && !holds_declared(c);
}

void judge_ptr_mismatch(AddressCase& c, audit::Findings& findings) {
  if (!is_mismatch(c)) return;
  findings.add(
      {.values = {{"ptr", declared_text(c)}, {"names", audit::list_of(c.targets)}}, .at = c.address.ptr_at});
}

void judge_ptr_extra(AddressCase& c, audit::Findings& findings) {
  if (c.targets.size() < 2 || is_too_many(c) || !holds_declared(c)) return;
  std::vector<dns::Name> others = c.targets;
  std::erase(others, c.address.ptr);
  findings.add({.values = {{"ptr", declared_text(c)}, {"names", audit::list_of(others)}}});
}

void judge_ptr_multiple(AddressCase& c, audit::Findings& findings) {
  if (c.targets.size() < 2 || is_too_many(c) || holds_declared(c)) return;
  findings.add(
      {.values = {
           {"ptr", declared_text(c)}, {"names", audit::list_of(c.targets)}, {"count", c.targets.size()}}});
}

void judge_ptr_too_many(AddressCase& c, audit::Findings& findings) {
  if (!is_too_many(c)) return;
  findings.add({.values = {{"ptr", declared_text(c)},
                           {"names", audit::list_of(c.targets)},
                           {"count", c.targets.size()}},
                .severity = holds_declared(c) ? std::optional(Severity::error) : std::nullopt});
}

}  // namespace rdnsgate::rules
