// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/text_edit.h"
#include "base/timestamp.h"
#include "dns/rrset.h"
#include "dns/zone/zone_file.h"

namespace rdnsgate::dns {

/// An RRset as it is to be afterwards; no rdata: not at all.
struct RRsetChange {
  Name owner;
  RrType type{};
  std::uint32_t ttl = 0;
  std::vector<std::string> rdata;
  /// What it has to be before: as in a dynamic update, nothing is done to what somebody else has changed.
  /// TTLs are not compared.
  std::vector<std::string> before;
};

/// The serial that follows: of one in the form YYYYMMDDnn the first of that day, or the next; else the next
/// number.
std::uint32_t next_serial(std::uint32_t serial, Time now);

/// The edits that bring a team's zone file (RFC 1035 §5) to hold these RRsets, with the serial of its SOA
/// record raised. Everything else in it, comments and layout too, stays as it is. Of a changed SOA only the
/// TTL and MINIMUM are taken. The range of a $GENERATE directive that made a record which changes is split, and
/// the record written out. What comes out is read again and held against what was to come out. Fails where
/// the file is no zone, where an RRset is not what it has to be before, where the zone is signed in the file,
/// where a record stands in an included file, which other zones may include too, and where the file cannot be
/// edited. `included`: what the file includes; it is called "" there.
Result<std::vector<TextEdit>> edit_zone(std::string_view text, const Name& origin,
                                        std::span<const RRsetChange> changes, Time now,
                                        const IncludedTexts& included = {});

/// What lies in the zone file beside its data and holds only as long as no record and no TTL changes:
/// signatures (RFC 4034 §3), denials (§4, RFC 5155) or a digest (RFC 8976). Their type; nullopt where there
/// is none, and where the file is no zone.
std::optional<RrType> signed_in_file(std::string_view text, const Name& origin,
                                     const IncludedTexts& included = {});

}  // namespace rdnsgate::dns
