// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/files/on_signal.h"
#include "base/result.h"

namespace rdnsgate::resolve {

/// A folder of our own, readable by nobody else, that goes away with the object, and when a signal ends the program.
class TempDir {
 public:
  static Result<TempDir> make();
  TempDir(TempDir&& other) noexcept : path_(std::move(other.path_)), on_signal_(std::move(other.on_signal_)) {
    other.path_.clear();
  }
  TempDir& operator=(TempDir&&) = delete;
  ~TempDir();

  const std::filesystem::path& path() const { return path_; }
  /// Writes a file in the folder and returns its path.
  Result<std::string> write(const std::string& name, std::string_view text) const;

 private:
  explicit TempDir(std::filesystem::path path) : path_(std::move(path)) { remember(path_.string()); }
  void remember(const std::string& path) const {
    on_signal_.push_back(std::make_unique<RemovedOnSignal>(path));
  }

  std::filesystem::path path_;
  mutable std::vector<std::unique_ptr<RemovedOnSignal>> on_signal_;
};

}  // namespace rdnsgate::resolve
