// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/spf/relays_left.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "mailauth/spf/spf_groups.h"
#include "mailauth/spf/spf_published.h"
#include "plan/operation/final_world.h"
#include "plan/spf/relay_ranges.h"
#include "plan/spf/relay_terms.h"
#include "plan/spf/spf_records.h"
#include "plan/world/spf_edit.h"
#include "plan/world/spf_world.h"

namespace rdnsgate::plan {
namespace {

using inventory::Domain;
using inventory::Relay;
using mailauth::SpfEvaluator;
using mailauth::SpfResult;

/// What receivers find once some operations are done.
class Look {
 public:
  Look(const Picture& picture, const std::vector<Operation>& operations)
      : final_(picture, operations),
        evaluator_(spf_asker(picture, [this](std::size_t set) { return std::vector{final_.value(set)}; })) {}
  Look(const Look&) = delete;  // its evaluator points into it
  Look& operator=(const Look&) = delete;

  const MaybeVersion& value(std::size_t set) const { return final_.value(set); }
  mailauth::SpfResults of(const Path& path, const Name& helo, const Name& domain) {
    return evaluator_.evaluate(spf_identity(path, helo, domain), domain).results;
  }
  std::vector<AddressRange> passing(const Name& domain, const std::vector<AddressRange>& ranges) {
    std::vector<AddressRange> all;
    const mailauth::SpfIdentity who{{}, std::nullopt, domain, std::nullopt};
    for (const auto& group : mailauth::spf_groups(evaluator_, who, domain, ranges).groups) {
      if (group.outcome.results.is(SpfResult::pass))
        all.insert(all.end(), group.ranges.begin(), group.ranges.end());
    }
    return mailauth::spf_ranges(std::move(all));
  }

 private:
  FinalWorld final_;
  SpfEvaluator evaluator_;
};

class LeftRelays {
 public:
  LeftRelays(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals)
      : now_(now), base_(base), picture_(picture), goals_(goals), records_(now, base, picture, goals) {}

  void run() {
    for (std::size_t i = 0; i < goals_.services.size(); ++i) {
      const auto service = goals_.services[i];
      const auto* domain = domain_in(&now_, service.domain);
      if (service.kind != ServiceKind::relay || domain == nullptr || names_relay(*domain, service.name))
        continue;
      const auto* before = domain_in(base_, service.domain);
      if (before == nullptr) continue;
      for (const auto* relay : relays_of(*base_, *before)) {
        if (relay->name == service.name) leave(*domain, *relay, i);
      }
    }
  }

 private:
  void leave(const Domain& domain, const Relay& relay, std::size_t service) {
    const auto top = records_.own_record(domain);
    if (top == none) return;
    for (const auto set : records_.of(domain)) {
      if (picture_.behind(set) == picture_.behind(top) || !records_.may_edit(set, top)) continue;
      const auto there = terms_there(picture_.sets[set].live->rdata, relay.spf);
      if (!there.empty()) leave(relay, there, set, service);
    }
  }

  /// The relay's terms that a record has which others may take in, too.
  void leave(const Relay& relay, const std::string& there, std::size_t set, std::size_t service) {
    const auto users = users_of(set);
    auto terms = there;
    for (const auto* user : users) terms = spf_terms_besides(terms, terms_of_relays(*user));
    const auto owner = picture_.sets[set].owner.text();
    if (terms.empty()) {
      return goals_.note("{} stays in {} TXT: mail of others who take that record in leaves through it.", there,
                         owner);
    }
    if (const auto stranger = stranger_at(set, users); !stranger.empty()) {
      return goals_.note("{} stays in {} TXT: {} takes that record in, and is not declared.", terms, owner,
                         stranger);
    }
    Operation operation{Kind::remove_old, set, {}, {}, {}, picture_.sets[set].owner, {}};
    operation.service = service;
    operation.term = terms;
    operation.waits_for = services_of(relay, users);
    auto all = goals_.operations;
    all.push_back(operation);
    Look before(picture_, goals_.operations), then(picture_, all);
    if (before.value(set) == then.value(set)) return;
    if (!everybody_else_passes(users, before, then)) {
      return goals_.note("{} stays in {} TXT: others who send for {} are let through by it.", terms, owner,
                         users.front()->name.text());
    }
    records_.push(std::move(operation));
    goals_.note(
        "{} is taken out of {} TXT: no declared domain needs it there. A domain outside the inventory that includes "
        "{} may.",
        terms, owner, owner);
  }

