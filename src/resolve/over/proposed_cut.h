// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "dns/delegation/delegation.h"
#include "dns/rrset.h"

namespace rdnsgate::resolve {

/// A zone's cut as it would be with these NS records at its apex: the parent, and what each server answers, as
/// they are. A server that only they name is the one of the walk's that was asked beside the others, or one of
/// which nothing is known.
dns::Cut with_name_servers(dns::Cut cut, const dns::RRset& ns);

}  // namespace rdnsgate::resolve
