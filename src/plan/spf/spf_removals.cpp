// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/spf/spf_removals.h"

#include <fmt/format.h>

#include <utility>

#include "plan/world/spf_edit.h"

namespace rdnsgate::plan {
namespace {

using inventory::Domain;

class SpfRemovals {
 public:
  SpfRemovals(const Picture& picture, SpfRecords& records, Goals& goals)
      : picture_(picture), records_(records), goals_(goals) {}

  /// What cannot be edited is left to retire_from_spf(), which sees whether it lets anybody through.
  void remove_literals(const Domain& domain) {
    const std::size_t top = records_.own_record(domain);
    const auto& own = picture_.sets[top];
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      const Path& path = picture_.paths[i];
      if (path.now != nullptr || !path.left_out.empty()) continue;
      if (!own.problem.empty()) {
        if (!path.only_listed() && records_.sends_for(domain, path.sender))
          goals_.unknown.emplace(i, own.problem);
        continue;
      }
      for (const auto set : records_.of(domain)) {
        const auto& state = picture_.sets[set];
        if (state.live && spf_lists(state.live->rdata, path.ip) && records_.may_edit(set, top))
          records_.push({Kind::remove_old, set, path.ip, {}, {i}, state.owner, {}});
      }
    }
  }

  /// Terms of records of ours whose name nothing has any more.
  void remove_dead_names(const Domain& domain) {
    const std::size_t top = picture_.find(domain.name, RrType::TXT);
    if (top == none) return;
    for (const auto set : records_.of(domain)) {
      const auto record =
          picture_.sets[set].live ? spf_record_in(picture_.sets[set].live->rdata) : std::nullopt;
      if (!record) continue;
      for (const auto& term : record->terms) {
        const auto name = records_.name_in(term, set);
        if (!name || !records_.is_dead(*name)) continue;
        if (!records_.may_edit(set, top)) {
          goals_.note(
              "The SPF record of {} names {}, which has no address any more in the end, and is not "
              "ours to change: ask who holds it to take that out.",
              picture_.sets[set].owner.text(), name->text());
          continue;
        }
        Operation operation{Kind::remove_old, set, {}, {}, {}, *name, {}};
        operation.term = term.text;
        for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
          if (records_.loses(i, *name)) operation.paths.push_back(i);
        }
        if (operation.paths.empty()) continue;
        operation.ip = picture_.paths[operation.paths.front()].ip;
        records_.push(std::move(operation));
      }
    }
  }

 private:
  const Picture& picture_;
  SpfRecords& records_;
  Goals& goals_;
};

}  // namespace

void remove_addresses_from_spf(const Picture& picture, SpfRecords& records, Goals& goals) {
  SpfRemovals removals(picture, records, goals);
  for (const auto& domain : records.now().domains) {
    if (records.own_record(domain) != none) removals.remove_literals(domain);
  }
}

void remove_names_from_spf(const Picture& picture, SpfRecords& records, Goals& goals) {
  SpfRemovals removals(picture, records, goals);
  for (const auto& domain : records.now().domains) removals.remove_dead_names(domain);
}

}  // namespace rdnsgate::plan
