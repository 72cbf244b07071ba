// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/lab/lab_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>

#include "run/faults/alter.h"
#include "run/faults/held_zone.h"
#include "run/lab/lab_records.h"

namespace rdnsgate::run {
namespace {

using dns::Name;
using dns::RrType;

constexpr std::uint32_t usual_ttl = 3600;                                     // seconds, of what delegates
constexpr std::uint32_t root_server = 0x7f350001, spare_server = 0x7f350002;  // 127.53.0.1 and 127.53.0.2
constexpr std::string_view root_name = "root.rdnsgate-lab", spare_name = "ns.rdnsgate-lab";

Name name_of(std::string_view text) { return Name::parse(text).value(); }

RrType type_for_host(const IpAddress& ip) { return ip.is_v4() ? RrType::A : RrType::AAAA; }

/// A name server by its name, with all of its addresses.
struct Named {
  Name name;
  std::vector<IpAddress> addresses;
  bool at_parent = true, at_child = true;
};

class WorldMaker {
 public:
  explicit WorldMaker(const LabSource& source) : source_(source), records_(source.ground) {
    const bool as_before = source.fault == nullptr || source.fault->staging.as_before();
    if (source.during != nullptr && !as_before) records_.add(*source.during);
    records_.add(source.before);
    note_delegations(source.before);
    if (source.during != nullptr && !as_before) note_delegations(*source.during);
  }

  Result<LabWorld> make() {
    choose_zones();
    fill_hosts();
    for (const auto& set : records_.all()) put(set);
    for (const auto& [name, addresses] : addresses_) put_addresses(name, addresses);
    for (auto& zone : world_.zones) delegate(zone.name);
    for (auto& zone : world_.zones) finish(zone);
    if (const auto unknown = records_.unanswered(); unknown > 0)
      world_.notes.push_back(fmt::format(
          "{} of the questions had no answer before: servers that have no such record deny it", unknown));
    return std::move(world_);
  }

 private:
  struct Draft {
    std::map<std::pair<Name, RrType>, dns::RRset> sets;
    std::vector<Named> servers;
  };

  /// By the SOA record of its apex, from whoever asks the name servers themselves.
  void note_delegations(const dns::FactStore& facts) {
    for (const auto& zone : source_.ground.inventory().zones) {
      for (const auto vantage : source_.ground.outside()) {
        if (!source_.ground.is_authoritative(vantage)) continue;
        const auto fact = facts.find(vantage, zone.name, RrType::SOA);
        if (fact && fact->delegation != nullptr) delegations_[zone.name] = fact->delegation;
      }
    }
  }

  /// Those declared that exist, the longest names first, and the root.
  void choose_zones() {
    std::vector<Name> names;
    for (const auto& zone : source_.ground.inventory().zones) {
      if (!zone.name.is_root() && (records_.has_soa(zone.name) || delegations_.contains(zone.name)))
        names.push_back(zone.name);
    }
    std::sort(names.begin(), names.end(), [](const Name& a, const Name& b) {
      const auto left = a.label_count(), right = b.label_count();
      return left != right ? left > right : a < b;
    });
    names.emplace_back();
    for (const auto& name : names) {
      const bool is_root = name.is_root();
      position_[name] = world_.zones.size();
      world_.zones.push_back({name, {}, is_root || is_signed(source_.ground, name), expires(name)});
      drafts_.emplace_back();
    }
  }

  bool expires(const Name& zone) const {
    return source_.fault != nullptr && source_.fault->staging.expired == zone;
  }

  void fill_hosts() {
    const auto root = world_.zones.size() - 1;
    hold(IpAddress::v4(root_server), root);
    drafts_[root].servers = {{name_of(root_name), {IpAddress::v4(root_server)}}};
    for (std::size_t i = 0; i < root; ++i) {
      const auto found = delegations_.find(world_.zones[i].name);
      if (found != delegations_.end()) note_servers(found->second->cut, i);
      if (!is_held(i)) {
        hold(IpAddress::v4(spare_server), i);
        drafts_[i].servers = {{name_of(spare_name), {IpAddress::v4(spare_server)}}};
        world_.notes.push_back(
            fmt::format("who serves {} is not known: one server has it", world_.zones[i].name.text()));
      }
    }
    for (const auto& draft : drafts_) {
      for (const auto& server : draft.servers) {
        auto& known = addresses_[server.name];
        known.insert(known.end(), server.addresses.begin(), server.addresses.end());
      }
    }
  }

  void note_servers(const dns::Cut& cut, std::size_t zone) {
    for (const auto& server : cut.servers) {
      Named named{server.name, {}, server.at_parent, server.at_child};
      for (const auto& report : server.addresses) {
        named.addresses.push_back(report.address);
        if (report.is_authoritative()) {
          hold(report.address, zone);
        } else if (report.soa().replied()) {
          host_at(report.address);  // somebody is there, and does not have it
        }
        const bool over_udp = report.soa_udp.replied() && report.soa_tcp.asked;
        if (over_udp && !report.soa_tcp.replied() && report.soa_tcp.silence == dns::Silence::timeout)
          host_at(report.address).drops_tcp = true;
      }
      drafts_[zone].servers.push_back(std::move(named));
    }
  }

