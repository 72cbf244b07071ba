// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns/name.h"

namespace rdnsgate::resolve::test {

inline std::string be16(unsigned value) {
  return {static_cast<char>(value >> 8), static_cast<char>(value & 0xff)};
}
inline std::string be32(std::uint32_t value) { return be16(value >> 16) + be16(value & 0xffff); }
inline std::string wire(std::string_view text) { return dns::Name::parse(text).value().wire(); }

inline std::string record(const std::string& owner, unsigned type, const std::string& rdata,
                          std::uint32_t ttl = 300) {
  return owner + be16(type) + be16(type == 41 ? 1232 : 1) + be32(ttl) +
         be16(static_cast<unsigned>(rdata.size())) + rdata;
}

inline const std::string asked_name("\xc0\x0c", 2);
inline std::string pointer(std::string_view target) { return record(asked_name, 12, wire(target)); }
inline std::string edns_option(unsigned code, const std::string& data) {
  return be16(code) + be16(static_cast<unsigned>(data.size())) + data;
}

/// A query as a server reads it, and the replies that it may make of it, right or wrong.
struct Query {
  std::string id, question, label;  ///< `question` in the letters that it was asked in; `label` in lower case
  bool checking_disabled = false, edns = false;
  std::optional<std::string> cookie;

  explicit Query(const std::string& message) {
    id = message.substr(0, 2);
    checking_disabled = (message[3] & 0x10) != 0;
    std::size_t used = 0;
    const auto name = dns::Name::from_wire(std::string_view(message).substr(12), &used).value();
    label = std::string(name.first_label());
    question = message.substr(12, used + 4);
    const std::string opt = message.substr(12 + question.size());
    edns = !opt.empty();
    if (opt.size() > 15 && opt[12] == 10) cookie = opt.substr(15);
  }

  /// `opt_data` nullopt: without an OPT record, as of a server that knows no EDNS.
  std::string reply(unsigned rcode, const std::vector<std::string>& answer,
                    const std::vector<std::string>& authority = {},
                    const std::optional<std::string>& opt_data = std::string()) const {
    std::string out = id + be16(0x8180 | (rcode & 15)) + be16(1) +
                      be16(static_cast<unsigned>(answer.size())) +
                      be16(static_cast<unsigned>(authority.size())) + be16(opt_data ? 1 : 0) + question;
    for (const auto& item : answer) out += item;
    for (const auto& item : authority) out += item;
    if (opt_data) out += record(std::string(1, '\0'), 41, *opt_data, (rcode >> 4) << 24);
    return out;
  }
  std::string servfail(unsigned ede, const std::string& text) const {
    return reply(2, {}, {}, edns_option(15, be16(ede) + text));
  }
  std::string negative(unsigned rcode, const std::optional<std::string>& opt_data = std::string()) const {
    return reply(
        rcode, {},
        {record(wire("test"), 6,
                wire("ns.test") + wire("h.test") + be32(1) + be32(2) + be32(3) + be32(4) + be32(60))},
        opt_data);
  }
  std::string truncated() const {
    auto out = reply(0, {});
    out[2] = static_cast<char>(out[2] | 0x02);
    return out;
  }
};

}  // namespace rdnsgate::resolve::test
