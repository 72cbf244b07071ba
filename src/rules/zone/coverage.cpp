// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>

#include "rules/zone/address_runs.h"
#include "rules/zone/estate_rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {
namespace {

using dns::Name;
using dns::RrType;
using Kind = dns::ZoneReply::Kind;

/// `in-addr.arpa` and `ip6.arpa`, and what is below them.
bool is_reverse(const dns::ZoneFile& zone) {
  static const auto v4 = Name::parse("in-addr.arpa.").value(), v6 = Name::parse("ip6.arpa.").value();
  return zone.origin.is_within(v4) || zone.origin.is_within(v6);
}

/// What the inventory says of an address `check` holds against these zones.
class Declared {
 public:
  explicit Declared(const inventory::Inventory& inventory) : inventory_(inventory) {
    for (const auto& retired : inventory.retired_addresses) retired_.insert(retired.ip);
  }
  bool has(const IpAddress& ip) const { return inventory_.find(ip) != nullptr || retired_.contains(ip); }

 private:
  const inventory::Inventory& inventory_;
  std::unordered_set<IpAddress> retired_;
};

/// It is there, and nobody else is to answer for it.
bool is_answered(const dns::GivenZones& zones, const audit::ZoneText& text, const dns::PlacedRecord& record) {
  return zones.zone_of(record.owner) == &text.zone &&
         zones.look_up_in(text.zone, record.owner, record.type).kind == Kind::records;
}

audit::Args args_of(const AddressRun& run, const Name& name, std::string_view several) {
  const auto text = run.text();
  audit::Args args{.values = {{"range", text}, {"name", name}},
                   .target = audit::Target{audit::TargetKind::zone, run.first().reverse->origin.text()},
                   .at = audit::ZoneTextCase::at(*run.first().record)};
  if (run.records.size() > 1) {
    args.wording = several;
    args.values.emplace_back("count", run.records.size());
  }
  return args;
}

/// What the zones at hand have at the end of the aliases of a name, for the record that has to be there; nullopt where
/// somebody else answers.
std::optional<dns::ZoneReply> answer_of(const dns::GivenZones& zones, const Name& name, RrType type) {
  auto reply = zones.look_up(name, type);
  if (!reply || (reply->kind != Kind::alias && reply->kind != Kind::renamed)) return reply;
  const auto end = zones.end_of(name);
  return end ? zones.look_up(*end, type) : std::nullopt;
}

/// The zones at hand say of the name of a PTR record which addresses it has, and this is none of them.
bool leads_elsewhere(const dns::GivenZones& zones, const Name& target, const IpAddress& ip) {
  const auto reply = answer_of(zones, target, ip.is_v4() ? RrType::A : RrType::AAAA);
  if (!reply || reply->wildcard) return false;
  // A name without any address is zone-target-without-address.
  if (reply->kind == Kind::no_records) {
    const auto other = answer_of(zones, target, ip.is_v4() ? RrType::AAAA : RrType::A);
    return other && other->kind == Kind::records && !other->wildcard;
  }
  if (reply->kind != Kind::records) return false;
  const auto& has = reply->set->rdata;
  return !std::binary_search(has.begin(), has.end(), dns::rdata_of(ip));
}

}  // namespace

void judge_zone_address_without_ptr(const audit::ZoneTextsCase& c, audit::Findings& findings) {
  const bool some_reverse = std::any_of(c.texts.begin(), c.texts.end(),
                                        [](const audit::ZoneText& text) { return is_reverse(text.zone); });
  if (!some_reverse) return;
  const Declared declared(c.inventory);
  std::vector<AddressRecord> without;
  for (const auto& text : c.texts) {
    if (is_reverse(text.zone)) continue;
    for (const auto& record : text.records) {
      if (record.type != RrType::A && record.type != RrType::AAAA) continue;
      const auto ip = dns::address_in(record.rdata);
      if (!ip) continue;
      const auto reverse = dns::reverse_name(*ip);
      const auto reply = c.zones.look_up(reverse, RrType::PTR);
      if (!reply || (reply->kind != Kind::no_records && reply->kind != Kind::no_name)) continue;
      const auto* zone = c.zones.zone_of(reverse);
      if (!is_reverse(*zone) || record.owner.first_label() == "*" || declared.has(*ip)) continue;
      if (is_answered(c.zones, text, record)) without.push_back({*ip, zone, &record});
    }
  }
  for (const auto& run : runs_of(std::move(without)))
    findings.add(args_of(run, run.first().record->owner, "several"));
}

void judge_zone_ptr_other_address(const audit::ZoneTextsCase& c, audit::Findings& findings) {
  const Declared declared(c.inventory);
  std::vector<AddressRecord> elsewhere;
  for (const auto& text : c.texts) {
    if (!is_reverse(text.zone)) continue;
    for (const auto& record : text.records) {
      if (record.type != RrType::PTR) continue;
      const auto target = target_of(record);
      const auto ip = dns::address_of_reverse(record.owner);
      if (!ip || !target || !leads_elsewhere(c.zones, *target, *ip) || declared.has(*ip)) continue;
      if (!lacks_dot(text, record.type, *target) && is_answered(c.zones, text, record))
        elsewhere.push_back({*ip, &text.zone, &record});
    }
  }
  for (const auto& run : runs_of(std::move(elsewhere)))
    findings.add(args_of(run, *target_of(*run.first().record), "several"));
}

}  // namespace rdnsgate::rules
