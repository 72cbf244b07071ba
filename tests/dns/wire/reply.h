// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dns/wire/message.h"

namespace rdnsgate::dns::testing {

inline Name name(std::string_view text) { return Name::parse(text).value(); }
inline std::string be16(unsigned value) { return {static_cast<char>(value >> 8), static_cast<char>(value & 0xff)}; }
inline std::string be32(std::uint32_t value) { return be16(value >> 16) + be16(value & 0xffff); }

struct Record {
  std::string owner;  // wire, may be a compression pointer
  unsigned type;
  std::string rdata;
  std::uint32_t ttl = 300;
  unsigned rr_class = 1;
  std::string wire() const {
    return owner + be16(type) + be16(rr_class) + be32(ttl) + be16(static_cast<unsigned>(rdata.size())) +
           rdata;
  }
};

inline const std::string to_question("\xc0\x0c", 2);

/// A response built octet by octet, so that it can be wrong in any way.
struct Reply {
  std::string qname = name("10.2.0.192.in-addr.arpa").wire();
  unsigned qtype = 12, flags = 0x8180, id = 7;
  std::vector<Record> answer, authority, additional;
  std::string wire() const {
    std::string out = be16(id) + be16(flags) + be16(1) + be16(static_cast<unsigned>(answer.size())) +
                      be16(static_cast<unsigned>(authority.size())) +
                      be16(static_cast<unsigned>(additional.size()));
    out += qname + be16(qtype) + be16(1);
    for (const auto* section : {&answer, &authority, &additional}) {
      for (const auto& record : *section) out += record.wire();
    }
    return out;
  }
};

inline Question question(std::string_view text = "10.2.0.192.in-addr.arpa", RrType type = RrType::PTR) {
  return {3, name(text), type};
}

inline Record soa(std::string_view owner) {
  return {
      name(owner).wire(), 6,
      name("NS.example").wire() + name("h.example").wire() + be32(1) + be32(2) + be32(3) + be32(4) + be32(60),
      900};
}

}  // namespace rdnsgate::dns::testing
