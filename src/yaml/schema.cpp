// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/schema.h"

#include <fmt/format.h>

#include <memory>
#include <mutex>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "base/text/schema_pattern.h"
#include "yaml/own_json.h"
#include "yaml/schema_explainer.h"
#include "yaml/schema_glance.h"
#include "yaml/valijson_adapter.h"

namespace rdnsgate::yaml {

/// With the document that its enum values point into.
class SchemaValidator::Compiled {
 public:
  explicit Compiled(std::string_view text) : document_(read_own_schema(text)), glance_(document_.root()) {}

  const SchemaGlance& glance() const { return glance_; }
  /// Made for the first who asks: most documents are seen to be valid without it. Files are validated side by side.
  const valijson::Schema& schema() const {
    std::call_once(made_, [this] {
      valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
      know_patterns(parser);
      parser.populateSchema(DocumentAdapter(document_.root()), schema_);
    });
    return schema_;
  }

 private:
  Document document_;
  SchemaGlance glance_;
  mutable std::once_flag made_;
  mutable valijson::Schema schema_;
};

SchemaValidator::SchemaValidator(std::string_view schema, std::string_view noun)
    : compiled_(std::make_unique<const Compiled>(schema)), noun_(noun) {}

SchemaValidator::~SchemaValidator() = default;

bool SchemaValidator::is_surely_valid(const Document& document) const {
  return compiled_->glance().is_surely_valid(document.root());
}

bool SchemaValidator::is_valid(const Document& document) const {
  // Without a place to put results Valijson only says yes or no, and stops at the first no.
  return valijson::Validator().validate(compiled_->schema(), DocumentAdapter(document.root()), nullptr);
}

bool SchemaValidator::check(const Document& document, Problems& problems) const {
  if (is_surely_valid(document) || is_valid(document)) return true;
  // What is wrong, where, and in which words, is a walk of ours over Valijson's constraints.
  explain_schema_errors(compiled_->schema(), document.root(), problems);
  if (problems.count() == 0) {
    problems.add(code::schema, document.root().span(), fmt::format("{} does not follow its schema", noun_),
                 "an editor with JSON Schema support may show where");
  }
  return false;
}

}  // namespace rdnsgate::yaml
