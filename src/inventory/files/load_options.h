// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/severity.h"
#include "inventory/files/file_tree.h"
#include "inventory/files/parsed_files.h"
#include "inventory/limits.h"

namespace rdnsgate::inventory {

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
  std::function<void()> when_read{};   ///< called once all files are read, before the model is built; may be empty
  const OpenTexts* open_texts = nullptr;  ///< outlives the call
};

/// nullptr where the file is read from the disk.
const std::string* open_text(const LoadOptions& options, const std::string& real);

/// What is known of the file at a real path, unless an open text counts instead; nullptr for nothing.
const ParsedFiles::File* known_file(const LoadOptions& options, const std::string& real);

}  // namespace rdnsgate::inventory
