// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/load.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "inventory/build.h"
#include "inventory/checks.h"
#include "inventory/problems.h"
#include "inventory/read_file.h"
#include "inventory/schema.h"
#include "inventory/yaml_reader.h"

namespace rdnsgate::inventory {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::int64_t known_version = 1;

/// A version that is not ours is the only thing worth saying about the file: the rest follows other rules.
bool check_version(const Document& document, Problems& problems) {
  const auto version = document.root().get("version");
  if (!version || version->kind() != Kind::integer || version->integer() == known_version) return true;
  problems.add(code::schema, version->span(),
               fmt::format("version {} of the inventory format is not known here", version->text()),
               fmt::format("this rdnsgate reads version {}; a newer one may read more", known_version));
  return false;
}

void read(const LoadOptions& options, Problems& problems, Inventory& inventory) {
  const auto document = read_yaml(options.limits, problems);
  if (!document || !check_version(*document, problems)) return;
  check_schema(*document, problems);
  if (!document->root().is_map()) return;
  build(*document, options, problems, inventory);
  check_model(*document, options, problems, inventory);
}

}  // namespace

std::optional<Inventory> load(Sources& sources, std::string path, std::string text,
                              const LoadOptions& options, Diagnostics& problems) {
  Inventory inventory;
  inventory.path = path;
  inventory.sha256 = sha256_hex(text);
  if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
  const FileId file = sources.add(std::move(path), std::move(text));
  inventory.top = {file, 0, 0};
  Problems found(sources, file, options.limits.errors);
  read(options, found, inventory);
  const bool failed = found.count() > 0;
  found.move_to(problems);
  if (failed) return std::nullopt;
  return inventory;
}

std::optional<Inventory> load_file(Sources& sources, const std::string& path, const LoadOptions& options,
                                   Diagnostics& problems) {
  auto text = read_file(path, options.limits.file_bytes);
  if (text) return load(sources, path == "-" ? "<stdin>" : path, std::move(*text), options, problems);
  const FileId file = sources.add_unreadable(path);
  problems.push_back({Severity::error,
                      std::string(text.error().too_large ? code::limit : code::file),
                      text.error().message,
                      text.error().hint,
                      {file, 0, 0}});
  return std::nullopt;
}

}  // namespace rdnsgate::inventory
