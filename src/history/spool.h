// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/files/file_lock.h"
#include "base/result.h"
#include "history/run_json.h"

namespace rdnsgate::history {

/// Runs that wait for a server: a folder with a file for each, which is whole and on the disk or not there. One process
/// at a time, as long as the object lives.
class Spool {
 public:
  /// Makes the folder where it is not there; only its owner may look into it.
  static Result<Spool> open(const std::string& folder);

  /// Behind all that are there.
  Result<void> add(const Run& run, const std::vector<Seen>& seen);
  /// The names of the files, the oldest run first.
  std::vector<std::string> names() const;
  Result<Waiting> read(const std::string& name) const;
  void remove(const std::string& name) const;
  /// Renames what cannot be sent, so that it keeps nothing from being sent; what it is called now.
  std::string set_aside(const std::string& name) const;

 private:
  Spool(std::string folder, FileLock lock) : folder_(std::move(folder)), lock_(std::move(lock)) {}

  std::string folder_;
  FileLock lock_;
};

}  // namespace rdnsgate::history
