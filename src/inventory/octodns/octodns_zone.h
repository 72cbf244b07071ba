// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/diagnostic.h"
#include "dns/zone/zone_file.h"

namespace rdnsgate::inventory {

/// What a record has for a TTL that gives none, as octoDNS's YamlProvider has it.
inline constexpr std::uint32_t octodns_default_ttl = 3600;

/// The name server and the mailbox of the SOA record that a zone gets, as octoDNS gives it none.
inline constexpr std::string_view octodns_made_up_name = "octodns.invalid";

/// Where a record of a zone stands: the line of its values, or of its name where one line has both.
struct OctodnsPlace {
  dns::Name owner;
  dns::RrType type{};
  std::string rdata;  ///< wire format
  Span at;
};

/// Reads an octoDNS YAML zone from one file or, where it is split, from several. octoDNS knows no SOA record:
/// the provider makes it. The zone gets one that vouches for its negative answers for an hour (mname and
/// rname octodns_made_up_name, serial 1, refresh 14400, retry 3600, expire 1209600, minimum 3600, TTL 3600).
/// What only the provider can answer (ALIAS, dynamic records, ...) is among the zone's open questions.
///
/// nullopt, and no problem, where the one file is YAML but holds nothing that looks like a record: it is
/// somebody else's. `places` gets every record that is read, in the order of the files.
std::optional<dns::ZoneFile> read_octodns_zone(const Sources& sources, std::span<const FileId> files,
                                               const dns::Name& origin, Diagnostics& problems,
                                               std::vector<OctodnsPlace>* places = nullptr);

}  // namespace rdnsgate::inventory
