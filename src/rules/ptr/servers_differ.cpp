// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/servers_differ.h"
#include "rules/ptr/rules.h"

namespace rdnsgate::rules {

void judge_ptr_servers_differ(audit::AddressCase& c, audit::Findings& findings) {
  const auto dispute = dispute_about(c, c.ptr);
  if (!dispute) return;
  findings.add({.expected = c.address.ptr.is_root() ? "" : c.address.ptr.text(),
                .observed = dispute->observed,
                .detail = dispute->why,
                .clears_at = dispute->clears_at});
}

}  // namespace rdnsgate::rules
