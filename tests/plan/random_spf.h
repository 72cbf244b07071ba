// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/random_estate.h"

namespace rdnsgate::plan::test {

/// A few senders and domains before and after a change, whose SPF records let them through in every way that there
/// is: addresses and blocks, `a` and `mx` of names that the change touches, records of ours and of strangers that are
/// taken in or led to, `exists` by address; some of it not to be found out. The same world for the same seed.
Case random_spf(unsigned seed);

}  // namespace rdnsgate::plan::test
