// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/result.h"

namespace rdnsgate {

/// Keeps others out of a file from before it is read until it was written: a process that takes the lock waits for the
/// one that holds it. The file is made, empty, where there is none, and removed again if it stayed so. What is put in
/// its place meanwhile is what is locked then. For processes that take it too (flock(2)); gone with the object, and
/// with the process.
class FileLock {
 public:
  static Result<FileLock> take(const std::string& path);
  /// Without waiting: nullopt where another process holds it.
  static Result<std::optional<FileLock>> try_take(const std::string& path);
  FileLock(FileLock&& other) noexcept
      : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  FileLock(std::string path, int file) : path_(std::move(path)), file_(file) {}
  static Result<std::optional<FileLock>> take(const std::string& path, bool waits);
  bool is_there() const;

  std::string path_;
  int file_;
};

}  // namespace rdnsgate
