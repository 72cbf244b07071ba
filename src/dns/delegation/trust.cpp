// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/delegation/trust.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dns/dnssec/dnssec_records.h"
#include "dns/dnssec/ds_match.h"
#include "dns/dnssec/proof.h"
#include "dns/dnssec/signature_check.h"
#include "dns/dnssec/trusted_keys.h"

namespace rdnsgate::dns {
namespace {

/// What ldns can verify; a zone signed with nothing else counts as unsigned (RFC 4035 §5.2, RFC 6840 §5.2).
bool can_verify(std::uint8_t algorithm) {
  switch (algorithm) {
    case 5:   // RSASHA1
    case 7:   // RSASHA1-NSEC3-SHA1
    case 8:   // RSASHA256
    case 10:  // RSASHA512
    case 13:  // ECDSAP256SHA256
    case 14:  // ECDSAP384SHA384
    case 15:  // ED25519
    case 16:  // ED448
      return true;
    default:
      return false;
  }
}

bool can_follow(const std::string& ds) {
  const auto fields = ds_in(ds);
  return fields && can_verify(fields->algorithm) &&
         (fields->digest_type == 1 || fields->digest_type == 2 || fields->digest_type == 4);
}

std::string_view words(SignatureCheck check) {
  switch (check) {
    case SignatureCheck::missing:
      return "have no signature";
    case SignatureCheck::expired:
      return "have a signature that has expired";
    case SignatureCheck::not_yet_valid:
      return "have a signature that holds only later";
    default:
      return "have no signature that fits them, by a key that a DS record fits";
  }
}

/// What names the keys of a zone that are trusted by themselves (RFC 4035 §5.2).
struct Entry {
  TrustAnchors::Anchor named;  ///< by the parent or by a trust anchor
  bool any = false;            ///< of the root, where no anchor is known
  std::string_view by;         ///< in words

