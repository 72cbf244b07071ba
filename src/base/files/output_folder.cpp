// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/output_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/files/boundary.h"
#include "base/files/output_file.h"

namespace rdnsgate {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot(const std::string& path, std::string_view why) {
  return fail(fmt::format("cannot write {}: {}", path, why));
}

/// All that is written to the disk that a folder is on.
bool sync_disk(const std::string& folder) {
  const int opened = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return false;
  const bool done = syncfs(opened) == 0;
  const int error = errno;
  close(opened);
  errno = error;
  return done;
}

}  // namespace

Result<OutputFolder> OutputFolder::make(std::string path) {
  const auto real = follow_path(path);
  if (!real)
    return tl::unexpected(
        Error{fmt::format("cannot write {}: {}", path, real.error().message), real.error().hint});
  std::error_code failed;
  if (fs::exists(*real, failed) && !fs::is_directory(*real, failed))
    return cannot(path, std::strerror(ENOTDIR));
  const auto above = fs::path(*real).parent_path();
  fs::create_directories(above, failed);
  if (failed) return cannot(path, failed.message());
  std::string stage = (above / ".rdnsgate-XXXXXX").string();
  if (mkdtemp(stage.data()) == nullptr) return cannot(path, std::strerror(errno));
  return OutputFolder(std::move(path), *real, std::move(stage));
}

OutputFolder::OutputFolder(std::string path, std::string real, std::string stage)
    : path_(std::move(path)), real_(std::move(real)), stage_(std::move(stage)) {
  remember(stage_);
}

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : path_(std::move(other.path_)),
      real_(std::move(other.real_)),
      stage_(std::move(other.stage_)),
      names_(std::move(other.names_)),
      on_signal_(std::move(other.on_signal_)) {
  other.stage_.clear();
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  if (!stage_.empty()) fs::remove_all(stage_, ignored);
}

void OutputFolder::remember(const std::string& path) {
  on_signal_.push_back(std::make_unique<RemovedOnSignal>(path));
}

Result<void> OutputFolder::add(const std::string& name, std::string_view content) {
  std::string folder = stage_;
  for (const auto& part : fs::path(name).parent_path()) {
    folder = (fs::path(folder) / part).string();
    std::error_code failed;
    if (fs::create_directory(folder, failed)) remember(folder);
    if (failed) return cannot(path_, failed.message());
  }
  const auto place = (fs::path(stage_) / name).string();
  OutputFile file(place, OutputFile::LastLink::replaced, OutputFile::Sync::later);
  file.write(content);
  if (const auto done = file.commit(); !done) return done;
  remember(place);
  names_.push_back(name);
  return {};
}

Result<void> OutputFolder::commit() {
  // mkdtemp(3) keeps others out; the folder itself is as any that is made.
  const mode_t mask = umask(0);
  umask(mask);
  if (chmod(stage_.c_str(), 0777 & ~mask) != 0 || !sync_disk(stage_))
    return cannot(path_, std::strerror(errno));
  // Takes the place of an empty folder, too.
  if (std::rename(stage_.c_str(), real_.c_str()) != 0) {
    if (errno != ENOTEMPTY && errno != EEXIST) return cannot(path_, std::strerror(errno));
    return move_in();
  }
  stage_.clear();
  on_signal_.clear();
  static_cast<void>(sync_disk(fs::path(real_).parent_path().string()));
  return {};
}

Result<void> OutputFolder::move_in() const {
  for (auto name = names_.rbegin(); name != names_.rend(); ++name) {
    const auto place = fs::path(real_) / *name;
    std::error_code failed;
    const auto folder = follow_path(place.parent_path().string());
    if (!folder) return tl::unexpected(folder.error());
    fs::create_directories(*folder, failed);
    if (!failed) fs::rename(fs::path(stage_) / *name, fs::path(*folder) / place.filename(), failed);
    if (failed) return cannot((fs::path(path_) / *name).string(), failed.message());
  }
  static_cast<void>(sync_disk(real_));
  return {};
}

}  // namespace rdnsgate
