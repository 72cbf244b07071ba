// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <vector>

#include "dns/rrset.h"

namespace rdnsgate::dns {

/// What NSEC or NSEC3 records prove.
enum class DenialProof : std::uint8_t {
  proven,
  insecure,  ///< opted out, or hashed in a way that nobody computes: validators believe it without a proof
  none,
};

/// NSEC and NSEC3 RRsets of a zone whose signatures hold, and what follows from them (RFC 4035 §5.4, RFC 5155
/// §8, RFC 6840 §4). They are views: the sets must outlive them.
class Denials {
 public:
  Denials(const Name& zone, std::vector<const RRset*> sets) : zone_(zone), sets_(std::move(sets)) {}

  /// Neither the name nor a wildcard for it exists.
  DenialProof no_name(const Name& name) const;
  /// The name, or a wildcard for it, exists without such a record, and is no alias.
  DenialProof no_record(const Name& name, RrType type) const;
  /// Nothing is there that is closer to `name` than a wildcard of so many labels, without its asterisk.
  DenialProof nothing_closer(const Name& name, std::size_t labels) const;

 private:
  struct Hashed;
  const RRset* at(const Name& name) const;
  bool covered(const Name& name, Name* closest = nullptr) const;
  bool denied_at(const Name& name, RrType type) const;
  DenialProof nsec_no_name(const Name& name) const;
  DenialProof nsec_no_record(const Name& name, RrType type) const;
  bool has_nsec3() const;

  const Name& zone_;
  std::vector<const RRset*> sets_;
};

}  // namespace rdnsgate::dns
