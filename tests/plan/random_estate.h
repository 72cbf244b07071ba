// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <string>

#include "plan/lab.h"

namespace rdnsgate::plan::test {

/// A small estate before and after a change, and the DNS that the change finds: shared names, several
/// addresses, PTR other than HELO, SPF that lists addresses, aliases of RFC 2317, wildcards, providers with
/// delays and bounds on TTLs, and a blemish here and there.
struct Case {
  Inventory base, now;
  Dns dns;
};

/// The same case for the same seed.
Case random_case(unsigned seed);

/// Whether all random estates are played through (RDNSGATE_ESTATES=all in the environment), or in the short
/// form a quarter of them, and of each kind of thing in them a few.
bool is_long_form();
unsigned estates(unsigned all);

/// Lets the first of each kind through, so that the short form meets every kind that the long one does.
class Sample {
 public:
  explicit Sample(unsigned of_each) : of_each_(of_each) {}
  bool takes(const std::string& kind) { return seen_[kind]++ < of_each_ || is_long_form(); }

 private:
  unsigned of_each_;
  std::map<std::string, unsigned> seen_;
};

/// A phase's id without the number that tells it from others of its kind.
std::string kind_of(const Phase& phase);

}  // namespace rdnsgate::plan::test
