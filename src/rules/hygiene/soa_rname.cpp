// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <array>

#include "inventory/octodns/octodns_zone.h"
#include "rules/hygiene/rules.h"

namespace rdnsgate::rules {
namespace {

using dns::Name;

/// Domains that no mail reaches: RFC 6761 §6.3 and §6.4, RFC 6762 §3.
constexpr std::array<std::string_view, 4> unreachable_domains{"invalid", "local", "localdomain", "localhost"};

/// The last labels of the mailbox that was meant are there twice: its final dot is missing.
bool got_origin_appended(const Name& rname, const Name& zone) {
  if (zone.is_root() || !rname.is_within(zone)) return false;
  if (zone.labels().back() == "arpa") return true;
  auto wire = rname.wire();
  wire.resize(wire.size() - zone.wire().size());
  const auto written = Name::from_wire(wire + '\0');
  return written && written->label_count() > zone.label_count() && written->is_within(zone);
}

/// The key of what is wrong with the name; empty for nothing.
std::string_view rname_fault(const Name& rname, const Name& zone) {
  if (rname.is_root()) return "root";
  const auto labels = rname.labels();
  if (std::any_of(labels.begin(), labels.end(), [](auto one) { return one.find('@') != one.npos; }))
    return "at";
  if (labels.size() == 1) return "no-domain";
  if (got_origin_appended(rname, zone)) return "dot";
  const auto last = labels.back();
  return std::find(unreachable_domains.begin(), unreachable_domains.end(), last) != unreachable_domains.end()
             ? "unreachable"
             : "";
}

std::optional<audit::Args> judge_rname(std::string_view rdata, const Name& zone) {
  const auto soa = dns::soa_in(std::string(rdata));
  // octoDNS has no SOA record: whoever serves its zones makes it.
  const bool made_up =
      soa && soa->mname == soa->rname && soa->rname.text() == inventory::octodns_made_up_name;
  const auto fault = soa && !made_up ? rname_fault(soa->rname, zone) : std::string_view();
  if (fault.empty()) return std::nullopt;
  return audit::Args{.values = {{"rname", soa->rname}}, .wording = fault};
}

}  // namespace

void judge_hygiene_soa_rname(audit::ZoneCase& c, audit::Findings& findings) {
  const auto* set = dns::is_positive(c.soa.outcome) ? c.soa.rrset() : nullptr;
  if (set == nullptr || set->rdata.empty() || set->owner != c.zone.name) return;
  if (auto args = judge_rname(set->rdata.front(), c.zone.name)) findings.add(std::move(*args));
}

void judge_texts_hygiene_soa_rname(const audit::ZoneTextsCase& c, audit::Findings& findings) {
  for (const auto& text : c.texts) {
    for (const auto& record : text.records) {
      if (record.type != dns::RrType::SOA || record.owner != text.zone.origin) continue;
      auto args = judge_rname(record.rdata, text.zone.origin);
      if (!args) continue;
      args->target = audit::Target{audit::TargetKind::zone, text.zone.origin.text()};
      args->at = audit::ZoneTextCase::at(record);
      findings.add(std::move(*args));
    }
  }
}

}  // namespace rdnsgate::rules
