// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/timestamp.h"
#include "dns/dnssec/flaw.h"
#include "dns/dnssec/signature_check.h"
#include "dns/rrset.h"

namespace rdnsgate::dns {

/// What is wrong with it; nullopt for one that holds, or that cannot be computed.
std::optional<Flaw> flaw_of(SignatureCheck check);

/// What was found of one RRset's signatures.
struct Verified {
  SignatureCheck check = SignatureCheck::missing;
  /// Of one that holds: how many labels the name has that was signed (RFC 4034 §3.1.3). Fewer than the owner
  /// has: a wildcard made the record.
  std::size_t labels = 0;
  Name signer;  ///< of the signature that counts; the root where there is none
};

/// The keys of a zone that a validator trusts, made ready once for many signatures. What was computed is
/// remembered: every server of a zone gives the same answer, and every denial the same SOA record.
class TrustedKeys {
 public:
  /// `keys` are data of DNSKEY records as it stands in a message. Those that are revoked, or no keys of a
  /// zone, sign nothing (RFC 4034 §2.1.1, RFC 5011 §2.1).
  TrustedKeys(Name zone, const std::vector<std::string>& keys);
  ~TrustedKeys();
  TrustedKeys(TrustedKeys&&) noexcept;

  const Name& zone() const { return zone_; }
  /// `signatures` are data of RRSIG records over `set`. One that holds is enough; else the verdict is that on
  /// the one that comes nearest to it.
  Verified check(const RRset& set, const std::vector<std::string>& signatures, Time now) const;

  static constexpr std::size_t most_remembered = 4096;

 private:
  struct Keys;  // ldns is known to the .cpp alone
  SignatureCheck fits(const RRset& set, const std::string& signature) const;
  SignatureCheck compute(const RRset& set, const std::string& signature) const;

  Name zone_;
  std::unique_ptr<Keys> keys_;
  mutable std::unordered_map<std::string, SignatureCheck> remembered_;
};

/// By the keys alone: `keys` are as for TrustedKeys, `zone` owns them.
SignatureCheck check_signatures(const RRset& set, const std::vector<std::string>& signatures,
                                const Name& zone, const std::vector<std::string>& keys, Time now);

}  // namespace rdnsgate::dns
