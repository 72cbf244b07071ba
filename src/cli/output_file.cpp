// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/output_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace rdnsgate::cli {

namespace fs = std::filesystem;

OutputFile::OutputFile(std::string path) : path_(std::move(path)) {
  std::error_code failed;
  const fs::path target(path_);
  if (target.has_parent_path()) fs::create_directories(target.parent_path(), failed);
  // A device or a pipe is written to directly: there is nothing to rename over.
  const bool regular = !fs::exists(target, failed) || fs::is_regular_file(target, failed);
  place_ = regular ? fmt::format("{}.{}.tmp", path_, getpid()) : path_;
  errno = 0;
  file_.open(place_, std::ios::binary | std::ios::trunc);
  if (!file_) reason_ = errno;
}

OutputFile::~OutputFile() {
  if (place_.empty() || place_ == path_) return;
  std::error_code ignored;
  file_.close();
  fs::remove(place_, ignored);
}

bool OutputFile::write(std::string_view octets) {
  if (!file_) return false;
  errno = 0;
  file_.write(octets.data(), static_cast<std::streamsize>(octets.size()));
  if (!file_) reason_ = errno;
  return static_cast<bool>(file_);
}

Result<void> OutputFile::commit() {
  if (file_) {
    errno = 0;
    file_.close();
    if (!file_) reason_ = errno;
  }
  if (!file_) {
    return fail(fmt::format("cannot write {}: {}", path_,
                            reason_ != 0 ? std::strerror(reason_) : "the write failed"));
  }
  if (place_ != path_) {
    std::error_code failed;
    fs::rename(place_, path_, failed);
    if (failed) return fail(fmt::format("cannot write {}: {}", path_, failed.message()));
  }
  place_.clear();
  return {};
}

Result<void> write_file(const std::string& path, std::string_view content) {
  OutputFile file(path);
  file.write(content);
  return file.commit();
}

Result<void> replace_file(const std::string& path, std::string_view content) {
  std::error_code failed;
  const auto real = fs::canonical(path, failed);
  const auto mode = failed ? fs::perms::unknown : fs::status(real, failed).permissions();
  if (failed) return fail(fmt::format("cannot write {}: {}", path, failed.message()));
  OutputFile file(real.string());
  file.write(content);
  fs::permissions(file.place(), mode, failed);
  if (failed) return fail(fmt::format("cannot write {}: {}", path, failed.message()));
  return file.commit();
}

}  // namespace rdnsgate::cli
