// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text/escape.h"
#include "report/trace.h"

namespace rdnsgate::report {
namespace {

using Json = nlohmann::ordered_json;
using dns::Exchange;

template <typename Items, typename ToJson>
Json json_list(const Items& items, ToJson&& to_json) {
  Json json = Json::array();
  for (const auto& item : items) json.push_back(to_json(item));
  return json;
}

Json name_json(const dns::Name& name) { return name.text(); }
Json text_of_address(const IpAddress& address) { return address.to_string(); }

Json rrset_json(const dns::RRset& set) {
  return {{"owner", set.owner.text()},
          {"type", dns::to_string(set.type)},
          {"ttl", set.ttl},
          {"rdata", json_list(set.rdata, [&](const std::string& rdata) {
             return Json(dns::rdata_text(set.type, rdata));
           })}};
}

Json referral_json(const dns::Referral& referral) {
  return {{"zone", referral.zone.text()},
          {"ttl", referral.ttl},
          {"ns", json_list(referral.ns, name_json)},
          {"glue", json_list(referral.glue, [](const auto& glue) {
             return Json{{"name", glue.owner.text()}, {"address", glue.address.to_string()}};
           })}};
}

Json exchange_json(const Exchange& exchange) {
  if (!exchange.asked) return nullptr;
  const auto& reply = exchange.reply;
  const bool failed = reply.kind == dns::ReplyKind::none || reply.kind == dns::ReplyKind::failed;
  Json json{
      {"reply", dns::to_string(reply.kind)},
      {"failure", failed ? Json(dns::to_string(reply.failure)) : Json()},
      {"silence", exchange.silence == dns::Silence::none ? Json() : Json(dns::to_string(exchange.silence))},
      {"reason", reply.reason},
      {"authoritative", reply.authoritative},
      {"over", exchange.over_tcp ? "tcp" : "udp"},
      {"edns", dns::to_string(exchange.edns)},
      {"tries", exchange.tries},
      {"rtt_ms", exchange.replied() ? Json(exchange.rtt_us / 1000.0) : Json()},
      {"case_changed", exchange.case_changed},
      {"octets", exchange.replied() ? Json(reply.size) : Json()},
      {"signatures", reply.signatures.size()},
      {"signed_denial", reply.denial}};
  if (reply.rrset) json["rrset"] = rrset_json(*reply.rrset);
  if (reply.soa) json["soa"] = rrset_json(*reply.soa);
  if (reply.referral) json["referral"] = referral_json(*reply.referral);
  return json;
}

Json address_json(const dns::AddressReport& report) {
  Json source = Json::array();
  if (report.from_hints) source.push_back("hints");
  if (report.from_glue) source.push_back("glue");
  if (report.resolved) source.push_back("resolved");
  return {{"address", report.address.to_string()},
          {"source", std::move(source)},
          {"serial", report.serial() ? Json(*report.serial()) : Json()},
          {"soa_udp", exchange_json(report.soa_udp)},
          {"soa_tcp", exchange_json(report.soa_tcp)},
          {"ns", exchange_json(report.ns)},
          {"dnskey", exchange_json(report.dnskey)},
          {"nsec3param", exchange_json(report.signing.nsec3param)},
          {"cds", exchange_json(report.signing.cds)},
          {"cdnskey", exchange_json(report.signing.cdnskey)},
          {"questions", json_list(report.questions, [](const dns::Asked& asked) {
             return Json{{"name", asked.name.text()}, {"exchange", exchange_json(asked.exchange)}};
           })}};
}

Json server_json(const dns::NameServer& server) {
  return {{"name", server.name.text()},
          {"at_parent", server.at_parent},
          {"at_child", server.at_child},
          {"lookup", dns::to_string(server.lookup)},
          {"glue", json_list(server.glue, text_of_address)},
          {"own", server.own ? json_list(*server.own, text_of_address) : Json()},
          {"addresses", json_list(server.addresses, address_json)}};
}

Json parent_json(const dns::ParentView& view) {
  return {{"server", view.server.text()},
          {"address", view.address.to_string()},
          {"ns", exchange_json(view.ns)},
          {"ds", exchange_json(view.ds)}};
}

Json complaint_json(const dns::Complaint& complaint) {
  return {{"fault", dns::to_string(complaint.fault)},
          {"weight", dns::to_string(complaint.weight)},
          {"server", complaint.server ? Json(complaint.server->text()) : Json()},
          {"address", complaint.address ? Json(complaint.address->to_string()) : Json()},
          {"message", sentence(complaint)},
          {"detail", complaint.detail}};
}

Json trace_finding_json(const TraceFinding& finding) {
  return {{"rule", finding.rule},
          {"severity", to_string(finding.severity)},
          {"inconclusive", finding.inconclusive},
          {"certainty", finding.inconclusive ? "inconclusive"
                        : finding.clears_at  ? "transient"
                                             : "confirmed"},
          {"clears_at", finding.clears_at ? Json(format_time(*finding.clears_at)) : Json()},
          {"message", finding.message}};
}

Json cut_json(const dns::Cut& cut, const dns::CutVerdict& verdict, const dns::Trust* trust,
              const std::vector<TraceFinding>& findings) {
  return {{"zone", cut.zone.text()},
          {"parent", cut.is_root() ? Json() : Json(cut.parent.text())},
          {"verdict", dns::to_string(verdict.weight())},
          {"dnssec", verdict.dnssec ? Json(dns::to_string(*verdict.dnssec)) : Json()},
          {"trust", trust == nullptr ? Json() : Json(dns::to_string(trust->state))},
          {"complaints", json_list(verdict.complaints, complaint_json)},
          {"findings", json_list(findings, trace_finding_json)},
          {"parents", json_list(cut.parents, parent_json)},
          {"servers", json_list(cut.servers, server_json)},
          {"servers_left_out", cut.left_out}};
}

}  // namespace

std::string render_trace_json(const TraceDocument& document) {
  const auto& trace = document.trace;
  Json json{{"schema", "rdnsgate/trace/1"},
            {"tool", {{"name", "rdnsgate"}, {"version", document.tool_version}}},
            {"started_at", format_time(document.started_at)},
            {"finished_at", format_time(document.finished_at)},
            {"root_hints", document.root_hints},
            {"question", {{"name", trace.name.text()}, {"type", dns::to_string(trace.type)}}},
            {"verdict", verdict_word(document.verdict)},
            {"conclusion", conclusion(document)},
            {"end", dns::to_string(trace.end)},
            {"zone", trace.zone.text()},
            {"name", trace.last_name.text()},
            {"missing", trace.missing ? Json(trace.missing->text()) : Json()},
            {"questions", trace.questions},
            {"aliases", json_list(trace.aliases, rrset_json)},
            {"answer", trace.answer ? rrset_json(*trace.answer) : Json()},
            {"complaints", json_list(document.verdict.complaints, complaint_json)},
            {"cuts", Json::array()}};
  for (std::size_t i = 0; i < trace.cuts.size(); ++i)
    json["cuts"].push_back(
        cut_json(trace.cuts[i], document.verdict.cuts[i],
                 document.verdict.proof ? &document.verdict.proof->cuts[i] : nullptr,
                 i < document.findings.size() ? document.findings[i] : std::vector<TraceFinding>()));
  // Foreign octets need not be UTF-8: what is not becomes U+FFFD instead of ending the run.
  return harmless_json(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace rdnsgate::report