  LabHost& host_at(const IpAddress& address) {
    const auto [at, is_new] = host_position_.try_emplace(address, world_.hosts.size());
    if (is_new) world_.hosts.push_back({address, {}, false});
    return world_.hosts[at->second];
  }

  void hold(const IpAddress& address, std::size_t zone) {
    auto& zones = host_at(address).zones;
    if (std::find(zones.begin(), zones.end(), zone) == zones.end()) zones.push_back(zone);
  }

  bool is_held(std::size_t zone) const {
    return std::any_of(world_.hosts.begin(), world_.hosts.end(), [&](const LabHost& host) {
      return std::find(host.zones.begin(), host.zones.end(), zone) != host.zones.end();
    });
  }

  /// The zone that a name is in.
  std::size_t zone_of(Name name) const {
    while (true) {
      if (const auto found = position_.find(name); found != position_.end()) return found->second;
      name = name.parent();
    }
  }

  void put(const dns::RRset& set) {
    drafts_[zone_of(set.owner)].sets.try_emplace({set.owner, set.type}, set);
  }

  /// What the addresses of a server's name are, unless answers say it.
  void put_addresses(const Name& name, const std::vector<IpAddress>& addresses) {
    if (records_.find(name, RrType::CNAME) != nullptr) return;
    for (const auto& set : sets_of(name, addresses)) put(set);
  }

  static std::vector<dns::RRset> sets_of(const Name& name, const std::vector<IpAddress>& addresses) {
    std::vector<dns::RRset> sets;
    for (const auto type : {RrType::A, RrType::AAAA}) {
      dns::RRset set{name, type, usual_ttl, {}};
      for (const auto& ip : addresses) {
        if (type_for_host(ip) == type) set.rdata.push_back(dns::rdata_of(ip));
      }
      std::sort(set.rdata.begin(), set.rdata.end());
      set.rdata.erase(std::unique(set.rdata.begin(), set.rdata.end()), set.rdata.end());
      if (!set.rdata.empty()) sets.push_back(std::move(set));
    }
    return sets;
  }

  /// NS records in the zone itself and in the one above it, there with the addresses of names that only the zone could tell.
  void delegate(const Name& zone) {
    const auto at = position_.at(zone);
    const auto& servers = drafts_[at].servers;
    put_servers(drafts_[at], zone, servers, &Named::at_child);
    if (zone.is_root()) return;
    auto& above = drafts_[zone_of(zone.parent())];
    const auto above_name = world_.zones[zone_of(zone.parent())].name;
    put_servers(above, zone, servers, &Named::at_parent);
    for (const auto& server : servers) {
      if (!server.name.is_within(above_name) || world_.zones[zone_of(server.name)].name == above_name)
        continue;
      for (const auto& set : sets_of(server.name, addresses_.at(server.name)))
        above.sets.try_emplace({set.owner, set.type}, set);
    }
  }

  static void put_servers(Draft& draft, const Name& zone, const std::vector<Named>& servers,
                          bool Named::*where) {
    const bool any =
        std::any_of(servers.begin(), servers.end(), [&](const Named& one) { return one.*where; });
    dns::RRset set{zone, RrType::NS, usual_ttl, {}};
    for (const auto& server : servers) {
      if (!any || server.*where) set.rdata.push_back(dns::rdata_of(server.name));
    }
    std::sort(set.rdata.begin(), set.rdata.end());
    set.rdata.erase(std::unique(set.rdata.begin(), set.rdata.end()), set.rdata.end());
    draft.sets[{zone, RrType::NS}] = std::move(set);
  }

  void finish(LabZone& zone) {
    auto& sets = drafts_[position_.at(zone.name)].sets;
    zone.records.push_back(records_.soa(zone.name));
    for (auto& [key, set] : sets) zone.records.push_back(std::move(set));
  }

  const LabSource& source_;
  LabRecords records_;
  std::unordered_map<Name, std::shared_ptr<const dns::Delegation>> delegations_;
  std::unordered_map<Name, std::size_t> position_;
  std::map<IpAddress, std::size_t> host_position_;
  std::map<Name, std::vector<IpAddress>> addresses_;
  std::vector<Draft> drafts_;
  LabWorld world_;
};

}  // namespace

Result<LabWorld> make_lab_world(const LabSource& source) {
  if (source.fault != nullptr && !source.fault->staging.why_not.empty())
    return fail(source.fault->staging.why_not);
  return WorldMaker(source).make();
}

}  // namespace rdnsgate::run
