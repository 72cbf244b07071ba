// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/heard/probes.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace rdnsgate::audit {
namespace {

auto identity_asked(const Probed& one) {
  return std::tie(one.address, one.helo, one.receiver, one.recipient);
}

/// The latest of those that asked the same comes first; of two at one time the refusal.
bool is_later_probe(const Probed& a, const Probed& b) {
  if (identity_asked(a) != identity_asked(b)) return identity_asked(a) < identity_asked(b);
  if (a.asked_at != b.asked_at) return a.asked_at > b.asked_at;
  return a.refused && !b.refused;
}

}  // namespace

Probes::Probes(std::vector<Probed> all) : all_(std::move(all)) {
  std::stable_sort(all_.begin(), all_.end(), is_later_probe);
  const auto is_same = [](const Probed& a, const Probed& b) {
    return identity_asked(a) == identity_asked(b);
  };
  all_.erase(std::unique(all_.begin(), all_.end(), is_same), all_.end());
}

std::span<const Probed> Probes::of(const IpAddress& address) const {
  const auto begin = std::partition_point(all_.begin(), all_.end(),
                                          [&](const Probed& one) { return one.address < address; });
  const auto end =
      std::partition_point(begin, all_.end(), [&](const Probed& one) { return one.address == address; });
  return {begin, end};
}

}  // namespace rdnsgate::audit
