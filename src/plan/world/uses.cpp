// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/world/uses.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "base/text/text.h"
#include "dns/rdata_reader.h"
#include "dns/record_type.h"
#include "dns/references.h"
#include "plan/at_hand.h"
#include "plan/sides.h"
#include "plan/world/spf_edit.h"

namespace rdnsgate::plan {
namespace {

/// Below a domain, where the services of mail and their relatives usually are.
constexpr const char* usual_services[] = {
    "_submission._tcp",  "_submissions._tcp", "_imap._tcp",    "_imaps._tcp",    "_pop3._tcp",
    "_pop3s._tcp",       "_sieve._tcp",       "_caldavs._tcp", "_carddavs._tcp", "_autodiscover._tcp",
    "_caldav._tcp",      "_carddav._tcp",     "_jmap._tcp",    "_ldap._tcp",     "_ldaps._tcp",
    "_kerberos._udp",    "_kerberos._tcp",    "_sip._udp",     "_sip._tcp",      "_sips._tcp",
    "_xmpp-client._tcp", "_xmpp-server._tcp",
};
constexpr const char* usual_aliases[] = {"www", "mail", "smtp",    "imap",       "pop",          "pop3",
                                         "mx",  "ftp",  "webmail", "autoconfig", "autodiscover", "mta-sts"};

/// Those that are web hosts, as a rule.
constexpr const char* usual_sites[] = {"www", "mail", "webmail", "autoconfig", "autodiscover", "mta-sts"};
/// Of TLS services beside the one that takes mail in.
constexpr const char* other_ports[] = {"_465", "_587", "_143", "_993", "_110", "_995", "_443"};

std::optional<Name> below(const Name& above, const char* labels) {
  auto name = Name::parse(labels).value().under(above);
  if (!name) return std::nullopt;
  return std::move(*name);
}

bool is_reverse(const Name& name) {
  static const Name arpa = Name::parse("arpa").value();
  return name.is_within(arpa);
}

}  // namespace

std::string NameUse::label() const { return fmt::format("{} {}", owner.text(), dns::type_word(type)); }

Result<std::string> read_use(const std::string& text) {
  const auto space = text.find_last_of(" \t");
  if (space != std::string::npos && space != 0) {
    const auto owner = Name::parse(text.substr(0, text.find_last_not_of(" \t", space) + 1));
    const auto type = dns::record_type(text.substr(space + 1));
    if (owner && type) return NameUse{*owner, *type, false, {}}.label();
  }
  return fail(fmt::format("\"{}\" is not a name and a record type", text),
              "give the owner and the type of the record that points there: \"imap.example.com CNAME\"");
}

void Uses::add(const dns::RRset& set) {
  if (left_out_.count({set.owner, set.type}) != 0) return;
  for (const auto& rdata : set.rdata) {
    if (set.type == RrType::TXT) {
      for (const auto& name : names_in_spf(set.owner, rdata))
        by_target_[name].push_back({set.owner, set.type, false, {}});
      continue;
    }
    for (const auto& [name, below] : dns::references_of(set.owner, set.type, rdata)) {
      const bool glue = set.type == RrType::NS && name.is_within(set.owner);
      NameUse use{set.owner, set.type, glue, {}};
      if (below) {
        below_.emplace_back(name, std::move(use));
      } else {
        by_target_[name].push_back(std::move(use));
      }
    }
  }
}

void Uses::add_all(const AtHand& at_hand) {
  for (const auto& zone : at_hand.zones()) {
    for (const auto& set : zone.sets) add(set);
  }
}

void Uses::add_name_servers(const inventory::Inventory& inventory) {
  for (const auto& zone : inventory.zones) {
    if (!zone.name_servers.empty()) add({zone.name, RrType::NS, 0, ns_rdata(zone.name_servers)});
  }
}

void Uses::add_unknown(const Name& owner, RrType type, std::string why) {
  unknown_.push_back({owner, type, false, std::move(why)});
}

void Uses::add_unknown(const Name& owner, RrType type, std::string why, const Name& target) {
  by_target_[target].push_back({owner, type, false, std::move(why)});
}

std::vector<NameUse> Uses::of(const Name& name) const {
  std::vector<NameUse> all = unknown_;
  if (const auto found = by_target_.find(name); found != by_target_.end())
    all.insert(all.end(), found->second.begin(), found->second.end());
  for (const auto& [above, use] : below_) {
    if (name != above && name.is_within(above)) all.push_back(use);
  }
  // Where one of them is known to lead there, that is said.
  std::sort(all.begin(), all.end(), [](const NameUse& a, const NameUse& b) {
    return std::tie(a.owner, a.type, a.unknown) < std::tie(b.owner, b.type, b.unknown);
  });
  all.erase(
      std::unique(all.begin(), all.end(),
                  [](const NameUse& a, const NameUse& b) { return a.owner == b.owner && a.type == b.type; }),
      all.end());
  return all;
}

std::vector<Name> Uses::aliases_of(const Name& name) const {
  std::vector<Name> all;
  for (const auto& use : of(name)) {
    if (use.type == RrType::CNAME && use.unknown.empty()) all.push_back(use.owner);
  }
  return all;
}

std::vector<Name> names_in_spf(const Name& owner, const std::string& rdata) {
  std::vector<Name> names;
  if (!is_spf_record(rdata)) return names;
  const auto text = ascii_lower(dns::txt_joined(rdata));
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    auto term = text.substr(at, end - at);
    at = end + 1;
    if (!term.empty() && std::string_view("+-~?").find(term.front()) != std::string_view::npos)
      term.erase(0, 1);
    const auto colon = term.find(':');
    if (colon == std::string::npos || (term.substr(0, colon) != "a" && term.substr(0, colon) != "exists"))
      continue;
    term = term.substr(colon + 1);
    if (term.find('%') != std::string::npos) continue;
    const auto name = Name::parse(term.substr(0, term.find('/')));
    if (name && !name->is_root() && *name != owner) names.push_back(*name);
  }
  return names;
}

