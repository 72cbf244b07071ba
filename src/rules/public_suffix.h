// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "dns/name.h"

namespace rdnsgate::rules {

/// The domain that somebody registered, by the Public Suffix List as libpsl has it compiled in: one label
/// more than the longest public suffix. The name itself where it is a public suffix, or holds what no host
/// name has. `organisational` uses the whole list, so that two customers of one platform are two
/// organisations; `registered` only what registries offer (the ICANN section).
dns::Name organisational_domain(const dns::Name& name);
dns::Name registered_domain(const dns::Name& name);

}  // namespace rdnsgate::rules
