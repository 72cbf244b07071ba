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

namespace {

/// Made ready once: some tests look at thousands of documents.
const valijson::Schema& schema_of(const std::string& name) {
  static std::map<std::string, valijson::Schema> schemas;
  const auto [at, is_new] = schemas.try_emplace(name);
  if (is_new) {
    const auto text = read_schema(name);
    valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(text), at->second);
  }
  return at->second;
}

}  // namespace

bool fits(const std::string& name, const json& document, std::string* why) {
  valijson::ValidationResults results;
  const bool valid = valijson::Validator().validate(
      schema_of(name), valijson::adapters::NlohmannJsonAdapter(document), &results);
  for (valijson::ValidationResults::Error error; why != nullptr && results.popError(error);)
    *why += error.description + "\n";
  return valid;
}

}  // namespace rdnsgate::plan::test
