// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "lsp/schema_guide.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "inventory/inventory_schema.h"
#include "inventory/model/load.h"

namespace rdnsgate::lsp {
namespace {

using Json = nlohmann::ordered_json;

const Json& schema() {
  static const Json parsed = Json::parse(inventory::schema_text());
  return parsed;
}

/// A schema and those that it refers to, its own words first. The schema is ours, and refers in no circle.
void unfold(const Json& node, std::vector<const Json*>& all) {
  all.push_back(&node);
  if (const auto reference = node.find("$ref"); reference != node.end())
    unfold(schema().at(Json::json_pointer(reference->get<std::string>().substr(1))), all);
  for (const char* key : {"allOf", "anyOf", "oneOf"}) {
    if (const auto parts = node.find(key); parts != node.end())
      for (const auto& part : *parts) unfold(part, all);
  }
}

std::vector<const Json*> unfolded(const std::vector<const Json*>& nodes) {
  std::vector<const Json*> all;
  for (const auto* node : nodes) unfold(*node, all);
  return all;
}

std::vector<const Json*> step(const std::vector<const Json*>& nodes, const std::string& key) {
  std::vector<const Json*> next;
  for (const auto* node : unfolded(nodes)) {
    const auto properties = node->find("properties");
    const auto rest = node->find("additionalProperties");
    const auto items = node->find("items");
    if (key == "[]") {
      if (items != node->end()) next.push_back(&*items);
    } else if (properties != node->end() && properties->contains(key)) {
      next.push_back(&properties->at(key));
    } else if (rest != node->end() && rest->is_object()) {
      next.push_back(&*rest);
    }
  }
  return next;
}

std::vector<const Json*> at(const KeyPath& path) {
  std::vector<const Json*> nodes{&schema()};
  for (const auto& key : path) nodes = step(nodes, key);
  return unfolded(nodes);
}

std::string first_text(const std::vector<const Json*>& nodes, const char* key) {
  for (const auto* node : nodes) {
    const auto found = node->find(key);
    if (found != node->end() && found->is_string()) return found->get<std::string>();
  }
  return {};
}

/// A value as somebody writes it: a text without its quotes.
std::string written(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::string documentation(const std::vector<const Json*>& nodes) {
  std::string text = first_text(nodes, "description");
  for (const auto* node : nodes) {
    const auto value = node->find("default");
    if (value == node->end() || value->is_structured()) continue;
    text += fmt::format("{}Default: `{}`", text.empty() ? "" : "\n\n", written(*value));
    break;
  }
  for (const auto* node : nodes) {
    const auto examples = node->find("examples");
    if (examples == node->end() || examples->empty()) continue;
    text += fmt::format("{}Example: `{}`", text.empty() ? "" : "\n\n", written(examples->front()));
    break;
  }
  return text;
}

SchemaWord word(std::string text, const Json& node) {
  std::vector<const Json*> nodes;
  unfold(node, nodes);
  return {std::move(text), first_text(nodes, "title"), documentation(nodes)};
}

}  // namespace

std::vector<SchemaWord> schema_keys(const KeyPath& path) {
  std::vector<SchemaWord> words;
  for (const auto* node : at(path)) {
    const auto properties = node->find("properties");
    if (properties == node->end()) continue;
    for (const auto& [key, value] : properties->items()) words.push_back(word(key, value));
  }
  return words;
}

std::vector<SchemaWord> schema_values(const KeyPath& path) {
  std::vector<SchemaWord> words;
  for (const auto* node : at(path)) {
    const auto type = node->find("type");
    if (type != node->end() && *type == "boolean")
      for (const char* value : {"true", "false"}) words.push_back({value, {}, {}});
    const auto values = node->find("enum");
    if (values == node->end()) continue;
    for (const auto& value : *values) {
      // `off` without quotes is false for readers of YAML 1.1, and so the schema takes that as well.
      if (value.is_string() || value.is_number()) words.push_back({written(value), {}, {}});
    }
  }
  return words;
}

std::string schema_markdown(const KeyPath& path) {
  const auto nodes = at(path);
  if (nodes.empty() || path.empty()) return {};
  const auto title = first_text(nodes, "title");
  const auto text = documentation(nodes);
  return fmt::format("**{}**{}{}{}", path.back(), title.empty() ? "" : ": " + title,
                     text.empty() ? "" : "\n\n", text);
}

}  // namespace rdnsgate::lsp
