// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/schema.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "base/text/schema_pattern.h"
#include "yaml/own_json.h"
#include "yaml/schema_explainer.h"
#include "yaml/schema_glance.h"
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
  SchemaGlance glance;

  explicit Compiled(std::string_view text)
      : document(read_own_json(with_own_patterns(text))), glance(document.root()) {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    know_patterns(parser);
    parser.populateSchema(DocumentAdapter(document.root()), schema);
  }
};

SchemaValidator::SchemaValidator(std::string_view schema, std::string_view noun)
    : compiled_(std::make_unique<const Compiled>(schema)), noun_(noun) {}

SchemaValidator::~SchemaValidator() = default;

bool SchemaValidator::is_surely_valid(const Document& document) const {
  return compiled_->glance.is_surely_valid(document.root());
}

bool SchemaValidator::is_valid(const Document& document) const {
  // Without a place to put results Valijson only says yes or no, and stops at the first no.
  return valijson::Validator().validate(compiled_->schema, DocumentAdapter(document.root()), nullptr);
}

bool SchemaValidator::check(const Document& document, Problems& problems) const {
  if (is_surely_valid(document) || is_valid(document)) return true;
  // What is wrong, where, and in which words, is a walk of ours over Valijson's constraints.
  explain_schema_errors(compiled_->schema, document.root(), problems);
  if (problems.count() == 0) {
    problems.add(code::schema, document.root().span(), fmt::format("{} does not follow its schema", noun_),
                 "an editor with JSON Schema support may show where");
  }
  return false;
}

}  // namespace rdnsgate::yaml
