// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/world/spf_world.h"

#include <fmt/format.h>

#include <utility>

namespace rdnsgate::plan {

using mailauth::SpfLookup;

mailauth::SpfIdentity spf_identity(const Path& path, const Name& helo, const Name& domain) {
  mailauth::SpfIdentity who{path.ip, std::nullopt, domain, std::nullopt};
  if (!helo.is_root()) who.helo = helo.text();
  return who;
}

SpfLookup spf_lookup(const Fact* fact) {
  if (fact == nullptr || !dns::is_definite(fact->outcome) || fact->security == dns::Security::bogus)
    return {};
  if (dns::is_negative(fact->outcome)) return {SpfLookup::State::known, {{}}};
  const auto* set = fact->rrset();
  return set == nullptr ? SpfLookup{} : SpfLookup{SpfLookup::State::known, {set->rdata}};
}

mailauth::SpfAsker spf_asker(const Picture& picture, SpfVersions versions, std::set<std::size_t>* seen) {
  return [&picture, versions = std::move(versions), seen](const Name& name, RrType type) {
    const std::size_t set = picture.behind(picture.find(name, type));
    if (set == none) return spf_lookup(picture.find_theirs(name, type));
    if (seen != nullptr) seen->insert(set);
    if (!picture.sets[set].problem.empty()) return SpfLookup{};
    SpfLookup found{SpfLookup::State::known, {}};
    for (auto& version : versions(set))
      found.values.push_back(version ? std::move(version->rdata) : std::vector<std::string>());
    return found;
  };
}

std::vector<MaybeVersion> spf_live(const Picture& picture, std::size_t set) {
  return {picture.sets[set].live};
}

std::string spf_why_unknown(const Picture& picture, const Name& name, RrType type) {
  const std::size_t set = picture.behind(picture.find(name, type));
  if (set != none && !picture.sets[set].problem.empty()) return picture.sets[set].problem;
  const Fact* fact = picture.find_theirs(name, type);
  if (fact == nullptr) return fmt::format("{} {}: not asked", name.text(), dns::to_string(type));
  const auto outcome = fact->security == dns::Security::bogus ? dns::Outcome::bogus : fact->outcome;
  return fmt::format("{} {}: {}{}{}", name.text(), dns::to_string(type), dns::to_string(outcome),
                     fact->reason.empty() ? "" : ": ", fact->reason);
}

std::size_t txt_reply_size(const Name& owner, const std::vector<std::string>& rdata) {
  std::size_t size = 12 + owner.wire().size() + 4;
  for (const auto& one : rdata) size += 12 + one.size();
  return size;
}

}  // namespace rdnsgate::plan
