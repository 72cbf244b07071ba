// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/findings.h"
#include "audit/subject/address.h"
#include "audit/subject/sender.h"

namespace rdnsgate::rules {

/// Puts a judgement about the HELO name of this address where it belongs: on the sender, at its `helo`, where
/// it is the sender's own name; on the address where the entry has one of its own or a template made it.
audit::Args about_helo(const audit::DeclaredAddress& c, audit::Args args);

/// Calls `visit` once for every HELO name in use by the sender, with the first address that has it.
template <typename Visit>
void for_each_helo(const audit::DeclaredSender& c, const Visit& visit) {
  for (const auto& address : c.addresses) {
    if (address.first_with_helo && !address.helo.is_root()) {
      visit(audit::DeclaredAddress{c.run, c.inventory, c.sender, address});
    }
  }
}

}  // namespace rdnsgate::rules
