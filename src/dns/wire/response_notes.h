// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "dns/rrset.h"

namespace rdnsgate::dns {

/// What a response says to its client alone; a fact does not keep it.
struct ResponseNotes {
  bool edns = false;  ///< it has an OPT record
  /// Of the first COOKIE option (RFC 7873 §4); a view into the message.
  std::optional<std::string_view> cookie;
  bool referral = false;  ///< "ask there": what a server without recursion says of a name below a zone cut
  std::vector<RRset> aliases;  ///< of a referral: the CNAMEs that lead to the name, as Fact::answer
};

}  // namespace rdnsgate::dns
