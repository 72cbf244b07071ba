// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "base/duration.h"
#include "base/result.h"
#include "dns/delegation/delegation.h"
#include "dns/zone/root_hints.h"
#include "resolve/walk/walk_options.h"

namespace rdnsgate::resolve {

/// Walks from the root to the answer, without recursion by anybody else: at each zone cut both sides of the
/// delegation, and every address of every server over UDP and TCP. Blocks until it is done. A name server
/// that does not answer is part of the result; an error is only what keeps the walk from beginning.
Result<dns::Trace> walk(const std::vector<dns::RootServer>& root, const dns::Name& name, dns::RrType type,
                        const WalkOptions& options);

}  // namespace rdnsgate::resolve
