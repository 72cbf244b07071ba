// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/address_ranges.h"
#include "mailauth/spf/spf_evaluate.h"

namespace rdnsgate::mailauth {

/// Addresses that have one outcome.
struct SpfGroup {
  std::vector<AddressRange> ranges;  ///< rising
  SpfOutcome outcome;
  /// They are too many to be asked for one by one, as the record wants it: what each comes to is not known.
  bool asked_together = false;
};

struct SpfGroups {
  std::vector<SpfGroup> groups;        ///< by their first address
  std::vector<AddressRange> left_out;  ///< not evaluated: it would have taken too long
};

/// What is spent on a set of addresses.
struct SpfEffort {
  std::size_t one_by_one =
      64;  ///< evaluations of a single address, where the record has a macro of it, or `ptr`
  std::size_t terms = 20'000'000;  ///< that are looked at, in all
};

/// Evaluates every address of the ranges, which are rising and do not overlap, as the client of this identity; its own
/// address does not matter. An evaluation for each stretch of addresses that the networks on its way do not tell apart.
/// Where answers are missing, each group says which it wants.
SpfGroups spf_groups(SpfEvaluator& evaluator, SpfIdentity who, const SpfDomain& domain,
                     std::span<const AddressRange> ranges, const SpfEffort& effort = {});
/// The same over what `asker` says.
SpfGroups spf_groups(const SpfAsker& asker, SpfIdentity who, const SpfDomain& domain,
                     std::span<const AddressRange> ranges, const SpfEffort& effort = {});

}  // namespace rdnsgate::mailauth
