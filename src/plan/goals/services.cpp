// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/goals/services.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "plan/spf/relay_terms.h"
#include "plan/world/spf_edit.h"

namespace rdnsgate::plan {
namespace {

using inventory::Domain;
using inventory::Relay;

const Domain* domain_named(const Inventory* inventory, const Name& name) {
  if (inventory == nullptr) return nullptr;
  const auto found = std::find_if(inventory->domains.begin(), inventory->domains.end(),
                                  [&](const Domain& domain) { return domain.name == name; });
  return found == inventory->domains.end() ? nullptr : &*found;
}

/// Of the domain, those with a term of SPF, in its order.
std::vector<const Relay*> all_relays_of(const Inventory* inventory, const Domain* domain) {
  std::vector<const Relay*> all;
  if (domain == nullptr) return all;
  for (const auto& via : domain->via) {
    for (const auto& relay : inventory->relays) {
      if (relay.name == via.name && !relay.spf.empty()) all.push_back(&relay);
    }
  }
  return all;
}

/// Those of them whose mail has the domain itself in MAIL FROM: of others its record is not asked.
std::vector<const Relay*> relays_of(const Inventory* inventory, const Domain* domain) {
  auto all = all_relays_of(inventory, domain);
  std::erase_if(all,
                [&](const Relay* one) { return inventory::mail_from_of(*domain, one) != domain->name; });
  return all;
}

bool is_among(const std::vector<const Relay*>& relays, const Relay& relay) {
  return std::any_of(relays.begin(), relays.end(), [&](const Relay* one) { return one->name == relay.name; });
}

std::vector<std::string> terms_of(const std::vector<const Relay*>& relays) {
  std::vector<std::string> all;
  for (const auto* relay : relays) all.push_back(relay->spf);
  return all;
}

std::vector<std::string> without(std::vector<std::string> all, const std::vector<std::string>& others) {
  std::erase_if(
      all, [&](const auto& one) { return std::find(others.begin(), others.end(), one) != others.end(); });
  return all;
}

class ServiceDeriver {
 public:
  ServiceDeriver(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals)
      : now_(now), base_(base), picture_(picture), goals_(goals) {}

  void run() {
    for (const auto& domain : now_.domains) {
      const auto* before = domain_named(base_, domain.name);
      change_relays(domain, before);
      if (before != nullptr) change_keys(domain, *before);
    }
  }

 private:
  void change_relays(const Domain& domain, const Domain* before) {
    const auto now = relays_of(&now_, &domain), then = relays_of(base_, before),
               named = all_relays_of(&now_, &domain);
    const std::size_t set = picture_.find(domain.name, RrType::TXT);
    if (set == none) return;
    const auto& state = picture_.sets[set];
    std::string leaving;
    for (const auto* relay : then) {
      if (!is_among(named, *relay)) leaving += " " + spf_terms_besides(relay->spf, terms_of(named));
    }
    for (const auto* relay : now) {
      const bool is_new = before != nullptr && !is_among(then, *relay);
      const auto lacking = lacking_terms(picture_, domain.name, relay->spf, leaving);
      if (!is_new && lacking.terms.empty()) continue;
      if (!can_change(state, domain.name)) return;
      const auto service = add({domain.name, relay->name, ServiceKind::relay, !is_new, set, lacking.terms});
      if (!lacking.terms.empty()) list(domain, *relay, lacking, service);
      if (is_new) push(Kind::start_relay, {service}, {});
    }
    for (const auto* relay : then) {
      // One that now has a MAIL FROM of its own may still be said otherwise by mail under way: its term stays.
      if (is_among(named, *relay)) continue;
      if (!can_change(state, domain.name)) return;
      const auto rest = spf_terms_besides(relay->spf, terms_of(named));
      const auto there = terms_there(state.live->rdata, rest);
      const auto service =
          add({domain.name, relay->name, ServiceKind::relay, true, there.empty() ? none : set, there});
      push(Kind::stop_relay, {}, {service});
      if (!there.empty()) push_term(Kind::remove_old, service);
    }
  }

  void list(const Domain& domain, const Relay& relay, const LackingTerms& lacking, std::size_t service) {
    push_term(Kind::add_forward, service);
    if (lacking.unknown.empty()) return;
    goals_.note(
        "Whether the SPF record of {} takes {} in already could not be determined ({}): {} is added to it all the "
        "same.",
        domain.name.text(), relay.name, lacking.unknown, lacking.terms);
  }

  /// An SPF record of ours that is there, and there once.
  bool can_change(const RRsetState& state, const Name& domain) {
    if (!state.problem.empty()) {
      goals_.left_out.push_back({LeftOut::Kind::domain, domain.text(), {}, state.problem});
      return false;
    }
    if (state.alias) {
      goals_.note("{} is an alias; its SPF record is left alone.", domain.text());
    } else if (!state.live || !has_spf_record(state.live->rdata)) {
      goals_.note("{} has not one SPF record: its relays are left alone.", domain.text());
    } else {
      return true;
    }
    return false;
  }

