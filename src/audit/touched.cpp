// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/touched.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace rdnsgate::audit {
namespace {

using namespace inventory;

// What is declared, without the places where it stands.

auto declared(const Vantage& v) {
  return std::tie(v.name, v.kind, v.address, v.port, v.tls_name, v.tls_ca, v.questions_per_second, v.mix_case,
                  v.view, v.operator_name, v.root_hints, v.trust_anchor);
}
auto declared(const Zone& z) {
  return std::tie(z.name, z.managed_by, z.contact, z.name_servers, z.min_ttl, z.max_ttl, z.publish_delay,
                  z.checks_forward, z.file, z.owner);
}
auto declared(const Relay& r) { return std::tie(r.name, r.spf, r.helo_pattern, r.addresses, r.dkim); }
auto declared(const Sender& s) { return std::tie(s.name, s.helo_text, s.owner, s.ranges, s.address_count); }
auto declared(const RuleSetting& r) { return std::tie(r.rule, r.severity); }
auto declared(const Waiver& w) { return std::tie(w.rule, w.target, w.reason, w.expires); }
auto declared(const RetiredAddress& r) { return std::tie(r.ip); }
auto declared(const RetiredName& r) { return std::tie(r.name); }
auto declared(const NamePattern& p) { return std::tie(p.regex); }
auto declared(const InternalView& v) { return std::tie(v.ptr, v.no_ptr, v.addresses); }

template <typename T>
bool same(const T& a, const T& b) {
  return declared(a) == declared(b);
}

template <typename T>
bool same_list(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same<T>);
}

bool same(const Domain& a, const Domain& b) {
  const auto same_path = [](const Domain::Path& x, const Domain::Path& y) { return x.name == y.name; };
  const bool same_dmarc = a.dmarc.has_value() == b.dmarc.has_value() &&
                          (!a.dmarc || (a.dmarc->policy == b.dmarc->policy && a.dmarc->rua == b.dmarc->rua));
  return std::tie(a.name, a.spf_all, a.dkim) == std::tie(b.name, b.spf_all, b.dkim) && same_dmarc &&
         std::equal(a.via.begin(), a.via.end(), b.via.begin(), b.via.end(), same_path);
}

bool same(const Standards& a, const Standards& b) {
  const auto path = [](const Standards& s) { return s.as_data ? s.as_data->path : std::string(); };
  return same_list(a.names, b.names) && a.latency_warn == b.latency_warn &&
         a.latency_fail == b.latency_fail && path(a) == path(b);
}

class Finder {
 public:
  Finder(const Inventory& before, const Inventory& now) : before_(before), now_(now) {
    touched_.inventory = &now;
    touched_.addresses.assign(now.addresses.size(), 0);
    touched_.senders.assign(now.senders.size(), 0);
    touched_.zones.assign(now.zones.size(), 0);
  }

  Touched run() {
    zones();
    senders();
    addresses();
    relays_and_domains();
    for (std::size_t i = 0; i < now_.senders.size(); ++i) {
      if (touched_.senders[i] != 0) touched_.ids.insert("sender " + now_.senders[i].name);
    }
    for (std::size_t i = 0; i < now_.zones.size(); ++i) {
      if (touched_.zones[i] != 0) touched_.ids.insert("zone " + now_.zones[i].name.text());
    }
    return std::move(touched_);
  }

 private:
  void zones() {
    std::map<Name, const Zone*> was;
    for (const auto& zone : before_.zones) was.emplace(zone.name, &zone);
    // What is retired may be anywhere below a zone.
    const bool retired = !same_list(before_.retired_addresses, now_.retired_addresses) ||
                         !same_list(before_.retired_names, now_.retired_names);
    for (std::size_t i = 0; i < now_.zones.size(); ++i) {
      const auto found = was.find(now_.zones[i].name);
      const bool changed = found == was.end() || !same(*found->second, now_.zones[i]);
      touched_.zones[i] = changed || retired ? 1 : 0;
      if (changed) changed_zones_.insert(now_.zones[i].name);
      if (found != was.end()) was.erase(found);
    }
    // What a zone held that is no more belongs to another one now.
    for (const auto& [name, zone] : was) changed_zones_.insert(name);
  }

  void senders() {
    std::unordered_map<std::string_view, const Sender*> was;
    for (const auto& sender : before_.senders) was.emplace(sender.name, &sender);
    for (std::size_t i = 0; i < now_.senders.size(); ++i) {
      const auto found = was.find(now_.senders[i].name);
      touched_.senders[i] = found == was.end() || !same(*found->second, now_.senders[i]) ? 1 : 0;
    }
  }

  bool in_changed_zone(const Name& name) const {
    if (changed_zones_.empty() || name.is_root()) return false;
    return std::any_of(changed_zones_.begin(), changed_zones_.end(),
                       [&](const Name& zone) { return name.is_within(zone); });
  }

  bool is_changed(const Address& address) const {
    const Address* was = before_.find(address.ip);
    if (was == nullptr || touched_.senders[address.sender] != 0) return true;
    if (std::tie(was->ptr, was->helo, was->ttl, was->ttl_declared) !=
            std::tie(address.ptr, address.helo, address.ttl, address.ttl_declared) ||
        before_.sender_of(*was).name != now_.sender_of(address).name)
      return true;
    const auto* inside = now_.internal_view_of(address);
    const auto* inside_before = before_.internal_view_of(*was);
    if ((inside == nullptr) != (inside_before == nullptr)) return true;
    if (inside != nullptr && !same(*inside, *inside_before)) return true;
    return in_changed_zone(dns::reverse_name(address.ip)) || in_changed_zone(address.ptr) ||
           in_changed_zone(address.helo);
  }

