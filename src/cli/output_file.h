// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <fstream>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rdnsgate::cli {

/// A file that is written through a temporary one beside it, so that no reader sees half of it. What was not
/// committed is gone when this object is.
class OutputFile {
 public:
  /// Makes the folders above. Whether it can be written is said by write() and commit().
  explicit OutputFile(std::string path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// False where no more can be written; commit() says why.
  bool write(std::string_view octets);
  /// Where it is until then.
  const std::string& place() const { return place_; }
  /// Puts the file in its place.
  Result<void> commit();

 private:
  std::string path_, place_;
  std::ofstream file_;
  int reason_ = 0;  // errno of the first failure
};

/// Writes a file as a whole.
Result<void> write_file(const std::string& path, std::string_view content);

/// Writes a file that exists anew, with its mode; of a symbolic link the file that it leads to.
Result<void> replace_file(const std::string& path, std::string_view content);

}  // namespace rdnsgate::cli
