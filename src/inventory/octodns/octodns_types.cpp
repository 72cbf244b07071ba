// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// The record types of octoDNS (octodns/record/*.py) and the keys of their data.
#include <algorithm>
#include <array>

#include "base/text/text.h"
#include "inventory/octodns/octodns_record.h"

namespace rdnsgate::inventory {
namespace {

using Field = OctodnsType::Field;
using enum OctodnsPart;

constexpr std::array caa{Field{"flags", "", octet, "0"}, Field{"tag", "", word}, Field{"value", "", string}};
constexpr std::array ds{Field{"key_tag", "", number}, Field{"algorithm", "", octet},
                        Field{"digest_type", "", octet}, Field{"digest", "", word}};
constexpr std::array loc{Field{"lat_degrees", "", octet},     Field{"lat_minutes", "", octet},
                         Field{"lat_seconds", "", decimal},   Field{"lat_direction", "", word},
                         Field{"long_degrees", "", octet},    Field{"long_minutes", "", octet},
                         Field{"long_seconds", "", decimal},  Field{"long_direction", "", word},
                         Field{"altitude", "", metres},       Field{"size", "", metres},
                         Field{"precision_horz", "", metres}, Field{"precision_vert", "", metres}};
constexpr std::array mx{Field{"preference", "priority", number}, Field{"exchange", "value", target}};
constexpr std::array naptr{Field{"order", "", number},  Field{"preference", "", number},
                           Field{"flags", "", string},  Field{"service", "", string},
                           Field{"regexp", "", string}, Field{"replacement", "", target}};
constexpr std::array srv{Field{"priority", "", number}, Field{"weight", "", number},
                         Field{"port", "", number}, Field{"target", "", target}};
constexpr std::array sshfp{Field{"algorithm", "", octet}, Field{"fingerprint_type", "", octet},
                           Field{"fingerprint", "", word}};
constexpr std::array tlsa{Field{"certificate_usage", "", octet}, Field{"selector", "", octet},
                          Field{"matching_type", "", octet}, Field{"certificate_association_data", "", word}};
constexpr std::array uri{Field{"priority", "", number}, Field{"weight", "", number},
                         Field{"target", "", string}};

constexpr std::array types{
    OctodnsType{"A", ipv4},
    OctodnsType{"AAAA", ipv6},
    OctodnsType{"CAA", fields, false, caa},
    OctodnsType{"CNAME", target, true},
    OctodnsType{"DNAME", target, true},
    OctodnsType{"DS", fields, false, ds},
    OctodnsType{"LOC", fields, false, loc},
    OctodnsType{"MX", fields, false, mx},
    OctodnsType{"NAPTR", fields, false, naptr},
    OctodnsType{"NS", target},
    OctodnsType{"OPENPGPKEY", word},
    OctodnsType{"PTR", target},
    OctodnsType{"SPF", strings},
    OctodnsType{"SRV", fields, false, srv},
    OctodnsType{"SSHFP", fields, false, sshfp},
    OctodnsType{"TLSA", fields, false, tlsa},
    OctodnsType{"TXT", strings},
    OctodnsType{"URI", fields, false, uri},
};

struct Unread {
  std::string_view name, why;
};
constexpr std::array unread{
    Unread{"ALIAS", "an ALIAS record: the provider answers with the addresses of its target"},
    Unread{"HTTPS", "an HTTPS record, whose data is not read here"},
    Unread{"SVCB", "an SVCB record, whose data is not read here"},
    Unread{"URLFWD", "a URLFWD record: the provider answers with addresses of its own"},
};

}  // namespace

const OctodnsType* octodns_type(std::string_view name) {
  const auto found =
      std::find_if(types.begin(), types.end(), [&](const auto& type) { return type.name == name; });
  return found == types.end() ? nullptr : &*found;
}

std::string_view octodns_unread(std::string_view name) {
  const auto found =
      std::find_if(unread.begin(), unread.end(), [&](const auto& type) { return type.name == name; });
  return found == unread.end() ? std::string_view() : found->why;
}

std::string_view closest_octodns_type(std::string_view name) {
  std::vector<std::string_view> names;
  for (const auto& type : types) names.push_back(type.name);
  for (const auto& type : unread) names.push_back(type.name);
  const auto same = std::find_if(names.begin(), names.end(), [&](std::string_view known) {
    return ascii_lower(known) == ascii_lower(name);
  });
  return same == names.end() ? closest(name, names) : *same;
}

}  // namespace rdnsgate::inventory
