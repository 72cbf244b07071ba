// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rdnsgate::logs {

/// A mail that says what was not delivered: which recipient, by whom it was refused, and how.
struct Bounce {
  std::uint64_t line = 0;  ///< the first of the lines that it comes from
  bool is_report = false;  ///< of the fields of RFC 3464; otherwise a paragraph for people
  std::string text;        ///< the answer, on one line
  std::string recipient, remote_mta;
  std::string time;  ///< as in LogEntry
};

/// Reads mails line by line. What a report (RFC 3464) says counts; a paragraph for people only where there is no report,
/// and the mail that was not delivered never.
class BounceReader {
 public:
  using Sink = std::function<void(const Bounce&)>;
  explicit BounceReader(Sink sink) : sink_(std::move(sink)) {}

  /// Whether a text begins as a mail does, or as a report.
  static bool is_mail(std::string_view beginning);

  void line(std::string_view text, std::uint64_t number);
  /// At the end of the file.
  void end();

 private:
  enum class Part { people, report, copy };

  void take_field();
  void end_paragraph();
  void end_recipient();
  void begin_mail();

  Sink sink_;
  Part part_ = Part::people;
  bool had_report_ = false;
  std::string paragraph_, field_;
  std::uint64_t paragraph_at_ = 0, field_at_ = 0;
  std::vector<Bounce> paragraphs_;
  Bounce recipient_;
  bool has_recipient_ = false;
  std::string arrival_;
};

}  // namespace rdnsgate::logs
