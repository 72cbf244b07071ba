// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "base/result.h"
#include "dns/delegation/trust.h"

namespace rdnsgate::dns {

/// Reads trust anchors as libunbound, Unbound and `unbound-anchor` write them: DS and DNSKEY records in the
/// form of a zone file, of the root or of any zone. Fails where there are none, and at a record of another
/// type.
Result<TrustAnchors> read_trust_anchors(std::string_view text);

}  // namespace rdnsgate::dns
