// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/servers_differ.h"
#include "rules/ptr/rules.h"

namespace rdnsgate::rules {

void judge_ptr_servers_differ(audit::AddressCase& c, audit::Findings& findings) {
  auto dispute = dispute_about(c, c.ptr);
  if (!dispute) return;
  auto args = args_of(std::move(*dispute));
  if (!c.address.ptr.is_root()) args.values.emplace_back("ptr", c.address.ptr);
  findings.add(std::move(args));
}

}  // namespace rdnsgate::rules
