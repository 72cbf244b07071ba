// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/files/read_file.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/files/boundary.h"

namespace rdnsgate::inventory {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ > STDIN_FILENO) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

tl::unexpected<ReadError> failed(const std::string& path, int error) {
  if (error == ENOENT) {
    return tl::unexpected(ReadError{fmt::format("there is no file \"{}\"", path), {}});
  }
  return tl::unexpected(ReadError{fmt::format("\"{}\" cannot be read: {}", path, std::strerror(error)), {}});
}

tl::unexpected<ReadError> too_large(const std::string& path, std::size_t limit) {
  return tl::unexpected(ReadError{fmt::format("\"{}\" is larger than {} MiB", path, limit >> 20),
                                  "an inventory of a million addresses takes less; is this the right file?",
                                  true});
}

tl::expected<std::string, ReadError> read_all(int fd, const std::string& path, std::size_t expected,
                                              std::size_t limit) {
  std::string text;
  text.resize(expected + 1);  // one more than expected, so that the end is seen without growing
  std::size_t used = 0;
  while (true) {
    const ssize_t got = read(fd, text.data() + used, text.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(path, errno);
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    if (used > limit) return too_large(path, limit);
    if (used == text.size()) text.resize(std::min(std::max<std::size_t>(2 * used, 65536), limit + 1));
  }
  text.resize(used);
  return text;
}

}  // namespace

tl::expected<std::string, ReadError> read_file(const std::string& path, std::size_t limit,
                                               const std::string& shown) {
  const std::string& name = shown.empty() ? path : shown;
  if (path == "-") return read_all(STDIN_FILENO, "standard input", 0, limit);
  const auto opened = open_to_read(path);
  if (!opened) return tl::unexpected(ReadError{opened.error().message, opened.error().hint});
  const Descriptor file(*opened);
  if (file.get() < 0) return failed(name, errno);
  struct stat status {};
  if (fstat(file.get(), &status) != 0) return failed(name, errno);
  if (S_ISDIR(status.st_mode)) {
    return tl::unexpected(
        ReadError{fmt::format("\"{}\" is a folder, not a file", name), "name the inventory file in it"});
  }
  if (!S_ISREG(status.st_mode)) {
    return tl::unexpected(
        ReadError{fmt::format("\"{}\" is not a regular file", name), "use \"-\" to read standard input"});
  }
  const auto size = static_cast<std::size_t>(std::max<off_t>(status.st_size, 0));
  if (size > limit) return too_large(name, limit);
  return read_all(file.get(), name, size, limit);
}

}  // namespace rdnsgate::inventory
