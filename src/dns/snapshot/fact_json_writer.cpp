// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text/escape.h"
#include "dns/rdata_text.h"
#include "dns/snapshot/delegation_json.h"
#include "dns/snapshot/fact_json.h"
#include "dns/snapshot/json_members.h"
#include "dns/snapshot/rrset_json.h"

namespace rdnsgate::dns {
namespace {

using OrderedJson = nlohmann::ordered_json;  // members stay in the order in which they are written here

/// A JSON object, written member by member: making a JSON value of each of half a million facts takes longer
/// than all the rest of writing them.
class JsonLine {
 public:
  JsonLine() { out_.reserve(512); }

  void text(std::string_view key, std::string_view value) {
    begin(key);
    append(value);
  }
  void number(std::string_view key, std::uint32_t value) {
    begin(key);
    const fmt::format_int digits(value);
    out_.append(digits.data(), digits.size());
  }
  void flag(std::string_view key) {
    begin(key);
    out_ += "true";
  }
  void foreign(std::string_view key, const std::string& value) {
    if (is_plain(value)) return text(key, value);
    begin(key);
    out_ += harmless_json(foreign_json(value).dump());
  }
  /// For what few facts have.
  void json(std::string_view key, const OrderedJson& value) {
    begin(key);
    out_ += harmless_json(value.dump());
  }
  void rrset(std::string_view key, const RRset& set) {
    begin(key);
    append(set);
  }
  void rrsets(std::string_view key, const std::vector<RRset>& sets) {
    begin(key);
    list(sets, [&](const RRset& set) { append(set); });
  }
  std::string take() { return std::move(out_) + "}"; }

 private:
  static bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; });
  }
  void begin(std::string_view key) {
    out_ += std::exchange(next_, ',');
    append(key);
    out_ += ':';
  }
  void append(std::string_view value) {
    if (!is_plain(value)) {
      out_ += harmless_json(OrderedJson(value).dump());
      return;
    }
    out_ += '"';
    out_ += value;
    out_ += '"';
  }
  void append(const RRset& set) {
    next_ = '{';
    text("owner", set.owner.text());
    text("type", to_string(set.type));
    number("ttl", set.ttl);
    begin("rdata");
    list(set.rdata, [&](const std::string& record) { append(exact_rdata_text(set.type, record)); });
    out_ += '}';
  }
  template <typename Item, typename Append>
  void list(const std::vector<Item>& items, Append append_item) {
    out_ += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += ',';
      append_item(items[i]);
    }
    out_ += ']';
  }

  std::string out_;
  char next_ = '{';
};

OrderedJson server_json(const ServerAnswer& said) {
  OrderedJson json{{"server", said.server.text()},
                   {"address", said.address.to_string()},
                   {"outcome", to_string(said.outcome)}};
  if (!said.answer.empty()) {
    auto& answer = json["answer"] = OrderedJson::array();
    for (const auto& set : said.answer) answer.push_back(rrset_json(set));
  }
  if (said.soa) json["soa"] = rrset_json(*said.soa);
  if (!said.reason.empty()) json["reason"] = foreign_json(said.reason);
  return json;
}

}  // namespace

std::string head_line(const SnapshotHead& head, std::size_t facts) {
  OrderedJson vantages = OrderedJson::array();
  for (const auto& info : head.vantages) {
    vantages.push_back({{"name", foreign_json(info.name)},
                        {"kind", to_string(info.kind)},
                        {"operator", foreign_json(info.operator_name)}});
    if (info.internal) vantages.back()["internal"] = true;
  }
  const OrderedJson json{{"schema", facts_schema},
                         {"tool", {{"name", "rdnsgate"}, {"version", head.tool_version}}},
                         {"taken_at", format_time(head.taken_at)},
                         {"finished_at", format_time(head.finished_at)},
                         {"vantages", std::move(vantages)},
                         {"facts", facts}};
  return harmless_json(json.dump());
}

std::string fact_line(const Fact& fact) {
  JsonLine line;
  line.number("vantage", fact.question.vantage);
  line.text("name", fact.question.name.text());
  line.text("type", to_string(fact.question.type));
  line.text("outcome", to_string(fact.outcome));
  if (fact.security != Security::unknown) line.text("security", to_string(fact.security));
  if (!fact.answer.empty()) line.rrsets("answer", fact.answer);
  if (fact.soa) line.rrset("soa", *fact.soa);
  if (fact.authoritative) line.flag("authoritative");
  if (fact.authenticated) line.flag("authenticated");
  if (fact.truncated) line.flag("truncated");
  if (fact.without_edns) line.flag("without_edns");
  if (fact.case_changed) line.flag("case_changed");
  if (fact.cookie_missing) line.flag("cookie_missing");
  if (fact.ttl_differs) line.flag("ttl_differs");
  if (fact.ttl_out_of_range) line.flag("ttl_out_of_range");
  if (fact.alias_beside) line.flag("alias_beside");
  if (fact.other_owner) line.flag("other_owner");
  if (fact.tries != 1) line.number("tries", fact.tries);
  if (fact.answered_try != 0) line.number("answered_try", fact.answered_try);
  if (fact.rcode != 0) line.number("rcode", fact.rcode);
  if (fact.from_files != FromFiles::none) line.text("zone_files", to_string(fact.from_files));
  if (fact.ede) line.number("ede", *fact.ede);
  if (!fact.reason.empty()) line.foreign("reason", fact.reason);
  if (!fact.server.empty()) line.foreign("server", fact.server);
  line.number("rtt_us", fact.rtt_us);
  line.text("asked_at", format_time(fact.asked_at));
  if (!fact.servers.empty()) {
    OrderedJson servers = OrderedJson::array();
    for (const auto& said : fact.servers) servers.push_back(server_json(said));
    line.json("servers", servers);
  }
  if (fact.delegation != nullptr) line.json("delegation", delegation_json(*fact.delegation));
  if (!fact.delegation_failure.empty()) line.foreign("delegation_failure", fact.delegation_failure);
  return line.take();
}

}  // namespace rdnsgate::dns
