// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "dns/rdata_text.h"
#include "dns/snapshot/delegation_json.h"
#include "dns/snapshot/rrset_json.h"

namespace rdnsgate::dns {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_items = 1000;  // of any list: a walk asks far fewer servers
constexpr std::size_t most_left_out = 100'000;

class DelegationReader {
 public:
  explicit DelegationReader(std::string& wrong) : wrong_(wrong) {}

  Delegation delegation(const Json& json) {
    Delegation read;
    Members members(json, wrong_);
    auto& cut = read.cut;
    cut.zone = read_name(members, "zone", wrong_);
    cut.parent = read_name(members, "parent", wrong_);
    each(members, "parents", [&](const Json& item) { cut.parents.push_back(parent(item)); });
    each(members, "servers", [&](const Json& item) { cut.servers.push_back(server(item)); });
    each(members, "undelegated", [&](const Json& item) { cut.undelegated.push_back(server(item)); });
    each(members, "foreign_glue", [&](const Json& item) { cut.foreign_glue.push_back(name(item)); });
    cut.left_out = members.number<std::size_t>("left_out", 0, most_left_out);
    if (const Json* works = members.object("works", true)) {
      Members about(*works, wrong_);
      auto& around = read.surroundings;
      around.udp[0] = about.flag("udp4");
      around.udp[1] = about.flag("udp6");
      around.tcp[0] = about.flag("tcp4");
      around.tcp[1] = about.flag("tcp6");
      about.finish();
    }
    members.finish();
    if (!cut.zone.is_within(cut.parent)) refuse("a zone that is not below its \"parent\"");
    return read;
  }

 private:
  void refuse(std::string why) {
    if (wrong_.empty()) wrong_ = std::move(why);
  }

  template <typename Read>
  void each(Members& members, const char* key, Read&& read) {
    const Json* items = members.array(key, false);
    if (items == nullptr) return;
    if (items->size() > most_items) refuse(fmt::format("\"{}\" has more than {} items", key, most_items));
    for (std::size_t i = 0; i < items->size() && wrong_.empty(); ++i) read((*items)[i]);
  }

  Name name(const Json& json) {
    auto read = json.is_string() ? Name::parse(json.get_ref<const std::string&>())
                                 : Result<Name>(fail("a value where a name belongs"));
    if (!read) refuse(read.error().message);
    return read ? std::move(*read) : Name();
  }
  IpAddress address(const Json& json) {
    const auto read = json.is_string() ? IpAddress::parse(json.get_ref<const std::string&>())
                                       : Result<IpAddress>(fail("a value where an address belongs"));
    if (!read) refuse(read.error().message);
    return read.value_or(IpAddress());
  }
  IpAddress address(Members& members) { return address(Json(members.text("address"))); }
  std::string octets(RrType type, const Json& json) {
    auto read = json.is_string() ? parse_rdata(type, json.get_ref<const std::string&>())
                                 : Result<std::string>(fail("a value where record data belongs"));
    if (!read) refuse(read.error().message);
    return read ? std::move(*read) : std::string();
  }

  ParentView parent(const Json& json) {
    Members members(json, wrong_);
    ParentView view;
    view.server = read_name(members, "server", wrong_);
    view.address = address(members);
    exchange(members, "ns", RrType::NS, view.ns);
    exchange(members, "ds", RrType::DS, view.ds);
    members.finish();
    return view;
  }

  NameServer server(const Json& json) {
    Members members(json, wrong_);
    NameServer read;
    read.name = read_name(members, "name", wrong_);
    read.at_parent = members.flag("at_parent");
    read.at_child = members.flag("at_child");
    read.lookup = read_word(members.text("lookup"), "lookup", parse_lookup, wrong_);
    read.lookup_reason = members.foreign("lookup_reason");
    each(members, "glue", [&](const Json& item) { read.glue.push_back(address(item)); });
    if (members.has("own")) {
      read.own.emplace();
      each(members, "own", [&](const Json& item) { read.own->push_back(address(item)); });
    }
    each(members, "addresses", [&](const Json& item) { read.addresses.push_back(report(item)); });
    members.finish();
    return read;
  }

