// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/schema.h"
#include "base/text/schema_pattern.h"

#include <nlohmann/json.hpp>
#include <random>
#include <regex>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "inventory/dialect.h"
#include "inventory/helpers.h"
#include "inventory/inventory_schema.h"
#include "inventory/mutate.h"
#include "yaml/own_json.h"
#include "yaml/reader.h"
#include "yaml/schema_explainer.h"
#include "yaml/valijson_adapter.h"

using namespace rdnsgate;
using namespace rdnsgate::inventory;
using nlohmann::json;

namespace {

/// Calls `visit(path, schema)` for the schema and all its parts.
template <typename Visitor>
void walk(const std::string& path, const json& schema, Visitor&& visit) {
  visit(path, schema);
  for (const auto* keyword : {"properties", "definitions"}) {
    if (!schema.contains(keyword)) continue;
    for (const auto& [name, part] : schema[keyword].items()) walk(path + "/" + name, part, visit);
  }
  for (const auto* keyword : {"items", "additionalProperties"}) {
    if (schema.contains(keyword) && schema[keyword].is_object())
      walk(path + "/" + keyword, schema[keyword], visit);
  }
}

}  // namespace

TEST_CASE("every property is described with examples, and no mapping takes unknown keys") {
  const auto schema = json::parse(schema_text());
  CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
  walk("", schema, [&](const std::string& path, const json& part) {
    INFO(path);
    if (part.contains("$ref")) return;
    CHECK(part.contains("description"));
    CHECK((path.empty() || part.contains("examples")));
    CHECK((part.contains("title") || part.contains("allOf")));
    if (part.contains("properties")) CHECK((path == "/rules" || part.at("additionalProperties") == false));
  });
}

TEST_CASE("the examples and defaults of the schema follow it") {
  const auto schema = json::parse(schema_text());
  walk("", schema, [&](const std::string& path, const json& part) {
    INFO(path);
    if (path.empty() || part.contains("$ref")) return;
    json alone = part;
    alone["definitions"] = schema["definitions"];
    const auto schema_document = yaml::read_own_json(alone.dump());
    valijson::Schema compiled;
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(yaml::DocumentAdapter(schema_document.root()), compiled);
    json samples = part.value("examples", json::array());
    if (part.contains("default")) samples.push_back(part["default"]);
    for (const auto& sample : samples) {
      INFO(sample.dump());
      const auto document = yaml::read_own_json(sample.dump());
      CHECK(valijson::Validator().validate(compiled, yaml::DocumentAdapter(document.root()), nullptr));
    }
  });
}

TEST_CASE("the pattern of durations takes what the parser takes") {
  const auto schema = json::parse(schema_text());
  const std::regex plain(schema["definitions"]["duration"]["pattern"].get<std::string>());
  const std::regex with_ms(schema["definitions"]["short_duration"]["pattern"].get<std::string>());
  for (const std::string text : {"90", "300s", "5m", "1h30m", "1d", "1w", "1w2d3h4m5s", "0", "m", "5", "1h1d",
                                 "5m30", "1.5h", "-1", "5 m", "5M", "500ms", "1s500ms", "1h500ms"}) {
    INFO(text);
    CHECK(std::regex_search(text, plain) == parse_duration(text).has_value());
    if (text.find_first_of("wd") == std::string::npos)
      CHECK(std::regex_search(text, with_ms) == parse_duration_ms(text).has_value());
  }
}

TEST_CASE("the walk that finds the words refuses exactly what Valijson refuses") {
  auto own = nlohmann::ordered_json::parse(schema_text());
  rename_patterns(own);
  const auto schema_document = yaml::read_own_json(own.dump());
  valijson::Schema schema;
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  know_patterns(parser);
  parser.populateSchema(yaml::DocumentAdapter(schema_document.root()), schema);
  std::mt19937 random(20261124);
  int valid = 0, refused = 0;
  for (int round = 0; round < 500; ++round) {
    const std::string text = mutated_inventory(random, round % 4);
    Sources sources;
    const Limits limits;
    yaml::Problems problems(sources, sources.add("a.yaml", text), 1000, inventory_dialect);
    const auto document = yaml::read(limits, problems);
    if (!document || problems.count() > 0) continue;
    const bool verdict =
        valijson::Validator().validate(schema, yaml::DocumentAdapter(document->root()), nullptr);
    yaml::explain_schema_errors(schema, document->root(), problems);
    INFO(text);
    CHECK(verdict == (problems.count() == 0));
    ++(verdict ? valid : refused);
  }
  CHECK(valid > 50);
  CHECK(refused > 50);
}

