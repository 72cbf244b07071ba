// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <valijson/constraint_builder.hpp>
#include <valijson/constraints/concrete_constraints.hpp>
#include <valijson/internal/adapter.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>

#include "base/text/pattern.h"

// Valijson holds `pattern` against texts with std::regex, which takes a stack frame or two for each octet of
// them: a text of some hundred KiB ends the program. Schemas are read with `pattern` under another name, and
// that one is ours. What other programs read under schemas/ keeps the standard's word.
namespace rdnsgate {

class SchemaPattern : public valijson::constraints::PolyConstraint {
 public:
  explicit SchemaPattern(std::string_view text) {
    auto compiled = Pattern::compile(text);
    if (!compiled) throw std::logic_error("a pattern of a compiled-in schema: " + compiled.error().message);
    pattern_ = std::make_shared<const Pattern>(std::move(*compiled));
  }

  bool holds(std::string_view text) const { return pattern_->is_in(text); }

  bool validate(const valijson::adapters::Adapter& target, const std::vector<std::string>& context,
                valijson::ValidationResults* results) const override {
    if (!target.isString() || holds(target.asString())) return true;
    if (results != nullptr)
      results->pushError(context, "the text does not have the form " + pattern_->text());
    return false;
  }

 private:
  valijson::constraints::Constraint* cloneInto(void* place) const override {
    return new (place) SchemaPattern(*this);
  }
  std::size_t sizeOf() const override { return sizeof(SchemaPattern); }

  std::shared_ptr<const Pattern> pattern_;
};

/// For a parser that is about to read a schema whose `pattern` keywords have been renamed.
inline void know_patterns(valijson::SchemaParser& parser) {
  struct Builder : valijson::ConstraintBuilder {
    valijson::constraints::Constraint* make(const valijson::adapters::Adapter& value) const override {
      return new SchemaPattern(value.asString());
    }
  };
  parser.addConstraintBuilder(pattern_keyword, new Builder);  // the parser deletes it
}

/// Renames the keyword `pattern` in a schema: a member of that name which is text. A property that is called
/// "pattern" is an object.
template <typename Json>
void rename_patterns(Json& schema) {
  if (schema.is_object()) {
    if (const auto found = schema.find("pattern"); found != schema.end() && found->is_string()) {
      auto text = std::move(*found);
      schema.erase(found);
      schema[pattern_keyword] = std::move(text);
    }
  }
  if (schema.is_structured()) {
    for (auto& member : schema) rename_patterns(member);
  }
}

}  // namespace rdnsgate
