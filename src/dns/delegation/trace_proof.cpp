// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/delegation/trace_proof.h"

#include <algorithm>

namespace rdnsgate::dns {
namespace {

/// From the root down: a cut comes behind its parent.
std::vector<Trust> trusts_of(const Trace& trace, const TrustAnchors& anchors, Time now) {
  std::vector<Trust> trusts;
  for (const auto& cut : trace.cuts) {
    Trust above;
    for (std::size_t i = 0; i < trusts.size(); ++i) {
      if (trace.cuts[i].zone == cut.parent) above = trusts[i];
    }
    trusts.push_back(trust_of(cut, above, anchors, now));
  }
  return trusts;
}

/// Every address of the cut that answered for the name, one way or the other.
template <typename Visit>
void each_answer(const Cut& cut, const Name& name, Visit&& visit) {
  for (const auto& server : cut.servers) {
    for (const auto& report : server.addresses) {
      if (!report.is_authoritative()) continue;
      for (const auto& asked : report.questions) {
        const auto& reply = asked.exchange.reply;
        if (asked.name == name && reply.authoritative && reply.is_answer()) visit(server, report);
      }
    }
  }
}

LinkProof proof_of(const Cut& cut, const Link& link, RrType type, const Trust& trust, Time now) {
  LinkProof proof;
  if (trust.state == Trust::State::broken) {
    each_answer(cut, link.name, [&](const NameServer& server, const AddressReport& report) {
      proof.unproven.push_back({server.name, report.address, Flaw::chain_broken, trust.why});
    });
  }
  if (trust.state != Trust::State::secure) return proof;
  const TrustedKeys keys(cut.zone, trust.keys);
  each_answer(cut, link.name, [&](const NameServer& server, const AddressReport& report) {
    const auto judged = prove_at(report, link, type, keys, now);
    if (!judged) return;
    if (judged->flaw)
      proof.unproven.push_back({server.name, report.address, *judged->flaw, judged->what});
    else
      ++proof.proven;
  });
  return proof;
}

}  // namespace

std::optional<Proof> prove_at(const AddressReport& report, const Link& link, RrType type,
                              const TrustedKeys& keys, Time now) {
  for (const auto& [name, exchange] : report.questions) {
    if (name != link.name || !exchange.reply.authoritative || !exchange.reply.is_answer()) continue;
    // Without EDNS there are no signatures, and the silence that led to that may be a lost packet.
    if (exchange.message.empty() || exchange.edns == Edns::dropped) continue;
    return prove(exchange.message, name, type, keys, now);
  }
  return std::nullopt;
}

TraceProof prove(const Trace& trace, const TrustAnchors& anchors, Time now) {
  TraceProof proof;
  proof.cuts = trusts_of(trace, anchors, now);
  for (const auto& link : trace.links) {
    const auto cut = std::find_if(trace.cuts.begin(), trace.cuts.end(),
                                  [&](const Cut& it) { return it.zone == link.zone; });
    proof.links.push_back(cut == trace.cuts.end()
                              ? LinkProof{}
                              : proof_of(*cut, link, trace.type,
                                         proof.cuts[static_cast<std::size_t>(cut - trace.cuts.begin())], now));
  }
  return proof;
}

}  // namespace rdnsgate::dns
