// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "inventory/file_tree.h"
#include "inventory/model.h"
#include "inventory/parsed_files.h"

namespace rdnsgate::inventory {

/// Checked before memory is spent. The defaults are far above what any estate needs.
struct Limits {
  std::size_t file_bytes = std::size_t{256} << 20;  ///< of all files together
  std::size_t files = 10'000;
  std::size_t include_depth = 16;
  std::size_t folder_entries = 1'000'000;  ///< looked at for patterns
  std::size_t depth = 64;
  std::size_t nodes = 20'000'000;     ///< scalars and collections, aliases expanded
  std::size_t addresses = 2'000'000;  ///< after ranges are expanded
  std::size_t errors = 100;           ///< then reading stops, and says so
};

/// Texts that count instead of those on the disk, by real path (paths.h): what an editor has not saved yet.
using OpenTexts = std::map<std::string, std::string, std::less<>>;

/// What the loader has to know of the world above it.
struct LoadOptions {
  Limits limits;
  std::span<const std::string_view> rule_names;  ///< for `rules:` and `waivers:`, with "did you mean"
  std::span<const Severity> severities;          ///< of these rules, by default; for `preset:`
  const FileTree* files = &disk();               ///< where they are read from; outlives the call
  const ParsedFiles* known = nullptr;  ///< taken for those of which `files` holds the same; outlives the call
  ParsedFiles* remember = nullptr;     ///< takes what is read
  const OpenTexts* open_texts = nullptr;  ///< outlives the call
};

/// nullptr where the file is read from the disk.
const std::string* open_text(const LoadOptions& options, const std::string& real);

/// What is known of the file at a real path, unless an open text counts instead; nullptr for nothing.
const ParsedFiles::File* known_file(const LoadOptions& options, const std::string& real);

/// Reads, validates and expands one inventory, with the files that it includes. Returns nullopt where there
/// is an error; every problem that can be found in one go is in `problems`, in file order, each once. `path`
/// names it in diagnostics.
std::optional<Inventory> load(Sources& sources, std::string path, std::string text,
                              const LoadOptions& options, Diagnostics& problems);

/// The same of an inventory in several files that are named, each of which may include others. One that is
/// included by another counts as that one's. An unreadable one (a folder, a missing or too large one)
/// is a diagnostic without a span's line. `-` is standard input; what it includes is relative to the current
/// folder.
std::optional<Inventory> load_files(Sources& sources, const std::vector<std::string>& paths,
                                    const LoadOptions& options, Diagnostics& problems);

/// The schema, draft 7, as compiled in.
std::string_view schema_text();

}  // namespace rdnsgate::inventory