  void note_names(const Address& address) {
    for (const auto* name : {&address.ptr, &address.helo}) {
      if (!name->is_root()) names_.insert(name->wire());
    }
  }

  void addresses() {
    for (std::size_t i = 0; i < now_.addresses.size(); ++i) {
      const auto& address = now_.addresses[i];
      if (!is_changed(address)) continue;
      touched_.addresses[i] = 1;
      note_names(address);
      if (const Address* was = before_.find(address.ip)) note_names(*was);
    }
    for (const auto& was : before_.addresses) {
      if (now_.find(was.ip) == nullptr) note_names(was);
    }
    for (std::size_t i = 0; i < now_.addresses.size(); ++i) {
      const auto& address = now_.addresses[i];
      if (names_.contains(address.ptr.wire()) || names_.contains(address.helo.wire()))
        touched_.addresses[i] = 1;
      if (touched_.addresses[i] != 0) touched_.senders[address.sender] = 1;
    }
  }

  void relays_and_domains() {
    std::map<std::string_view, const Relay*> relays;
    for (const auto& relay : before_.relays) relays.emplace(relay.name, &relay);
    for (const auto& relay : now_.relays) {
      const auto found = relays.find(relay.name);
      if (found == relays.end() || !same(*found->second, relay)) touched_.relays.insert(relay.name);
    }
    std::map<Name, const Domain*> domains;
    for (const auto& domain : before_.domains) domains.emplace(domain.name, &domain);
    for (const auto& domain : now_.domains) {
      const auto found = domains.find(domain.name);
      if (found == domains.end() || !same(*found->second, domain) || sends_through_touched(domain))
        touched_.domains.insert(domain.name.text());
      if (found != domains.end()) domains.erase(found);
    }
    paths_of_changed_domains();
  }

  bool sends_through_touched(const Domain& domain) const {
    return std::any_of(domain.via.begin(), domain.via.end(), [&](const Domain::Path& path) {
      if (touched_.relays.contains(path.name)) return true;
      const auto sender = std::find_if(now_.senders.begin(), now_.senders.end(),
                                       [&](const Sender& one) { return one.name == path.name; });
      return sender != now_.senders.end() && touched_.senders[index_of(*sender)] != 0;
    });
  }

  /// Whether a path is used is a matter of the domains: of all that name it, before or after.
  void paths_of_changed_domains() {
    const auto paths = [](const Inventory& inventory) {
      std::set<std::string_view> all;
      for (const auto& domain : inventory.domains) {
        for (const auto& path : domain.via) all.insert(path.name);
      }
      return all;
    };
    const auto before = paths(before_), now = paths(now_);
    const auto differs = [&](std::string_view name) { return before.contains(name) != now.contains(name); };
    for (const auto& sender : now_.senders) {
      if (differs(sender.name)) touched_.senders[index_of(sender)] = 1;
    }
    for (const auto& relay : now_.relays) {
      if (differs(relay.name)) touched_.relays.insert(relay.name);
    }
  }

  std::size_t index_of(const Sender& sender) const {
    return static_cast<std::size_t>(&sender - now_.senders.data());
  }

  const Inventory& before_;
  const Inventory& now_;
  Touched touched_;
  std::set<Name> changed_zones_;
  std::unordered_set<std::string> names_;  ///< wire names of what is touched, as it was and as it is
};

}  // namespace

bool Touched::has(const Target& target) const {
  switch (target.kind) {
    case TargetKind::address: {
      const auto ip = IpAddress::parse(target.id);
      const auto* address = ip ? inventory->find(*ip) : nullptr;
      return address == nullptr ||
             addresses[static_cast<std::size_t>(address - inventory->addresses.data())] != 0;
    }
    case TargetKind::sender:
      return ids.contains("sender " + target.id);
    case TargetKind::zone:
      return ids.contains("zone " + target.id);
    case TargetKind::relay:
      return relays.contains(target.id);
    case TargetKind::domain:
      return domains.contains(target.id);
    case TargetKind::vantage:
      return true;
    case TargetKind::inventory:
      return false;
  }
  return true;
}

std::size_t Touched::count() const {
  const auto set = [](const std::vector<char>& all) {
    return static_cast<std::size_t>(std::count(all.begin(), all.end(), 1));
  };
  return set(addresses) + set(senders) + set(zones) + relays.size() + domains.size();
}

std::string changed_for_all(const Inventory& before, const Inventory& now) {
  if (!same_list(before.rules, now.rules)) return "the settings of rules changed";
  if (!same_list(before.waivers, now.waivers)) return "the waivers changed";
  if (!same(before.standards, now.standards)) return "the standards changed";
  if (!same_list(before.vantages, now.vantages)) return "the vantages changed";
  if (before.defaults.rollout.ttl != now.defaults.rollout.ttl) return "the TTL of rollouts changed";
  return {};
}

Touched find_touched(const Inventory& before, const Inventory& now) { return Finder(before, now).run(); }

}  // namespace rdnsgate::audit
