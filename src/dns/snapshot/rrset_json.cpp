// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/snapshot/rrset_json.h"

#include <algorithm>

#include "dns/rdata_text.h"

namespace rdnsgate::dns {
namespace {

using Json = nlohmann::json;

constexpr std::size_t max_records = 65535;     // what a fact's packed form can count
constexpr std::uint32_t max_ttl = 0x7fffffff;  // RFC 2181 §8

}  // namespace

Name read_name(Members& members, const char* key, std::string& wrong) {
  auto name = Name::parse(members.text(key));
  if (!name && wrong.empty()) wrong = fmt::format("\"{}\": {}", key, name.error().message);
  return name ? std::move(*name) : Name();
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

nlohmann::ordered_json rrset_json(const RRset& set) {
  auto rdata = nlohmann::ordered_json::array();
  for (const auto& record : set.rdata) rdata.push_back(exact_rdata_text(set.type, record));
  return {{"owner", set.owner.text()},
          {"type", to_string(set.type)},
          {"ttl", set.ttl},
          {"rdata", std::move(rdata)}};
}

}  // namespace rdnsgate::dns
