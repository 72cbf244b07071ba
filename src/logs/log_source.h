// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"

namespace rdnsgate::logs {

/// The octets of a log: plain, gzip (RFC 1952) or Zstandard (RFC 8878), which its first octets tell.
class LogSource {
 public:
  /// A file, a FIFO, or `-` for standard input.
  static Result<LogSource> open(const std::string& path);

  LogSource(LogSource&&) noexcept;
  LogSource& operator=(LogSource&&) noexcept;
  ~LogSource();

  /// Up to `size` octets, at least one but at the end. Fails where the rest cannot be read: it is cut short, broken, or
  /// swells as no log does; what was handed out before that counts.
  Result<std::size_t> read(char* into, std::size_t size);

 private:
  struct State;
  explicit LogSource(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Of the libzstd that is in use.
std::string zstd_in_use();

}  // namespace rdnsgate::logs
