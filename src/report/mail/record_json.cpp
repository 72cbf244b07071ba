// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/json_text.h"
#include "report/mail/record_document.h"

namespace rdnsgate::report {
namespace {

using mailauth::DkimPublicKey;

template <typename Items, typename ToJson>
Json items_json(const Items& items, ToJson&& to_json) {
  Json json = Json::array();
  for (const auto& item : items) json.push_back(to_json(item));
  return json;
}

Json policy_json(const std::optional<mailauth::DmarcPolicy>& policy) {
  return policy ? Json(to_string(*policy)) : Json();
}

Json record_tag_json(const mailauth::Tag& tag) {
  return {{"name", tag.name},
          {"value", tag.value},
          {"offset", tag.offset},
          {"length", tag.length},
          {"value_offset", tag.value_offset},
          {"value_length", tag.value_length}};
}

std::string_view form_word(DkimPublicKey::Form form) {
  using Form = DkimPublicKey::Form;
  switch (form) {
    case Form::rsa:
      return "rsa";
    case Form::rsa_bare:
      return "rsa-pkcs1";
    case Form::ed25519:
      return "ed25519";
    default:
      return "other";
  }
}

Json key_json(const std::optional<DkimPublicKey>& key) {
  if (!key || key->form == DkimPublicKey::Form::private_key) return nullptr;
  Json json{{"form", form_word(key->form)}, {"octets", key->size}, {"bits", nullptr}, {"exponent", nullptr}};
  if (key->is_rsa()) {
    json["bits"] = key->bits;
    if (key->exponent_bits <= 64) json["exponent"] = std::to_string(key->exponent);
  } else if (key->form == DkimPublicKey::Form::ed25519) {
    json["bits"] = 256;
  }
  return json;
}

Json dkim_json(const mailauth::DkimRecord& record) {
  return {{"text", record.text},
          {"tags", items_json(record.tags.tags, record_tag_json)},
          {"revoked", record.revoked},
          {"key", key_json(record.key)}};
}

Json dmarc_json(const mailauth::DmarcRecord& record) {
  return {{"text", record.text},
          {"tags", items_json(record.tags.tags, record_tag_json)},
          {"is_dmarc", record.is_dmarc},
          {"policy", policy_json(record.policy)},
          {"subdomain_policy", policy_json(record.subdomains)},
          {"nonexistent_policy", policy_json(record.absent)},
          {"dkim_alignment", record.strict_dkim ? "strict" : "relaxed"},
          {"spf_alignment", record.strict_spf ? "strict" : "relaxed"},
          {"testing", record.testing},
          {"psd", std::string(1, record.psd)},
          {"destinations", items_json(record.destinations, [](const auto& one) {
             return Json{{"tag", one.tag}, {"address", one.address}, {"host", one.host.text()}};
           })}};
}

Json record_reason_json(const mailauth::Reason& reason) {
  return {{"id", reason.id},
          {"severity", to_string(reason.severity)},
          {"message", reason.message},
          {"hint", text_or_null(reason.hint)},
          {"source", reason.source},
          {"record", reason.at.record},
          {"offset", reason.at.offset},
          {"length", reason.at.length}};
}

Json record_lookup_json(const RecordLookup& lookup) {
  return {{"name", lookup.name.text()},
          {"type", lookup.type},
          {"outcome", dns::to_string(lookup.outcome)},
          {"reason", text_or_null(lookup.reason)},
          {"server", text_or_null(lookup.server)},
          {"aliases", lookup.aliases}};
}

Json discovery_json(const mailauth::DmarcDiscovery& found) {
  const auto* stop = found.applying();
  const auto name = [](const auto& domain) { return domain ? Json(domain->text()) : Json(); };
  return {
      {"tree_walk",
       items_json(
           found.walk.stops,
           [](const auto& one) {
             return Json{{"name", one.owner.text()}, {"records", one.records}, {"known", one.answer.known()}};
           })},
      {"rfc9989",
       {{"organisational_domain", name(found.walk.organisational)},
        {"record_at", stop ? Json(stop->domain.text()) : Json()},
        {"known", found.walk.decided},
        {"policy", policy_json(found.policy)}}},
      {"rfc7489",
       {{"organisational_domain", found.organisational.text()},
        {"record_at", name(found.applies_7489)},
        {"known", found.decided_7489},
        {"policy", policy_json(found.policy_7489)}}},
      {"domain_exists", found.exists ? Json(*found.exists) : Json()},
      {"report_consents", items_json(found.consents, [](const auto& one) {
         return Json{{"host", one.host.text()},
                     {"name", one.owner.text()},
                     {"given", one.answer.known() ? Json(one.given) : Json()}};
       })}};
}

}  // namespace

std::string render_record_json(const RecordDocument& document) {
  const bool is_dkim = document.kind == "dkim";
  Json json{
      {"schema", "rdnsgate/mail-record/1"},
      {"tool", {{"name", "rdnsgate"}, {"version", document.tool_version}}},
      {"kind", document.kind},
      {"judged_at", format_time(document.judged_at)},
      {"result", document.result()},
      {"domain", text_or_null(document.domain)},
      {"selector", text_or_null(document.selector)},
      {"source", document.source},
      {"vantage", text_or_null(document.vantage)},
      {"lookups", items_json(document.lookups, record_lookup_json)},
      {"records", is_dkim ? items_json(document.keys, dkim_json) : items_json(document.records, dmarc_json)},
      {"reasons", items_json(document.reasons.all(), record_reason_json)},
      {"unknown", document.unknown}};
  if (document.discovery) json["discovery"] = discovery_json(*document.discovery);
  return dump(json) + "\n";
}

}  // namespace rdnsgate::report
