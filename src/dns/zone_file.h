// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "dns/rrset.h"

namespace rdnsgate::dns {

/// What the source of a zone leaves open: the records are there, or may be, and somebody else decides on
/// them.
struct OpenQuestion {
  Name owner;
  RrType type{};    ///< RrType{}: every type that has no records here
  std::string why;  ///< `an ALIAS: ...`; foreign text
};

/// A zone as one file or several propose it.
struct ZoneFile {
  Name origin;                     ///< owner of the SOA
  std::vector<RRset> rrsets;       ///< in canonical order
  std::vector<OpenQuestion> open;  ///< none in a zone file of RFC 1035 §5, which says everything
};

/// Reads the zone file (RFC 1035 §5) that `sources` holds as `file`; `origin` is what relative names are
/// under until $ORIGIN says otherwise. Every problem is a diagnostic with its line; a zone without exactly
/// one SOA is one. $INCLUDE is refused: a gate reads what the repository shows it. Limits hold before memory
/// is spent.
ZoneFile read_zone_file(const Sources& sources, FileId file, const Name& origin, Diagnostics& problems);

}  // namespace rdnsgate::dns
