// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "dns/name.h"

namespace rdnsgate::draft {

/// The terms of an SPF record (RFC 7208 §4.6.1) that let somebody through, sorted by what has to be asked for
/// them.
struct SpfTerms {
  std::vector<Prefix> addresses;    ///< ip4 and ip6
  std::vector<dns::Name> a, mx;     ///< names to look up
  std::vector<std::string> others;  ///< domains of include and redirect
  std::string all;                  ///< fail, softfail, neutral or pass; empty without
  std::vector<std::string> unused;  ///< terms that nothing here makes use of, as they stand; foreign text
};

/// nullopt for a text that is no SPF record. `domain` is whose record it is: what `a` and `mx` mean without a
/// name.
std::optional<SpfTerms> read_spf(std::string_view text, const dns::Name& domain);

}  // namespace rdnsgate::draft
