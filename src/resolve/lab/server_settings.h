// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/ip.h"
#include "dns/name.h"

namespace rdnsgate::resolve {

/// A zone that a name server holds, and the file with its records.
struct ServedZone {
  dns::Name name;
  std::string file;
};

// Files of settings, for servers in the foreground that keep all they have in `folder`, with no user to change to and nobody
// who controls them.

std::string nsd_settings(const std::filesystem::path& folder, const std::vector<IpAddress>& addresses,
                         const std::vector<ServedZone>& zones);
std::string knot_settings(const std::filesystem::path& folder, const std::vector<IpAddress>& addresses,
                          const std::vector<ServedZone>& zones);
std::string unbound_settings(const std::filesystem::path& folder, const IpAddress& address,
                             const std::string& root_hints, const std::string& trust_anchor);

}  // namespace rdnsgate::resolve
