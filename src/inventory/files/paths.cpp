// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/files/paths.h"

#include <filesystem>

#include "inventory/files/file_tree.h"

namespace rdnsgate::inventory {
namespace {

namespace fs = std::filesystem;

}  // namespace

std::string folder_of(const std::string& path) { return fs::path(path).parent_path().string(); }

std::string real_path(const std::string& path) { return real_path(disk(), path); }

std::string seen_from(const std::string& folder, const std::string& path) {
  if (folder.empty()) return fs::path(path).lexically_normal().string();
  const auto relative = fs::path(path.empty() ? "." : path).lexically_proximate(folder);
  return relative == "." ? std::string() : relative.generic_string();
}

std::string beside(const std::string& folder, const std::string& name) {
  if (folder.empty() || name.empty()) return name;
  return (fs::path(folder) / name).lexically_normal().string();
}

}  // namespace rdnsgate::inventory
