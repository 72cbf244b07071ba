// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/bounce.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/text/text.h"
#include "logs/log_time.h"

namespace rdnsgate::logs {
namespace {

constexpr std::size_t most_paragraph = 8192, most_paragraphs = 64;

bool begins(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() && ascii_lower(text.substr(0, lower.size())) == lower;
}

/// Behind `dns;`, `smtp;`, `rfc822;`
std::string typed_value(std::string_view value) {
  const auto semicolon = value.find(';');
  return std::string(trimmed(semicolon == std::string_view::npos ? value : value.substr(semicolon + 1)));
}

void append(std::string& to, std::string_view line) {
  if (to.size() >= most_paragraph) return;
  if (!to.empty()) to += ' ';
  to += trimmed(line).substr(0, most_paragraph);
}

}  // namespace

bool BounceReader::is_mail(std::string_view beginning) {
  while (beginning.starts_with('\n') || beginning.starts_with('\r')) beginning.remove_prefix(1);
  if (beginning.starts_with("From ")) return true;
  constexpr std::array<std::string_view, 14> fields{"return-path:",
                                                    "received:",
                                                    "from:",
                                                    "to:",
                                                    "subject:",
                                                    "date:",
                                                    "message-id:",
                                                    "mime-version:",
                                                    "content-type:",
                                                    "reporting-mta:",
                                                    "delivered-to:",
                                                    "final-recipient:",
                                                    "original-recipient:",
                                                    "x-original-to:"};
  const auto first = beginning.substr(0, beginning.find('\n'));
  const bool begins_so =
      std::any_of(fields.begin(), fields.end(), [&](auto field) { return begins(first, field); });
  if (!begins_so) return false;
  // A field alone may be a line that somebody cut out: a mail has more of them, or a line that is folded.
  const auto second = beginning.substr(std::min(first.size() + 1, beginning.size()));
  const auto word = second.substr(0, second.find_first_of(" \t\r\n:"));
  return second.starts_with(' ') || second.starts_with('\t') ||
         (!word.empty() && second.substr(word.size()).starts_with(':'));
}

void BounceReader::line(std::string_view text, std::uint64_t number) {
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (text.starts_with("From ") && paragraph_.empty() && field_.empty()) {  // the next one of a mailbox
    end();
    begin_mail();
    return;
  }
  if (part_ == Part::copy) return;
  if (begins(text, "content-type: message/rfc822") || begins(text, "content-type: text/rfc822-headers") ||
      text.starts_with("--- Below this line is a copy") || begins(text, "------ this is a copy of")) {
    end_paragraph();
    end_recipient();
    part_ = Part::copy;
    return;
  }
  if (part_ == Part::people && (begins(text, "reporting-mta:") || begins(text, "final-recipient:") ||
                                begins(text, "original-recipient:"))) {
    paragraph_.clear();
    part_ = Part::report;
    had_report_ = true;
  }
  if (part_ == Part::report) {
    if ((text.starts_with(' ') || text.starts_with('\t')) && !trimmed(text).empty()) {
      append(field_, text);
      return;
    }
    take_field();
    if (trimmed(text).empty() || text.starts_with("--")) {
      end_recipient();
      if (text.starts_with("--")) part_ = Part::people;
      return;
    }
    field_.assign(text.substr(0, most_paragraph));
    field_at_ = number;
    return;
  }
  if (trimmed(text).empty()) {
    end_paragraph();
    return;
  }
  if (paragraph_.empty()) paragraph_at_ = number;
  append(paragraph_, text);
}

void BounceReader::take_field() {
  const auto colon = field_.find(':');
  if (colon == std::string::npos) return field_.clear();
  const auto name = ascii_lower(std::string_view(field_).substr(0, colon));
  const auto value = trimmed(std::string_view(field_).substr(colon + 1));
  if (name == "arrival-date") arrival_ = mail_time(value);
  const bool is_recipients = name == "final-recipient" || name == "action" || name == "status" ||
                             name == "diagnostic-code" || name == "original-recipient";
  if (is_recipients && !has_recipient_) recipient_.line = field_at_;
  has_recipient_ = has_recipient_ || is_recipients;
  if (name == "final-recipient" || (name == "original-recipient" && recipient_.recipient.empty()))
    recipient_.recipient = typed_value(value);
  if (name == "remote-mta") recipient_.remote_mta = typed_value(value);
  if (name == "last-attempt-date") recipient_.time = mail_time(value);
  if (name == "diagnostic-code") {
    recipient_.text = typed_value(value);
    recipient_.line = field_at_;
  }
  field_.clear();
}

void BounceReader::end_recipient() {
  take_field();
  if (has_recipient_) {
    if (recipient_.time.empty()) recipient_.time = arrival_;
    recipient_.is_report = true;
    sink_(recipient_);
  }
  recipient_ = {};
  has_recipient_ = false;
}

void BounceReader::end_paragraph() {
  if (!paragraph_.empty() && !had_report_ && paragraphs_.size() < most_paragraphs) {
    Bounce one;
    one.line = paragraph_at_;
    one.text = std::move(paragraph_);
    paragraphs_.push_back(std::move(one));
  }
  paragraph_.clear();
}

void BounceReader::begin_mail() {
  part_ = Part::people;
  had_report_ = false;
  arrival_.clear();
}

void BounceReader::end() {
  end_paragraph();
  end_recipient();
  if (!had_report_) {
    for (const auto& one : paragraphs_) sink_(one);
  }
  paragraphs_.clear();
}

}  // namespace rdnsgate::logs
