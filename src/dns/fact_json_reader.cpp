// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dns/fact_json.h"
#include "dns/json_members.h"
#include "dns/rdata_text.h"

namespace rdnsgate::dns {
namespace {

using Json = nlohmann::json;

constexpr std::string_view schema_family = "rdnsgate/facts/";  // of any version
// What one message can hold, and what a fact's packed form can count.
constexpr std::size_t max_vantages = 1000, max_sets = 1000, max_records = 65535;
constexpr std::uint32_t max_ttl = 0x7fffffff;  // RFC 2181 §8

/// Whatever a file holds instead of JSON ends here, as null.
Json parse(std::string_view line, std::string& wrong) {
  auto json = Json::parse(line, nullptr, false);
  if (json.is_discarded()) wrong = "this is not JSON";
  return json;
}

Time read_time(Members& members, const char* key, std::string& wrong) {
  const auto time = parse_time(members.text(key));
  if (!time && wrong.empty()) wrong = fmt::format("\"{}\": {}", key, time.error().message);
  return time.value_or(Time{});
}

Name read_name(Members& members, const char* key, std::string& wrong) {
  auto name = Name::parse(members.text(key));
  if (!name && wrong.empty()) wrong = fmt::format("\"{}\": {}", key, name.error().message);
  return name ? std::move(*name) : Name();
}

/// A word of a closed set.
template <typename T>
T read_word(const std::string& word, const char* key, std::optional<T> (*parse_word)(std::string_view),
            std::string& wrong) {
  const auto value = parse_word(word);
  if (!value && wrong.empty()) wrong = fmt::format("\"{}\": there is no \"{}\"", key, word.substr(0, 40));
  return value.value_or(T{});
}

RRset read_rrset(const Json& json, std::string& wrong) {
  Members members(json, wrong);
  RRset set;
  set.owner = read_name(members, "owner", wrong);
  set.type = read_word(members.text("type"), "type", parse_type, wrong);
  set.ttl = members.number<std::uint32_t>("ttl", 0, max_ttl);
  const Json* rdata = members.array("rdata", true);
  members.finish();
  if (!wrong.empty()) return set;
  if (rdata->empty() || rdata->size() > max_records) {
    wrong = fmt::format("an RRset of {} records", rdata->size());
    return set;
  }
  for (const auto& record : *rdata) {
    auto octets = record.is_string() ? parse_rdata(set.type, record.get_ref<const std::string&>())
                                     : fail("\"rdata\" is not a list of texts");
    if (!octets) wrong = octets.error().message;
    if (!octets) return set;
    set.rdata.push_back(std::move(*octets));
  }
  std::sort(set.rdata.begin(), set.rdata.end());
  set.rdata.erase(std::unique(set.rdata.begin(), set.rdata.end()), set.rdata.end());
  return set;
}

void read_answer(Members& members, Fact& fact, std::string& wrong) {
  const Json* answer = members.array("answer", false);
  if (answer != nullptr && answer->size() > max_sets)
    wrong = fmt::format("an answer of {} RRsets", answer->size());
  for (std::size_t i = 0; answer != nullptr && i < answer->size() && wrong.empty(); ++i)
    fact.answer.push_back(read_rrset((*answer)[i], wrong));
  if (const Json* soa = members.object("soa", false)) fact.soa = read_rrset(*soa, wrong);
}

/// What whoever judges a fact relies on, and what a message from the network is held to when it is read.
std::string contradiction(const Fact& fact) {
  const auto type = fact.question.type;
  const bool found =
      std::any_of(fact.answer.begin(), fact.answer.end(), [&](const RRset& set) { return set.type == type; });
  if (is_positive(fact.outcome) && !found)
    return fmt::format("an answer without a {} record", to_string(type));
  if (is_negative(fact.outcome) && found)
    return fmt::format("{} beside a {} record", to_string(fact.outcome), to_string(type));
  for (const auto& set : fact.answer) {
    if (set.type == RrType::CNAME && set.rdata.size() != 1) return "several CNAME records at one name";
  }
  if (fact.soa && (fact.soa->type != RrType::SOA || fact.soa->rdata.size() != 1))
    return "\"soa\" is not one SOA record";
  return {};
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
  fact.tries = members.number<std::uint8_t>("tries", 1);
  fact.rcode = members.number<std::uint8_t>("rcode", 0);
  if (members.has("ede")) fact.ede = members.number<std::uint16_t>("ede", 0);
  fact.reason = members.foreign("reason");
  fact.server = members.foreign("server");
  fact.rtt_us = members.number<std::uint32_t>("rtt_us", 0);
  fact.asked_at = read_time(members, "asked_at", wrong);
  members.finish();
  if (wrong.empty()) wrong = contradiction(fact);
  if (!wrong.empty()) return fail(wrong);
  return fact;
}

}  // namespace rdnsgate::dns
