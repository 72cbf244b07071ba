// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/gate/schema_text.h"

#include <fmt/format.h>

#include <span>
#include <stdexcept>

#include "base/embedded.h"

namespace rdnsgate::run {

std::span<const EmbeddedFile> embedded_schemas();  // generated

namespace {

std::string_view name_of(const EmbeddedFile& file) { return file.name.substr(0, file.name.find('.')); }

}  // namespace

std::vector<std::string_view> schema_names() {
  std::vector<std::string_view> names;
  for (const auto& file : embedded_schemas()) names.push_back(name_of(file));
  return names;
}

std::string_view schema_text(std::string_view name) {
  for (const auto& file : embedded_schemas()) {
    if (name_of(file) == name) return file.text;
  }
  throw std::logic_error(fmt::format("there is no schema {}", name));
}

}  // namespace rdnsgate::run
