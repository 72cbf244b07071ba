// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/document/plan_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/read_json.h"
#include "base/text/escape.h"
#include "plan/document/simulation_json.h"

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
  if (step.wildcard) json["wildcard"] = to_json(step.type, step.wildcard);
  return json;
}

Json to_json(const Manual& manual) {
  Json addresses = Json::array();
  for (const auto& ip : manual.addresses) addresses.push_back(ip.to_string());
  Json json{{"sender", manual.sender},
            {"do", manual.text},
            {"action", to_string(manual.action)},
            {"addresses", std::move(addresses)},
            {"helo", manual.helo.is_root() ? Json(nullptr) : Json(manual.helo.text())}};
  if (!manual.starts.empty()) json["starts"] = manual.starts;
  if (!manual.stops.empty()) json["stops"] = manual.stops;
  return json;
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

Json to_json(const SpfPass& pass) {
  Json addresses = Json::array();
  for (const auto& ip : pass.addresses) addresses.push_back(ip.to_string());
  return {{"domain", pass.domain.text()}, {"addresses", std::move(addresses)}};
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
  Json wait{{"seconds", phase.wait.total.count()}, {"terms", list(phase.wait.terms)}};
  if (phase.wait.late) wait["late"] = to_json(*phase.wait.late);
  Json json{{"id", phase.id},
            {"wave", phase.wave == 0 ? Json(nullptr) : Json(phase.wave)},
            {"waves", phase.wave == 0 ? Json(nullptr) : Json(phase.waves)},
            {"starts_after_s", phase.starts_after.count()},
            {"steps", list(phase.steps)},
            {"manual", list(phase.manual)},
            {"verify", list(phase.verify)},
            {"wait", std::move(wait)},
            {"rollback", std::move(rollback)}};
  const auto& back = phase.rollback_wait;
  if (!back.terms.empty())
    json["rollback_wait"] = {{"seconds", back.total.count()}, {"terms", list(back.terms)}};
  if (!phase.spf.empty()) json["spf"] = list(phase.spf);
  if (phase.worst_after > phase.starts_after) json["worst_after_s"] = phase.worst_after.count();
  return json;
}

Json totals_of(const Plan& plan) {
  Json json = {{"seconds", plan.total.count()},
               {"cheap_return_until_s", plan.cheap_return_until.count()},
               {"changes", plan.changes}};
  if (plan.worst_total > plan.total) json["worst_s"] = plan.worst_total.count();
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

Json left_out_of(const Plan& plan) {
  Json all = Json::array();
  for (const auto& one : plan.left_out) {
    Json json{{"kind", to_string(one.kind)}, {"id", one.id}};
    if (!one.sender.empty()) json["sender"] = one.sender;
    json["reason"] = one.reason;
    if (one.adds) json["adds"] = true;
    all.push_back(std::move(json));
  }
  return all;
}

Json spf_open_of(const Plan& plan) {
  Json all = Json::array();
  for (const auto& one : plan.spf_open) {
    Json json{{"domain", one.domain.text()}, {"address", one.ip.to_string()}};
    if (!one.sender.empty()) json["sender"] = one.sender;
    json["state"] = to_string(one.state);
    if (!one.record.empty()) json["record"] = one.record;
    if (!one.term.empty()) json["term"] = one.term;
    json["reason"] = one.reason;
    all.push_back(std::move(json));
  }
  return all;
}

/// Texts from outside (a server's name, a sender's) need not be UTF-8; JSON has to be.
std::string dump(const Json& json, int indent) {
  return harmless_json(json.dump(indent, ' ', false, Json::error_handler_t::replace));
}

/// A phase can have as many steps as there are addresses, and a JSON value takes ten times the memory of its
/// text: of long plans there is one for one phase at a time.
template <typename Write>
std::string joined(const std::vector<Phase>& phases, std::string_view separator, Write&& write) {
  std::string out;
  for (const auto& phase : phases) {
    if (!out.empty()) out += separator;
    out += write(to_json(phase));
  }
  return out;
}

/// The octets that the checksum is of: no white space, sorted keys, ASCII.
std::string canonical(const Json& json) {
  return nlohmann::json(json).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

std::string canonical(const Json& document, const std::vector<Phase>& phases) {
  std::string out;
  const nlohmann::json sorted(document);
  for (const auto& [key, value] : sorted.items()) {
    out += fmt::format("{}\"{}\":", out.empty() ? "{" : ",", key);
    out += key == "phases"
               ? fmt::format("[{}]", joined(phases, ",", [](const Json& one) { return canonical(one); }))
               : canonical(Json(value));
  }
  return out + "}";
}

/// As it stands in a document, `depth` deep.
std::string indented(const Json& json, std::size_t depth) {
  std::string out;
  for (const char c : dump(json, 2)) {
    out += c;
    if (c == '\n') out.append(depth, ' ');
  }
  return out;
}

std::string laid_out(const Json& document, const std::vector<Phase>& phases) {
  std::string out;
  for (const auto& [key, value] : document.items()) {
    out += fmt::format("{}  \"{}\": ", out.empty() ? "{\n" : ",\n", key);
    if (key != "phases" || phases.empty()) {
      out += indented(value, 2);
    } else {
      out +=
          "[\n    " + joined(phases, ",\n    ", [](const Json& one) { return indented(one, 4); }) + "\n  ]";
    }
  }
  return out + "\n}\n";
}

/// What hangs on the times of SOA records is no part of the work, nor is how long a roll-back takes or what SPF is
/// checked for, and ids are older than all of them.
Json work_of(Json json) {
  for (const char* key : {"worst_s", "worst_after_s", "rollback_wait", "spf"}) json.erase(key);
  if (const auto wait = json.find("wait"); wait != json.end()) wait->erase("late");
  return json;
}

}  // namespace

std::string content_of(const Plan& plan) {
  return fmt::format(R"({{"inventory":{},"base":{},"phases":[{}],"totals":{}}})",
                     dump(plan.inventory_sha256, -1), dump(base_of(plan), -1),
                     joined(plan.phases, ",", [](const Json& one) { return dump(work_of(one), -1); }),
                     dump(work_of(totals_of(plan)), -1));
}

std::string checksum_of(std::string_view document) {
  auto json = read_json(document);
  if (!json || !json->is_object()) return {};
  json->erase("checksum");
  return sha256_hex(json->dump(-1, ' ', true, nlohmann::json::error_handler_t::replace));
}

std::string emit_json(const Plan& plan) { return emit_json(plan, {}, {}); }

std::string emit_json(const Plan& plan, std::span<const Simulation> simulations, Time start) {
  Json json = {{"schema", "rdnsgate/plan/1"},
               {"id", plan.id},
               {"inventory", {{"path", plan.inventory_path}, {"sha256", plan.inventory_sha256}}},
               {"base", base_of(plan)},
               {"facts", {{"sha256", plan.facts_sha256}, {"taken_at", format_time(plan.facts_taken_at)}}},
               {"phases", Json::array()},
               {"totals", totals_of(plan)},
               {"notes", plan.notes},
               {"windows", windows_of(plan)}};
  if (!plan.left_out.empty()) json["left_out"] = left_out_of(plan);
  if (!plan.spf_open.empty()) json["spf_open"] = spf_open_of(plan);
  if (!plan.owners.empty()) {
    json["owners"] = Json::object();
    for (const auto& [zone, owner] : plan.owners) json["owners"][zone.text()] = owner;
  }
  if (!simulations.empty()) json["simulation"] = simulation_json(plan, simulations, start);
  json["checksum"] = sha256_hex(canonical(json, plan.phases));
  return laid_out(json, plan.phases);
}

}  // namespace rdnsgate::plan
