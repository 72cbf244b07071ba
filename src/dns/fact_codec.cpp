// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/fact_codec.h"

#include <cstring>
#include <stdexcept>

namespace rdnsgate::dns {
namespace {

template <typename T>
void put(std::string& out, T value) {
  char octets[sizeof value];
  std::memcpy(octets, &value, sizeof value);
  out.append(octets, sizeof value);
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
  put(out, static_cast<std::uint16_t>(set.type));
  put(out, set.ttl);
  put(out, static_cast<std::uint16_t>(set.rdata.size()));
  for (const auto& rdata : set.rdata) {
    put(out, static_cast<std::uint16_t>(rdata.size()));
    out += rdata;
  }
}

class Reader {
 public:
  explicit Reader(std::string_view octets) : rest_(octets) {}

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

}  // namespace

void pack_key(std::string& out, const Question& question) {
  put(out, question.vantage);
  put(out, static_cast<std::uint16_t>(question.type));
  out += question.name.wire();
}

void pack(std::string& out, const Fact& fact) {
  pack_key(out, fact.question);
  put(out, static_cast<std::uint8_t>(fact.outcome));
  put(out, static_cast<std::uint8_t>(fact.security));
  put(out, static_cast<std::uint8_t>(
               (fact.soa ? has_soa : 0) | (fact.authoritative ? is_authoritative : 0) |
               (fact.authenticated ? is_authenticated : 0) | (fact.truncated ? was_truncated : 0) |
               (fact.ede ? has_ede : 0) | (fact.without_edns ? was_without_edns : 0) |
               (fact.case_changed ? had_case_changed : 0) | (fact.cookie_missing ? had_cookie_missing : 0)));
  put(out, fact.tries);
  put(out, fact.rcode);
  if (fact.ede) put(out, *fact.ede);
  put(out, fact.rtt_us);
  put(out, fact.asked_at.time_since_epoch().count());
  put_text(out, fact.reason);
  put_text(out, fact.server);
  put(out, static_cast<std::uint16_t>(fact.answer.size()));
  for (const auto& set : fact.answer) put_rrset(out, set, fact.question.name);
  if (fact.soa) put_rrset(out, *fact.soa, fact.question.name);
}

Question unpack_key(std::string_view packed) { return Reader(packed).question(); }

Fact unpack(std::string_view packed) {
  Reader reader(packed);
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
  fact.tries = reader.get<std::uint8_t>();
  fact.rcode = reader.get<std::uint8_t>();
  if ((flags & has_ede) != 0) fact.ede = reader.get<std::uint16_t>();
  fact.rtt_us = reader.get<std::uint32_t>();
  fact.asked_at = Time(std::chrono::seconds(reader.get<Time::rep>()));
  fact.reason = reader.take(reader.get<std::uint32_t>());
  fact.server = reader.take(reader.get<std::uint32_t>());
  const auto count = reader.get<std::uint16_t>();
  fact.answer.reserve(count);
  for (unsigned i = 0; i < count; ++i) fact.answer.push_back(reader.rrset(fact.question.name));
  if ((flags & has_soa) != 0) fact.soa = reader.rrset(fact.question.name);
  return fact;
}

}  // namespace rdnsgate::dns
