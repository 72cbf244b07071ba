// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/spf/spf_promises.h"

#include <algorithm>
#include <map>

#include "plan/operation/final_world.h"

namespace rdnsgate::plan {
namespace {

using mailauth::SpfEvaluator;
using mailauth::SpfResult;

/// What evaluations of a domain rest on.
struct Ground {
  std::set<std::size_t> sets;
  bool by_address = false;
};

class PromiseFinder {
 public:
  PromiseFinder(const Inventory& now, const Picture& picture, Goals& goals)
      : now_(now),
        picture_(picture),
        goals_(goals),
        final_(picture, goals.operations),
        before_(spf_asker(picture, [&](std::size_t set) { return spf_live(picture, set); })),
        after_(spf_asker(picture, [&](std::size_t set) { return std::vector{final_.value(set)}; })) {}

  void run() {
    for (const auto& domain : now_.domains) {
      const auto top = picture_.find(domain.name, RrType::TXT);
      if (top == none || !picture_.sets[top].problem.empty()) continue;
      for (std::size_t i = 0; i < picture_.paths.size(); ++i) promise(domain, i);
    }
  }

 private:
  void promise(const inventory::Domain& domain, std::size_t index) {
    const Path& path = picture_.paths[index];
    const auto& ground = ground_of(domain.name, path, index);
    const bool changes = std::any_of(ground.sets.begin(), ground.sets.end(),
                                     [&](std::size_t set) { return final_.is_changed(set); });
    const bool starts = goals_.sending[index] == 0;
    if (!changes && !starts) return;
    const auto results = [&](SpfEvaluator& evaluator, const Name& helo) {
      return evaluator.evaluate(spf_identity(path, helo, domain.name), domain.name).results;
    };
    const auto first = results(before_, goals_.helo[index]);
    const bool before = !starts && first.is(SpfResult::pass);
    const bool after =
        results(after_, path.now != nullptr ? path.now->helo : goals_.helo[index]).is(SpfResult::pass);
    // One that is only listed as retired may have sent until today.
    if ((!starts || path.now == nullptr) && first.may_be(SpfResult::pass) && !after)
      goals_.spf_leaves[index] = 1;
    const bool comes = starts && path.now != nullptr && after && sends_through(domain, path.sender);
    if (!before && !comes) return;
    const bool is_new = !first.is(SpfResult::pass);
    goals_.spf.push_back({domain.name, index, {ground.sets.begin(), ground.sets.end()}, is_new});
  }

  static bool sends_through(const inventory::Domain& domain, const std::string& sender) {
    return std::any_of(domain.via.begin(), domain.via.end(),
                       [&](const auto& via) { return via.name == sender; });
  }

  /// Every address of a family rests on the same RRsets, unless a record asks by address.
  const Ground& ground_of(const Name& domain, const Path& path, std::size_t index) {
    auto& shared = grounds_[{domain, path.ip.is_v4(), none}];
    if (shared.sets.empty()) shared = look(domain, path);
    if (!shared.by_address) return shared;
    auto& own = grounds_[{domain, path.ip.is_v4(), index}];
    if (own.sets.empty()) own = look(domain, path);
    return own;
  }

  Ground look(const Name& domain, const Path& path) {
    Ground ground;
    SpfEvaluator both(
        spf_asker(picture_, [&](std::size_t set) { return final_.meanwhile(set); }, &ground.sets));
    for (const auto* address : {path.now, path.base}) {
      const Name helo = address != nullptr ? address->helo : Name();
      ground.by_address =
          both.exhaust(spf_identity(path, helo, domain), domain).by_address || ground.by_address;
    }
    return ground;
  }

  const Inventory& now_;
  const Picture& picture_;
  Goals& goals_;
  FinalWorld final_;
  SpfEvaluator before_, after_;
  std::map<std::tuple<Name, bool, std::size_t>, Ground> grounds_;
};

}  // namespace

void derive_spf_promises(const Inventory& now, const Picture& picture, Goals& goals) {
  goals.spf_leaves.assign(picture.paths.size(), 0);
  if (!now.domains.empty()) PromiseFinder(now, picture, goals).run();
}

SpfPromises::SpfPromises(const Picture& picture, const Goals& goals)
    : picture_(picture),
      goals_(goals),
      evaluator_(spf_asker(picture, [this](std::size_t set) { return versions_(set); })) {
  by_set_.resize(picture.sets.size());
  by_path_.resize(picture.paths.size());
  for (std::size_t i = 0; i < goals.spf.size(); ++i) {
    by_path_[goals.spf[i].path].push_back(i);
    for (const auto set : goals.spf[i].sets) by_set_[set].push_back(i);
  }
}

bool SpfPromises::holds(std::size_t promise, const Name& helo, const SpfVersions& versions) const {
  const auto& one = goals_.spf[promise];
  versions_ = versions;
  const auto who = spf_identity(picture_.paths[one.path], helo, one.domain);
  return evaluator_.evaluate(who, one.domain).results.is(SpfResult::pass);
}

}  // namespace rdnsgate::plan
