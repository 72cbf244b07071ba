// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns/rrset.h"

namespace rdnsgate::dns {

/// Whether the bitmap of an NSEC or NSEC3 record has the type (RFC 4034 §4.1.2). Any octets are safe.
bool has_type(std::string_view bitmap, RrType type);

/// An NSEC3 record (RFC 5155 §3).
struct Nsec3 {
  std::uint8_t hash_algorithm = 0, flags = 0;
  std::uint16_t iterations = 0;
  std::string salt;
  std::string owner, next;  ///< hashes: of its own name, and of the next that exists
  std::string types;        ///< bitmap

  bool opts_out() const { return (flags & 1) != 0; }
  /// The hash lies between the two, which go in a circle.
  bool covers(const std::string& hash) const;
};

/// The NSEC3 records of an RRset that lie directly below the zone; the rest, and those with unknown flags,
/// are left out (RFC 5155 §8.2).
std::vector<Nsec3> nsec3_in(const RRset& set, const Name& zone);

/// The hash of a name as that record's zone computes it (RFC 5155 §5); nullopt for an unknown algorithm.
std::optional<std::string> hash_of(const Name& name, const Nsec3& like);

}  // namespace rdnsgate::dns
