// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/facts/fact_codec.h"

#include <array>
#include <cstring>
#include <stdexcept>

namespace rdnsgate::dns {
namespace {

/// The values one behind the other, as they lie in memory.
template <typename... T>
void put(std::string& out, T... values) {
  std::array<char, (sizeof values + ...)> octets;
  char* at = octets.data();
  ((std::memcpy(at, &values, sizeof values), at += sizeof values), ...);
  out.append(octets.data(), octets.size());
}

void put_text(std::string& out, std::string_view text) {
  put(out, static_cast<std::uint32_t>(text.size()));
  out += text;
}

void put_rrset(std::string& out, const RRset& set, const Name& asked) {
  // Most RRsets are owned by the name that was asked: one octet says so.
  const bool same = set.owner == asked;
  put(out, static_cast<std::uint8_t>(same));
  if (!same) out += set.owner.wire();
  put(out, static_cast<std::uint16_t>(set.type), set.ttl, static_cast<std::uint16_t>(set.rdata.size()));
  for (const auto& rdata : set.rdata) {
    put(out, static_cast<std::uint16_t>(rdata.size()));
    out += rdata;
  }
}

void put_server(std::string& out, const ServerAnswer& said, const Name& asked) {
  out += said.server.wire();
  put(out, static_cast<std::uint8_t>(said.address.size()));
  out.append(reinterpret_cast<const char*>(said.address.data()), said.address.size());
  put(out, static_cast<std::uint8_t>(said.outcome));
  put_text(out, said.reason);
  put(out, static_cast<std::uint16_t>(said.answer.size()));
  for (const auto& set : said.answer) put_rrset(out, set, asked);
  put(out, static_cast<std::uint8_t>(said.soa.has_value()));
  if (said.soa) put_rrset(out, *said.soa, asked);
}

class FactDecoder {
 public:
  explicit FactDecoder(std::string_view octets) : rest_(octets) {}

