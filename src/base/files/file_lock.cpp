// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/file_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/files/boundary.h"

namespace rdnsgate {
namespace {

tl::unexpected<Error> cannot(const std::string& path, int error) {
  return fail(fmt::format("cannot write {}: {}", path, std::strerror(error)));
}

}  // namespace

Result<FileLock> FileLock::take(const std::string& path) {
  auto taken = take(path, true);
  if (!taken) return tl::unexpected(taken.error());
  return std::move(**taken);
}

Result<std::optional<FileLock>> FileLock::try_take(const std::string& path) { return take(path, false); }

Result<std::optional<FileLock>> FileLock::take(const std::string& path, bool waits) {
  const auto real = follow_path(path);
  if (!real) return tl::unexpected(real.error());
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(*real).parent_path(), ignored);
  while (true) {
    FileLock lock(
        *real, open(real->c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0666));
    if (lock.file_ < 0) return cannot(path, errno);
    int done = -1;
    while ((done = flock(lock.file_, waits ? LOCK_EX : LOCK_EX | LOCK_NB)) != 0 && errno == EINTR) continue;
    if (done != 0 && errno == EWOULDBLOCK) {
      close(std::exchange(lock.file_, -1));  // it is the other's: nothing of it is removed
      return std::nullopt;
    }
    if (done != 0) return cannot(path, errno);
    if (lock.is_there())
      return std::optional<FileLock>(std::move(lock));  // else who had it has put another file in its place
  }
}

/// What is locked is still what the path leads to.
bool FileLock::is_there() const {
  struct stat locked {
  }, there{};
  return fstat(file_, &locked) == 0 && stat(path_.c_str(), &there) == 0 && there.st_ino == locked.st_ino &&
         there.st_dev == locked.st_dev;
}

FileLock::~FileLock() {
  if (file_ < 0) return;
  struct stat locked {};
  // Whoever waits for it finds out that it is gone, and makes another.
  if (fstat(file_, &locked) == 0 && S_ISREG(locked.st_mode) && locked.st_size == 0 && is_there())
    unlink(path_.c_str());
  close(file_);
}

}  // namespace rdnsgate
