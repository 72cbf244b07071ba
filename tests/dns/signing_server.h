// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What a server of a signed zone says, octet by octet.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "dns/dnssec/proof.h"
#include "dns/signed_zone.h"

namespace rdnsgate::dns::test {

inline const auto apex = name("zone.test");
inline constexpr std::uint32_t base = 1'800'000'000, day = 86'400;
inline const Time now{std::chrono::seconds(base)};

inline std::string wire_of(const Name& owner, RrType type, std::uint32_t ttl, const std::string& rdata) {
  return owner.wire() + be16(static_cast<std::size_t>(type)) + be16(1) + be16(ttl >> 16) +
         be16(ttl & 0xffff) + be16(rdata.size()) + rdata;
}

/// A server of a signed zone, as it should be, and what can be wrong with it.
class Server {
 public:
  explicit Server(const Name& zone = apex) : signer_(zone), keys_(zone, {signer_.dnskey()}) {}

  std::uint32_t inception = base - day, expiration = base + day;
  bool spoil = false;
  std::set<RrType> unsigned_types;

  const TrustedKeys& keys() const { return keys_; }
  const Signer& signer() const { return signer_; }

  void add(std::string& section, std::size_t& count, const RRset& set, const RRset* over = nullptr) const {
    for (const auto& rdata : set.rdata) section += wire_of(set.owner, set.type, set.ttl, rdata), ++count;
    if (unsigned_types.count(set.type) != 0) return;
    auto rrsig = signer_.sign(over != nullptr ? *over : set, inception, expiration);
    if (spoil) rrsig.back() = static_cast<char>(rrsig.back() ^ 1);
    section += wire_of(set.owner, RrType::RRSIG, set.ttl, rrsig);
    ++count;
  }

  std::string message(const Name& asked, RrType type, unsigned rcode, const std::vector<RRset>& answer,
                      const std::vector<RRset>& authority, const RRset* over = nullptr) const {
    std::string first, second;
    std::size_t in_first = 0, in_second = 0;
    for (const auto& set : answer) add(first, in_first, set, over);
    for (const auto& set : authority) add(second, in_second, set);
    return be16(7) + be16(0x8400 | rcode) + be16(1) + be16(in_first) + be16(in_second) + be16(0) +
           asked.wire() + be16(static_cast<std::size_t>(type)) + be16(1) + first + second;
  }

  Proof asked(const Name& who, RrType type, unsigned rcode, const std::vector<RRset>& answer,
              const std::vector<RRset>& authority = {}, const RRset* over = nullptr) const {
    return prove(message(who, type, rcode, answer, authority, over), who, type, keys_, now);
  }

 private:
  Signer signer_;
  TrustedKeys keys_;
};

}  // namespace rdnsgate::dns::test
