// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "dns/name.h"

namespace rdnsgate::dns {

/// A root server of a hints file.
struct RootServer {
  Name name;
  std::vector<IpAddress> addresses;
};

/// Reads root hints in the form of a zone file without an SOA (such as /usr/share/dns/root.hints): NS records
/// of the root, A and AAAA records of their names. Fails with the line that cannot be read, or where no
/// address is left.
Result<std::vector<RootServer>> read_root_hints(std::string_view text);

}  // namespace rdnsgate::dns
