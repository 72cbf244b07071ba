// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/dmarc_discovery.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace rdnsgate::mailauth {
namespace {

using dns::Name;
using dns::RrType;

constexpr std::size_t most_labels = 8;  // RFC 9989 §4.10

/// The domain itself, then at most seven labels of it, and so on to the last.
std::vector<Name> targets_of(const Name& domain) {
  std::vector<Name> targets{domain};
  auto next = domain.parent();
  while (next.label_count() >= most_labels) next = next.parent();
  for (; !next.is_root(); next = next.parent()) targets.push_back(next);
  return targets;
}

std::optional<Name> dmarc_name(const Name& domain) {
  auto owner = Name::parse("_dmarc").value().under(domain);
  return owner ? std::optional(std::move(*owner)) : std::nullopt;
}

DmarcStop stop_at(dns::FactDesk& desk, const Name& domain) {
  DmarcStop stop;
  stop.domain = domain;
  const auto owner = dmarc_name(domain);
  if (!owner) {  // too long for a name: nothing can be there
    stop.owner = domain;
    stop.answer.state = TxtAnswer::State::known;
    return stop;
  }
  stop.owner = *owner;
  stop.answer = txt_answer(desk.get(*owner, RrType::TXT));
  const std::string* only = nullptr;
  for (const auto& text : stop.answer.texts) {
    if (!is_dmarc(text)) continue;
    ++stop.records;
    only = &text;
  }
  if (stop.records == 1) stop.record = read_dmarc(*only);
  return stop;
}

void find_organisational(TreeWalk& walk) {
  std::vector<PsdAt> known;
  for (const auto& stop : walk.stops) {
    if (!stop.answer.known()) return;
    known.push_back({stop.domain, stop.record ? std::optional(stop.record->psd) : std::nullopt});
    if (stop.record && stop.record->psd != 'u') break;
  }
  walk.organisational = organisational_by(known);
}

/// RFC 9989 §4.10.1: of the domain, of its organisational domain, of its public suffix.
void find_applying(TreeWalk& walk) {
  const auto& first = walk.stops.front();
  if (first.record) {
    walk.applies = 0;
    return;
  }
  if (!first.answer.known() || !walk.organisational) {
    walk.decided = false;
    return;
  }
  for (std::size_t i = 1; i < walk.stops.size(); ++i) {
    const auto& stop = walk.stops[i];
    if (!stop.record) continue;
    if (stop.domain == *walk.organisational || stop.record->psd == 'y') {
      walk.applies = i;
      return;
    }
  }
}

class Discoverer {
 public:
  Discoverer(dns::FactDesk& desk, const OrganisationalDomain& organisational, DmarcDiscovery& found)
      : desk_(desk), organisational_(organisational), found_(found) {}

  void discover(WalkFor wanted) {
    found_.walk = walk_tree(desk_, found_.domain, wanted);
    found_.organisational = organisational_(found_.domain);
    by_rfc_7489();
    policies();
    consents();
  }

 private:
  void by_rfc_7489() {
    const auto& first = found_.walk.stops.front();
    if (first.record) {
      found_.applies_7489 = found_.domain;
      found_.record_7489 = *first.record;
      return;
    }
    auto stop = stop_at(desk_, found_.organisational);
    found_.decided_7489 = first.answer.known() && stop.answer.known();
    if (!found_.decided_7489 || !stop.record) return;
    found_.applies_7489 = stop.domain;
    found_.record_7489 = std::move(stop.record);
  }

  void policies() {
    const auto* stop = found_.applying();
    if (stop != nullptr) {
      if (stop->domain == found_.domain) {
        found_.policy = stop->record->policy;
      } else {
        if (stop->record->absent) found_.exists = exists();
        if (!stop->record->absent || found_.exists)
          found_.policy = stop->record->policy_below(found_.exists.value_or(true));
      }
    }
    if (found_.record_7489)
      found_.policy_7489 = *found_.applies_7489 == found_.domain ? found_.record_7489->policy
                                                                 : found_.record_7489->policy_below(true);
  }

  /// RFC 9989 §3.2.13: neither NXDOMAIN nor NODATA for all of A, AAAA and MX.
  std::optional<bool> exists() {
    bool all_known = true;
    for (const auto type : {RrType::A, RrType::AAAA, RrType::MX}) {
      const auto* fact = desk_.get(found_.domain, type);
      if (fact != nullptr && is_positive(fact->outcome)) return true;
      all_known = all_known && fact != nullptr && is_definite(fact->outcome);
    }
    return all_known ? std::optional(false) : std::nullopt;
  }

