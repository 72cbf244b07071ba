// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/schema.h"

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

namespace {

/// The schema, ready for use, with the document that its enum values point into.
struct CompiledSchema {
  Document document = read_own_json(schema_text());
  valijson::Schema schema;

  CompiledSchema() {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(DocumentAdapter(document.root()), schema);
  }
};

const CompiledSchema& compiled() {
  static const auto schema = std::make_unique<const CompiledSchema>();
  return *schema;
}

}  // namespace

std::string_view schema_text() { return embedded_schemas().front().text; }

bool check_schema(const Document& document, Problems& problems) {
  const auto& schema = compiled().schema;
  // Without a place to put results Valijson only says yes or no, and stops at the first no. What is wrong,
  // where, and in which words, is then a walk of ours over the same constraints.
  if (valijson::Validator().validate(schema, DocumentAdapter(document.root()), nullptr)) return true;
  explain_schema_errors(schema, document.root(), problems);
  if (problems.count() == 0) {
    problems.add(code::schema, document.root().span(), "the inventory does not follow its schema",
                 "an editor with JSON Schema support may show where");
  }
  return false;
}

}  // namespace rdnsgate::inventory
