// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/spf/spf_records.h"

#include <algorithm>

#include "plan/operation/final_world.h"
#include "plan/world/spf_edit.h"
#include "plan/world/spf_world.h"

namespace rdnsgate::plan {
namespace {

using inventory::Domain;
using mailauth::SpfEvaluator;

const Domain* domain_of_ours(const Inventory* inventory, const Name& name) {
  if (inventory == nullptr) return nullptr;
  const auto found = std::find_if(inventory->domains.begin(), inventory->domains.end(),
                                  [&](const Domain& domain) { return domain.name == name; });
  return found == inventory->domains.end() ? nullptr : &*found;
}

}  // namespace

std::vector<std::size_t> SpfRecords::of(const Domain& domain) const {
  const std::size_t top = picture_.find(domain.name, RrType::TXT);
  std::vector<std::size_t> all{top};
  const auto found = picture_.spf_records.find(domain.name);
  if (found == picture_.spf_records.end()) return all;
  for (const auto set : found->second) {
    if (std::find(all.begin(), all.end(), set) == all.end()) all.push_back(set);
  }
  return all;
}

bool SpfRecords::may_edit(std::size_t set, std::size_t top) const {
  const auto& state = picture_.sets[set];
  if (!state.problem.empty() || state.alias || !state.live || !has_spf_record(state.live->rdata))
    return false;
  return set == top || (state.zone != none && picture_.zones[state.zone].declared != nullptr);
}

std::set<std::string> SpfRecords::of_others(const Domain& domain, const Path& path) const {
  std::set<std::string> all;
  const auto top = picture_.find(domain.name, RrType::TXT);
  const auto live = spf_asker(picture_, [&](std::size_t set) { return spf_live(picture_, set); });
  SpfEvaluator evaluator([&](const Name& name, RrType type) {
    auto found = live(name, type);
    const auto set = picture_.find(name, type);
    if (type != RrType::TXT || (set != none && may_edit(set, top))) return found;
    if (std::any_of(found.values.begin(), found.values.end(), has_spf_record))
      all.insert((set == none ? name : picture_.sets[set].owner).text() + " TXT");
    return found;
  });
  evaluator.exhaust(spf_identity(path, {}, domain.name), domain.name);
  return all;
}

bool SpfRecords::names_sender(const Domain& domain, const std::string& sender) const {
  return std::any_of(domain.via.begin(), domain.via.end(),
                     [&](const auto& via) { return via.name == sender; });
}

bool SpfRecords::sends_for(const Domain& domain, const std::string& sender) const {
  const auto* before = domain_of_ours(base_, domain.name);
  return names_sender(domain, sender) || (before != nullptr && names_sender(*before, sender));
}

bool SpfRecords::starts(const Domain& domain, std::size_t index) const {
  if (!names_sender(domain, picture_.paths[index].sender)) return false;
  if (goals_.sending[index] == 0) return true;
  const auto* before = domain_of_ours(base_, domain.name);
  return before != nullptr && !names_sender(*before, picture_.paths[index].sender);
}

Name SpfRecords::helo_after(std::size_t index) const {
  const auto* address = picture_.paths[index].now;
  return address != nullptr ? address->helo : goals_.helo[index];
}

std::optional<Name> SpfRecords::name_in(const mailauth::SpfTerm& term, std::size_t set) const {
  if (term.kind != mailauth::SpfKind::a || term.domain.find('%') != std::string::npos) return std::nullopt;
  if (term.domain.empty()) return picture_.sets[set].owner;
  auto name = Name::parse(term.domain);
  return name ? std::optional(std::move(*name)) : std::nullopt;
}

bool SpfRecords::loses(std::size_t index, const Name& name) const {
  const std::size_t set = picture_.find(name, forward_type(picture_.paths[index].ip));
  return set != none &&
         std::any_of(goals_.operations.begin(), goals_.operations.end(), [&](const Operation& one) {
           return one.kind == Kind::remove_old && one.set == set && !one.paths.empty() &&
                  one.paths.front() == index;
         });
}

bool SpfRecords::is_dead(const Name& name) const {
  const FinalWorld final_world(picture_, goals_.operations);
  bool had = false;
  for (const auto type : {RrType::A, RrType::AAAA}) {
    const std::size_t set = picture_.behind(picture_.find(name, type));
    if (set == none) continue;
    if (!picture_.sets[set].problem.empty() || final_world.value(set)) return false;
    had = had || (picture_.sets[set].live && final_world.is_changed(set));
  }
  return had;
}

void SpfRecords::push(Operation operation) {
  // Domains share records.
  if (pushed_.emplace(operation.kind, operation.set, operation.ip, operation.term).second)
    goals_.operations.push_back(std::move(operation));
}

}  // namespace rdnsgate::plan
