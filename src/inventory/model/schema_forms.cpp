// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/schema_forms.h"

#include <nlohmann/json.hpp>

#include "inventory/inventory_schema.h"

namespace rdnsgate::inventory {
namespace {

using nlohmann::json;

class FormReader {
 public:
  explicit FormReader(const json& root) : root_(root) {}

  void read(const json& schema, SchemaForm& into) const {
    if (const auto parts = schema.find("allOf"); parts != schema.end()) {
      for (const auto& part : *parts) read(part, into);
    }
    if (const auto form = schema.find("x-form"); form != schema.end()) into.form = form->get<std::string>();
    if (const auto reference = schema.find("$ref"); reference != schema.end())
      read(root_.at(json::json_pointer(reference->get_ref<const std::string&>().substr(1))), into);
    if (const auto items = schema.find("items"); items != schema.end()) {
      into.items = std::make_unique<SchemaForm>();
      read(*items, *into.items);
    }
    const auto properties = schema.find("properties");
    if (properties == schema.end()) return;
    for (const auto& [key, of] : properties->items()) read(of, into.members[key]);
  }

 private:
  const json& root_;
};

SchemaForm read_forms() {
  const auto schema = json::parse(schema_text());
  SchemaForm all;
  FormReader(schema).read(schema, all);
  return all;
}

}  // namespace

const SchemaForm& inventory_forms() {
  static const SchemaForm all = read_forms();
  return all;
}

}  // namespace rdnsgate::inventory
