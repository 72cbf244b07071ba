// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/timestamp.h"
#include "dns/delegation/delegation.h"
#include "dns/delegation/fault.h"
#include "dns/delegation/trace_proof.h"
#include "dns/dnssec/ds_match.h"

namespace rdnsgate::dns {

struct CutVerdict {
  std::vector<Complaint> complaints;
  std::optional<DsMatch> dnssec;  ///< nullopt where DS or DNSKEY could not be determined, and for the root
  Weight weight() const;          ///< of the gravest; note where there is none
};

Surroundings surroundings_of(const Trace& trace);

CutVerdict judge(const Cut& cut, const Surroundings& surroundings);

struct TraceVerdict {
  std::vector<CutVerdict> cuts;       ///< one for each cut of the trace
  std::vector<Complaint> complaints;  ///< about the walk itself
  Weight weight = Weight::note;       ///< of the gravest of all
  std::optional<TraceProof> proof;    ///< where signatures were checked
};
/// `now`: signatures are checked as of then, and not at all without: along the chain of trust that begins at
/// the anchors, and those of each zone with a DS record that fits.
TraceVerdict judge(const Trace& trace, std::optional<Time> now = std::nullopt,
                   const TrustAnchors& anchors = {});

}  // namespace rdnsgate::dns
