// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/schema.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "base/schema_pattern.h"
#include "yaml/own_json.h"
#include "yaml/schema_explainer.h"
#include "yaml/valijson_adapter.h"

namespace rdnsgate::yaml {

/// Compiled in, and so known to be JSON.
std::string with_own_patterns(std::string_view schema) {
  auto json = nlohmann::ordered_json::parse(schema);
  rename_patterns(json);
  return json.dump();
}

/// With the document that its enum values point into.
struct SchemaValidator::Compiled {
  Document document;
  valijson::Schema schema;

  explicit Compiled(std::string_view text) : document(read_own_json(with_own_patterns(text))) {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    know_patterns(parser);
    parser.populateSchema(DocumentAdapter(document.root()), schema);
  }
};

SchemaValidator::SchemaValidator(std::string_view schema, std::string_view noun)
    : compiled_(std::make_unique<const Compiled>(schema)), noun_(noun) {}

SchemaValidator::~SchemaValidator() = default;

bool SchemaValidator::check(const Document& document, Problems& problems) const {
  const auto& schema = compiled_->schema;
  // Without a place to put results Valijson only says yes or no, and stops at the first no. What is wrong,
  // where, and in which words, is then a walk of ours over the same constraints.
  if (valijson::Validator().validate(schema, DocumentAdapter(document.root()), nullptr)) return true;
  explain_schema_errors(schema, document.root(), problems);
  if (problems.count() == 0) {
    problems.add(code::schema, document.root().span(), fmt::format("{} does not follow its schema", noun_),
                 "an editor with JSON Schema support may show where");
  }
  return false;
}

}  // namespace rdnsgate::yaml
