// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/references.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "dns/octets.h"

namespace rdnsgate::dns {
namespace {

struct Shape {
  RrType type{};
  const char* word = nullptr;
  std::size_t before_name = 0;  ///< octets in front of the name
};
constexpr std::array shapes{
    Shape{RrType::NS, "NS", 0},     Shape{RrType::CNAME, "CNAME", 0}, Shape{RrType::DNAME, "DNAME", 0},
    Shape{RrType::SOA, "SOA", 0},   Shape{RrType::MX, "MX", 2},       Shape{type_afsdb, "AFSDB", 2},
    Shape{type_rt, "RT", 2},        Shape{type_srv, "SRV", 6},        Shape{type_kx, "KX", 2},
    Shape{type_svcb, "SVCB", 2},    Shape{type_https, "HTTPS", 2},    Shape{type_naptr, "NAPTR", 0},
    Shape{RrType::TLSA, "TLSA", 0},
};

const Shape* shape_of(RrType type) {
  const auto* found =
      std::find_if(shapes.begin(), shapes.end(), [&](const Shape& shape) { return shape.type == type; });
  return found == shapes.end() ? nullptr : found;
}

unsigned number16(std::string_view octets, std::size_t at) {
  return octet(octets, at) << 8 | octet(octets, at + 1);
}

/// Order, preference and three character-strings come before a NAPTR record's replacement (RFC 3403 §4.1).
std::optional<std::size_t> before_replacement(std::string_view rdata) {
  std::size_t at = 4;
  for (int strings = 0; strings < 3; ++strings) {
    if (at >= rdata.size()) return std::nullopt;
    at += 1u + octet(rdata, at);
  }
  return at;
}

/// `_25._tcp.mx.example` is about `mx.example`; a wildcard may stand for the port.
Name host_of(Name owner) {
  while (!owner.is_root() && (owner.first_label().front() == '_' || owner.first_label() == "*"))
    owner = owner.parent();
  return owner;
}

bool is_service(RrType type) { return type == type_svcb || type == type_https; }

/// Where the parameters of an SVCB record begin; nullopt for an alias, which has none, and for bad data.
std::optional<std::size_t> parameters_at(const std::string& rdata) {
  std::size_t used = 0;
  if (rdata.size() < 3 || number16(rdata, 0) == 0) return std::nullopt;
  if (!Name::from_wire(std::string_view(rdata).substr(2), &used)) return std::nullopt;
  return 2 + used;
}

}  // namespace

std::string type_word(RrType type) {
  const auto* shape = shape_of(type);
  return shape != nullptr ? shape->word : to_string(type);
}

bool has_references(RrType type) { return shape_of(type) != nullptr; }

std::vector<Reference> references_of(const Name& owner, RrType type, const std::string& rdata) {
  const auto* shape = shape_of(type);
  if (shape == nullptr) return {};
  if (type == RrType::TLSA) {
    auto host = host_of(owner);
    return host.is_root() ? std::vector<Reference>() : std::vector<Reference>{{std::move(host)}};
  }
  const auto skip = type == type_naptr ? before_replacement(rdata) : shape->before_name;
  if (!skip || *skip >= rdata.size()) return {};
  auto name = Name::from_wire(std::string_view(rdata).substr(*skip));
  if (!name) return {};
  if (!name->is_root()) return {{std::move(*name), type == RrType::DNAME}};
  if (is_service(type) && number16(rdata, 0) != 0) return {{owner}};
  return {};
}

std::vector<IpAddress> address_hints(RrType type, const std::string& rdata) {
  constexpr unsigned ipv4hint = 4, ipv6hint = 6;
  std::vector<IpAddress> all;
  const auto begin = is_service(type) ? parameters_at(rdata) : std::nullopt;
  if (!begin) return all;
  for (std::size_t at = *begin; at + 4 <= rdata.size();) {
    const unsigned key = number16(rdata, at), length = number16(rdata, at + 2);
    at += 4;
    if (at + length > rdata.size()) break;
    const std::size_t each = key == ipv4hint ? 4 : key == ipv6hint ? 16 : 0;
    for (std::size_t i = 0; each != 0 && i + each <= length; i += each) {
      if (const auto ip = address_in(rdata.substr(at + i, each))) all.push_back(*ip);
    }
    at += length;
  }
  return all;
}

}  // namespace rdnsgate::dns