  void change_keys(const Domain& domain, const Domain& before) {
    std::vector<std::size_t> starts, stops;
    if (domain.dkim_domain || before.dkim_domain) {
      const auto signer = signer_of(domain.dkim_domain ? domain : before, nullptr);
      if (domain.dkim != before.dkim || domain.dkim_domain != before.dkim_domain)
        goals_.note("Mail of {} is signed as {}: its keys are left alone.", domain.name.text(), signer.text());
      return;
    }
    // One is revoked only where its successor is there.
    if (const auto why = unknown_key(domain, before); !why.empty()) {
      goals_.left_out.push_back({LeftOut::Kind::domain, domain.name.text(), {}, why});
      return;
    }
    for (const auto& selector : without(domain.dkim, before.dkim)) {
      const std::size_t set = key_of(selector, domain.name);
      if (set == none) continue;
      if (!picture_.sets[set].live) {
        goals_.problems.push_back(fmt::format(
            "{} has no key yet: publish it (nobody uses it before the rollout says so), and plan then",
            key_owner(selector, domain.name).text()));
        continue;
      }
      starts.push_back(add({domain.name, selector, ServiceKind::key, false, none, {}}));
    }
    for (const auto& selector : without(before.dkim, domain.dkim)) {
      const std::size_t set = key_of(selector, domain.name);
      if (set == none) continue;
      const auto& state = picture_.sets[set];
      if (state.alias) {
        goals_.note("The key of {} is an alias; it is left to who holds {}.",
                    key_owner(selector, domain.name).text(), state.owner.text());
      }
      const bool is_used = others_sign_with(selector, domain);
      if (is_used) {
        goals_.note("The key at {} stays: other mail is signed with it.",
                    key_owner(selector, domain.name).text());
      }
      const bool leaves = state.live && !state.alias && !is_used;
      stops.push_back(add({domain.name, selector, ServiceKind::key, true, leaves ? set : none, {}}));
      if (leaves) push_key(stops.back());
    }
    if (!starts.empty() || !stops.empty()) push(Kind::switch_dkim, starts, stops);
  }

  /// As the domain, with this selector: mail of another domain, or of a relay.
  bool others_sign_with(const std::string& selector, const Domain& signer) const {
    const auto has = [&](const std::vector<std::string>& selectors) {
      return std::any_of(selectors.begin(), selectors.end(), [&](const auto& one) {
        return key_owner(one, signer.name) == key_owner(selector, signer.name);
      });
    };
    if (std::any_of(now_.domains.begin(), now_.domains.end(), [&](const Domain& one) {
          return one.dkim_domain == signer.name && has(one.dkim);
        }))
      return true;
    return std::any_of(now_.paths.begin(), now_.paths.end(), [&](const auto& path) {
      const auto* relay = now_.relay_of(path);
      return relay != nullptr && has(relay->dkim) &&
             inventory::signer_of(now_.domain_of(path), relay) == signer.name;
    });
  }

  std::string unknown_key(const Domain& domain, const Domain& before) const {
    for (const auto& some : {without(domain.dkim, before.dkim), without(before.dkim, domain.dkim)}) {
      for (const auto& selector : some) {
        const auto set = key_of(selector, domain.name);
        if (set != none && !picture_.sets[set].problem.empty()) return picture_.sets[set].problem;
      }
    }
    return {};
  }

  std::size_t key_of(const std::string& selector, const Name& domain) const {
    const auto owner = key_owner(selector, domain);
    return owner.is_root() ? none : picture_.find(owner, RrType::TXT);
  }

  std::size_t add(Service service) {
    goals_.services.push_back(std::move(service));
    return goals_.services.size() - 1;
  }

  void push(Kind kind, std::vector<std::size_t> starts, std::vector<std::size_t> stops) {
    Operation operation;
    operation.kind = kind;
    operation.starts = std::move(starts);
    operation.stops = std::move(stops);
    goals_.operations.push_back(std::move(operation));
  }

  void push_term(Kind kind, std::size_t service) {
    Operation operation;
    operation.kind = kind;
    operation.set = goals_.services[service].set;
    operation.service = service;
    operation.term = goals_.services[service].term;
    goals_.operations.push_back(std::move(operation));
  }

  /// Verifiers that kept the key learn from the revoked one that it is none, and from its absence only that
  /// there is nothing to tell.
  void push_key(std::size_t service) {
    Operation operation;
    operation.set = goals_.services[service].set;
    operation.service = service;
    operation.kind = Kind::remove_old;
    const std::vector<std::string> value{revoked_key()};
    const bool is_revoked = picture_.sets[operation.set].live->rdata == value;
    goals_.operations.push_back(operation);
    if (is_revoked) return;
    operation.kind = Kind::revoke_key;
    operation.value = value;
    goals_.operations.push_back(std::move(operation));
  }

  const Inventory& now_;
  const Inventory* base_;
  const Picture& picture_;
  Goals& goals_;
};

}  // namespace

std::string revoked_key() {
  const std::string text = "v=DKIM1; p=";
  return static_cast<char>(text.size()) + text;
}

void derive_services(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals) {
  ServiceDeriver(now, base, picture, goals).run();
}

}  // namespace rdnsgate::plan
