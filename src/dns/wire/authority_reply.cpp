// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/wire/authority_reply.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dns/ede.h"
#include "dns/enum_words.h"
#include "dns/rcode.h"
#include "dns/wire/sections.h"

namespace rdnsgate::dns {
namespace {

AuthorityReply failed(AuthorityReply reply, Outcome failure, std::string reason) {
  reply.kind = ReplyKind::failed;
  reply.failure = failure;
  reply.reason = std::move(reason);
  return reply;
}

std::string rcode_reason(const Sections& sections) {
  std::string reason = rcode_name(sections.rcode);
  if (sections.ede) reason += fmt::format(", EDE {} {}", *sections.ede, ede_name(*sections.ede));
  if (!sections.ede_text.empty()) reason += ": " + sections.ede_text;
  return reason;
}

RRset* find(std::vector<RRset>& sets, const Name& owner, RrType type) {
  const auto found = std::find_if(sets.begin(), sets.end(),
                                  [&](const RRset& set) { return set.type == type && set.owner == owner; });
  return found == sets.end() ? nullptr : &*found;
}

Referral referral_of(RRset&& ns, Sections& sections) {
  Referral referral;
  referral.zone = ns.owner;
  referral.ttl = ns.ttl;
  for (const auto& rdata : ns.rdata)
    referral.ns.push_back(name_in(rdata).value());  // its shape was checked when it was read
  std::sort(referral.ns.begin(), referral.ns.end());
  if (auto* ds = find(sections.ds, referral.zone, RrType::DS)) referral.ds = std::move(ds->rdata);
  for (const auto& set : sections.addresses) {
    for (const auto& rdata : set.rdata) {
      if (const auto address = server_address(rdata)) referral.glue.push_back({set.owner, *address});
    }
  }
  return referral;
}

/// There are NSEC or NSEC3 records, and each has a signature of its own.
bool is_signed_denial(const Sections& sections) {
  return !sections.denials.empty() &&
         std::all_of(sections.denials.begin(), sections.denials.end(), [&](const RRset& set) {
           return !signatures_over(set, sections.authority_signatures).empty();
         });
}

/// NOERROR or NXDOMAIN.
AuthorityReply judge(AuthorityReply reply, Sections& sections, const Name& name, RrType type) {
  for (const auto wanted : {type, RrType::CNAME}) {
    auto* set = find(sections.answer, name, wanted);
    if (set == nullptr) continue;
    if (wanted != type && set->rdata.size() != 1)
      return failed(std::move(reply), Outcome::malformed,
                    fmt::format("several CNAME records at {}", name.text()));
    reply.kind = wanted == type ? ReplyKind::answer : ReplyKind::alias;
    reply.rrset = std::move(*set);
    reply.signatures = signatures_over(*reply.rrset, sections.signatures);
    return reply;
  }
  if (!sections.answer.empty())
    return failed(std::move(reply), Outcome::malformed,
                  fmt::format("the answer holds a record of {}, which was not asked for",
                              sections.answer.front().owner.text()));
  const bool no_such_name = sections.rcode == 3;
  // NS records without an SOA say "ask there", not "there is none" (RFC 2308 §2.2).
  if (!no_such_name && sections.soas.empty() && !sections.ns.empty()) {
    if (sections.ns.size() > 1)
      return failed(std::move(reply), Outcome::malformed, "a referral to several zones at once");
    reply.kind = ReplyKind::referral;
    reply.referral = referral_of(std::move(sections.ns.front()), sections);
    return reply;
  }
  reply.kind = no_such_name ? ReplyKind::nxdomain : ReplyKind::nodata;
  for (auto& soa : sections.soas) {
    if (!reply.soa && soa.rdata.size() == 1 && name.is_within(soa.owner)) reply.soa = std::move(soa);
  }
  return reply;
}

}  // namespace

std::string_view to_string(ReplyKind kind) {
  switch (kind) {
    case ReplyKind::none:
      return "none";
    case ReplyKind::failed:
      return "failed";
    case ReplyKind::answer:
      return "answer";
    case ReplyKind::alias:
      return "alias";
    case ReplyKind::nodata:
      return "nodata";
    case ReplyKind::nxdomain:
      return "nxdomain";
    case ReplyKind::referral:
      return "referral";
  }
  return "none";
}

std::optional<IpAddress> server_address(const std::string& rdata) {
  static constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  const auto address = address_in(rdata).value();  // its shape was checked when it was read
  if (address.is_v6() && std::equal(mapped.begin(), mapped.end(), address.data())) return std::nullopt;
  return address;
}

std::optional<ReplyKind> parse_reply_kind(std::string_view text) {
  return enumerator(text, ReplyKind::referral);
}

AuthorityReply read_authority_reply(std::string_view message, const Name& name, RrType type) {
  AuthorityReply reply;
  Sections sections;
  std::string why;
  const bool readable = read_sections(message, type, sections, why, Depth::referral);
  // A server that chokes on a query may cut its reply off; that it failed stands in the header.
  const bool ok = sections.rcode == 0 || sections.rcode == 3;
  if (!readable && ok) return failed(std::move(reply), Outcome::malformed, std::move(why));
  reply.size = static_cast<std::uint16_t>(std::min<std::size_t>(message.size(), 65535));
  reply.authoritative = sections.authoritative;
  reply.truncated = sections.truncated;
  reply.recursion_available = sections.recursion_available;
  reply.edns = sections.has_opt;
  reply.denial = is_signed_denial(sections);
  reply.rcode = static_cast<std::uint8_t>(std::min<unsigned>(sections.rcode, 255));
  if (sections.truncated) return failed(std::move(reply), Outcome::malformed, "the reply is truncated");
  if (ok) return judge(std::move(reply), sections, name, type);
  return failed(std::move(reply), sections.rcode == 5 ? Outcome::refused : Outcome::servfail,
                rcode_reason(sections));
}

}  // namespace rdnsgate::dns
