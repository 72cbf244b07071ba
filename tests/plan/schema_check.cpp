// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/schema_check.h"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace rdnsgate::plan::test {

using nlohmann::json;

json read_schema(const std::string& name) {
  std::ifstream file(RDNSGATE_SCHEMAS "/" + name + ".schema.json");
  REQUIRE(file.good());
  return json::parse(file);
}

bool fits(const std::string& name, const json& document, std::string* why) {
  static std::map<std::string, json> texts;
  const auto& text = texts.try_emplace(name, read_schema(name)).first->second;
  valijson::Schema schema;
  valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(text), schema);
  valijson::ValidationResults results;
  const bool valid =
      valijson::Validator().validate(schema, valijson::adapters::NlohmannJsonAdapter(document), &results);
  for (valijson::ValidationResults::Error error; why != nullptr && results.popError(error);)
    *why += error.description + "\n";
  return valid;
}

}  // namespace rdnsgate::plan::test
