// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <unordered_map>

#include "yaml/document.h"

namespace rdnsgate::inventory {

/// Files that a load found nothing wrong with, so that another load of nearly the same files neither reads
/// nor parses them again.
struct ParsedFiles {
  struct File {
    std::string text;         ///< without a byte order mark
    std::string sha256;       ///< of the octets as they were read
    yaml::Document document;  ///< of a text at another address: only for Document::over
  };
  std::unordered_map<std::string, File> by_real_path;

  const File* find(const std::string& real) const {
    const auto found = by_real_path.find(real);
    return found == by_real_path.end() ? nullptr : &found->second;
  }
};

}  // namespace rdnsgate::inventory
