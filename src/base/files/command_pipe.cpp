// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/command_pipe.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstring>

namespace rdnsgate {
namespace {

tl::unexpected<Error> not_written(const std::string& path, const char* why, const char* hint = "") {
  return fail(fmt::format("cannot write to {}: {}", path, why), hint);
}

Result<void> write_line(int pipe, const std::string& path, std::string_view line) {
  struct stat status {};
  if (fstat(pipe, &status) != 0 || !S_ISFIFO(status.st_mode)) return not_written(path, "it is no named pipe");
  // Up to this size nothing of another writer gets between.
  if (line.size() > PIPE_BUF) return not_written(path, "the line is too long");
  if (write(pipe, line.data(), line.size()) >= 0) return {};
  return not_written(
      path, errno == EAGAIN ? "it is full: who reads from it does not keep up" : std::strerror(errno));
}

}  // namespace

Result<void> write_to_pipe(const std::string& path, std::string_view line) {
  const int pipe = open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (pipe < 0)
    return errno == ENXIO
               ? not_written(path, "nobody reads from it", "is the daemon running that has made it?")
               : not_written(path, std::strerror(errno));
  auto written = write_line(pipe, path, line);
  close(pipe);
  return written;
}

}  // namespace rdnsgate
