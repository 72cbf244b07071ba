// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/timestamp.h"
#include "dns/delegation/delegation.h"
#include "dns/delegation/trust.h"
#include "dns/dnssec/proof.h"

namespace rdnsgate::dns {

/// What validators make of the answers to one name of a walk.
struct LinkProof {
  std::vector<Unproven> unproven;  ///< what they refuse, server for server
  std::size_t proven = 0;          ///< servers whose answer holds
};

/// What validators make of a walk.
struct TraceProof {
  std::vector<Trust> cuts;       ///< beside the cuts
  std::vector<LinkProof> links;  ///< beside the links; empty where no chain of trust leads to the zone
};

/// Verifies what the servers said, from the trust anchors down. What could not be asked, or came without EDNS
/// from a server that was silent with it, is left open.
TraceProof prove(const Trace& trace, const TrustAnchors& anchors, Time now);

/// What a validator that trusts these keys makes of what one address said about the link; nullopt where that
/// is no answer, or cannot be judged.
std::optional<Proof> prove_at(const AddressReport& report, const Link& link, RrType type,
                              const TrustedKeys& keys, Time now);

}  // namespace rdnsgate::dns
