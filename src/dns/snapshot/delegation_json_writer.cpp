// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/snapshot/delegation_json.h"
#include "dns/snapshot/rrset_json.h"

namespace rdnsgate::dns {
namespace {

using OrderedJson = nlohmann::ordered_json;  // members stay in the order in which they are written here

template <typename Items, typename ToJson>
OrderedJson list(const Items& items, ToJson&& to_json) {
  OrderedJson json = OrderedJson::array();
  for (const auto& item : items) json.push_back(to_json(item));
  return json;
}

OrderedJson name_json(const Name& name) { return name.text(); }
OrderedJson address_json(const IpAddress& address) { return address.to_string(); }
OrderedJson octets_json(const std::string& rdata) { return rdata_generic(rdata); }

/// Members that say nothing beyond their default are left out: most do.
class Object {
 public:
  void flag(const char* key, bool value) {
    if (value) json_[key] = true;
  }
  void number(const char* key, std::uint32_t value) {
    if (value != 0) json_[key] = value;
  }
  void foreign(const char* key, const std::string& value) {
    if (!value.empty()) json_[key] = foreign_json(value);
  }
  void rrset(const char* key, const std::optional<RRset>& set) {
    if (set) json_[key] = rrset_json(*set);
  }
  template <typename Items, typename ToJson>
  void items(const char* key, const Items& items, ToJson&& to_json) {
    if (!items.empty()) json_[key] = list(items, to_json);
  }
  void set(const char* key, OrderedJson value) { json_[key] = std::move(value); }
  OrderedJson take() { return std::move(json_); }

 private:
  OrderedJson json_ = OrderedJson::object();
};

OrderedJson referral_json(const Referral& referral) {
  Object json;
  json.set("zone", referral.zone.text());
  json.number("ttl", referral.ttl);
  json.items("ns", referral.ns, name_json);
  json.items("glue", referral.glue, [](const Referral::Glue& glue) {
    return OrderedJson{{"owner", glue.owner.text()}, {"address", glue.address.to_string()}};
  });
  json.items("ds", referral.ds, octets_json);
  return json.take();
}

OrderedJson exchange_json(const Exchange& exchange) {
  const auto& reply = exchange.reply;
  Object json;
  json.set("reply", to_string(reply.kind));
  if (reply.kind == ReplyKind::none || reply.kind == ReplyKind::failed)
    json.set("failure", to_string(reply.failure));
  json.flag("authoritative", reply.authoritative);
  json.flag("truncated", reply.truncated);
  json.flag("recursion_available", reply.recursion_available);
  json.flag("opt", reply.edns);
  json.flag("denial", reply.denial);
  json.number("rcode", reply.rcode);
  json.number("size", reply.size);
  json.foreign("reason", reply.reason);
  json.rrset("rrset", reply.rrset);
  json.items("signatures", reply.signatures, octets_json);
  json.rrset("soa", reply.soa);
  if (reply.referral) json.set("referral", referral_json(*reply.referral));
  if (exchange.silence != Silence::none) json.set("silence", to_string(exchange.silence));
  if (exchange.edns != Edns::unknown) json.set("edns", to_string(exchange.edns));
  json.flag("over_tcp", exchange.over_tcp);
  json.flag("case_changed", exchange.case_changed);
  json.number("tries", exchange.tries);
  json.number("rtt_us", exchange.rtt_us);
  return json.take();
}

void add(Object& json, const char* key, const Exchange& exchange) {
  if (exchange.asked) json.set(key, exchange_json(exchange));
}

OrderedJson report_json(const AddressReport& report) {
  Object json;
  json.set("address", report.address.to_string());
  json.flag("from_glue", report.from_glue);
  json.flag("resolved", report.resolved);
  json.flag("from_hints", report.from_hints);
  add(json, "soa_udp", report.soa_udp);
  add(json, "soa_tcp", report.soa_tcp);
  add(json, "ns", report.ns);
  add(json, "dnskey", report.dnskey);
  add(json, "aaaa", report.aaaa);
  add(json, "recursion", report.recursion);
  add(json, "edns_version", report.version);
  add(json, "transfer", report.transfer);
  add(json, "nsec3param", report.signing.nsec3param);
  add(json, "cds", report.signing.cds);
  add(json, "cdnskey", report.signing.cdnskey);
  json.items("questions", report.questions, [](const Asked& asked) {
    OrderedJson question{{"name", asked.name.text()}};
    if (asked.exchange.asked) question["exchange"] = exchange_json(asked.exchange);
    return question;
  });
  return json.take();
}

OrderedJson server_json(const NameServer& server) {
  Object json;
  json.set("name", server.name.text());
  json.flag("at_parent", server.at_parent);
  json.flag("at_child", server.at_child);
  json.set("lookup", to_string(server.lookup));
  json.foreign("lookup_reason", server.lookup_reason);
  json.items("glue", server.glue, address_json);
  if (server.own) json.set("own", list(*server.own, address_json));
  json.items("addresses", server.addresses, report_json);
  return json.take();
}

OrderedJson parent_json(const ParentView& view) {
  Object json;
  json.set("server", view.server.text());
  json.set("address", view.address.to_string());
  add(json, "ns", view.ns);
  add(json, "ds", view.ds);
  return json.take();
}

}  // namespace

OrderedJson delegation_json(const Delegation& delegation) {
  const auto& cut = delegation.cut;
  const auto& around = delegation.surroundings;
  Object json;
  json.set("zone", cut.zone.text());
  json.set("parent", cut.parent.text());
  json.items("parents", cut.parents, parent_json);
  json.items("servers", cut.servers, server_json);
  json.items("undelegated", cut.undelegated, server_json);
  json.items("foreign_glue", cut.foreign_glue, name_json);
  json.number("left_out", static_cast<std::uint32_t>(cut.left_out));
  Object works;
  works.flag("udp4", around.udp[0]);
  works.flag("udp6", around.udp[1]);
  works.flag("tcp4", around.tcp[0]);
  works.flag("tcp6", around.tcp[1]);
  json.set("works", works.take());
  return json.take();
}

}  // namespace rdnsgate::dns
