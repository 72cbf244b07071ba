// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <filesystem>

#include "base/result.h"

namespace rdnsgate::resolve {

/// A folder of our own, readable by nobody else, that goes away with the object.
class TempDir {
 public:
  static Result<TempDir> make();
  TempDir(TempDir&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  TempDir& operator=(TempDir&&) = delete;
  ~TempDir();

  const std::filesystem::path& path() const { return path_; }
  /// Writes a file in the folder and returns its path.
  Result<std::string> write(const std::string& name, std::string_view text) const;

 private:
  explicit TempDir(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace rdnsgate::resolve
