// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "dns/dnssec/dnssec_records.h"
#include "run/faults/alter.h"
#include "run/faults/held_zone.h"
#include "run/faults/scenario.h"

namespace rdnsgate::run {
namespace {

constexpr std::uint16_t ede_signature_expired = 7;  // RFC 8914 §4.8
constexpr seconds at_least{14 * 86400};

std::uint32_t stamp_of(Time time) { return static_cast<std::uint32_t>(time.time_since_epoch().count()); }

void put(std::string& rdata, std::size_t at, std::uint32_t number) {
  for (std::size_t i = 0; i < 4; ++i) rdata[at + i] = static_cast<char>((number >> (24 - 8 * i)) & 0xffu);
}

/// The data of an RRSIG record that ran out (RFC 4034 §3.1).
std::string expired(std::string rdata, Time now) {
  const auto read = dns::rrsig_in(rdata);
  if (!read) return rdata;
  const auto end = now - signatures_ended_ago;
  if (dns::time_of(read->expiration, now) < end) return rdata;
  constexpr std::size_t expiration = 8, inception = 12;
  put(rdata, expiration, stamp_of(end));
  if (dns::time_of(read->inception, now) >= end) put(rdata, inception, stamp_of(end - at_least));
  return rdata;
}

std::shared_ptr<const dns::Delegation> expired(const dns::Delegation& delegation, Time now) {
  return with_changed(delegation, [&](const dns::NameServer&, dns::AddressReport& report) {
    each_exchange(report, [&](dns::Exchange& exchange) {
      for (auto& signature : exchange.reply.signatures) signature = expired(std::move(signature), now);
    });
  });
}

std::optional<dns::Name> signed_zone(const Ground& ground, const Aim& aim) {
  for (const auto& zone : zones_in_sight(ground, aim)) {
    if (is_signed(ground, zone)) return zone;
  }
  return std::nullopt;
}

}  // namespace

Result<Fault> expire_signatures(const Ground& ground, const Aim& aim) {
  const auto zone = signed_zone(ground, aim);
  if (!zone)
    return fail(aim.is_given() ? "nothing that is aimed at is in a signed zone"
                               : "no declared zone is signed, as far as the snapshot knows");
  Fault fault{zone->text(), fmt::format("the signatures in {} ran out two days ago", zone->text())};
  fault.touches = [&inventory = ground.inventory(), outside = ground.outside(),
                   zone = *zone](const dns::Question& question) {
    return is_in(inventory, question.name, zone) &&
           std::find(outside.begin(), outside.end(), question.vantage) != outside.end();
  };
  std::vector<bool> is_server;
  for (dns::VantageIndex v = 0; v < ground.vantages().size(); ++v)
    is_server.push_back(ground.is_authoritative(v));
  fault.alter = [is_server, now = ground.now()](dns::Fact& fact) {
    if (fact.delegation != nullptr) fact.delegation = expired(*fact.delegation, now);
    for (auto& set : fact.answer) {
      if (set.type != dns::RrType::RRSIG) continue;
      for (auto& rdata : set.rdata) rdata = expired(std::move(rdata), now);
    }
    if (!is_proven(fact)) return;
    fact.security = dns::Security::bogus;
    fact.authenticated = false;
    fact.reason = "signature expired";
    // The servers go on to give the records; who validates keeps them back.
    if (is_server[fact.question.vantage]) return;
    fact.outcome = dns::Outcome::bogus;
    fact.rcode = 2;
    fact.ede = ede_signature_expired;
  };
  fault.staging.expired = *zone;
  fault.steps = {
      {who_holds(ground, *zone), "sign the zone again, and find out why the signer stopped"},
      {who_holds(ground, *zone), "check that every secondary has the new serial"},
      {"who keeps the signer", "sign well before signatures run out, and watch the time that is left"},
  };
  fault.lingers = seconds(300);
  fault.lingers_why = "resolvers keep a failure for at most five minutes (RFC 9520)";
  return fault;
}

}  // namespace rdnsgate::run
