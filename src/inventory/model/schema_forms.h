// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace rdnsgate::inventory {

/// What is written at one place of an inventory, and below it, by the `x-form` of
/// schemas/inventory.schema.json: `address` (or a block or range), `name`, `duration`, `address or name`;
/// empty for anything else.
struct SchemaForm {
  std::string form;
  std::map<std::string, SchemaForm, std::less<>> members;
  std::unique_ptr<SchemaForm> items;
};

/// Of the whole of an inventory; read once.
const SchemaForm& inventory_forms();

}  // namespace rdnsgate::inventory
