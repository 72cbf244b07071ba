// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string_view>

#include "inventory/document.h"
#include "inventory/problems.h"

namespace rdnsgate::inventory {

/// A JSON Schema (draft 7) of ours, ready for use.
class SchemaValidator {
 public:
  /// `schema` is its JSON text; `noun` is what a file that follows it is called in messages.
  SchemaValidator(std::string_view schema, std::string_view noun);
  ~SchemaValidator();

  /// Validates the document, through Valijson. Each error becomes a problem at its node, in words of ours.
  /// True where the document is valid.
  bool check(const Document& document, Problems& problems) const;

 private:
  struct Compiled;
  std::unique_ptr<const Compiled> compiled_;
  std::string_view noun_;
};

/// Validates the document against schemas/inventory.schema.json.
bool check_schema(const Document& document, Problems& problems);

}  // namespace rdnsgate::inventory
