// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <fstream>
#include <string>

namespace rdnsgate::report::test {

/// A schema file, read once.
class SchemaFile {
 public:
  explicit SchemaFile(const std::string& path) {
    std::ifstream file(path);
    const auto json = nlohmann::json::parse(file);
    valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(json), schema_);
  }

  /// Empty when the document is what the schema says, else what Valijson has against it.
  std::string complaints(const nlohmann::json& document) const {
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(schema_, valijson::adapters::NlohmannJsonAdapter(document), &results)) return {};
    std::string all;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
      for (const auto& part : error.context) all += part;
      all += ": " + error.description + "\n";
    }
    return all.empty() ? "invalid" : all;
  }

 private:
  valijson::Schema schema_;
};

inline std::string complaints(const std::string& schema_file, const nlohmann::json& document) {
  return SchemaFile(schema_file).complaints(document);
}

}  // namespace rdnsgate::report::test
