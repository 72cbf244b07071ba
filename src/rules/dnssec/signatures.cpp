// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// When the signatures over the SOA and DNSKEY records hold. Each server is looked at: a secondary that gets
// no transfers serves the old ones to the end.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "dns/dnssec/dnssec_records.h"
#include "rules/deleg/cut_words.h"
#include "rules/dnssec/rules.h"
#include "rules/dnssec/words.h"
#include "rules/listing.h"

namespace rdnsgate::rules {
namespace {

using std::chrono::hours;

constexpr hours short_left{12};       // as zonemaster's DNSSEC04
constexpr hours long_life{180 * 24};  // the same

/// The signature that counts of those over one RRset: one is enough (RFC 4035 §5.3.3).
struct Signature {
  std::string type;  ///< of what it covers
  Time inception, expiration;
  std::chrono::seconds lifetime, ttl;
};

/// In this order: valid now, expired, not yet valid; of several the one that holds longest.
bool counts_more(const Signature& a, const Signature& b, Time now) {
  const auto rank = [&](const Signature& it) { return it.inception > now ? 0 : it.expiration < now ? 1 : 2; };
  return rank(a) != rank(b) ? rank(a) > rank(b) : a.expiration > b.expiration;
}

std::optional<Signature> signature_of(const dns::Exchange& exchange, const dns::Name& zone, Time now) {
  const auto& reply = exchange.reply;
  if (reply.kind != dns::ReplyKind::answer || !reply.authoritative) return std::nullopt;
  std::optional<Signature> best;
  for (const auto& rdata : reply.signatures) {
    const auto rrsig = dns::rrsig_in(rdata);
    if (!rrsig || rrsig->signer != zone) continue;
    Signature it{dns::to_string(rrsig->covered), dns::time_of(rrsig->inception, now),
                 dns::time_of(rrsig->expiration, now), std::chrono::seconds(rrsig->lifetime()),
                 std::chrono::seconds(std::min(reply.rrset->ttl, rrsig->original_ttl))};
    if (!best || counts_more(it, *best, now)) best = std::move(it);
  }
  return best;
}

/// `SOA, until 2027-05-31T08:00:00Z, at ns1.example (192.0.2.1)` for each text that `word` makes; it makes an
/// empty one where there is nothing to say.
std::vector<std::string> worded(audit::ZoneCase& c,
                                const std::function<std::string(const Signature&)>& word) {
  std::map<std::string, std::vector<std::string>> servers;
  if (c.delegation() == nullptr) return {};
  each_authority(c.delegation()->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
    for (const auto* exchange : {&report.soa(), &report.dnskey}) {
      const auto signature = signature_of(*exchange, c.zone.name, c.run.now);
      const auto text = signature ? word(*signature) : "";
      if (!text.empty())
        servers[fmt::format(words::signature, signature->type, text)].push_back(
            who(server.name, report.address));
    }
  });
  std::vector<std::string> items;
  for (const auto& [text, at] : servers) items.push_back(fmt::format(words::found_at, text, listed(at)));
  return items;
}

/// What machines want to know of them beside.
void say_of(audit::Findings& findings, const std::vector<std::string>& signatures, audit::Named most) {
  if (!signatures.empty())
    findings.add({.values = {{"signatures", audit::list_of(signatures)}, std::move(most)}});
}

}  // namespace

void judge_dnssec_rrsig_expired(audit::ZoneCase& c, audit::Findings& findings) {
  const auto now = c.run.now;
  Time first = Time::max();
  const auto items = worded(c, [&](const Signature& it) -> std::string {
    if (it.inception > now || it.expiration >= now) return "";
    first = std::min(first, it.expiration);
    return fmt::format(words::since, format_time(it.expiration));
  });
  say_of(findings, items, {"expired_at", first});
}

void judge_dnssec_rrsig_not_yet_valid(audit::ZoneCase& c, audit::Findings& findings) {
  const auto now = c.run.now;
  Time last = Time::min();
  const auto items = worded(c, [&](const Signature& it) -> std::string {
    if (it.inception <= now) return "";
    last = std::max(last, it.inception);
    return fmt::format(words::not_before, format_time(it.inception));
  });
  say_of(findings, items, {"valid_from", last});
}

void judge_dnssec_rrsig_expiring(audit::ZoneCase& c, audit::Findings& findings) {
  const auto now = c.run.now;
  const auto enough = std::max<std::chrono::seconds>(short_left, c.run.until_next);
  bool too_late = false, is_blind = false;
  Time first = Time::max();
  const auto items = worded(c, [&](const Signature& it) -> std::string {
    const auto left = it.expiration - now;
    if (it.inception > now || it.expiration < now || (left >= enough && left >= it.ttl)) return "";
    too_late = too_late || left < it.ttl;
    is_blind = is_blind || left < c.run.until_next;
    first = std::min(first, it.expiration);
    return fmt::format(words::until, format_time(it.expiration));
  });
  if (items.empty()) return;
  audit::Args args{.values = {{"signatures", audit::list_of(items)}, {"expires_at", first}}};
  if (too_late) {
    args.wording = "too-late";
    args.severity = Severity::error;
  } else if (is_blind) {  // the next run would meet a bogus zone
    args.wording = "before-next-run";
    args.severity = Severity::error;
  }
  findings.add(std::move(args));
}

void judge_dnssec_rrsig_too_long(audit::ZoneCase& c, audit::Findings& findings) {
  seconds longest{0};
  const auto items = worded(c, [&](const Signature& it) -> std::string {
    if (it.lifetime <= long_life) return "";
    longest = std::max(longest, it.lifetime);
    return fmt::format(words::days, std::chrono::duration_cast<hours>(it.lifetime).count() / 24);
  });
  say_of(findings, items, {"lifetime", longest});
}

}  // namespace rdnsgate::rules
