// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What was met with silence or SERVFAIL is asked until that says something.
#include <fmt/format.h>

#include <algorithm>

#include "dns/delegation/silence.h"
#include "resolve/walk/cut_batch.h"
#include "resolve/walk/cut_inspector.h"

namespace rdnsgate::resolve {
namespace {

using dns::AddressReport;
using dns::Cut;
using dns::Name;
using dns::NameServer;
using dns::ReplyKind;
using dns::RrType;

// A question that was met with silence or SERVFAIL is asked again, in rounds in which who answers drops out.
// With the tries before there are as many as make silence say something (dns/delegation/silence.h).
constexpr unsigned rounds_of_insisting = 3, tries_in_a_round = 16, questions_on_a_connection = 8;
static_assert(rounds_of_insisting * tries_in_a_round >= dns::many_tries_over_udp);
static_assert(rounds_of_insisting + 1 >= dns::many_tries_over_tcp);

/// The server could not say, this time.
bool is_failure(const dns::Exchange& exchange) {
  constexpr std::uint8_t servfail = 2;
  return exchange.reply.kind == ReplyKind::failed && exchange.reply.rcode == servfail;
}

/// What says nothing of the server when it comes once.
bool is_passing(const dns::Exchange& exchange) {
  return exchange.silence == dns::Silence::timeout || is_failure(exchange);
}

}  // namespace

/// A lost packet says nothing of a server, and neither do a few, nor a SERVFAIL. Where others of the family
/// are reached over that transport, one that was silent or failed is asked until it answers, or that says
/// something.
void CutInspector::insist_on_zone(const std::vector<AddressReport*>& reports, const Name& zone) {
  std::vector<Unanswered> open;
  for (auto* report : reports) {
    const auto& address = report->address;
    const auto add = [&](dns::Exchange& exchange, Via via) {
      const bool tcp = via == Via::tcp;
      if (!is_passing(exchange) || exchange.over_tcp != tcp) return;
      // Of a server that is silent over both, that others answer over UDP is enough
      // (dns/delegation/address_verdict.cpp).
      const bool silent_over_both = is_passing(report->soa_udp) && client_.leads_out(address, false);
      if (client_.leads_out(address, tcp) || silent_over_both)
        open.push_back({{.server = address, .name = zone, .type = RrType::SOA, .via = via},
                        &exchange,
                        tcp && report->soa_udp.replied() && !report->soa_udp.over_tcp});
    };
    add(report->soa_udp, Via::udp);
    add(report->soa_tcp, Via::tcp);
  }
  insist(std::move(open));
}

/// Whether a server that answered without EDNS alone drops what comes with it, or the line lost that.
void CutInspector::insist_on_edns(Cut& cut) {
  std::vector<std::pair<AddressReport*, dns::Exchange>> doubtful;
  each_address(cut, [&](const NameServer&, AddressReport& report) {
    if (report.soa_udp.edns != dns::Edns::dropped || report.soa_udp.tries >= dns::many_tries_over_udp) return;
    for (const auto* other : {&report.ns, &report.dnskey})
      if (other->replied() && !other->over_tcp && other->edns != dns::Edns::dropped) return;
    doubtful.push_back({&report, {}});
    doubtful.back().second.tries = report.soa_udp.tries;
  });
  std::vector<Unanswered> open;
  for (auto& [report, said] : doubtful)
    open.push_back(
        {{.server = report->address, .name = cut.zone, .type = RrType::SOA, .via = Via::udp}, &said});
  insist(std::move(open));
  for (auto& [report, said] : doubtful) {
    if (said.replied())
      report->soa_udp = std::move(said);
    else
      report->soa_udp.tries = said.tries;
  }
}

void CutInspector::insist(std::vector<Unanswered> open) {
  const auto& asking = client_.options();
  const auto connections = static_cast<unsigned>(
      std::clamp<milliseconds::rep>(options_.connection_time / asking.question_timeout, 1, 8));
  for (auto& it : open) {
    const auto& address = it.query.server;
    const auto who = it.beside_udp ? address : client_.witness_beside(address);
    if (who)
      it.witness = {
          .server = *who, .name = it.query.name, .type = RrType::SOA, .via = Via::udp, .lone = true};
  }
  for (unsigned round = 0; round < connections * rounds_of_insisting && !open.empty(); ++round) {
    if (round >= rounds_of_insisting)
      std::erase_if(open, [](const Unanswered& it) { return !it.beside_udp; });
    // Not at the cost of the rest of the walk.
    if (client_.time_left() < 3 * asking.question_timeout) return;
    if (client_.questions_left() < 2 * tries_in_a_round * open.size()) return;
    const auto best = ask_once_more(open);
    bool failing = false;
    std::vector<Unanswered> left;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (best[i].silence == dns::Silence::not_asked) continue;
      note(open[i], best[i], connections);
      if (is_passing(best[i])) left.push_back(open[i]);
      failing = failing || is_failure(best[i]);
    }
    open = std::move(left);
    if (failing) client_.wait(asking.try_timeout);  // who fails does so at once
  }
}

