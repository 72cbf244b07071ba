// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/schema_glance.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text/schema_pattern.h"

namespace rdnsgate::yaml {
namespace {

constexpr std::size_t most_properties = 64;

/// What says nothing about a value; `definitions` are read where a reference names them.
constexpr std::array<std::string_view, 9> annotations{
    "$id", "$schema", "default", "definitions", "description", "examples", "title", "x-form", "x-path"};

constexpr std::uint8_t bit_of(Kind kind) {
  return static_cast<std::uint8_t>(1u << static_cast<unsigned>(kind));
}

std::optional<Kind> kind_of(std::string_view type) {
  if (type == "null") return Kind::null;
  if (type == "boolean") return Kind::boolean;
  if (type == "integer") return Kind::integer;
  if (type == "string") return Kind::text;
  if (type == "array") return Kind::list;
  if (type == "object") return Kind::map;
  return std::nullopt;
}

bool is_true(const Value& boolean) {
  return boolean.text().starts_with('t') || boolean.text().starts_with('T');
}

template <typename Items, typename Item>
bool has(const Items& items, const Item& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

/// As Valijson counts them, which is up to a NUL.
std::int64_t characters_of(std::string_view text) {
  text = text.substr(0, text.find('\0'));
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; });
}

}  // namespace

SchemaGlance::SchemaGlance(const Value& schema) : root_(schema) { compile(schema); }

SchemaGlance::Index SchemaGlance::compile(const Value& schema) {
  const Index index = nodes_.size();
  nodes_.emplace_back();
  Node node;
  read(schema, node);
  nodes_[index] = std::move(node);
  return index;
}

void SchemaGlance::read(const Value& schema, Node& node) {
  node.unsure = !schema.is_map();
  if (const auto reference = schema.get("$ref")) {
    // What stands beside it does not count (draft 7 §8.3); nobody means it so.
    node.unsure = node.unsure || schema.size() != 1;
    if (!node.unsure) node.all_of.push_back(at_reference(reference->text()));
    return;
  }
  for_each_member(schema,
                  [&](const Value& key, const Value& value) { read_keyword(key.text(), value, node); });
  const auto required = schema.get("required");
  if (!required) return;
  for_each_item(*required, [&](const Value& name) {
    const auto known = std::find_if(node.properties.begin(), node.properties.end(),
                                    [&](const Property& one) { return one.name == name.text(); });
    if (known == node.properties.end()) {
      node.unsure = true;
    } else {
      known->required = true;
    }
  });
}

void SchemaGlance::read_keyword(std::string_view keyword, const Value& value, Node& node) {
  if (has(annotations, keyword) || keyword == "required") return;
  const auto number = [&](std::int64_t& limit) {
    const auto given = value.integer();
    node.unsure = node.unsure || !given;
    limit = given.value_or(0);
  };
  const auto type = [&](const Value& name) {
    const auto kind = kind_of(name.text());
    node.unsure = node.unsure || !kind;
    if (kind) node.types = static_cast<std::uint8_t>(node.types | bit_of(*kind));
  };
  if (keyword == "type") {
    value.is_list() ? for_each_item(value, type) : type(value);
  } else if (keyword == "enum") {
    node.has_enum = true;
    for_each_item(value, [&](const Value& one) {
      if (one.is_text()) node.texts.push_back(one.text());
      if (const auto whole = one.integer()) node.numbers.push_back(*whole);
      if (one.kind() == Kind::boolean) node.booleans.push_back(is_true(one));
    });
  } else if (keyword == "minimum") {
    number(node.minimum);
  } else if (keyword == "maximum") {
    number(node.maximum);
  } else if (keyword == "minLength") {
    number(node.min_length);
  } else if (keyword == "maxLength") {
    number(node.max_length);
  } else if (keyword == "minItems") {
    number(node.min_items);
  } else if (keyword == "maxItems") {
    number(node.max_items);
  } else if (keyword == pattern_keyword) {
    auto pattern = Pattern::compile(value.text());
    node.unsure = node.unsure || !pattern;
    if (pattern) node.pattern = std::make_shared<const Pattern>(std::move(*pattern));
  } else if (keyword == "items" && value.is_map()) {
    node.items.push_back(compile(value));
  } else if (keyword == "properties" && value.size() <= most_properties) {
    read_properties(value, node);
  } else if (keyword == "additionalProperties" && value.kind() == Kind::boolean) {
    node.closed = value.text() == "false";
  } else if (keyword == "additionalProperties" && value.is_map()) {
    node.others.push_back(compile(value));
  } else if (keyword == "allOf") {
    for_each_item(value, [&](const Value& one) { node.all_of.push_back(compile(one)); });
  } else {
    node.unsure = true;
  }
}

