// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/document/read_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "base/embedded.h"
#include "base/read_json.h"
#include "base/text/schema_pattern.h"
#include "dns/rdata_reader.h"
#include "plan/document/plan_json.h"

namespace rdnsgate::plan {

std::span<const EmbeddedFile> embedded_plan_schema();

namespace {

using nlohmann::json;

constexpr std::string_view plan_schema = "rdnsgate/plan/1";

/// The first thing that the schema forbids, and where; empty where there is none.
std::string check_schema(const json& document) {
  static const json text = [] {
    auto schema = json::parse(embedded_plan_schema().front().text);
    rename_patterns(schema);
    return schema;
  }();
  static const auto schema = [] {
    auto parsed = std::make_unique<valijson::Schema>();
    valijson::SchemaParser parser;
    know_patterns(parser);
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), *parsed);
    return parsed;
  }();
  valijson::ValidationResults results;
  if (valijson::Validator().validate(*schema, valijson::adapters::NlohmannJsonAdapter(document), &results))
    return {};
  valijson::ValidationResults::Error error;
  if (!results.popError(error)) return "it does not follow the schema";
  std::string place;
  for (const auto& part : error.context) place += part;
  return fmt::format("{}: {}", place, error.description);
}

/// Reads what the schema has let through. What it cannot see, names and record data, is kept in `wrong`.
class PlanReader {
 public:
  explicit PlanReader(const json& document) : document_(document), data_(Name()) {}

  Result<Plan> run() {
    Plan plan;
    plan.id = document_["id"];
    plan.inventory_path = document_["inventory"].value("path", "");
    plan.inventory_sha256 = document_["inventory"]["sha256"];
    if (!document_["base"].is_null()) plan.base_sha256 = document_["base"]["sha256"];
    plan.facts_sha256 = document_["facts"]["sha256"];
    if (const auto time = parse_time(document_["facts"]["taken_at"].get<std::string>())) {
      plan.facts_taken_at = *time;
    } else {
      refuse(time.error().message);
    }
    for (const auto& text : document_.value("windows", json::array())) {
      auto window = ChangeWindow::parse(text.get<std::string>());
      if (window) {
        plan.windows.push_back(std::move(*window));
      } else {
        refuse(window.error().message);
      }
    }
    // items() refers to what it goes over, which a loop does not keep alive.
    const json owners = document_.value("owners", json::object());
    for (const auto& [zone, owner] : owners.items())
      plan.owners.emplace(name(zone), owner.get<std::string>());
    for (const auto& entry : document_["phases"]) plan.phases.push_back(phase(entry));
    const auto& totals = document_["totals"];
    plan.total = seconds(totals["seconds"].get<long long>());
    plan.cheap_return_until = seconds(totals["cheap_return_until_s"].get<long long>());
    plan.changes = totals["changes"];
    plan.worst_total = seconds(totals.value("worst_s", static_cast<long long>(plan.total.count())));
    plan.exposure = seconds(totals.value("exposure_s", 0LL));
    for (const auto& note : document_["notes"]) plan.notes.push_back(note);
    for (const auto& one : document_.value("left_out", json::array())) {
      plan.left_out.push_back(
          {parse_left_out(one["kind"].get<std::string>()).value_or(LeftOut::Kind::address), one["id"],
           one.value("sender", ""), one["reason"], one.value("adds", false)});
    }
    for (const auto& one : document_.value("spf_open", json::array())) plan.spf_open.push_back(spf_open(one));
    if (!wrong_.empty()) return fail(wrong_);
    return plan;
  }

 private:
  SpfOpen spf_open(const json& item) {
    SpfOpen one;
    one.state = parse_spf_open(item["state"].get<std::string>()).value_or(SpfOpen::State::unproven);
    one.domain = name(item["domain"]);
    one.ip = address(item["address"]);
    one.sender = item.value("sender", "");
    one.record = item.value("record", "");
    one.term = item.value("term", "");
    one.reason = item["reason"];
    return one;
  }

  Phase phase(const json& entry) {
    Phase phase;
    phase.id = entry["id"];
    if (!entry["wave"].is_null()) phase.wave = entry["wave"];
    if (entry.contains("waves") && !entry["waves"].is_null()) phase.waves = entry["waves"];
    phase.starts_after = seconds(entry["starts_after_s"].get<long long>());
    phase.worst_after =
        seconds(entry.value("worst_after_s", static_cast<long long>(phase.starts_after.count())));
    for (const auto& item : entry["steps"]) phase.steps.push_back(step(item));
    for (const auto& item : entry["manual"]) phase.manual.push_back(manual(item));
    for (const auto& item : entry["verify"]) {
      const auto type = type_of(item["type"]);
      phase.verify.push_back({name(item["zone"]), name(item["owner"]), type, version(type, item["expect"])});
    }
    for (const auto& item : entry.value("spf", json::array())) {
      auto& pass = phase.spf.emplace_back();
      pass.domain = name(item["domain"]);
      for (const auto& text : item["addresses"]) pass.addresses.push_back(address(text));
    }
    phase.wait = wait(entry["wait"]);
    if (entry.contains("rollback_wait")) phase.rollback_wait = wait(entry["rollback_wait"]);
    if (entry["wait"].contains("late")) phase.wait.late = term(entry["wait"]["late"]);
    for (const auto& item : entry["rollback"]) {
      if (item.contains("owner")) {
        phase.rollback.push_back(step(item));
      } else {
        phase.rollback_manual.push_back(manual(item));
      }
    }
    return phase;
  }