  template <typename T>
  T get() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  std::string_view take(std::size_t count) {
    if (count > rest_.size()) throw std::logic_error("a packed fact is cut short");
    const auto taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  Name name() {
    std::size_t used = 0;
    Name name = Name::from_wire(rest_, &used).value();
    rest_.remove_prefix(used);
    return name;
  }
  Question question() {
    Question question;
    question.vantage = get<VantageIndex>();
    question.type = static_cast<RrType>(get<std::uint16_t>());
    question.name = name();
    return question;
  }
  RRset rrset(const Name& asked) {
    RRset set;
    set.owner = get<std::uint8_t>() != 0 ? asked : name();
    set.type = static_cast<RrType>(get<std::uint16_t>());
    set.ttl = get<std::uint32_t>();
    set.rdata.resize(get<std::uint16_t>());
    for (auto& rdata : set.rdata) rdata = take(get<std::uint16_t>());
    return set;
  }
  IpAddress address() {
    std::array<std::uint8_t, 16> octets{};
    const auto from = take(get<std::uint8_t>());
    std::memcpy(octets.data(), from.data(), from.size());
    if (from.size() == octets.size()) return IpAddress::v6(octets);
    return IpAddress::v4(std::uint32_t{octets[0]} << 24 | std::uint32_t{octets[1]} << 16 |
                         std::uint32_t{octets[2]} << 8 | octets[3]);
  }
  ServerAnswer server(const Name& asked) {
    ServerAnswer said;
    said.server = name();
    said.address = address();
    said.outcome = static_cast<Outcome>(get<std::uint8_t>());
    said.reason = take(get<std::uint32_t>());
    said.answer.resize(get<std::uint16_t>());
    for (auto& set : said.answer) set = rrset(asked);
    if (get<std::uint8_t>() != 0) said.soa = rrset(asked);
    return said;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

enum : std::uint8_t {
  has_soa = 1,
  is_authoritative = 2,
  is_authenticated = 4,
  was_truncated = 8,
  has_ede = 16,
  was_without_edns = 32,
  had_case_changed = 64,
  had_cookie_missing = 128,
};

enum : std::uint8_t {  // of the second octet
  had_ttl_differs = 1,
  had_ttl_out_of_range = 2,
  has_delegation_failure = 4,
  has_answered_try = 8,
  first_from_files = 16,  // two bits
  had_alias_beside = 64,
  had_other_owner = 128,
};

}  // namespace

void pack_key(std::string& out, VantageIndex vantage, const Name& name, RrType type) {
  put(out, vantage, static_cast<std::uint16_t>(type));
  out += name.wire();
}

void pack(std::string& out, const Fact& fact) {
  pack_key(out, fact.question.vantage, fact.question.name, fact.question.type);
  const auto flags = static_cast<std::uint8_t>(
      (fact.soa ? has_soa : 0) | (fact.authoritative ? is_authoritative : 0) |
      (fact.authenticated ? is_authenticated : 0) | (fact.truncated ? was_truncated : 0) | (fact.ede ? has_ede : 0) |
      (fact.without_edns ? was_without_edns : 0) | (fact.case_changed ? had_case_changed : 0) |
      (fact.cookie_missing ? had_cookie_missing : 0));
  const auto more_flags = static_cast<std::uint8_t>(
      (fact.ttl_differs ? had_ttl_differs : 0) | (fact.ttl_out_of_range ? had_ttl_out_of_range : 0) |
      (fact.delegation_failure.empty() ? 0 : has_delegation_failure) | (fact.answered_try != 0 ? has_answered_try : 0) |
      (fact.alias_beside ? had_alias_beside : 0) | (fact.other_owner ? had_other_owner : 0) |
      static_cast<unsigned>(fact.from_files) * first_from_files);
  put(out, static_cast<std::uint8_t>(fact.outcome), static_cast<std::uint8_t>(fact.security), flags, more_flags, fact.tries);
  if (fact.answered_try != 0) put(out, fact.answered_try);
  put(out, fact.rcode);
  if (fact.ede) put(out, *fact.ede);
  put(out, fact.rtt_us, fact.asked_at.time_since_epoch().count());
  put_text(out, fact.reason);
  put_text(out, fact.server);
  if (!fact.delegation_failure.empty()) put_text(out, fact.delegation_failure);
  put(out, static_cast<std::uint16_t>(fact.answer.size()));
  for (const auto& set : fact.answer) put_rrset(out, set, fact.question.name);
  if (fact.soa) put_rrset(out, *fact.soa, fact.question.name);
  for (const auto& server : fact.servers) put_server(out, server, fact.question.name);
}

Question unpack_key(std::string_view packed) { return FactDecoder(packed).question(); }

Fact unpack(std::string_view packed) {
  FactDecoder reader(packed);
  Fact fact;
  fact.question = reader.question();
  fact.outcome = static_cast<Outcome>(reader.get<std::uint8_t>());
  fact.security = static_cast<Security>(reader.get<std::uint8_t>());
  const auto flags = reader.get<std::uint8_t>();
  fact.authoritative = (flags & is_authoritative) != 0;
  fact.authenticated = (flags & is_authenticated) != 0;
  fact.truncated = (flags & was_truncated) != 0;
  fact.without_edns = (flags & was_without_edns) != 0;
  fact.case_changed = (flags & had_case_changed) != 0;
  fact.cookie_missing = (flags & had_cookie_missing) != 0;
  const auto more_flags = reader.get<std::uint8_t>();
  fact.ttl_differs = (more_flags & had_ttl_differs) != 0;
  fact.ttl_out_of_range = (more_flags & had_ttl_out_of_range) != 0;
  fact.alias_beside = (more_flags & had_alias_beside) != 0;
  fact.other_owner = (more_flags & had_other_owner) != 0;
  fact.from_files = static_cast<FromFiles>(more_flags / first_from_files % 4);
  fact.tries = reader.get<std::uint8_t>();
  if ((more_flags & has_answered_try) != 0) fact.answered_try = reader.get<std::uint8_t>();
  fact.rcode = reader.get<std::uint8_t>();
  if ((flags & has_ede) != 0) fact.ede = reader.get<std::uint16_t>();
  fact.rtt_us = reader.get<std::uint32_t>();
  fact.asked_at = Time(std::chrono::seconds(reader.get<Time::rep>()));
  fact.reason = reader.take(reader.get<std::uint32_t>());
  fact.server = reader.take(reader.get<std::uint32_t>());
  if ((more_flags & has_delegation_failure) != 0)
    fact.delegation_failure = reader.take(reader.get<std::uint32_t>());
  const auto count = reader.get<std::uint16_t>();
  fact.answer.reserve(count);
  for (unsigned i = 0; i < count; ++i) fact.answer.push_back(reader.rrset(fact.question.name));
  if ((flags & has_soa) != 0) fact.soa = reader.rrset(fact.question.name);
  while (!reader.at_end()) fact.servers.push_back(reader.server(fact.question.name));
  return fact;
}

}  // namespace rdnsgate::dns
