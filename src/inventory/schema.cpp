// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/schema.h"

#include <fmt/format.h>

#include <memory>
#include <span>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "base/embedded.h"
#include "inventory/json_document.h"
#include "inventory/load.h"
#include "inventory/schema_explainer.h"
#include "inventory/valijson_adapter.h"

namespace rdnsgate::inventory {

std::span<const EmbeddedFile> embedded_schemas();  // generated

/// With the document that its enum values point into.
struct SchemaValidator::Compiled {
  Document document;
  valijson::Schema schema;

  explicit Compiled(std::string_view text) : document(read_own_json(text)) {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
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
  static thread_local valijson::Validator validator;  // it keeps the regular expressions that it has compiled
  if (validator.validate(schema, DocumentAdapter(document.root()), nullptr)) return true;
  explain_schema_errors(schema, document.root(), problems);
  if (problems.count() == 0) {
    problems.add(code::schema, document.root().span(), fmt::format("{} does not follow its schema", noun_),
                 "an editor with JSON Schema support may show where");
  }
  return false;
}

std::string_view schema_text() { return embedded_schemas().front().text; }

bool check_schema(const Document& document, Problems& problems) {
  static const SchemaValidator schema(schema_text(), "the inventory");
  return schema.check(document, problems);
}

}  // namespace rdnsgate::inventory
