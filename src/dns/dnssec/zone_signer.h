// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "dns/rrset.h"

namespace rdnsgate::dns {

/// Signs a zone with a key that is made for it and kept in memory alone: for name servers of a laboratory. ECDSA P-256, NSEC.
class ZoneSigner {
 public:
  static Result<ZoneSigner> make(const Name& zone);
  ZoneSigner(ZoneSigner&&) noexcept;
  ZoneSigner& operator=(ZoneSigner&&) noexcept;
  ~ZoneSigner();

  /// What the parent has of it; SHA-256.
  RRset ds() const;
  /// The zone as the text of a zone file, with the key and the signatures, which hold from `from` until `until`.
  /// `records`: its own, the SOA record among them.
  Result<std::string> sign(const std::vector<RRset>& records, Time from, Time until) const;

 private:
  struct State;
  explicit ZoneSigner(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// The same without any signatures.
std::string zone_text(const std::vector<RRset>& records);

}  // namespace rdnsgate::dns
