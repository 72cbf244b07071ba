// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/timestamp.h"
#include "logs/catalogue.h"
#include "logs/entry.h"
#include "logs/log_source.h"

namespace rdnsgate::logs {

struct ReadOptions {
  const Catalogue* patterns = nullptr;  ///< outlives the reading
  Time now{};                           ///< for times without a year
  bool every_line = false;              ///< also what is not about reverse DNS goes to the sink
  bool redact = true;                   ///< without mailboxes and secrets
};

/// What is wrong with a file, of which the rest was read.
struct LogProblem {
  std::uint64_t line = 0;  ///< 0: of the file as a whole
  std::string message, hint;
};

struct ReadLog {
  std::uint64_t lines = 0, octets = 0;  ///< of what was decompressed
  std::vector<LogProblem> problems;
  bool is_incomplete = false;  ///< a part of it could not be read
};

/// What is read of a line; the rest is passed over.
inline constexpr std::size_t most_line = std::size_t{1} << 16;

/// Reads a log to its end, in memory that does not depend on what is in it. False of the sink ends it.
ReadLog read_log(LogSource& source, const ReadOptions& options,
                 const std::function<bool(const LogEntry&)>& sink);

}  // namespace rdnsgate::logs
