// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "base/result.h"
#include "dns/snapshot/snapshot.h"

namespace rdnsgate::run {

/// Reads a snapshot as a whole; an error names the file, the line and the cause.
Result<dns::Snapshot> load_snapshot(const std::string& path);

/// Writes one; when this fails there is no such file, or the one that was there before.
Result<void> save_snapshot(const std::string& path, const dns::SnapshotHead& head,
                           const dns::FactStore& facts);

}  // namespace rdnsgate::run