void SchemaGlance::read_properties(const Value& map, Node& node) {
  for_each_member(map, [&](const Value& name, const Value& schema) {
    node.properties.push_back({name.text(), compile(schema)});
  });
}

SchemaGlance::Index SchemaGlance::at_reference(std::string_view reference) {
  constexpr std::string_view definitions = "#/definitions/";
  if (const auto known = references_.find(reference); known != references_.end()) return known->second;
  const auto all = root_.get("definitions");
  const auto schema = all && reference.starts_with(definitions)
                          ? all->get(reference.substr(definitions.size()))
                          : std::nullopt;
  const Index index = nodes_.size();
  references_.emplace(reference, index);  // before it is read: it may name itself
  if (schema) return compile(*schema);
  nodes_.emplace_back().unsure = true;
  return index;
}

bool SchemaGlance::holds(const Node& node, const Value& value) const {
  if (node.unsure) return false;
  const auto kind = value.kind();
  if (node.types != 0 && (node.types & bit_of(kind)) == 0) return false;
  switch (kind) {
    case Kind::integer: {
      const auto number = value.integer();
      if (!number || *number < node.minimum || *number > node.maximum) return false;
      if (node.has_enum && !has(node.numbers, *number)) return false;
      break;
    }
    case Kind::text:
      if (!holds_text(node, value.text())) return false;
      break;
    case Kind::list: {
      const auto size = static_cast<std::int64_t>(value.size());
      if (size < node.min_items || size > node.max_items || node.has_enum) return false;
      if (node.items.empty()) break;
      const auto& of_all = nodes_[node.items.front()];
      for (auto item = value.first(); item; item = item->next()) {
        if (!holds(of_all, *item)) return false;
      }
      break;
    }
    case Kind::map:
      if (node.has_enum || !holds_map(node, value)) return false;
      break;
    case Kind::real:
      return false;  // how it compares with a limit is Valijson's to say
    case Kind::boolean:
      if (node.has_enum && !has(node.booleans, is_true(value))) return false;
      break;
    case Kind::null:
      if (node.has_enum) return false;
      break;
  }
  return std::all_of(node.all_of.begin(), node.all_of.end(),
                     [&](Index schema) { return holds(nodes_[schema], value); });
}

bool SchemaGlance::holds_text(const Node& node, std::string_view text) {
  if (node.has_enum && !has(node.texts, text)) return false;
  if (node.min_length > 0 || node.max_length != most) {
    const auto size = characters_of(text);
    if (size < node.min_length || size > node.max_length) return false;
  }
  return !node.pattern || node.pattern->is_in(text);
}

bool SchemaGlance::holds_map(const Node& node, const Value& map) const {
  if (node.properties.empty() && node.others.empty() && !node.closed) return true;
  std::uint64_t seen = 0;
  for (auto key = map.first(); key;) {
    const auto value = key->next();
    const auto name = key->text();
    const auto known = std::find_if(node.properties.begin(), node.properties.end(),
                                    [&](const Property& one) { return one.name == name; });
    if (known != node.properties.end()) {
      const auto bit = std::uint64_t{1} << (known - node.properties.begin());
      if ((seen & bit) != 0) return false;  // given twice, which has been said
      seen |= bit;
      if (!holds(nodes_[known->schema], *value)) return false;
    } else if (node.closed || !std::all_of(node.others.begin(), node.others.end(),
                                           [&](Index schema) { return holds(nodes_[schema], *value); })) {
      return false;
    }
    key = value->next();
  }
  for (std::size_t i = 0; i < node.properties.size(); ++i) {
    if (node.properties[i].required && (seen >> i & 1u) == 0) return false;
  }
  return true;
}

}  // namespace rdnsgate::yaml
