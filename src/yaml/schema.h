// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string_view>

#include "yaml/document.h"
#include "yaml/problems.h"

namespace rdnsgate::yaml {

/// A JSON Schema (draft 7) of ours, ready for use.
class SchemaValidator {
 public:
  /// `schema` is its JSON text; `noun` is what a file that follows it is called in messages.
  SchemaValidator(std::string_view schema, std::string_view noun);
  ~SchemaValidator();

  /// Validates the document. Each error becomes a problem at its node, in words of ours. True where the
  /// document is valid.
  bool check(const Document& document, Problems& problems) const;
  /// The verdict alone, which is Valijson's.
  bool is_valid(const Document& document) const;
  /// The same in a tenth of the time. False: it may be valid all the same.
  bool is_surely_valid(const Document& document) const;

 private:
  class Compiled;
  std::unique_ptr<const Compiled> compiled_;
  std::string_view noun_;
};

}  // namespace rdnsgate::yaml