  bool names(const Name& zone, const std::string& key) const {
    return any || match_ds(zone, named.ds, {key}) == DsMatch::matches ||
           std::find(named.keys.begin(), named.keys.end(), key) != named.keys.end();
  }
  /// Some of it is of a kind that can be computed here.
  bool can_be_followed() const {
    const auto can_use = [](const std::string& rdata) {
      const auto key = dnskey_in(rdata);
      return key && can_verify(key->algorithm);
    };
    return any || std::any_of(named.ds.begin(), named.ds.end(), can_follow) ||
           std::any_of(named.keys.begin(), named.keys.end(), can_use);
  }
};

/// Of the DNSKEY records of one address those that are trusted by themselves.
std::vector<std::string> entered_keys(const Cut& cut, const Entry& entry,
                                      const std::vector<std::string>& keys) {
  std::vector<std::string> entered;
  std::copy_if(keys.begin(), keys.end(), std::back_inserter(entered),
               [&](const std::string& key) { return entry.names(cut.zone, key); });
  return entered;
}

/// The DNSKEY records of one address, where they are proven; `state` and `why` say what is wrong else.
Trust keys_at(const Cut& cut, const Entry& entry, const AddressReport& report, Time now) {
  const auto& reply = report.dnskey.reply;
  if (!reply.authoritative || report.dnskey.edns != Edns::yes) return {};
  if (reply.kind == ReplyKind::nodata)
    return {Trust::State::broken, {}, fmt::format("{} has no DNSKEY records", cut.zone.text()), {}};
  if (reply.kind != ReplyKind::answer) return {};
  const auto& keys = reply.rrset->rdata;
  const auto entered = entered_keys(cut, entry, keys);
  if (entered.empty())
    return {Trust::State::broken,
            {},
            fmt::format("no DNSKEY record of {} fits {}", cut.zone.text(), entry.by),
            {}};
  const auto check = check_signatures(*reply.rrset, reply.signatures, cut.zone, entered, now);
  if (check == SignatureCheck::holds) return {Trust::State::secure, keys, {}, {}};
  if (check == SignatureCheck::unsupported) return {Trust::State::insecure, {}, {}, {}};
  return {Trust::State::broken,
          {},
          fmt::format("the DNSKEY records of {} {}", cut.zone.text(), words(check)),
          {}};
}

/// The DNSKEY records of each address whose signatures do not hold.
void note_unproven_keys(const Cut& cut, const Entry& entry, Time now, std::vector<Unproven>& unproven) {
  for (const auto& server : cut.servers) {
    for (const auto& report : server.addresses) {
      const auto& reply = report.dnskey.reply;
      if (reply.kind != ReplyKind::answer || !reply.authoritative || report.dnskey.edns != Edns::yes)
        continue;
      const auto entered = entered_keys(cut, entry, reply.rrset->rdata);
      const auto check = check_signatures(*reply.rrset, reply.signatures, cut.zone, entered, now);
      if (const auto flaw = flaw_of(check))
        unproven.push_back({server.name, report.address, *flaw, fmt::format("DNSKEY {}", cut.zone.text())});
    }
  }
}

/// One server with proven keys is enough: the rest is a matter of that server.
Trust join(const Cut& cut, const Entry& entry, Time now) {
  if (!entry.can_be_followed()) return {Trust::State::insecure, {}, {}, {}};
  Trust best;
  std::set<std::string> keys;
  for (const auto& server : cut.servers) {
    for (const auto& report : server.addresses) {
      if (!report.is_authoritative()) continue;
      auto one = keys_at(cut, entry, report, now);
      if (one.state == Trust::State::secure) keys.insert(one.keys.begin(), one.keys.end());
      // In the order of the enumerators, but that a broken one counts least of those that are known.
      const auto rank = [](const Trust& it) {
        return it.state == Trust::State::secure     ? 3
               : it.state == Trust::State::insecure ? 2
               : it.state == Trust::State::broken   ? 1
                                                    : 0;
      };
      if (rank(one) > rank(best)) best = std::move(one);
    }
  }
  if (best.state != Trust::State::secure) return best;
  best.keys.assign(keys.begin(), keys.end());
  note_unproven_keys(cut, entry, now, best.unproven);
  return best;
}

/// The root's servers that have no keys say that nothing is signed here.
Trust trust_of_root(const Cut& cut, Time now) {
  for (const auto& server : cut.servers) {
    for (const auto& report : server.addresses) {
      if (report.is_authoritative() && report.dnskey.reply.kind == ReplyKind::nodata)
        return {Trust::State::insecure, {}, {}, {}};
    }
  }
  return join(cut, {.named = {}, .any = true, .by = {}}, now);
}

/// What the servers of the parent prove together: a validator needs one of them.
struct Parents {
  std::set<std::string> ds;
  bool none = false;  ///< one proves that there is no DS record, or that this need not be proven
  std::vector<Unproven> refused;
};

Parents parents_of(const Cut& cut, const TrustedKeys& keys, Time now) {
  Parents all;
  for (const auto& view : cut.parents) {
    for (const auto* exchange : {&view.ns, &view.ds}) {
      if (exchange->message.empty() || exchange->edns != Edns::yes) continue;
      // The child's own NS records, from a server that holds both zones, say nothing about DS records.
      if (exchange == &view.ns && exchange->reply.kind != ReplyKind::referral) continue;
      auto said = prove_ds(exchange->message, cut.zone, keys, now);
      all.ds.insert(said.ds.begin(), said.ds.end());
      all.none = all.none || said.state == DsProof::State::none || said.state == DsProof::State::insecure;
      if (said.state != DsProof::State::refused) continue;
      Unproven refused{view.server, view.address, said.flaw, std::move(said.what)};
      if (all.refused.empty() || all.refused.back() != refused) all.refused.push_back(std::move(refused));
    }
  }
  return all;
}

/// Below a zone whose keys are trusted.
Trust trust_below(const Cut& cut, const Trust& parent, Time now) {
  auto parents = parents_of(cut, TrustedKeys(cut.parent, parent.keys), now);
  Trust trust;
  if (!parents.ds.empty()) {
    const Entry entry{.named = {{parents.ds.begin(), parents.ds.end()}, {}},
                      .any = false,
                      .by = "the DS records of its parent"};
    trust = join(cut, entry, now);
  } else if (parents.none) {
    trust.state = Trust::State::insecure;
  } else if (!parents.refused.empty()) {
    const auto& first = parents.refused.front();
    trust.state = Trust::State::broken;
    trust.why = fmt::format("{}, in its parent {}", worded(first.flaw, first.what),
                            cut.parent.is_root() ? "the root" : cut.parent.text());
  }
  trust.unproven.insert(trust.unproven.end(), parents.refused.begin(), parents.refused.end());
  return trust;
}

/// What validators refuse of the SOA records at the zone's servers.
void note_unproven_soa(const Cut& cut, const TrustedKeys& keys, Time now, std::vector<Unproven>& unproven) {
  for (const auto& server : cut.servers) {
    for (const auto& report : server.addresses) {
      const auto& exchange = report.soa();
      if (!report.is_authoritative() || exchange.edns != Edns::yes) continue;
      const auto check = keys.check(*exchange.reply.rrset, exchange.reply.signatures, now).check;
      if (const auto flaw = flaw_of(check))
        unproven.push_back({server.name, report.address, *flaw, fmt::format("SOA {}", cut.zone.text())});
    }
  }
}

}  // namespace

std::string_view to_string(Trust::State state) {
  switch (state) {
    case Trust::State::unknown:
      return "unknown";
    case Trust::State::insecure:
      return "insecure";
    case Trust::State::secure:
      return "secure";
    case Trust::State::broken:
      return "broken";
  }
  return "unknown";
}

std::vector<Unproven> unproven_apex(const Cut& cut, const Trust& trust, Time now) {
  std::vector<Unproven> unproven;
  if (trust.state == Trust::State::broken) {
    for (const auto& server : cut.servers) {
      for (const auto& report : server.addresses) {
        if (report.is_authoritative())
          unproven.push_back({server.name, report.address, Flaw::chain_broken, trust.why});
      }
    }
    return unproven;
  }
  if (trust.state == Trust::State::secure)
    note_unproven_soa(cut, TrustedKeys(cut.zone, trust.keys), now, unproven);
  unproven.insert(unproven.end(), trust.unproven.begin(), trust.unproven.end());
  return unproven;
}

std::vector<std::string> ds_records(const Cut& cut) {
  std::set<std::string> all;
  for (const auto& view : cut.parents) {
    if (const auto& reply = view.ns.reply; reply.referral && reply.referral->zone == cut.zone)
      all.insert(reply.referral->ds.begin(), reply.referral->ds.end());
    if (const auto& reply = view.ds.reply; reply.authoritative && reply.kind == ReplyKind::answer)
      all.insert(reply.rrset->rdata.begin(), reply.rrset->rdata.end());
  }
  return {all.begin(), all.end()};
}

Trust trust_of(const Cut& cut, const Trust& parent, const TrustAnchors& anchors, Time now) {
  if (const auto* anchor = anchors.of(cut.zone))
    return join(cut, {.named = *anchor, .any = false, .by = "the trust anchor"}, now);
  if (cut.is_root())
    return anchors.zones.empty() ? trust_of_root(cut, now) : Trust{Trust::State::insecure, {}, {}, {}};
  if (parent.state != Trust::State::secure) return {parent.state, {}, parent.why, {}};
  return trust_below(cut, parent, now);
}

Trust trust_of(const std::vector<Cut>& cuts, const Name& zone, const TrustAnchors& anchors, Time now,
               std::map<Name, Trust>& known) {
  std::vector<const Cut*> way;  // from the zone up
  for (Name at = zone;;) {
    const auto cut = std::find_if(cuts.begin(), cuts.end(), [&](const Cut& it) { return it.zone == at; });
    if (cut == cuts.end() || way.size() > cuts.size()) return {};
    way.push_back(&*cut);
    if (at.is_root()) break;
    at = cut->parent;
  }
  Trust trust;
  for (auto cut = way.rbegin(); cut != way.rend(); ++cut) {
    const auto before = known.find((*cut)->zone);
    trust = before != known.end() ? before->second : trust_of(**cut, trust, anchors, now);
    if (before == known.end()) known.emplace((*cut)->zone, trust);
  }
  return trust;
}

}  // namespace rdnsgate::dns
