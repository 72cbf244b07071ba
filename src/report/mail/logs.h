// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/target.h"
#include "base/ip.h"
#include "base/timestamp.h"
#include "logs/entry.h"
#include "logs/read_log.h"

namespace rdnsgate::report {

/// A line of a log, and what the inventory says to it. Lives as long as the call that hands it over.
struct LogLine {
  std::string_view file;
  const logs::LogEntry& entry;
  std::string_view
      path;  ///< `example.com via mx1`, or the sender alone where the line fits several; empty: none
  bool is_ours = true;  ///< not of what this host noted of addresses that the inventory does not have
};

/// What reports of the DNS found, and when. Texts are foreign.
struct LogFinding {
  std::string rule, certainty, message;
  audit::Target target;
  Time first{}, last{};   ///< the first and the last of the reports that have it
  bool is_there = false;  ///< the latest report has it
};

/// Lines about reverse DNS that say the same of one address to one receiver.
struct LogGroup {
  std::string path, receiver;
  std::optional<IpAddress> ip;
  std::string helo;  ///< where it is what was refused, or no address is known
  logs::LogClass of{};
  logs::Side side{};
  std::uint64_t count = 0;
  std::string first, last;              ///< as in LogEntry; empty where lines have no time
  std::vector<std::size_t> findings{};  ///< of the document, of its address or its path
};

struct LogFile {
  std::string path;
  logs::ReadLog read;
};

/// What logs say about reverse DNS.
struct LogsDocument {
  std::string tool_version;
  Time read_at{};
  std::string inventory, inventory_sha256;  ///< empty: there is none
  std::vector<LogFile> files;
  std::array<std::uint64_t, logs::log_classes> by_class{};  ///< of `other`, what is left of all lines
  std::vector<LogGroup> groups;                             ///< by path; within it the largest first
  std::vector<LogFinding> findings{};                       ///< of the reports that lines are held beside
  std::uint64_t ungrouped = 0;  ///< lines that came when there were too many groups
  std::uint64_t of_others = 0;  ///< lines about addresses that the inventory does not have: not in `groups`

  std::uint64_t lines() const;
  /// Lines about reverse DNS that are in `groups`, or would be.
  std::uint64_t about() const;
  bool is_incomplete() const;
};

/// A summary by path and receiver. Under `quiet` without its first and last lines, twice nothing.
std::string render_logs_text(const LogsDocument& document, bool color, int quiet);

/// schemas/logs.schema.json, written while logs are read: a line each.
class LogsJson {
 public:
  using Sink = std::function<bool(std::string_view)>;
  explicit LogsJson(Sink sink) : sink_(std::move(sink)) {}

  // False where the sink takes no more.
  bool begin(const LogsDocument& document);
  bool line(const LogLine& line);
  bool end(const LogsDocument& document);

 private:
  bool flush();

  Sink sink_;
  std::string out_;
  bool has_line_ = false;
};

}  // namespace rdnsgate::report
