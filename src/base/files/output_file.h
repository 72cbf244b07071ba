// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/files/on_signal.h"
#include "base/result.h"

namespace rdnsgate {

/// A file that is written as a whole: through one beside it that nobody else can have laid there, which takes its
/// place once all of it is on the disk. No reader sees half of it; what was not committed is gone when this object
/// is, and when a signal ends the program. A file that was there keeps its mode and its owner. Where the path leads
/// is judged by follow_path(); a link in the last place is replaced, never written through. `-` is standard output;
/// that, a device and a pipe are written to directly.
class OutputFile {
 public:
  enum class LastLink { replaced, followed };
  enum class Sync { now, later };  ///< later: whoever writes many files syncs them together

  /// Makes the folders above. Whether it can be written is said by write() and commit().
  explicit OutputFile(std::string path, LastLink link = LastLink::replaced, Sync sync = Sync::now);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// False where no more can be written; commit() says why.
  bool write(std::string_view octets);
  /// Puts the file in its place.
  Result<void> commit();

 private:
  void open(LastLink link);
  bool open_directly(const std::string& real);
  bool open_folder(const std::string& real);
  bool open_temporary(const std::string& folder);
  void flush();
  bool refuse(int error);
  bool refuse(Error error);

  std::string path_;  ///< as it was named
  std::string name_;  ///< the last part of it
  std::string temporary_;
  std::string waiting_;  ///< not written yet
  int folder_ = -1, file_ = -1;
  bool keeps_ = false;  ///< there is a file already, whose mode and owner stay
  mode_t mode_ = 0;
  uid_t user_ = 0;
  gid_t group_ = 0;
  bool committed_ = false;
  Sync sync_;
  std::unique_ptr<RemovedOnSignal> cleanup_;
  Error reason_;  ///< of the first failure; no message: none
};

/// Writes a file as a whole.
Result<void> write_file(const std::string& path, std::string_view content);

/// Writes a file that exists anew; of a symbolic link the file that it leads to.
Result<void> replace_file(const std::string& path, std::string_view content);

/// Refuses `-` for what cannot go to standard output, since `option` and the rest of the output would mix there.
Result<void> check_is_file(std::string_view option, const std::string& path);

}  // namespace rdnsgate
