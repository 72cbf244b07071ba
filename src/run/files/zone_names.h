// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dns/name.h"

namespace rdnsgate::run {

/// What the name of a file says of the zone in it.
struct ZoneFileName {
  enum class Kind { bind, octodns } kind = Kind::bind;
  std::string zone;  ///< a part of the file's name
  /// The name alone proves nothing (`example.com`, `db.example.com`): the text has to begin as a zone file
  /// does.
  bool uncertain = false;
};

/// Without a folder: `ORIGIN.zone`, `ORIGIN.yaml`, `db.ORIGIN`, `ORIGIN.db`, `ORIGIN.hosts`, `ORIGIN`.
/// nullopt where it is none of these. What is uncertain has an ORIGIN of two labels at least, and not one
/// that ends in a number
/// (`db.192.0.2`, which is short for something else) or as copies and other files do (`.bak`, `.conf`, ...).
std::optional<ZoneFileName> zone_file_name(std::string_view file);

/// What copies and other files end in that stand beside zones: `bak` of `example.com.bak`; empty for none.
std::string_view other_ending(std::string_view file);

/// What a name says that is made of a network's octets, `db.192.0.2`, `192.0.2.rev`, `named.2.0.192`, or of an IPv6
/// network's groups or nibbles: `db.2001.db8`, `2001-db8-1.rev`, `named.8.b.d.0.1.0.0.2`. Of nibbles the order that
/// an address in use begins with is the one that is meant, where only one is.
struct NetworkFileName {
  std::string zone;    ///< where the octets stand in the order of addresses: 2.0.192.in-addr.arpa
  std::string turned;  ///< where they are turned round already
  bool usual = false;  ///< `db.` and `.rev`, with which they stand in the order of addresses everywhere
};
std::optional<NetworkFileName> network_file_name(std::string_view file);

/// The name of a zone that a file is named after with something before or behind it: `master.example.com`,
/// `2.0.192.in-addr.arpa.rev`. Empty where there is neither.
std::string bare_zone_name(std::string_view file);

/// What a text says of its zone before its first record is over.
struct ZoneBeginning {
  std::optional<dns::Name> zone;  ///< the owner of the SOA record, where the text alone says it
};
/// Nullopt where the first record of the text is no SOA record, nor in a file that it includes.
std::optional<ZoneBeginning> zone_beginning(std::string_view text);

}  // namespace rdnsgate::run
