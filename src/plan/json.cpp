// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "plan/emit.h"

namespace rdnsgate::plan {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(RrType type, const MaybeVersion& version) {
  if (!version) return nullptr;
  Json rdata = Json::array();
  for (const auto& record : version->rdata) rdata.push_back(dns::rdata_text(type, record));
  return {{"ttl", version->ttl}, {"rdata", std::move(rdata)}};
}

Json to_json(const Step& step) {
  Json json = {{"zone", step.zone.text()},
               {"managed_by", inventory::to_string(step.managed_by)},
               {"owner", step.owner.text()},
               {"type", dns::to_string(step.type)},
               {"before", to_json(step.type, step.before)},
               {"after", to_json(step.type, step.after)}};
  if (!step.contact.empty()) json["contact"] = step.contact;
  if (!step.by_hand.empty()) json["by_hand"] = step.by_hand;
  return json;
}

Json to_json(const Manual& manual) {
  Json addresses = Json::array();
  for (const auto& ip : manual.addresses) addresses.push_back(ip.to_string());
  return {{"sender", manual.sender},
          {"do", manual.text},
          {"action", to_string(manual.action)},
          {"addresses", std::move(addresses)},
          {"helo", manual.helo.is_root() ? Json(nullptr) : Json(manual.helo.text())}};
}

Json to_json(const Check& check) {
  return {{"zone", check.zone.text()},
          {"owner", check.owner.text()},
          {"type", dns::to_string(check.type)},
          {"expect", to_json(check.type, check.expect)}};
}

Json to_json(const Term& term) {
  return {{"name", term.name}, {"seconds", term.value.count()}, {"origin", term.origin}};
}

Json to_json(const Phase& phase);

template <typename T>
Json list(const std::vector<T>& items) {
  Json json = Json::array();
  for (const auto& item : items) json.push_back(to_json(item));
  return json;
}

Json to_json(const Phase& phase) {
  Json rollback = list(phase.rollback);
  for (const auto& manual : phase.rollback_manual) rollback.push_back(to_json(manual));
  return {{"id", phase.id},
          {"wave", phase.wave == 0 ? Json(nullptr) : Json(phase.wave)},
          {"waves", phase.wave == 0 ? Json(nullptr) : Json(phase.waves)},
          {"starts_after_s", phase.starts_after.count()},
          {"steps", list(phase.steps)},
          {"manual", list(phase.manual)},
          {"verify", list(phase.verify)},
          {"wait", {{"seconds", phase.wait.total.count()}, {"terms", list(phase.wait.terms)}}},
          {"rollback", std::move(rollback)}};
}

Json totals_of(const Plan& plan) {
  Json json = {{"seconds", plan.total.count()},
               {"cheap_return_until_s", plan.cheap_return_until.count()},
               {"changes", plan.changes}};
  if (plan.exposure > seconds(0)) json["exposure_s"] = plan.exposure.count();
  return json;
}

Json windows_of(const Plan& plan) {
  Json json = Json::array();
  for (const auto& window : plan.windows) json.push_back(window.text());
  return json;
}

Json base_of(const Plan& plan) {
  if (plan.base_sha256.empty()) return nullptr;
  return {{"sha256", plan.base_sha256}};
}

/// Texts from outside (a server's name, a sender's) need not be UTF-8; JSON has to be.
std::string dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string content_of(const Plan& plan) {
  const Json json = {{"inventory", plan.inventory_sha256},
                     {"base", base_of(plan)},
                     {"phases", list(plan.phases)},
                     {"totals", totals_of(plan)}};
  return dump(json, -1);
}

std::string checksum_of(std::string_view document) {
  auto json = nlohmann::json::parse(document, nullptr, false);
  if (!json.is_object()) return {};
  json.erase("checksum");
  return sha256_hex(json.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace));
}

std::string emit_json(const Plan& plan) {
  Json json = {{"schema", "rdnsgate/plan/1"},
               {"id", plan.id},
               {"inventory", {{"path", plan.inventory_path}, {"sha256", plan.inventory_sha256}}},
               {"base", base_of(plan)},
               {"facts", {{"sha256", plan.facts_sha256}, {"taken_at", format_time(plan.facts_taken_at)}}},
               {"phases", list(plan.phases)},
               {"totals", totals_of(plan)},
               {"notes", plan.notes},
               {"windows", windows_of(plan)}};
  json["checksum"] = checksum_of(dump(json, -1));
  return dump(json, 2) + "\n";
}

}  // namespace rdnsgate::plan