/// One round. Where the witness is silent too, it is as though nobody had been asked.
std::vector<dns::Exchange> CutInspector::ask_once_more(const std::vector<Unanswered>& open) {
  std::vector<AuthorityQuery> queries;
  std::vector<std::size_t> owner;
  for (std::size_t i = 0; i < open.size(); ++i) {
    auto query = open[i].query;
    query.lone = true;
    const bool tcp = query.via == Via::tcp;
    if (!tcp) {
      query.tries = tries_in_a_round;
      query.every = std::max(client_.options().try_timeout / 5, milliseconds(1));
    }
    // A connection asks for itself again what is lost, and many questions go on it: some are slow to answer.
    queries.insert(queries.end(), tcp ? questions_on_a_connection : 1, query);
    owner.resize(queries.size(), i);
  }
  const auto asked = queries.size();
  for (const auto& it : open) {
    if (it.witness) queries.push_back(*it.witness);
  }
  auto said = client_.ask(queries);
  std::vector<dns::Exchange> best(open.size());
  for (std::size_t i = 0; i < asked; ++i) {
    auto& known = best[owner[i]];
    if (!known.asked || (!known.replied() && said[i].replied())) known = std::move(said[i]);
  }
  auto witness = said.begin() + static_cast<std::ptrdiff_t>(asked);
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (open[i].witness && !witness++->replied() && !best[i].replied()) best[i].tries = 0;
  }
  return best;
}

/// Puts what came of a round in its place, with all tries before it.
void CutInspector::note(Unanswered& it, dns::Exchange said, unsigned connections) {
  unsigned tries = said.tries;
  if (it.beside_udp && tries > 0) tries = ++it.connections % connections == 0 ? 1 : 0;
  said.tries = static_cast<std::uint8_t>(std::min(255u, tries + it.place->tries));
  if (said.silence == dns::Silence::timeout && !said.over_tcp)
    said.reply.reason = fmt::format("no reply to {} tries", said.tries);
  *it.place = std::move(said);
}

/// Of the questions whose silence says something.
void CutInspector::insist_on_probes(Cut& cut) {
  std::vector<Unanswered> open;
  each_address(cut, [&](const NameServer&, AddressReport& report) {
    if (is_passing(report.aaaa) && !report.aaaa.over_tcp)
      open.push_back({{.server = report.address, .name = cut.zone, .type = RrType::AAAA, .via = Via::udp},
                      &report.aaaa});
    if (is_passing(report.version))
      open.push_back({{.server = report.address,
                       .name = cut.zone,
                       .type = RrType::SOA,
                       .via = Via::udp,
                       .edns_version = 1},
                      &report.version});
  });
  insist(std::move(open));
}

}  // namespace rdnsgate::resolve