  static Wait wait(const json& item) {
    Wait wait;
    wait.total = seconds(item["seconds"].get<long long>());
    for (const auto& one : item["terms"]) wait.terms.push_back(term(one));
    return wait;
  }

  static Term term(const json& item) {
    return {item["name"], seconds(item["seconds"].get<long long>()), item["origin"]};
  }

  Step step(const json& item) {
    Step step;
    step.zone = name(item["zone"]);
    step.managed_by = managed_by(item["managed_by"].get<std::string>());
    step.contact = item.value("contact", "");
    step.owner = name(item["owner"]);
    step.type = type_of(item["type"]);
    step.before = version(step.type, item["before"]);
    step.after = version(step.type, item["after"]);
    step.by_hand = item.value("by_hand", "");
    if (item.contains("wildcard")) step.wildcard = version(step.type, item["wildcard"]);
    return step;
  }

  Manual manual(const json& item) {
    Manual manual;
    manual.sender = item["sender"];
    manual.text = item["do"];
    const auto action = item.value("action", "switch-helo");
    using enum HostAction;
    for (const auto known : {switch_helo, start_egress, stop_egress, start_relay, stop_relay, switch_dkim,
                             start_serving, stop_serving}) {
      if (to_string(known) == action) manual.action = known;
    }
    for (const auto& text : item.value("addresses", json::array())) manual.addresses.push_back(address(text));
    for (const auto& text : item.value("starts", json::array())) manual.starts.push_back(text);
    for (const auto& text : item.value("stops", json::array())) manual.stops.push_back(text);
    if (item.contains("helo") && !item["helo"].is_null()) manual.helo = name(item["helo"]);
    return manual;
  }

  IpAddress address(const json& text) {
    const auto ip = IpAddress::parse(text.get<std::string>());
    if (!ip) refuse(fmt::format("\"{}\" is not an address", text.get<std::string>()));
    return ip ? *ip : IpAddress();
  }

  Name name(const json& text) {
    auto parsed = Name::parse(text.get<std::string>());
    if (!parsed) refuse(parsed.error().message);
    return parsed ? *parsed : Name();
  }

  RrType type_of(const json& text) {
    const auto type = dns::parse_type(text.get<std::string>());
    if (!type) refuse(fmt::format("\"{}\" is not a record type", text.get<std::string>()));
    return type.value_or(RrType::A);
  }

  static ManagedBy managed_by(const std::string& text) {
    using enum ManagedBy;
    for (const auto known : {zonefile, nsupdate, octodns, dnscontrol, ticket}) {
      if (inventory::to_string(known) == text) return known;
    }
    return ticket;
  }

  MaybeVersion version(RrType type, const json& item) {
    if (item.is_null()) return std::nullopt;
    Version version;
    version.ttl = item["ttl"];
    for (const auto& text : item["rdata"]) {
      auto data = data_.read(dns::to_string(type), text.get<std::string>());
      if (!data) {
        refuse(data.error().message);
        continue;
      }
      version.rdata.push_back(std::move(*data));
    }
    std::sort(version.rdata.begin(), version.rdata.end());
    return version;
  }

  void refuse(std::string why) {
    if (wrong_.empty()) wrong_ = std::move(why);
  }

  const json& document_;
  dns::RdataReader data_;
  std::string wrong_;
};

}  // namespace

Result<Plan> read_plan(std::string_view text, std::string_view path) {
  constexpr const char* form = "name the plan.json that rdnsgate plan -o wrote";
  const auto read = read_json(text);
  if (!read) {
    const auto& fault = read.error();
    return fail(fmt::format("{}:{}:{}: {}", path, fault.line, fault.column, fault.message), form);
  }
  const auto& document = *read;
  if (!document.is_object()) return fail(fmt::format("{}: this is not a plan", path), form);
  const auto named = document.find("schema");
  if (named == document.end() || !named->is_string() || *named != plan_schema) {
    const auto found =
        named != document.end() && named->is_string() ? named->get<std::string>() : "something else";
    return fail(fmt::format("{}: this is {}; this version reads {}", path, found, plan_schema),
                "make the plan again with this version");
  }
  if (auto wrong = check_schema(document); !wrong.empty())
    return fail(fmt::format("{}: {}", path, wrong), "make the plan again; nothing in it is for editing");
  if (!document.contains("checksum"))
    return fail(fmt::format("{}: the plan has no checksum", path), "make the plan again with this version");
  if (document["checksum"] != checksum_of(text)) {
    return fail(fmt::format("{}: the plan was edited since it was made", path),
                "what is carried out is what was reviewed: make the plan again");
  }
  auto plan = PlanReader(document).run();
  if (!plan) return fail(fmt::format("{}: {}", path, plan.error().message), plan.error().hint);
  return plan;
}

}  // namespace rdnsgate::plan
