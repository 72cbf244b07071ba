// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What is asked of the servers that hold a zone: names of it, how it is signed, and what some servers get wrong.
#include <optional>
#include <vector>

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

std::vector<std::optional<std::uint32_t>> serials_of(const Cut& cut) {
  std::vector<std::optional<std::uint32_t>> serials;
  each_address(cut,
               [&](const NameServer&, const AddressReport& report) { serials.push_back(report.serial()); });
  return serials;
}

/// The servers do not all say the same of the name.
bool answers_differ(const Cut& cut, const Name& name) {
  const dns::AuthorityReply* first = nullptr;
  bool differ = false;
  each_address(cut, [&](const NameServer&, const AddressReport& report) {
    for (const auto& [asked, exchange] : report.questions) {
      const auto& reply = exchange.reply;
      if (asked != name || !reply.authoritative || !reply.is_answer()) continue;
      if (first == nullptr) first = &reply;
      const auto rdata = [](const dns::AuthorityReply& it) {
        return it.rrset ? it.rrset->rdata : std::vector<std::string>();
      };
      differ = differ || first->kind != reply.kind || rdata(*first) != rdata(reply);
    }
  });
  return differ;
}

}  // namespace

/// What differs may have been asked on both sides of a change: a secondary had the zone before it when its SOA
/// record was asked for, and behind it when the records were.
void CutInspector::ask_again_who_differs(Cut& cut, const Name& name, RrType type) {
  constexpr int most_rounds = 2;
  for (int round = 0; round < most_rounds && answers_differ(cut, name); ++round) {
    Cut now = cut;
    Batch batch;
    each_address(now, [&](const NameServer&, AddressReport& report) {
      if (!report.is_authoritative()) return;
      batch.add({report.address, cut.zone, RrType::SOA}, report.soa_udp);
      for (auto& asked : report.questions) {
        if (asked.name == name)
          batch.add({.server = report.address, .name = name, .type = type, .keep = true}, asked.exchange);
      }
    });
    batch.ask(client_);
    if (serials_of(now) == serials_of(cut)) return;
    cut = std::move(now);
  }
}

void CutInspector::ask_all(Cut& cut, const Name& name, RrType type) {
  Batch batch;
  each_address(cut, [&](const NameServer&, AddressReport& report) {
    if (!report.is_authoritative()) return;
    report.questions.push_back({name, {}});
  });
  each_address(cut, [&](const NameServer&, AddressReport& report) {
    if (!report.questions.empty() && report.questions.back().name == name)
      batch.add({.server = report.address, .name = name, .type = type, .keep = true},
                report.questions.back().exchange);
  });
  batch.ask(client_);
}

/// How the zone is signed, as far as its records say so. The root and the zones below it are left alone: they
/// have the most servers, and are looked after by others.
void CutInspector::ask_signing(Cut& cut) {
  if (cut.zone.label_count() < 2) return;
  Batch batch;
  each_address(cut, [&](const NameServer&, AddressReport& report) {
    if (report.dnskey.reply.kind != ReplyKind::answer || !report.dnskey.reply.authoritative) return;
    batch.add({report.address, cut.zone, dns::type_nsec3param}, report.signing.nsec3param);
    batch.add({report.address, cut.zone, dns::type_cds}, report.signing.cds);
    batch.add({report.address, cut.zone, dns::type_cdnskey}, report.signing.cdnskey);
  });
  batch.ask(client_);
}

/// What a server does with questions that some servers get wrong: last, as one that drops them takes time,
/// and of one zone only, as a walk that looks at every cut has questions enough.
void CutInspector::probe(Cut& cut) {
  static const auto nobodys = Name::parse("invalid").value();
  if (options_.in_full == WalkOptions::InFull::every_cut) return;
  Batch batch;
  each_address(cut, [&](const NameServer&, AddressReport& report) {
    if (!report.is_authoritative()) return;
    batch.add({.server = report.address, .name = cut.zone, .type = RrType::AAAA, .lone = true}, report.aaaa);
    batch.add({.server = report.address,
               .name = nobodys,
               .type = RrType::A,
               .recursion_desired = true,
               .lone = true},
              report.recursion);
    if (report.soa_udp.edns == dns::Edns::yes) {
      batch.add({.server = report.address,
                 .name = cut.zone,
                 .type = RrType::SOA,
                 .via = Via::udp,
                 .lone = true,
                 .tries = 3,
                 .edns_version = 1},
                report.version);
    }
  });
  batch.ask(client_);
  insist_on_probes(cut);
  // By themselves: whoever answers this has more to say than belongs on a connection for other questions.
  Batch transfers;
  each_address(cut, [&](const NameServer&, AddressReport& report) {
    if (report.is_authoritative() && report.soa_tcp.replied())
      transfers.add(
          {.server = report.address, .name = cut.zone, .type = dns::type_axfr, .via = Via::tcp, .lone = true},
          report.transfer);
  });
  transfers.ask(client_);
}

void CutInspector::ask_recursion(Cut& cut) {
  static const auto nobodys = Name::parse("invalid").value();
  Batch batch;
  each_address(cut, [&](const NameServer&, AddressReport& report) {
    if (report.recursion.asked || !report.is_authoritative()) return;
    batch.add({.server = report.address,
               .name = nobodys,
               .type = RrType::A,
               .recursion_desired = true,
               .lone = true},
              report.recursion);
  });
  batch.ask(client_);
}

}  // namespace rdnsgate::resolve
