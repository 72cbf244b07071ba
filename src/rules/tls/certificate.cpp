// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "audit/heard/banners.h"
#include "audit/subject/address.h"
#include "rules/mx/hosts.h"
#include "rules/tls/policy_text.h"
#include "rules/tls/rules.h"

namespace rdnsgate::rules {
namespace {

constexpr std::chrono::days soon{14};

/// What a mail host showed at one of its addresses, when it was asked for by its name: another name may have another
/// certificate.
struct ShownAt {
  dns::Name host;
  IpAddress address;
  const audit::ShownCertificate& certificate;
  Time asked_at;
};
std::vector<ShownAt> shown_by_hosts(const audit::DomainCase& c) {
  std::vector<ShownAt> found;
  const auto hosts = c.run.banners != nullptr ? mail_hosts(c) : std::nullopt;
  if (!hosts) return found;
  for (const auto& host : hosts->names) {
    for (const auto type : {dns::RrType::A, dns::RrType::AAAA}) {
      const auto* addresses = c.probe(host, type);
      if (addresses == nullptr || !dns::is_positive(addresses->outcome)) continue;
      for (const auto& ip : addresses->addresses()) {
        const auto* banner = c.run.banners->find(ip);
        const auto* shown = banner != nullptr ? audit::shown_for(*banner, host) : nullptr;
        if (shown != nullptr) found.push_back({host, ip, *shown, banner->asked_at});
      }
    }
  }
  return found;
}

/// RFC 7672 §3.1: of DANE-EE the first certificate alone counts, and neither its names nor its times; of DANE-TA one
/// that the first leads to.
enum class Match { no, by_end_entity, by_trust_anchor };
Match match_of(const std::vector<dns::Tlsa>& records, const audit::ShownCertificate& shown) {
  constexpr std::uint8_t end_entity = 3;
  auto best = Match::no;
  for (const auto& record : records) {
    if (record.usage == end_entity) {
      if (record.is_of(shown.chain.front())) return Match::by_end_entity;
      continue;
    }
    for (std::size_t i = 0; i < shown.signed_chain; ++i) {
      if (record.is_of(shown.chain[i])) best = Match::by_trust_anchor;
    }
  }
  return best;
}

/// The records of a host that senders use: those that are proven, and of a kind that there is.
std::vector<dns::Tlsa> usable_tlsa(const audit::DomainCase& c, const dns::Name& host) {
  std::vector<dns::Tlsa> usable;
  const auto* answer = tlsa_of(c, host);
  if (answer == nullptr || !dns::is_positive(answer->outcome) || answer->rrset() == nullptr ||
      answer->security == dns::Security::insecure)
    return usable;
  for (const auto& rdata : answer->rrset()->rdata) {
    auto record = dns::read_tlsa(rdata);
    if (record && record->is_usable_for_smtp()) usable.push_back(std::move(*record));
  }
  return usable;
}

/// A whole certificate that is trusted need not be sent along: what it vouches for is not known here.
bool may_vouch_unseen(const std::vector<dns::Tlsa>& records) {
  return std::any_of(records.begin(), records.end(),
                     [](const dns::Tlsa& one) { return one.usage == 2 && one.matching == 0; });
}

}  // namespace

void judge_dane_certificate_mismatch(audit::DomainCase& c, audit::Findings& findings) {
  for (const auto& at : shown_by_hosts(c)) {
    const auto& shown = at.certificate;
    const auto records = usable_tlsa(c, at.host);
    if (records.empty() || shown.chain.empty()) continue;
    const auto match = match_of(records, shown);
    std::string_view wording;
    if (match == Match::by_end_entity) continue;
    if (match == Match::by_trust_anchor) {
      if (!is_for_name(shown, at.host) && !is_for_name(shown, c.domain.name)) wording = "name";
      if (shown.not_after && *shown.not_after < at.asked_at) wording = "expired";
      if (wording.empty()) continue;
    } else if (may_vouch_unseen(records)) {
      continue;
    }
    std::vector<std::string> parameters;
    for (const auto& record : records) parameters.push_back(record.parameters());
    findings.add({.values = {{"host", at.host},
                             {"address", at.address},
                             {"records", audit::list_of(parameters)},
                             {"asked_at", at.asked_at},
                             {"key_sha256", shown.chain.front().key_sha256}},
                  .wording = wording});
  }
}

void judge_tls_certificate_name(audit::DomainCase& c, audit::Findings& findings) {
  if (policy_texts(c, mta_sts_prefix, mta_sts_version).texts.empty()) return;
  for (const auto& at : shown_by_hosts(c)) {
    const auto& shown = at.certificate;
    if (is_for_name(shown, at.host)) continue;
    findings.add({.values = {{"host", at.host},
                             {"address", at.address},
                             {"names", audit::list_of(shown.names)},
                             {"asked_at", at.asked_at}}});
  }
}

void judge_tls_certificate_expiring(const audit::DeclaredAddress& c, audit::Findings& findings) {
  const auto* banner = c.run.banners != nullptr ? c.run.banners->find(c.address.ip) : nullptr;
  if (banner == nullptr || !banner->certificate || !banner->certificate->not_after) return;
  const auto ends = *banner->certificate->not_after;
  if (ends > c.run.now + std::max<std::chrono::seconds>(soon, c.run.until_next)) return;
  const bool over = ends <= c.run.now;
  audit::Args args{.values = {{"until", ends}, {"asked_at", banner->asked_at}}};
  if (over) {
    args.wording = "expired";
    args.severity = Severity::warning;
  } else {
    args.values.emplace_back("left", std::chrono::duration_cast<seconds>(ends - c.run.now));
    if (ends < c.run.now + c.run.until_next) {  // the next run would find it expired
      args.wording = "before-next-run";
      args.severity = Severity::warning;
    }
  }
  findings.add(std::move(args));
}

}  // namespace rdnsgate::rules
