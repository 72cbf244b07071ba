// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/nsec3.h"

#include "dns/ldns_headers.h"

#include "dns/octets.h"

namespace rdnsgate::dns {
namespace {

constexpr std::uint8_t sha1 = 1;

/// Base 32 with the extended hex alphabet, without padding (RFC 4648 §7).
std::optional<std::string> from_base32hex(std::string_view text) {
  std::string out(text.size(), '\0');
  const int size = ldns_b32_pton_extended_hex(text.data(), text.size(),
                                              reinterpret_cast<std::uint8_t*>(out.data()), out.size());
  if (size <= 0) return std::nullopt;
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string digest(std::string octets, const std::string& salt) {
  octets += salt;
  std::string out(LDNS_SHA1_DIGEST_LENGTH, '\0');
  ldns_sha1(reinterpret_cast<const unsigned char*>(octets.data()), static_cast<unsigned>(octets.size()),
            reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

std::optional<Nsec3> read(const std::string& rdata) {
  Nsec3 it;
  if (rdata.size() < 6) return std::nullopt;
  it.hash_algorithm = static_cast<std::uint8_t>(octet(rdata, 0));
  it.flags = static_cast<std::uint8_t>(octet(rdata, 1));
  it.iterations = static_cast<std::uint16_t>((octet(rdata, 2) << 8) | octet(rdata, 3));
  const std::size_t salt = octet(rdata, 4);
  if (rdata.size() < 6 + salt) return std::nullopt;
  const std::size_t hash = octet(rdata, 5 + salt);
  if (rdata.size() < 6 + salt + hash) return std::nullopt;
  it.salt = rdata.substr(5, salt);
  it.next = rdata.substr(6 + salt, hash);
  it.types = rdata.substr(6 + salt + hash);
  return it;
}

}  // namespace

bool has_type(std::string_view bitmap, RrType type) {
  const auto number = static_cast<unsigned>(type);
  while (bitmap.size() >= 2) {
    const unsigned window = octet(bitmap, 0), size = octet(bitmap, 1);
    if (bitmap.size() < 2 + size) return false;
    if (window == number >> 8) {
      const unsigned at = (number & 0xff) >> 3;
      return at < size && (octet(bitmap, 2 + at) & (0x80u >> (number & 7))) != 0;
    }
    bitmap.remove_prefix(2 + size);
  }
  return false;
}

bool Nsec3::covers(const std::string& hash) const {
  if (hash == owner || hash == next) return false;
  if (owner < next) return owner < hash && hash < next;
  return hash > owner || hash < next;  // the last one, or the only one
}

std::vector<Nsec3> nsec3_in(const RRset& set, const Name& zone) {
  std::vector<Nsec3> found;
  if (set.type != RrType::NSEC3 || set.owner.is_root() || set.owner.parent() != zone) return found;
  const auto owner = from_base32hex(set.owner.first_label());
  if (!owner) return found;
  for (const auto& rdata : set.rdata) {
    auto it = read(rdata);
    if (!it || it->flags > 1) continue;
    it->owner = *owner;
    found.push_back(std::move(*it));
  }
  return found;
}

std::optional<std::string> hash_of(const Name& name, const Nsec3& like) {
  if (like.hash_algorithm != sha1) return std::nullopt;
  auto hash = digest(name.wire(), like.salt);
  for (unsigned i = 0; i < like.iterations; ++i) hash = digest(hash, like.salt);
  return hash;
}

}  // namespace rdnsgate::dns