  void consents() {
    const auto* stop = found_.applying();
    if (stop == nullptr) return;
    const auto ours = organisational_(stop->domain);
    for (const auto& destination : stop->record->destinations) {
      const auto known = std::any_of(found_.consents.begin(), found_.consents.end(),
                                     [&](const auto& one) { return one.host == destination.host; });
      if (known || found_.consents.size() >= most_hosts || organisational_(destination.host) == ours)
        continue;
      ReportConsent consent;
      consent.host = destination.host;
      consent.at = destination.at;
      const auto owner = Name::parse(stop->domain.text() + "._report._dmarc." + destination.host.text());
      if (owner) {
        consent.owner = *owner;
        consent.answer = txt_answer(desk_.get(*owner, RrType::TXT));
        consent.given = std::any_of(consent.answer.texts.begin(), consent.answer.texts.end(), is_dmarc);
      } else {
        consent.owner = destination.host;
        consent.answer.state = TxtAnswer::State::known;  // a name that is too long has no record
      }
      found_.consents.push_back(std::move(consent));
    }
  }

  static constexpr std::size_t most_hosts =
      10;  // what stands in one record must not decide how much is asked

  dns::FactDesk& desk_;
  const OrganisationalDomain& organisational_;
  DmarcDiscovery& found_;
};

std::string applied(const std::optional<Name>& domain, const std::optional<DmarcPolicy>& policy) {
  if (!domain) return "no record";
  return fmt::format("{} from _dmarc.{}", policy ? to_string(*policy) : "nothing", domain->text());
}

}  // namespace

/// Names behind one with psd=y or psd=n were looked at, and do not count.
Name organisational_by(const std::vector<PsdAt>& walk) {
  const auto& first = walk.front().domain;
  auto shortest = first;
  for (const auto& [domain, psd] : walk) {
    if (!psd) continue;
    if (*psd == 'y' && domain != first) {  // one label more than the public suffix
      auto below = first;
      while (below.label_count() > domain.label_count() + 1) below = below.parent();
      return below;
    }
    shortest = domain;
    if (*psd != 'u') break;
  }
  return shortest;
}

TreeWalk walk_tree(dns::FactDesk& desk, const Name& domain, WalkFor wanted) {
  TreeWalk walk;
  for (const auto& target : targets_of(domain)) {
    walk.stops.push_back(stop_at(desk, target));
    const auto& first = walk.stops.front();
    if (wanted == WalkFor::organisation || (first.answer.known() && !first.record)) continue;
    find_applying(walk);
    return walk;
  }
  for (std::size_t i = 0; i < walk.stops.size(); ++i) {
    const auto& record = walk.stops[i].record;
    if (!record || record->psd == 'u') continue;
    walk.stops.resize(i + 1);
    break;
  }
  find_organisational(walk);
  find_applying(walk);
  return walk;
}

DmarcDiscovery discover_dmarc(dns::FactDesk& desk, const Name& domain,
                              const OrganisationalDomain& organisational, WalkFor wanted) {
  DmarcDiscovery found;
  found.domain = domain;
  Discoverer(desk, organisational, found).discover(wanted);
  return found;
}

void judge_discovery(const DmarcDiscovery& found, Reasons& reasons) {
  const auto* stop = found.applying();
  const auto tree = stop == nullptr ? std::nullopt : std::optional(stop->domain);
  if (stop != nullptr && stop->domain != found.domain)
    reasons.note("inherited", "RFC 9989 §4.10.1", {},
                 fmt::format("{} has no record of its own: that of {} holds for it", found.domain.text(),
                             stop->domain.text()));
  if (found.walk.decided && found.decided_7489 &&
      (tree != found.applies_7489 || found.policy != found.policy_7489))
    reasons.warn("standards-differ", "RFC 9989 §4.10", {},
                 fmt::format("receivers by RFC 9989 apply {}, those by RFC 7489 {}",
                             applied(tree, found.policy), applied(found.applies_7489, found.policy_7489)),
                 fmt::format("a record at _dmarc.{} holds for both", found.domain.text()));
  if (!found.walk.organisational) {
    reasons.note("organisational-unknown", "RFC 9989 §4.10.2", {},
                 "a lookup failed: the organisational domain by the tree walk is not known");
  } else if (stop != nullptr && *found.walk.organisational != found.organisational) {
    reasons.warn("organisational-differs", "RFC 9989 §4.10.2", {},
                 fmt::format("the organisational domain is {} by the tree walk, and {} by the Public Suffix "
                             "List: they align differently",
                             found.walk.organisational->text(), found.organisational.text()));
  }
  for (const auto& consent : found.consents) {
    if (!consent.answer.known() || consent.given) continue;
    reasons.warn("report-unauthorised", "RFC 9990 §4", consent.at,
                 fmt::format("{} does not say that it takes reports about {}: receivers send it none",
                             consent.host.text(), stop->domain.text()),
                 fmt::format("it has to publish a TXT record \"v=DMARC1\" at {}", consent.owner.text()));
  }
}

}  // namespace rdnsgate::mailauth