  AddressReport report(const Json& json) {
    Members members(json, wrong_);
    AddressReport read;
    read.address = address(members);
    read.from_glue = members.flag("from_glue");
    read.resolved = members.flag("resolved");
    read.from_hints = members.flag("from_hints");
    exchange(members, "soa_udp", RrType::SOA, read.soa_udp);
    exchange(members, "soa_tcp", RrType::SOA, read.soa_tcp);
    exchange(members, "ns", RrType::NS, read.ns);
    exchange(members, "dnskey", RrType::DNSKEY, read.dnskey);
    exchange(members, "aaaa", RrType::AAAA, read.aaaa);
    exchange(members, "recursion", RrType::A, read.recursion);
    exchange(members, "edns_version", RrType::SOA, read.version);
    exchange(members, "transfer", RrType::SOA, read.transfer);
    exchange(members, "nsec3param", type_nsec3param, read.signing.nsec3param);
    exchange(members, "cds", type_cds, read.signing.cds);
    exchange(members, "cdnskey", type_cdnskey, read.signing.cdnskey);
    each(members, "questions", [&](const Json& item) {
      Members about(item, wrong_);
      auto& asked = read.questions.emplace_back();
      asked.name = read_name(about, "name", wrong_);
      exchange(about, "exchange", std::nullopt, asked.exchange);
      about.finish();
    });
    members.finish();
    return read;
  }

  /// One that is not there was not asked. `type` is what was asked for, where that is known.
  void exchange(Members& members, const char* key, std::optional<RrType> type, Exchange& read) {
    const Json* json = members.object(key, false);
    if (json == nullptr) return;
    Members about(*json, wrong_);
    read.asked = true;
    reply(about, read.reply);
    if (about.has("silence"))
      read.silence = read_word(about.text("silence"), "silence", parse_silence, wrong_);
    if (about.has("edns")) read.edns = read_word(about.text("edns"), "edns", parse_edns, wrong_);
    read.over_tcp = about.flag("over_tcp");
    read.case_changed = about.flag("case_changed");
    read.tries = about.number<std::uint8_t>("tries", 0);
    read.rtt_us = about.number<std::uint32_t>("rtt_us", 0);
    about.finish();
    if (auto why = contradiction(read.reply, type); !why.empty()) refuse(fmt::format("\"{}\": {}", key, why));
  }

  void reply(Members& members, AuthorityReply& read) {
    read.kind = read_word(members.text("reply"), "reply", parse_reply_kind, wrong_);
    if (members.has("failure"))
      read.failure = read_word(members.text("failure"), "failure", parse_outcome, wrong_);
    read.authoritative = members.flag("authoritative");
    read.truncated = members.flag("truncated");
    read.recursion_available = members.flag("recursion_available");
    read.edns = members.flag("opt");
    read.denial = members.flag("denial");
    read.rcode = members.number<std::uint8_t>("rcode", 0);
    read.size = members.number<std::uint16_t>("size", 0);
    read.reason = members.foreign("reason");
    if (const Json* set = members.object("rrset", false)) read.rrset = read_rrset(*set, wrong_);
    each(members, "signatures",
         [&](const Json& item) { read.signatures.push_back(octets(RrType::RRSIG, item)); });
    if (const Json* soa = members.object("soa", false)) read.soa = read_rrset(*soa, wrong_);
    if (const Json* json = members.object("referral", false)) read.referral = referral(*json);
  }

  Referral referral(const Json& json) {
    Members members(json, wrong_);
    Referral read;
    read.zone = read_name(members, "zone", wrong_);
    read.ttl = members.number<std::uint32_t>("ttl", 0, 0x7fffffff);
    each(members, "ns", [&](const Json& item) { read.ns.push_back(name(item)); });
    each(members, "glue", [&](const Json& item) {
      Members about(item, wrong_);
      auto& glue = read.glue.emplace_back();
      glue.owner = read_name(about, "owner", wrong_);
      glue.address = address(about);
      about.finish();
    });
    each(members, "ds", [&](const Json& item) { read.ds.push_back(octets(RrType::DS, item)); });
    members.finish();
    std::sort(read.ns.begin(), read.ns.end());
    return read;
  }

  /// What whoever judges a reply relies on, and what one from the network is held to when it is read.
  static std::string contradiction(const AuthorityReply& reply, std::optional<RrType> type) {
    const bool records = reply.kind == ReplyKind::answer || reply.kind == ReplyKind::alias;
    if (records != reply.rrset.has_value())
      return fmt::format("\"{}\" {} an RRset", to_string(reply.kind), records ? "without" : "beside");
    if (reply.kind == ReplyKind::answer && type && reply.rrset->type != *type)
      return fmt::format("a {} record in place of {}", to_string(reply.rrset->type), to_string(*type));
    if (reply.kind == ReplyKind::alias &&
        (reply.rrset->type != RrType::CNAME || reply.rrset->rdata.size() != 1))
      return "an alias is one CNAME record";
    if ((reply.kind == ReplyKind::referral) != reply.referral.has_value())
      return "\"referral\" is there for that kind of reply, and for no other";
    if (reply.soa && (reply.soa->type != RrType::SOA || reply.soa->rdata.size() != 1))
      return "\"soa\" is not one SOA record";
    return {};
  }

  std::string& wrong_;
};

}  // namespace

Delegation read_delegation(const Json& json, std::string& wrong) { return DelegationReader(wrong).delegation(json); }

}  // namespace rdnsgate::dns
