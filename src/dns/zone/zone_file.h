// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "dns/zone/zone_data.h"

namespace rdnsgate::dns {

/// Where a part of a zone file stands: offsets of its first octet and behind its last.
struct TextRange {
  std::size_t begin = 0, end = 0;
};

/// A record as a zone file has it.
struct PlacedRecord {
  Name owner;
  RrType type{};
  std::uint32_t ttl = 0;
  std::string rdata;
  TextRange all;              ///< from the owner, or the first word behind white space, to the last word
  bool blank_owner = false;   ///< it is the record before whose owner it has
  std::size_t before_type{};  ///< the first word behind the owner: where a TTL can be put in
  TextRange type_at;          ///< its type
  std::optional<TextRange> ttl_at;     ///< nullopt: it says none of its own
  bool inherits_ttl = false;           ///< and has that of the record before, for want of a $TTL
  std::vector<TextRange> rdata_words;  ///< of an SOA each; else one from the first to the last word
};

/// Reads the zone file (RFC 1035 §5) that `sources` holds as `file`; `origin` is what relative names are
/// under until $ORIGIN says otherwise. Every problem is a diagnostic with its line; a zone without exactly
/// one SOA is one. $INCLUDE is refused: a gate reads what the repository shows it. Limits hold before memory
/// is spent.
/// `places` gets every record in the order of the file.
ZoneFile read_zone_file(const Sources& sources, FileId file, const Name& origin, Diagnostics& problems,
                        std::vector<PlacedRecord>* places = nullptr);

}  // namespace rdnsgate::dns