  /// Declared domains whose record takes it in.
  std::vector<const Domain*> users_of(std::size_t set) const {
    std::vector<const Domain*> all;
    for (const auto& domain : now_.domains) {
      if (picture_.find(domain.name, RrType::TXT) == none) continue;
      const auto records = records_.of(domain);
      if (std::any_of(records.begin(), records.end(),
                      [&](auto one) { return picture_.behind(one) == picture_.behind(set); }))
        all.push_back(&domain);
    }
    return all;
  }

  /// Whatever they have in MAIL FROM: mail under way may have had the domain.
  std::vector<std::string> terms_of_relays(const Domain& domain) const {
    std::vector<std::string> all;
    for (const auto& relay : now_.relays) {
      if (names_relay(domain, relay.name)) all.push_back(relay.spf);
    }
    return all;
  }

  /// A name whose SPF record takes this one in, in a zone that lies before us, and that no domain is declared for or
  /// takes in; empty where there is none.
  std::string stranger_at(std::size_t set, const std::vector<const Domain*>& users) const {
    const auto takers = picture_.spf_takers.find(picture_.sets[set].owner);
    if (takers == picture_.spf_takers.end()) return {};
    const auto is_ours = [&](const Name& taker) {
      return std::any_of(users.begin(), users.end(), [&](const Domain* user) {
        const auto records = records_.of(*user);
        return std::any_of(records.begin(), records.end(),
                           [&](auto one) { return picture_.sets[one].owner == taker; });
      });
    };
    const auto& names = takers->second;
    const auto stranger = std::find_if_not(names.begin(), names.end(), is_ours);
    return stranger == names.end() ? std::string() : stranger->text();
  }

  /// Domains that leave it at the same time may do so one after the other.
  std::vector<std::size_t> services_of(const Relay& relay, const std::vector<const Domain*>& users) const {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < goals_.services.size(); ++i) {
      const auto& one = goals_.services[i];
      if (one.kind == ServiceKind::relay && one.name == relay.name &&
          std::any_of(users.begin(), users.end(), [&](const Domain* user) { return user->name == one.domain; }))
        all.push_back(i);
    }
    return all;
  }

  bool everybody_else_passes(const std::vector<const Domain*>& users, Look& before, Look& then) const {
    return std::all_of(users.begin(), users.end(), [&](const Domain* user) {
      return relays_pass(*user, before, then) && paths_pass(*user, before, then);
    });
  }

  bool relays_pass(const Domain& domain, Look& before, Look& then) const {
    const auto relays = relays_of(now_, domain);
    return std::all_of(relays.begin(), relays.end(), [&](const Relay* relay) {
      const auto ranges = ranges_of(picture_, *relay);
      return before.passing(domain.name, ranges) == then.passing(domain.name, ranges);
    });
  }

  bool paths_pass(const Domain& domain, Look& before, Look& then) const {
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      const auto& path = picture_.paths[i];
      if (path.now == nullptr) continue;
      for (const auto& helo : {goals_.helo[i], records_.helo_after(i)}) {
        const auto first = before.of(path, helo, domain.name);
        if (first.may_be(SpfResult::pass) && then.of(path, helo, domain.name) != first) return false;
      }
    }
    return true;
  }

  const Inventory& now_;
  const Inventory* base_;
  const Picture& picture_;
  Goals& goals_;
  SpfRecords records_;
};

}  // namespace

void take_out_left_relays(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals) {
  LeftRelays(now, base, picture, goals).run();
}

}  // namespace rdnsgate::plan
