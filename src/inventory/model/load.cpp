// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/load.h"

#include <utility>

#include "inventory/dialect.h"
#include "inventory/files/file_set.h"
#include "inventory/files/paths.h"
#include "inventory/model/build.h"
#include "inventory/model/checks.h"
#include "inventory/problem_codes.h"

namespace rdnsgate::inventory {
namespace {

std::optional<Inventory> load(const Sources& sources, FileSet& files, const LoadOptions& options,
                              Diagnostics& problems, std::optional<Inventory>* faulty) {
  const InventoryFile& first = files.files().front();
  Inventory inventory;
  inventory.path = first.path;
  inventory.top = {first.id, 0, 0};
  yaml::Problems found(sources, first.id, options.limits.errors, inventory_dialect);
  files.read(found);
  if (options.when_read) options.when_read();
  files.check_named_paths(found);
  build(files, options, found, inventory);
  check_model(files, options, found, inventory);
  const bool failed = found.count() > 0;
  found.move_to(problems);
  if (failed) {
    if (faulty != nullptr) *faulty = std::move(inventory);
    return std::nullopt;
  }
  inventory.sha256 = files.sha256();
  return inventory;
}

}  // namespace

std::optional<Inventory> load(Sources& sources, std::string path, std::string text,
                              const LoadOptions& options, Diagnostics& problems) {
  FileSet files(sources, options);
  const auto real = real_path(*options.files, path);
  files.add(std::move(path), real, std::move(text));
  return load(sources, files, options, problems, nullptr);
}

std::optional<Inventory> load_files(Sources& sources, const std::vector<std::string>& paths,
                                    const LoadOptions& options, Diagnostics& problems,
                                    std::optional<Inventory>* faulty) {
  FileSet files(sources, options);
  bool all_read = !paths.empty();
  for (const auto& path : paths) {
    const auto real = real_path(*options.files, path);
    if (const auto* open = open_text(options, real); open != nullptr) {
      files.add(path, real, *open);
      continue;
    }
    if (const auto* known = known_file(options, real); known != nullptr) {
      files.add(path, real, *known);
      continue;
    }
    auto text = options.files->read(path, options.limits.file_bytes);
    if (text) {
      files.add(path == "-" ? "<stdin>" : path, real, std::move(*text));
      continue;
    }
    all_read = false;
    const FileId file = sources.add_unreadable(path);
    if (options.files->kind(path) == FileTree::Kind::none) text.error().hint = "name the inventory on the command line";
    problems.push_back({Severity::error,
                        std::string(text.error().too_large ? code::limit : code::file),
                        text.error().message,
                        text.error().hint,
                        {file, 0, 0}});
  }
  return all_read ? load(sources, files, options, problems, faulty) : std::nullopt;
}

}  // namespace rdnsgate::inventory
