// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "base/read_json.h"
#include "dns/snapshot/delegation_json.h"
#include "dns/snapshot/fact_json.h"
#include "dns/snapshot/json_members.h"
#include "dns/snapshot/rrset_json.h"

namespace rdnsgate::dns {
namespace {

using Json = nlohmann::json;

constexpr std::string_view schema_family = "rdnsgate/facts/";  // of any version
// What one message can hold, and what a fact's packed form can count.
constexpr std::size_t max_vantages = 1000, max_sets = 1000, max_servers = 1000;

/// Whatever a file holds instead of JSON ends here, as null.
Json parse(std::string_view line, std::string& wrong) {
  auto json = read_json(line);
  if (json) return std::move(*json);
  wrong = fmt::format("{} (column {})", json.error().message, json.error().column);
  return {};
}

Time read_time(Members& members, const char* key, std::string& wrong) {
  const auto time = parse_time(members.text(key));
  if (!time && wrong.empty()) wrong = fmt::format("\"{}\": {}", key, time.error().message);
  return time.value_or(Time{});
}

/// Of a fact, or of one server's answer.
template <typename Answer>
void read_answer(Members& members, Answer& out, std::string& wrong) {
  const Json* answer = members.array("answer", false);
  if (answer != nullptr && answer->size() > max_sets)
    wrong = fmt::format("an answer of {} RRsets", answer->size());
  for (std::size_t i = 0; answer != nullptr && i < answer->size() && wrong.empty(); ++i)
    out.answer.push_back(read_rrset((*answer)[i], wrong));
  if (const Json* soa = members.object("soa", false)) out.soa = read_rrset(*soa, wrong);
}

/// What whoever judges a fact relies on, and what a message from the network is held to when it is read.
template <typename Answer>
std::string contradiction(const Answer& answer, RrType type) {
  const bool found = std::any_of(answer.answer.begin(), answer.answer.end(),
                                 [&](const RRset& set) { return set.type == type; });
  if (is_positive(answer.outcome) && !found)
    return fmt::format("an answer without a {} record", to_string(type));
  if (is_negative(answer.outcome) && found)
    return fmt::format("{} beside a {} record", to_string(answer.outcome), to_string(type));
  for (const auto& set : answer.answer) {
    if (set.type == RrType::CNAME && set.rdata.size() != 1) return "several CNAME records at one name";
  }
  if (answer.soa && (answer.soa->type != RrType::SOA || answer.soa->rdata.size() != 1))
    return "\"soa\" is not one SOA record";
  return {};
}

ServerAnswer read_server(const Json& json, RrType type, std::string& wrong) {
  Members members(json, wrong);
  ServerAnswer said;
  said.server = read_name(members, "server", wrong);
  const auto address = IpAddress::parse(members.text("address"));
  if (!address && wrong.empty()) wrong = fmt::format("\"address\": {}", address.error().message);
  said.address = address.value_or(IpAddress());
  said.outcome = read_word(members.text("outcome"), "outcome", parse_outcome, wrong);
  read_answer(members, said, wrong);
  said.reason = members.foreign("reason");
  members.finish();
  if (wrong.empty()) wrong = contradiction(said, type);
  return said;
}

void read_servers(Members& members, Fact& fact, std::string& wrong) {
  const Json* servers = members.array("servers", false);
  if (servers == nullptr) return;
  if (servers->size() > max_servers) wrong = fmt::format("more than {} servers", max_servers);
  for (std::size_t i = 0; i < servers->size() && wrong.empty(); ++i)
    fact.servers.push_back(read_server((*servers)[i], fact.question.type, wrong));
}

void read_delegation(Members& members, Fact& fact, std::string& wrong) {
  const Json* json = members.object("delegation", false);
  if (json == nullptr) return;
  auto delegation = std::make_shared<Delegation>(dns::read_delegation(*json, wrong));
  if (wrong.empty() && (fact.question.type != RrType::SOA || delegation->cut.zone != fact.question.name))
    wrong = "a \"delegation\" beside another question than for its zone's SOA record";
  fact.delegation = std::move(delegation);
}

VantageInfo read_vantage(const Json& json, std::string& wrong) {
  Members members(json, wrong);
  VantageInfo info;
  info.name = members.foreign("name");
  info.kind = read_word(members.text("kind"), "kind", parse_kind, wrong);
  info.operator_name = members.foreign("operator");
  info.internal = members.flag("internal");
  members.finish();
  if (wrong.empty() && info.name.empty()) wrong = "a vantage without a name";
  if (wrong.empty() && info.kind == VantageKind::replay)
    wrong = "a vantage cannot be a replay: it is what was asked that is recorded";
  return info;
}

void read_vantages(Members& members, SnapshotHead& head, std::string& wrong) {
  const Json* vantages = members.array("vantages", true);
  if (vantages == nullptr) return;
  if (vantages->size() > max_vantages) wrong = fmt::format("more than {} vantages", max_vantages);
  std::set<std::string> names;
  for (std::size_t i = 0; i < vantages->size() && wrong.empty(); ++i) {
    head.vantages.push_back(read_vantage((*vantages)[i], wrong));
    if (!names.insert(head.vantages.back().name).second && wrong.empty())
      wrong = fmt::format("two vantages of the name \"{}\"", head.vantages.back().name);
  }
}

/// Anything but the format that this version knows is said before the rest is looked at.
void check_schema(const Json& json, std::string& wrong) {
  const auto said = json.is_object() ? json.value("schema", Json()) : Json();
  if (!said.is_string()) {
    wrong = "this is not a snapshot: its first line has no \"schema\"";
  } else if (said.get_ref<const std::string&>() != facts_schema) {
    const auto& name = said.get_ref<const std::string&>();
    wrong = name.starts_with(schema_family)
                ? fmt::format("\"{}\" is a format of another version; this one reads \"{}\"",
                              name.substr(0, 60), facts_schema)
                : fmt::format("\"{}\" is not a snapshot; that is \"{}\"", name.substr(0, 60), facts_schema);
  }
}

}  // namespace

Result<SnapshotHead> read_head(std::string_view line, std::size_t& facts) {
  std::string wrong;
  const auto json = parse(line, wrong);
  if (wrong.empty()) check_schema(json, wrong);
  if (!wrong.empty()) return fail(wrong, "a snapshot is written by --record");
  SnapshotHead head;
  Members members(json, wrong);
  members.text("schema");
  if (const Json* tool = members.object("tool", true)) {
    Members about(*tool, wrong);
    about.text("name");
    head.tool_version = about.text("version");
    about.finish();
  }
  head.taken_at = read_time(members, "taken_at", wrong);
  head.finished_at = read_time(members, "finished_at", wrong);
  read_vantages(members, head, wrong);
  if (wrong.empty() && !members.has("facts")) wrong = "there is no \"facts\"";
  facts = members.number<std::size_t>("facts", 0);
  members.finish();
  if (!wrong.empty()) return fail(wrong);
  return head;
}

Result<Fact> read_fact(std::string_view line, std::size_t vantages) {
  std::string wrong;
  const auto json = parse(line, wrong);
  if (!wrong.empty()) return fail(wrong);
  Fact fact;
  Members members(json, wrong);
  if (wrong.empty() && !members.has("vantage")) wrong = "there is no \"vantage\"";
  fact.question.vantage = members.number<VantageIndex>("vantage", 0);
  if (wrong.empty() && fact.question.vantage >= vantages)
    wrong = fmt::format("vantage {} is not among the {} that the first line names", fact.question.vantage,
                        vantages);
  fact.question.name = read_name(members, "name", wrong);
  fact.question.type = read_word(members.text("type"), "type", parse_type, wrong);
  fact.outcome = read_word(members.text("outcome"), "outcome", parse_outcome, wrong);
  if (members.has("security"))
    fact.security = read_word(members.text("security"), "security", parse_security, wrong);
  read_answer(members, fact, wrong);
  fact.authoritative = members.flag("authoritative");
  fact.authenticated = members.flag("authenticated");
  fact.truncated = members.flag("truncated");
  fact.without_edns = members.flag("without_edns");
  fact.case_changed = members.flag("case_changed");
  fact.cookie_missing = members.flag("cookie_missing");
  fact.ttl_differs = members.flag("ttl_differs");
  fact.ttl_out_of_range = members.flag("ttl_out_of_range");
  fact.alias_beside = members.flag("alias_beside");
  fact.other_owner = members.flag("other_owner");
  fact.tries = members.number<std::uint8_t>("tries", 1);
  fact.answered_try = members.number<std::uint8_t>("answered_try", 0);
  fact.rcode = members.number<std::uint8_t>("rcode", 0);
  if (members.has("zone_files"))
    fact.from_files = read_word(members.text("zone_files"), "zone_files", parse_from_files, wrong);
  if (members.has("ede")) fact.ede = members.number<std::uint16_t>("ede", 0);
  fact.reason = members.foreign("reason");
  fact.server = members.foreign("server");
  fact.rtt_us = members.number<std::uint32_t>("rtt_us", 0);
  fact.asked_at = read_time(members, "asked_at", wrong);
  read_servers(members, fact, wrong);
  read_delegation(members, fact, wrong);
  fact.delegation_failure = members.foreign("delegation_failure");
  members.finish();
  if (wrong.empty()) wrong = contradiction(fact, fact.question.type);
  if (!wrong.empty()) return fail(wrong);
  return fact;
}

}  // namespace rdnsgate::dns
