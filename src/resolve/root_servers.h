// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dns/delegation/trust_anchors.h"
#include "dns/zone/root_hints.h"

namespace rdnsgate::resolve {

/// Where the package dns-root-data puts the root hints.
inline constexpr std::string_view system_root_hints = "/usr/share/dns/root.hints";

/// Reads a root hints file; an error names it.
Result<std::vector<dns::RootServer>> load_root_servers(const std::string& path);

/// Reads a file of trust anchors; none where `path` is empty. An error names it.
Result<dns::TrustAnchors> load_trust_anchors(const std::string& path);

}  // namespace rdnsgate::resolve
