// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/subject/relay.h"

#include <tuple>

namespace rdnsgate::audit {

void RelayKind::mark(Change& change) {
  const auto declared = [](const inventory::Relay& it) {
    return std::tie(it.name, it.spf, it.helo_pattern, it.addresses, it.dkim, it.retired_dkim, it.mail_from,
                    it.dkim_domain);
  };
  const auto same = [&](const auto& a, const auto& b) { return declared(a) == declared(b); };
  mark_changed<RelayKind>(change, same, [](const inventory::Relay&) {});
}

}  // namespace rdnsgate::audit
