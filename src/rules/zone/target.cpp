// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/zone/target.h"

#include <cstddef>
#include <string_view>
#include <utility>

#include "audit/subject/zone_text.h"
#include "dns/references.h"
#include "dns/rrset.h"
#include "dns/zone/vendor_records.h"

namespace rdnsgate::rules {
namespace {

using dns::Name;
using dns::RrType;

bool is_reverse(const Name& name) {
  const auto labels = name.labels();
  return labels.size() >= 2 && labels.back() == "arpa" &&
         (labels[labels.size() - 2] == "in-addr" || labels[labels.size() - 2] == "ip6");
}

/// Octets before the name in a record's data; nullopt where there is no name.
std::optional<std::size_t> octets_before_name(RrType type) {
  if (type == RrType::PTR || type == RrType::CNAME || type == RrType::NS || type == dns::type_alias) return 0;
  if (type == RrType::MX) return 2;     // the preference (RFC 1035 §3.3.9)
  if (type == dns::type_srv) return 6;  // priority, weight and port (RFC 2782)
  return std::nullopt;
}

/// Order, preference and three strings (RFC 3403 §4.1).
std::size_t octets_before_replacement(const std::string& rdata) {
  std::size_t at = 4;
  for (int strings = 0; strings < 3 && at < rdata.size(); ++strings)
    at += 1u + static_cast<unsigned char>(rdata[at]);
  return at;
}

std::optional<Name> name_at(const dns::PlacedRecord& record, std::size_t at) {
  if (record.rdata.size() <= at) return std::nullopt;
  std::size_t used = 0;  // parameters may come behind it
  auto name = Name::from_wire(std::string_view(record.rdata).substr(at), &used);
  return name ? std::optional(std::move(*name)) : std::nullopt;
}

/// The two names that an SOA record begins with.
std::vector<NameInData> names_of_soa(const dns::PlacedRecord& record) {
  const auto soa = dns::soa_in(record.rdata);
  if (!soa || record.rdata_words.size() < 2) return {};
  return {{soa->mname, record.rdata_words[0]}, {soa->rname, record.rdata_words[1]}};
}

bool is_doubled(const Name& origin, const Name& name) {
  const auto twice = origin.under(origin);
  return !origin.is_root() && twice && name.is_within(*twice);
}

/// Hosts have no names under reverse zones. Name servers may, but then not so deep.
bool is_host_in_reverse_zone(const Name& origin, RrType type, const Name& name) {
  if (!is_reverse(origin) || !name.is_within(origin)) return false;
  const auto depth = name.label_count() - origin.label_count();
  const bool is_host = type == RrType::NS || type == RrType::MX || type == dns::type_srv ||
                       type == RrType::SOA || type == dns::type_svcb || type == dns::type_https;
  return type == RrType::PTR || (is_host && depth >= 2);
}

}  // namespace

std::optional<Name> target_of(const dns::PlacedRecord& record) {
  const auto skip = octets_before_name(record.type);
  return skip ? name_at(record, *skip) : std::nullopt;
}

std::vector<NameInData> names_of(const dns::PlacedRecord& record) {
  if (record.type == RrType::SOA) return names_of_soa(record);
  auto skip = octets_before_name(record.type);
  if (record.type == RrType::DNAME) skip = 0;
  if (record.type == dns::type_svcb || record.type == dns::type_https)
    skip = 2;  // the priority (RFC 9460 §2.2)
  if (record.type == dns::type_naptr) skip = octets_before_replacement(record.rdata);
  auto name = skip ? name_at(record, *skip) : std::nullopt;
  if (!name) return {};
  return {{std::move(*name), record.all}};
}

Span Places::of(const Name& owner, RrType type) {
  const auto key_of = [](const Name& name, RrType of) {
    return name.wire() + std::to_string(static_cast<unsigned>(of));
  };
  if (by_set_.empty()) {
    for (const auto& record : text_.records)
      by_set_.emplace(key_of(record.owner, record.type), audit::ZoneTextCase::at(record));
  }
  const auto found = by_set_.find(key_of(owner, type));
  return found == by_set_.end() ? Span{text_.file, 0, 0} : found->second;
}

std::string_view missing_dot(const Name& origin, RrType type, const Name& name) {
  if (is_doubled(origin, name)) return "twice";
  if (is_host_in_reverse_zone(origin, type, name)) return "reverse-zone";
  return {};
}

}  // namespace rdnsgate::rules
