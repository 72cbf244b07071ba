// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/schema_explainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <valijson/constraints/concrete_constraints.hpp>
#include <valijson/constraints/constraint_visitor.hpp>
#include <valijson/subschema.hpp>
#include <valijson/utils/utf8_utils.hpp>

#include "base/ip.h"
#include "base/text/schema_pattern.h"
#include "base/text/text.h"
#include "base/wording.h"
#include "yaml/rewrite.h"
#include "yaml/valijson_adapter.h"

namespace rdnsgate::yaml {
namespace {

using namespace valijson::constraints;

/// As Valijson counts them, which is up to a NUL: what it refuses has to be found here too.
std::uint64_t characters_of(const Value& value) {
  return valijson::utils::u8_strlen(std::string(value.text()).c_str());
}

/// The constraints of one subschema against one node.
class Explainer : public ConstraintVisitor {
 public:
  Explainer(const Value& value, std::string title, Problems& problems)
      : value_(value), adapter_(value), title_(std::move(title)), problems_(problems) {}

  void explain(const valijson::Subschema& schema);

 protected:
  bool visit(const AllOfConstraint& constraint) override;
  bool visit(const EnumConstraint& constraint) override;
  bool visit(const MaximumConstraint& constraint) override;
  bool visit(const MinimumConstraint& constraint) override;
  bool visit(const MaxLengthConstraint& constraint) override;
  bool visit(const MinLengthConstraint& constraint) override;
  bool visit(const MinItemsConstraint& constraint) override;
  bool visit(const MaxItemsConstraint& constraint) override;
  bool visit(const PolyConstraint& constraint) override;
  bool visit(const PropertiesConstraint& constraint) override;
  bool visit(const RequiredConstraint& constraint) override;
  bool visit(const SingularItemsConstraint& constraint) override;
  bool visit(const TypeConstraint& constraint) override;

  // What the schema does not use has no wording yet.
  bool visit(const AnyOfConstraint&) override { unknown("anyOf"); }
  bool visit(const ConditionalConstraint&) override { unknown("if"); }
  bool visit(const ConstConstraint&) override { unknown("const"); }
  bool visit(const ContainsConstraint&) override { unknown("contains"); }
  bool visit(const DependenciesConstraint&) override { unknown("dependencies"); }
  bool visit(const FormatConstraint&) override { unknown("format"); }
  bool visit(const LinearItemsConstraint&) override { unknown("a list in items"); }
  bool visit(const MaxPropertiesConstraint&) override { unknown("maxProperties"); }
  bool visit(const MinPropertiesConstraint&) override { unknown("minProperties"); }
  bool visit(const MultipleOfDoubleConstraint&) override { unknown("multipleOf"); }
  bool visit(const MultipleOfIntConstraint&) override { unknown("multipleOf"); }
  bool visit(const NotConstraint&) override { unknown("not"); }
  bool visit(const OneOfConstraint&) override { unknown("oneOf"); }
  bool visit(const PatternConstraint&) override { unknown("pattern, under its own name"); }
  bool visit(const PropertyNamesConstraint&) override { unknown("propertyNames"); }
  bool visit(const UniqueItemsConstraint&) override { unknown("uniqueItems"); }

 private:
  [[noreturn]] static void unknown(std::string_view keyword) {
    throw std::logic_error(fmt::format("the inventory's schema uses {}, which has no wording", keyword));
  }
  bool report(std::string message, std::string hint = {}) {
    return report_at(value_, std::move(message), std::move(hint));
  }
  bool report_at(const Value& at, std::string message, std::string hint) {
    problems_.add(code::schema, at.span(), std::move(message), std::move(hint));
    return false;
  }
  bool is_not_title() { return report(fmt::format("{} is not {}", describe(value_), title_)); }
  void descend(const Value& child, const valijson::Subschema& schema, std::string title) {
    Explainer(child, std::move(title), problems_).explain(schema);
  }
  void unknown_key(const Value& key, const std::vector<std::string_view>& known);
  std::optional<Fix> fix_of_key(const Value& key, const std::vector<std::string_view>& known) const;
  std::string type_hint(bool text, bool list) const;
  bool means_off(const std::vector<std::string_view>& allowed) const;

