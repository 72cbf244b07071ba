// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "base/text/diagnostic.h"
#include "draft/estate.h"

namespace rdnsgate::draft {

/// Adds the hosts of a CSV text (RFC 4180, with a header line; fields divided by commas, semicolons or tabs,
/// whichever the header has). Of its columns an address is needed (`address`, `ip`, ...); a PTR name, a HELO
/// name, a sender and an owner are taken, others are named in a note. A host that is there already gets what
/// it lacks. Every problem is a diagnostic with its line.
void read_csv(const Sources& sources, FileId file, Estate& estate, Diagnostics& problems);

}  // namespace rdnsgate::draft
