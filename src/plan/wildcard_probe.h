// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "dns/name.h"

namespace rdnsgate::plan {

/// The names that nobody has and that are asked for what a wildcard gives (RFC 4592); an error where such a
/// name would be too long for one. They are the same in every snapshot.
inline Result<dns::Name> probe_under(const dns::Name& above) {
  static const auto label = dns::Name::parse("rdnsgate-wildcard-probe").value();
  return label.under(above);
}

/// Beside the name: shows what a wildcard gives there.
inline Result<dns::Name> probe_beside(const dns::Name& name) { return probe_under(name.parent()); }

/// Below the name's asterisk: shows the same as the one beside where the name has nothing of its own, as no
/// wildcard reaches past a name that exists (§3.3.1). Not below the name itself, which may have a wildcard of
/// its own, and that gives nothing below its asterisk (§2.1.3).
inline Result<dns::Name> probe_below(const dns::Name& name) {
  static const auto asterisk = dns::Name::parse("*").value();
  const auto above = asterisk.under(name);
  return above ? probe_under(*above) : above;
}

}  // namespace rdnsgate::plan
