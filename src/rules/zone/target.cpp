// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/zone/target.h"

#include <cstddef>
#include <utility>

#include "dns/rrset.h"

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
  if (type == RrType::PTR || type == RrType::CNAME || type == RrType::NS) return 0;
  if (type == RrType::MX) return 2;  // the preference (RFC 1035 §3.3.9)
  return std::nullopt;
}

bool is_doubled(const Name& origin, const Name& name) {
  const auto twice = origin.under(origin);
  return !origin.is_root() && twice && name.is_within(*twice);
}

/// Hosts have no names under reverse zones. Name servers may, but then not so deep.
bool is_host_in_reverse_zone(const Name& origin, RrType type, const Name& name) {
  if (!is_reverse(origin) || !name.is_within(origin)) return false;
  const auto depth = name.label_count() - origin.label_count();
  return type == RrType::PTR || ((type == RrType::NS || type == RrType::MX) && depth >= 2);
}

}  // namespace

std::optional<Name> target_of(const dns::PlacedRecord& record) {
  const auto skip = octets_before_name(record.type);
  if (!skip || record.rdata.size() <= *skip) return std::nullopt;
  auto name = dns::name_in(record.rdata.substr(*skip));
  return name ? std::optional(std::move(*name)) : std::nullopt;
}

std::string_view missing_dot(const Name& origin, RrType type, const Name& name) {
  if (is_doubled(origin, name)) return "twice";
  if (is_host_in_reverse_zone(origin, type, name)) return "reverse-zone";
  return {};
}

}  // namespace rdnsgate::rules
