// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/lab.h"

namespace rdnsgate::plan::test {

/// A small estate before and after a change, and the DNS that the change finds: shared names, several
/// addresses, PTR other than HELO, SPF that lists addresses, aliases of RFC 2317, providers with delays and
/// bounds on TTLs, and a blemish here and there.
struct Case {
  Inventory base, now;
  Dns dns;
};

/// The same case for the same seed.
Case random_case(unsigned seed);

}  // namespace rdnsgate::plan::test
