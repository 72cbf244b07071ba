// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "dns/snapshot_sample.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::dns::test;
using nlohmann::json;

namespace {

json schema_json() {
  std::ifstream file(SCHEMA_FILE);
  REQUIRE(file.good());
  return json::parse(file);
}

bool is_valid(const json& line, std::string* why = nullptr) {
  static const json text = schema_json();
  valijson::Schema schema;
  valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(text), schema);
  valijson::ValidationResults results;
  const bool valid =
      valijson::Validator().validate(schema, valijson::adapters::NlohmannJsonAdapter(line), &results);
  for (valijson::ValidationResults::Error error; why != nullptr && results.popError(error);)
    *why += error.description + "\n";
  return valid;
}

/// Every schema inside a schema: of members, of items, of alternatives.
void walk(const json& node, const std::string& path, std::vector<std::string>& undescribed) {
  const json properties = node.value("properties", json::object());
  for (const auto& member : properties.items()) {
    if (!member.value().contains("description")) undescribed.push_back(path + "." + member.key());
    walk(member.value(), path + "." + member.key(), undescribed);
  }
  if (node.contains("items")) walk(node["items"], path + "[]", undescribed);
  for (const auto& choice : node.value("oneOf", json::array())) walk(choice, path, undescribed);
  const json definitions = node.value("definitions", json::object());
  for (const auto& definition : definitions.items()) {
    if (!definition.value().contains("description")) undescribed.push_back(definition.key());
    walk(definition.value(), definition.key(), undescribed);
  }
}

}  // namespace

TEST_CASE("each line of a snapshot is what the schema says") {
  for (const auto& line : lines_of(plain(sample_snapshot()))) {
    std::string why;
    CHECK_MESSAGE(is_valid(json::parse(line), &why), line << "\n" << why);
  }
}

TEST_CASE("the schema is strict enough to notice") {
  const auto lines = lines_of(plain(sample_snapshot()));
  json head = json::parse(lines[0]), fact = json::parse(lines[1]);
  SUBCASE("another version") { head["schema"] = "rdnsgate/facts/2"; }
  SUBCASE("a head without a count") { head.erase("facts"); }
  SUBCASE("a kind that there is not") { head["vantages"][0]["kind"] = "replay"; }
  SUBCASE("a fact without an outcome") { fact.erase("outcome"); }
  SUBCASE("an outcome that there is not") { fact["outcome"] = "missing"; }
  SUBCASE("a member that it does not describe") { fact["surprise"] = 1; }
  SUBCASE("a TTL above 31 bits") {
    fact["soa"] = {{"owner", "a"}, {"type", "SOA"}, {"ttl", 2147483648u}, {"rdata", {"x"}}};
  }
  SUBCASE("odd hexadecimal") { fact["reason"] = {{"hex", "c"}}; }
  CHECK_FALSE((is_valid(head) && is_valid(fact)));
}

TEST_CASE("the schema describes every property, and its examples are snapshots") {
  const json schema = schema_json();
  std::vector<std::string> undescribed;
  walk(schema, "", undescribed);
  CHECK(undescribed == std::vector<std::string>{});
  std::string text;
  for (const char* part : {"head", "fact"}) {
    for (const auto& example : schema["definitions"][part]["examples"]) {
      CHECK(is_valid(example));
      text += example.dump() + "\n";
    }
  }
  const auto done = read(text);
  CHECK_MESSAGE(done.has_value(), done.error().message);
}