TEST_CASE("what is seen quickly to follow the schema is what Valijson takes") {
  const yaml::SchemaValidator schema(schema_text(), "the inventory");
  std::mt19937 random(20270107);
  int valid = 0, refused = 0;
  for (int round = 0; round < 1500; ++round) {
    const std::string text = mutated_inventory(random, round % 8);
    Sources sources;
    const Limits limits;
    yaml::Problems problems(sources, sources.add("a.yaml", text), 1000, inventory_dialect);
    const auto document = yaml::read(limits, problems);
    if (!document || problems.count() > 0) continue;
    const bool verdict = schema.is_valid(*document);
    INFO(text);
    CHECK(schema.is_surely_valid(*document) == verdict);
    ++(verdict ? valid : refused);
  }
  CHECK(valid > 150);
  CHECK(refused > 150);
}

TEST_CASE("a schema of what is not known, and a value that is not, are left to Valijson") {
  const auto surely = [](const std::string& schema, const std::string& value) {
    const auto document = yaml::read_own_json(value);
    const yaml::SchemaValidator validator(schema, "it");
    if (validator.is_surely_valid(document)) CHECK(validator.is_valid(document));
    return validator.is_surely_valid(document);
  };
  CHECK(surely(R"({"type": "integer", "minimum": 1, "maximum": 3})", "3"));
  CHECK_FALSE(surely(R"({"type": "integer", "minimum": 1, "maximum": 3})", "4"));
  CHECK_FALSE(surely(R"({"minimum": 1})", "1.5"));
  CHECK_FALSE(surely(R"({"oneOf": [{"type": "string"}]})", R"("a")"));
  CHECK(surely(R"({"properties": {"a": {"not": {}}}})", R"({"b": 1})"));
  CHECK_FALSE(surely(R"({"properties": {"a": {"not": {}}}})", R"({"a": 1})"));
  CHECK_FALSE(surely(R"({"required": ["a"]})", R"({"a": 1})"));
  CHECK(surely(R"({"properties": {"a": {}}, "required": ["a"]})", R"({"a": 1})"));
  CHECK_FALSE(surely(R"({"properties": {"a": {}}, "required": ["a"]})", R"({"b": 1})"));
  CHECK(surely(R"({"additionalProperties": {"type": "string"}})", R"({"a": "b"})"));
  CHECK_FALSE(surely(R"({"additionalProperties": {"type": "string"}})", R"({"a": 1})"));
  CHECK_FALSE(surely(R"({"additionalProperties": false})", R"({"a": 1})"));
  CHECK(surely(R"({"enum": ["a", 1]})", R"("a")"));
  CHECK(surely(R"({"enum": ["a", 1]})", "1"));
  CHECK_FALSE(surely(R"({"enum": ["a", 1]})", "2"));
  CHECK(surely(R"({"enum": ["a", false]})", "false"));
  CHECK_FALSE(surely(R"({"enum": ["a", false]})", "true"));
  CHECK_FALSE(surely(R"({"enum": ["a", {}]})", "{}"));
  CHECK(surely(R"({"minLength": 2, "maxLength": 2, "pattern": "^a"})", R"("aä")"));
  CHECK_FALSE(surely(R"({"maxLength": 1})", R"("aä")"));
  CHECK_FALSE(surely(R"({"pattern": "^b"})", R"("a")"));
  CHECK(surely(R"({"type": ["array", "null"], "items": {"type": "boolean"}, "maxItems": 1})", "[true]"));
  CHECK_FALSE(surely(R"({"items": {"type": "boolean"}})", "[true, 0]"));
  CHECK_FALSE(surely(R"({"maxItems": 1})", "[true, true]"));
  CHECK_FALSE(surely(R"({"items": [{"type": "boolean"}]})", "[true]"));
  const std::string tree = R"({"definitions": {"t": {"type": "array", "items": {"$ref": "#/definitions/t"}}},
                               "allOf": [{"$ref": "#/definitions/t"}]})";
  CHECK(surely(tree, "[[], [[]]]"));
  CHECK_FALSE(surely(tree, "[[], [1]]"));
  CHECK_FALSE(surely(R"({"$ref": "#/definitions/t", "definitions": {"t": {}}})", "1"));
}

TEST_CASE("the adapter walks lists in both directions and compares as JSON does") {
  const auto document =
      yaml::read_own_json(R"([1, "1", 1.0, true, null, [1, 2], [1, 2], {"a": 1, "b": 2}, {"b": 2, "a": 1}])");
  const yaml::DocumentArray list(document.root());
  REQUIRE(list.size() == 9);
  auto last = list.end();
  --last;
  auto first = list.begin();
  first.advance(8);
  CHECK(first == last);
  std::vector<yaml::DocumentAdapter> all;
  for (const auto& item : list) all.push_back(item);
  CHECK_FALSE(all[0].equalTo(all[1], true));
  CHECK(all[0].equalTo(all[2], true));
  CHECK(all[5].equalTo(all[6], true));
  CHECK(all[7].equalTo(all[8], true));
  CHECK_FALSE(all[3].equalTo(all[4], true));
  const std::unique_ptr<valijson::adapters::FrozenValue> frozen(all[7].freeze()), copy(frozen->clone());
  CHECK(copy->equalTo(all[8], true));
}
