// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace rdnsgate::logs {

/// Reads the export format of systemd's journal (https://systemd.io/JOURNAL_EXPORT_FORMATS/), octets as they come.
class JournalReader {
 public:
  struct Entry {
    std::uint64_t number = 0;  ///< from 1
    std::string line;          ///< as syslog has it: `mx1 postfix/smtp[1]: message`
    std::string host, time;    ///< as in LogEntry
  };
  using Sink = std::function<void(const Entry&)>;
  explicit JournalReader(Sink sink) : sink_(std::move(sink)) {}

  static bool is_journal(std::string_view beginning);

  void take(std::string_view octets);
  /// At the end of the file.
  void end();

 private:
  enum class State { field, size, data };

  void take_line();
  void set(std::string_view name, std::string_view value);
  void end_entry();

  Sink sink_;
  State state_ = State::field;
  std::string line_, name_;
  std::uint64_t left_ = 0, numbers_ = 0;
  unsigned size_octets_ = 0;
  bool has_field_ = false;
  std::string message_, identifier_, host_, pid_, time_;
};

}  // namespace rdnsgate::logs
