// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "dns/rrset.h"

namespace rdnsgate::dns {

/// A parsed zone file (RFC 1035 §5).
struct ZoneFile {
  Name origin;  ///< owner of the SOA
  std::vector<RRset> rrsets;  ///< in canonical order
};

/// Reads the file that `sources` holds as `file`; `origin` is what relative names are under until $ORIGIN
/// says otherwise. Every problem is a diagnostic with its line; a zone without exactly one SOA is one.
/// $INCLUDE is refused: a gate reads what the repository shows it. Limits hold before memory is spent.
ZoneFile read_zone_file(const Sources& sources, FileId file, const Name& origin, Diagnostics& problems);

}  // namespace rdnsgate::dns