  Value value_;
  DocumentAdapter adapter_;
  std::string title_;
  Problems& problems_;
  std::vector<std::string> missing_;    // required keys that are not there
  std::vector<std::string> suggested_;  // keys that an unknown one was probably meant to be
};

void Explainer::explain(const valijson::Subschema& schema) {
  if (problems_.full()) return;
  if (schema.hasTitle()) title_ = schema.getTitle();
  valijson::Subschema::ApplyFunction apply = [this](const Constraint& constraint) {
    return constraint.accept(*this);
  };
  schema.apply(apply);
  for (const auto& key : missing_) {
    // A misspelt key is one error, not two.
    if (std::find(suggested_.begin(), suggested_.end(), key) != suggested_.end()) continue;
    // Behind a colon a title lists the keys.
    report(fmt::format("the key \"{}\" is missing", key),
           fmt::format("{} needs it", title_.substr(0, title_.find(':'))));
  }
}

bool Explainer::visit(const AllOfConstraint& constraint) {
  constraint.applyToSubschemas([this](unsigned, const valijson::Subschema* schema) {
    descend(value_, *schema, title_);
    return true;
  });
  return true;
}

bool Explainer::visit(const EnumConstraint& constraint) {
  bool found = false;
  std::vector<std::string_view> allowed;
  constraint.applyToValues([&](const valijson::adapters::FrozenValue& value) {
    found = found || value.equalTo(adapter_, true);
    const auto& own = dynamic_cast<const FrozenDocumentValue&>(value).value();
    if (own.kind() != Kind::boolean) allowed.push_back(own.text());  // `false` is only how some read `off`
    return true;
  });
  if (found) return true;
  const auto nearest = value_.is_text() ? closest(value_.text(), allowed) : std::string_view();
  const bool quoted = value_.text() == nearest && !nearest.empty();
  return report(fmt::format("{} is not {}: it has to be {}", describe(value_), title_, either(allowed)),
                quoted ? "write it without the quotes" : did_you_mean(means_off(allowed) ? "off" : nearest));
}

/// Other words for what is switched off, among them those that some readers of YAML take for false.
bool Explainer::means_off(const std::vector<std::string_view>& allowed) const {
  if (std::find(allowed.begin(), allowed.end(), "off") == allowed.end()) return false;
  constexpr std::string_view words[] = {"no",      "none",   "never", "disable", "disabled", "ignore",
                                        "ignored", "silent", "0",     "null",    "~"};
  return std::find(std::begin(words), std::end(words), ascii_lower(value_.text())) != std::end(words);
}

bool Explainer::visit(const MaximumConstraint& constraint) {
  double number = 0;
  if (!adapter_.getNumber(number)) return true;
  return number <= constraint.getMaximum() || is_not_title();
}

bool Explainer::visit(const MinimumConstraint& constraint) {
  double number = 0;
  if (!adapter_.getNumber(number)) return true;
  return number >= constraint.getMinimum() || is_not_title();
}

bool Explainer::visit(const MaxLengthConstraint& constraint) {
  if (!value_.is_text()) return true;
  const auto length = characters_of(value_);
  if (length <= constraint.getMaxLength()) return true;
  return report(fmt::format("{} has {} characters", describe(value_), length),
                fmt::format("the limit is {}", constraint.getMaxLength()));
}

bool Explainer::visit(const MinLengthConstraint& constraint) {
  if (!value_.is_text() || characters_of(value_) >= constraint.getMinLength()) return true;
  if (value_.text().starts_with('\0'))
    return report(fmt::format("expected {}, found a text that begins with a NUL character", title_));
  return report(fmt::format("expected {}, found an empty text", title_));
}

bool Explainer::visit(const MinItemsConstraint& constraint) {
  if (!value_.is_list() || value_.size() >= constraint.getMinItems()) return true;
  return report(fmt::format("expected {}, found an empty list", title_));
}

bool Explainer::visit(const MaxItemsConstraint& constraint) {
  if (!value_.is_list() || value_.size() <= constraint.getMaxItems()) return true;
  return report(fmt::format("{} has {} items", describe(value_), value_.size()),
                fmt::format("the limit is {}", constraint.getMaxItems()));
}

bool Explainer::visit(const PolyConstraint& constraint) {
  if (!value_.is_text()) return true;
  return dynamic_cast<const SchemaPattern&>(constraint).holds(value_.text()) || is_not_title();
}

bool Explainer::visit(const PropertiesConstraint& constraint) {
  if (!value_.is_map()) return true;
  std::vector<std::string> names;
  std::vector<const valijson::Subschema*> schemas;
  constraint.applyToProperties([&](const auto& name, const valijson::Subschema* schema) {
    names.emplace_back(name.c_str());
    schemas.push_back(schema);
    return true;
  });
  constraint.applyToPatternProperties(
      [](const auto&, const valijson::Subschema*) -> bool { unknown("patternProperties"); });
  const std::vector<std::string_view> known(names.begin(), names.end());
  const auto* others = constraint.getAdditionalPropertiesSubschema();
  for_each_member(value_, [&](const Value& key, const Value& member) {
    const auto name = std::find(known.begin(), known.end(), key.text());
    if (name != known.end()) {
      descend(member, *schemas[static_cast<std::size_t>(name - known.begin())],
              fmt::format("a value for \"{}\"", key.text()));
    } else if (others != nullptr) {
      descend(member, *others, title_);
    } else if (key.is_text()) {  // any other key has been reported already
      unknown_key(key, known);
    }
  });
  return true;
}

void Explainer::unknown_key(const Value& key, const std::vector<std::string_view>& known) {
  if (key.text() == "<<") return;  // reported already
  // `- 2001:db8::` is a key to YAML, whatever it is to others.
  if (const auto address = std::string(key.text()) + ":"; IpAddress::read(address)) {
    problems_.add(code::schema, key.span(), fmt::format("unknown key {}", in_quotes(key.text())),
                  fmt::format("quote an address that ends in a colon: \"{}\"", address));
    return;
  }
  const auto nearest = closest(key.text(), known);
  if (!nearest.empty()) suggested_.emplace_back(nearest);
  problems_.add(
      code::schema, key.span(), fmt::format("unknown key {}", in_quotes(key.text())),
      nearest.empty() ? fmt::format("known here: {}", fmt::join(known, ", ")) : did_you_mean(nearest),
      fix_of_key(key, known));
}

/// Where there is one key that it can be, and that is neither there nor meant by another unknown key.
std::optional<Fix> Explainer::fix_of_key(const Value& key, const std::vector<std::string_view>& known) const {
  const auto meant = one_edit_away(key.text(), known);
  if (meant.empty() || value_.get(meant)) return std::nullopt;
  bool alone = true;
  for_each_member(value_, [&](const Value& other, const Value&) {
    alone = alone && (other.id() == key.id() || closest(other.text(), known) != meant);
  });
  return alone ? rewrite(key, problems_.sources(), meant) : std::nullopt;
}

bool Explainer::visit(const RequiredConstraint& constraint) {
  if (!value_.is_map()) return true;
  constraint.applyToRequiredProperties([&](const auto& name) {
    if (!value_.get(name.c_str())) missing_.emplace_back(name.c_str());
    return true;
  });
  return true;
}

bool Explainer::visit(const SingularItemsConstraint& constraint) {
  for_each_item(value_, [&](const Value& item) { descend(item, *constraint.getItemsSubschema(), title_); });
  return true;
}

bool Explainer::visit(const TypeConstraint& constraint) {
  bool holds = false, text = false, list = false;
  constraint.applyToNamedTypes([&](TypeConstraint::JsonType type) {
    switch (type) {
      case TypeConstraint::kArray:
        holds = holds || value_.is_list();
        list = true;
        break;
      case TypeConstraint::kBoolean:
        holds = holds || adapter_.isBool();
        break;
      case TypeConstraint::kInteger:
        holds = holds || adapter_.isInteger();
        break;
      case TypeConstraint::kNull:
        holds = holds || adapter_.isNull();
        break;
      case TypeConstraint::kNumber:
        holds = holds || adapter_.isNumber();
        break;
      case TypeConstraint::kObject:
        holds = holds || value_.is_map();
        break;
      case TypeConstraint::kString:
        holds = holds || value_.is_text();
        text = true;
        break;
      case TypeConstraint::kAny:
        holds = true;
        break;
    }
    return true;
  });
  constraint.applyToSchemaTypes(
      [](unsigned, const valijson::Subschema*) -> bool { unknown("a schema as a type"); });
  return holds ||
         report(fmt::format("expected {}, found {}", title_, describe(value_)), type_hint(text, list));
}

std::string Explainer::type_hint(bool text, bool list) const {
  if (value_.kind() == Kind::null)
    return list ? "write [] for none, or leave the key out" : "give it a value, or leave the key out";
  const bool scalar = !value_.is_list() && !value_.is_map();
  if (text && scalar && !value_.text().empty())
    return fmt::format("quote it: \"{}\"", shortened(value_.text()));
  if (list && scalar && !value_.text().empty())
    return fmt::format("write it as a list: [{}]", shortened(value_.text()));
  return {};
}

}  // namespace

void explain_schema_errors(const valijson::Subschema& schema, const Value& root, Problems& problems) {
  Explainer(root, "an inventory", problems).explain(schema);
}

}  // namespace rdnsgate::yaml
