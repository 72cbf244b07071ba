// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/faults/alter.h"

#include <utility>

#include "dns/delegation/silence.h"

namespace rdnsgate::run {

dns::RRset made_soa(const dns::Name& zone) {
  std::string data = zone.wire() + zone.wire();
  for (const std::uint32_t number : {1u, 14400u, 3600u, 1209600u, 3600u}) {
    for (int shift = 24; shift >= 0; shift -= 8) data += static_cast<char>((number >> shift) & 0xffu);
  }
  return {zone, dns::RrType::SOA, 3600, {std::move(data)}};
}

void deny(dns::Fact& fact, const dns::RRset& soa) {
  fact.outcome = dns::Outcome::nxdomain;
  fact.answer.clear();
  fact.servers.clear();
  fact.soa = soa;
  fact.rcode = 3;
  fact.ede.reset();
  fact.reason.clear();
  fact.alias_beside = fact.ttl_differs = false;
  fact.from_files = dns::FromFiles::none;
}

void answer_with(dns::Fact& fact, std::uint32_t ttl, std::string rdata) {
  fact.outcome = dns::Outcome::answer;
  fact.answer = {{fact.question.name, fact.question.type, ttl, {std::move(rdata)}}};
  fact.servers.clear();
  fact.soa.reset();
  fact.rcode = 0;
  fact.reason.clear();
}

void break_answer(dns::Fact& fact, dns::Outcome outcome, std::string reason) {
  fact.outcome = outcome;
  fact.answer.clear();
  fact.servers.clear();
  fact.soa.reset();
  fact.delegation.reset();
  fact.authenticated = false;
  fact.security = dns::Security::unknown;
  fact.rcode = outcome == dns::Outcome::servfail ? 2 : 0;
  fact.reason = std::move(reason);
}

dns::Exchange with_silence(dns::Exchange exchange, bool over_tcp) {
  dns::Exchange silent;
  silent.asked = exchange.asked;
  silent.over_tcp = over_tcp;
  if (!exchange.asked) return silent;
  silent.silence = dns::Silence::timeout;
  silent.edns = exchange.edns;
  silent.tries = static_cast<std::uint8_t>(over_tcp ? dns::many_tries_over_tcp : dns::many_tries_over_udp);
  silent.reply.failure = dns::Outcome::timeout;
  silent.reply.reason = "timed out";
  return silent;
}

dns::Exchange with_refusal(dns::Exchange exchange) {
  if (!exchange.replied()) return exchange;
  dns::AuthorityReply reply;
  reply.kind = dns::ReplyKind::failed;
  reply.failure = dns::Outcome::refused;
  reply.rcode = 5;
  reply.edns = exchange.reply.edns;
  reply.reason = "REFUSED";
  exchange.reply = std::move(reply);
  return exchange;
}

void each_holder(const dns::Cut& cut,
                 const std::function<void(const dns::NameServer&, const dns::AddressReport&)>& visit) {
  for (const auto& server : cut.servers) {
    for (const auto& report : server.addresses) {
      if (report.is_authoritative()) visit(server, report);
    }
  }
}

void each_exchange(dns::AddressReport& report, const std::function<void(dns::Exchange&)>& visit) {
  for (auto* exchange :
       {&report.soa_udp, &report.soa_tcp, &report.ns, &report.dnskey, &report.aaaa, &report.transfer,
        &report.signing.nsec3param, &report.signing.cds, &report.signing.cdnskey})
    visit(*exchange);
  for (auto& question : report.questions) visit(question.exchange);
}

}  // namespace rdnsgate::run
