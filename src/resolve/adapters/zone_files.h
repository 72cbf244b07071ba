// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <span>

#include "base/result.h"
#include "resolve/adapters/adapter.h"
#include "resolve/adapters/zone_set.h"

namespace rdnsgate::resolve {

/// Answers from zones that were read, without a single packet. What they do not hold is `unanswered`: they
/// say nothing about the rest of the world. Fails where two of them are the same zone.
Result<std::unique_ptr<Adapter>> make_zone_files(std::span<const ZoneSource> zones,
                                                 const PanelOptions& options, Deliver deliver);

}  // namespace rdnsgate::resolve