std::map<Name, std::vector<Name>> spf_takers_in(const AtHand& at_hand) {
  std::map<Name, std::vector<Name>> takers;
  for (const auto& zone : at_hand.zones()) {
    for (const auto& set : zone.sets) {
      const auto record = set.type == RrType::TXT ? spf_record_in(set.rdata) : std::nullopt;
      if (!record) continue;
      for (const auto& term : record->terms) {
        const bool takes = term.kind == mailauth::SpfKind::include || term.kind == mailauth::SpfKind::redirect;
        if (takes && term.fixed) takers[term.fixed->name].push_back(set.owner);
      }
    }
  }
  return takers;
}

namespace {

std::vector<PlaceToAsk> places_to_ask(const Inventory& now, const Inventory* base,
                                      const std::vector<Name>& names) {
  std::vector<PlaceToAsk> all;
  std::set<Name> zones, domains, above;
  for (const auto* inventory : {&now, base}) {
    if (inventory == nullptr) continue;
    for (const auto& zone : inventory->zones) (is_reverse(zone.name) ? zones : domains).insert(zone.name);
    for (const auto& domain : inventory->domains) domains.insert(domain.name);
  }
  zones.insert(domains.begin(), domains.end());
  for (const auto& zone : zones) all.push_back({zone, RrType::NS, zone, {}});
  for (const auto& domain : domains) {
    for (const auto type : {RrType::MX, dns::type_https, dns::type_svcb, dns::type_naptr, RrType::DNAME})
      all.push_back({domain, type, domain, {}});
    // The SPF records of domains that are declared now are looked at where SPF is planned.
    const bool is_planned = std::any_of(now.domains.begin(), now.domains.end(),
                                        [&](const auto& one) { return one.name == domain; });
    if (!is_planned) all.push_back({domain, RrType::TXT, domain, {}});
    const auto add = [&](const char* labels, RrType type) {
      if (auto owner = below(domain, labels)) all.push_back({std::move(*owner), type, domain, {}});
    };
    for (const auto* service : usual_services) add(service, dns::type_srv);
    for (const auto* alias : usual_aliases) add(alias, RrType::CNAME);
    for (const auto* site : usual_sites) add(site, dns::type_https);
    add("_dns", dns::type_svcb);
  }
  for (const auto& name : names) {
    for (const auto type : {RrType::MX, dns::type_https, dns::type_svcb, dns::type_naptr})
      all.push_back({name, type, {}, name});
    for (const auto* labels : {"_25._tcp", "_tcp"}) {
      if (auto owner = below(name, labels)) all.push_back({std::move(*owner), RrType::TLSA, {}, name});
    }
    // What stands between it and its zone may be renamed as a whole.
    const auto* zone = now.zone_of(name);
    if (zone == nullptr && base != nullptr) zone = base->zone_of(name);
    for (Name one = name.parent(); zone != nullptr && one != zone->name && one.is_within(zone->name);
         one = one.parent()) {
      if (domains.count(one) == 0 && above.insert(one).second)
        all.push_back({one, RrType::DNAME, zone->name, {}});
    }
  }
  return all;
}

}  // namespace

void look_at_places(const Inventory& now, const Inventory* base, const std::vector<Name>& names,
                    const Asker& ask, const std::function<void(const PlaceToAsk&, const Fact*)>& take) {
  const auto look = [&](const PlaceToAsk& place) {
    const Fact* fact = ask(place.owner, place.type);
    take(place, fact);
    const bool known =
        fact != nullptr && dns::is_definite(fact->outcome) && fact->security != dns::Security::bogus;
    return known ? fact : nullptr;
  };
  for (const auto& place : places_to_ask(now, base, names)) {
    const Fact* fact = look(place);
    if (fact == nullptr) continue;
    if (place.type == dns::type_naptr) {
      for (const auto& set : fact->answer) {
        for (const auto& rdata : set.rdata) {
          // Where it does not name a host, it names the owner of SRV records (RFC 3403, RFC 3958).
          for (const auto& reference : dns::references_of(set.owner, set.type, rdata))
            look({reference.name, dns::type_srv, place.domain, place.target});
        }
      }
    }
    // Below a name that does not exist nothing does (RFC 8020).
    if (place.type == RrType::TLSA && place.owner.first_label() == "_tcp" &&
        fact->outcome != dns::Outcome::nxdomain) {
      for (const auto* port : other_ports) {
        if (auto owner = below(place.owner, port)) look({std::move(*owner), RrType::TLSA, {}, place.target});
      }
    }
  }
}

}  // namespace rdnsgate::plan
