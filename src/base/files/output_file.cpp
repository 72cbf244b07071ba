// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/files/boundary.h"

namespace rdnsgate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t portion = std::size_t{1} << 16;

int write_all(int file, std::string_view octets) {
  while (!octets.empty()) {
    const auto written = ::write(file, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    octets.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// Nobody can have laid something under a name that nobody knows.
std::string unknown_name() {
  std::uint64_t number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) number = static_cast<std::uint64_t>(getpid());
  return fmt::format(".rdnsgate-{:016x}.tmp", number);
}

}  // namespace

OutputFile::OutputFile(std::string path, LastLink link, Sync sync) : path_(std::move(path)), sync_(sync) {
  open(link);
}

void OutputFile::open(LastLink link) {
  if (path_ == "-") {
    file_ = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (file_ < 0) refuse(errno);
    return;
  }
  auto real = follow_path(path_);
  if (!real) {
    refuse(real.error());
    return;
  }
  if (open_directly(*real)) return;
  // A link in the last place is not what it leads to: it is replaced.
  const fs::path named(path_);
  name_ = (link == LastLink::followed ? fs::path(*real) : named).filename().string();
  if (name_.empty() || name_ == "." || name_ == "..") {
    refuse(EISDIR);
    return;
  }
  const auto above = link == LastLink::followed ? fs::path(*real).parent_path() : named.parent_path();
  const auto folder = follow_path(above.string());
  if (!folder) {
    refuse(folder.error());
  } else if (open_folder(*folder)) {
    open_temporary(*folder);
  }
}

/// A device or a pipe: there is nothing to rename over. True where it is one, or a folder.
bool OutputFile::open_directly(const std::string& real) {
  struct stat there {};
  if (stat(real.c_str(), &there) != 0) return false;
  if (S_ISDIR(there.st_mode)) return refuse(EISDIR), true;
  // What the kernel's own links lead to (/dev/stdout) may be a file, which somebody has open.
  if (S_ISREG(there.st_mode) && !real.starts_with("/proc/")) return false;
  file_ = ::open(real.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
  if (file_ < 0) refuse(errno);
  return true;
}

bool OutputFile::open_folder(const std::string& real) {
  std::error_code failed;
  fs::create_directories(real, failed);
  folder_ = ::open(real.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_ < 0) return refuse(errno);
  const auto is = path_of_descriptor(folder_);
  if (is.empty() || is == real) return true;
  return refuse(Error{"its folder was put in another place while it was opened", "run it again"});
}

bool OutputFile::open_temporary(const std::string& folder) {
  struct stat there {};
  keeps_ = fstatat(folder_, name_.c_str(), &there, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(there.st_mode);
  mode_ = there.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
  user_ = there.st_uid;
  group_ = there.st_gid;
  // What only its owner may read is never to be read by others, not for a moment either.
  const mode_t begin = keeps_ ? S_IRUSR | S_IWUSR : S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH;
  for (int tries = 0; tries < 100 && file_ < 0; ++tries) {
    temporary_ = unknown_name();
    cleanup_ = std::make_unique<RemovedOnSignal>((fs::path(folder) / temporary_).string());
    file_ = openat(folder_, temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, begin);
    if (file_ < 0 && errno != EEXIST) break;
  }
  if (file_ >= 0) return true;
  const int error = errno;
  cleanup_.reset();
  temporary_.clear();
  return refuse(error);
}

OutputFile::~OutputFile() {
  if (file_ >= 0) close(file_);
  if (!temporary_.empty() && !committed_) unlinkat(folder_, temporary_.c_str(), 0);
  if (folder_ >= 0) close(folder_);
}

bool OutputFile::write(std::string_view octets) {
  if (!reason_.message.empty()) return false;
  waiting_ += octets;
  if (waiting_.size() >= portion) flush();
  return reason_.message.empty();
}

void OutputFile::flush() {
  const int error = write_all(file_, waiting_);
  waiting_.clear();
  if (error != 0) refuse(error);
}

Result<void> OutputFile::commit() {
  if (reason_.message.empty()) flush();
  if (reason_.message.empty() && !temporary_.empty()) {
    // Who may not give it to its owner (only root may) leaves it to himself, and the mode as it was.
    const bool given =
        !keeps_ || fchown(file_, user_, group_) == 0 || fchown(file_, static_cast<uid_t>(-1), group_) == 0;
    static_cast<void>(given);
    if ((keeps_ && fchmod(file_, mode_) != 0) || (sync_ == Sync::now && fsync(file_) != 0)) refuse(errno);
  }
  if (file_ >= 0 && close(std::exchange(file_, -1)) != 0) refuse(errno);
  if (reason_.message.empty() && !temporary_.empty()) {
    if (renameat(folder_, temporary_.c_str(), folder_, name_.c_str()) != 0) {
      refuse(errno);
    } else {
      committed_ = true;
      cleanup_.reset();
      // Some file systems cannot sync a folder; the file is there all the same.
      if (sync_ == Sync::now) static_cast<void>(fsync(folder_));
    }
  }
  if (reason_.message.empty()) return {};
  return fail(fmt::format("cannot write {}: {}", path_, reason_.message), reason_.hint);
}

bool OutputFile::refuse(int error) { return refuse(Error{std::strerror(error)}); }

bool OutputFile::refuse(Error error) {
  if (reason_.message.empty()) reason_ = std::move(error);
  return false;
}

Result<void> write_file(const std::string& path, std::string_view content) {
  OutputFile file(path);
  file.write(content);
  return file.commit();
}

Result<void> replace_file(const std::string& path, std::string_view content) {
  OutputFile file(path, OutputFile::LastLink::followed);
  file.write(content);
  return file.commit();
}

Result<void> check_is_file(std::string_view option, const std::string& path) {
  if (path != "-") return {};
  return fail(fmt::format("{} -: standard output is for the rest of what is printed", option),
              "name a file; one that is called - is ./-");
}

}  // namespace rdnsgate
