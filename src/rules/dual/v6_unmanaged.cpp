// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/denial.h"
#include "rules/dual/rules.h"
#include "rules/dual/stack.h"

namespace rdnsgate::rules {

void judge_dual_v6_unmanaged(audit::SenderCase& c, audit::Findings& findings) {
  if (!is_dual_stack_host(c.addresses)) return;
  for (std::size_t i = 0; i < c.ptr.size(); ++i) {
    const auto& address = c.addresses[i];
    if (address.ip.is_v4() || !is_denied(*c.ptr[i]) || address.ptr.is_root()) continue;
    const auto* forward = c.ask(address.ptr, dns::RrType::AAAA);
    if (forward == nullptr || !is_denied(*forward)) continue;
    findings.add({.values = {{"name", address.ptr}},
                  .target = audit::Target{audit::TargetKind::address, address.ip.to_string()},
                  .at = address.at});
  }
}

}  // namespace rdnsgate::rules
