// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/files/on_signal.h"
#include "base/result.h"

namespace rdnsgate {

/// A folder that is whole or not there: its files are written into one beside it, which takes its place at the end.
/// Where the folder is there already and has something in it, each file takes its place in it once all are on the
/// disk, the one that was added first the last of all. What was not committed is gone when this object is, and when a
/// signal ends the program.
class OutputFolder {
 public:
  static Result<OutputFolder> make(std::string path);
  OutputFolder(OutputFolder&& other) noexcept;
  OutputFolder& operator=(OutputFolder&&) = delete;
  ~OutputFolder();

  /// `name` is relative: `02-add-forward/verify.txt`.
  Result<void> add(const std::string& name, std::string_view content);
  Result<void> commit();

 private:
  OutputFolder(std::string path, std::string real, std::string stage);
  Result<void> move_in() const;
  void remember(const std::string& path);

  std::string path_, real_;
  std::string stage_;  ///< empty: nothing is to be removed any more
  std::vector<std::string> names_;
  std::vector<std::unique_ptr<RemovedOnSignal>> on_signal_;
};

}  // namespace rdnsgate
