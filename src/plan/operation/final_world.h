// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "plan/operation/goals.h"
#include "plan/world/spf_world.h"

namespace rdnsgate::plan {

/// RRsets as they are when some operations have been carried out.
class FinalWorld {
 public:
  explicit FinalWorld(const Picture& picture) : picture_(picture) {}
  FinalWorld(const Picture& picture, const std::vector<Operation>& operations) : FinalWorld(picture) {
    // What comes is there before anything goes.
    std::vector<const Operation*> all;
    for (const auto& operation : operations) all.push_back(&operation);
    std::stable_sort(all.begin(), all.end(),
                     [](const Operation* a, const Operation* b) { return a->kind < b->kind; });
    for (const auto* operation : all) carry_out(*operation);
  }

  void carry_out(const Operation& operation) {
    if (operation.set != none) apply(operation, operation.set);
    if (operation.alias != none && operation.alias != operation.set) apply(operation, operation.alias);
  }

  bool is_changed(std::size_t set) const { return changed_.contains(set); }
  const MaybeVersion& value(std::size_t set) const {
    const auto found = changed_.find(set);
    return found == changed_.end() ? picture_.sets[set].live : found->second;
  }
  /// What an evaluation of SPF may meet of it until all is carried out: as the picture was drawn, and as it is then.
  std::vector<MaybeVersion> meanwhile(std::size_t set) const {
    auto all = spf_live(picture_, set);
    if (is_changed(set)) all.push_back(value(set));
    return all;
  }

 private:
  void apply(const Operation& operation, std::size_t index) {
    const std::size_t set = picture_.behind(index);
    const auto& before = value(set);
    auto rdata =
        applied(operation, picture_.sets[set].type, before ? before->rdata : std::vector<std::string>());
    const auto ttl = before ? before->ttl : 0;
    changed_[set] = rdata.empty() ? MaybeVersion() : Version{ttl, std::move(rdata)};
  }

  const Picture& picture_;
  std::map<std::size_t, MaybeVersion> changed_;
};

}  // namespace rdnsgate::plan
