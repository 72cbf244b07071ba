// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/inventory_schema.h"

#include <span>

#include "base/embedded.h"
#include "yaml/schema.h"

namespace rdnsgate::inventory {

std::span<const EmbeddedFile> embedded_schemas();  // generated

std::string_view schema_text() { return embedded_schemas().front().text; }

bool check_schema(const yaml::Document& document, yaml::Problems& problems) {
  static const yaml::SchemaValidator schema(schema_text(), "the inventory");
  return schema.check(document, problems);
}

}  // namespace rdnsgate::inventory
