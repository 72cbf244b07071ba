// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "resolve/adapters/adapter.h"
#include "resolve/net/loop.h"

namespace rdnsgate::resolve {

/// Files of a `recursive` vantage; an empty path means the system's (Debian: dns-root-data).
struct RootFiles {
  std::string hints;
  std::string trust_anchor;
};

/// Walks from the root and validates, through libunbound. Hints given by the user are a private root: its
/// servers may be on this machine.
Result<std::unique_ptr<Adapter>> make_recursive(Loop& loop, const RootFiles& files,
                                                const PanelOptions& options, Deliver deliver);

/// Of the libunbound that is in use, such as `1.17.1`.
std::string unbound_version();

}  // namespace rdnsgate::resolve
