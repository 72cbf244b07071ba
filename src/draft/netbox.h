// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "base/text/diagnostic.h"
#include "draft/estate.h"

namespace rdnsgate::draft {

/// Adds the IP addresses of a NetBox export: what its API answers for /api/ipam/ip-addresses/ (an object with
/// `results`), or the bare list of them. `address`, `dns_name`, `status` and `tenant` are taken; an address
/// that is not active is left out, and said to be. Every problem is a diagnostic.
void read_netbox(const Sources& sources, FileId file, Estate& estate, Diagnostics& problems);

}  // namespace rdnsgate::draft
