// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/journal.h"

#include <algorithm>

#include "logs/log_time.h"

namespace rdnsgate::logs {
namespace {

constexpr std::size_t most_field = std::size_t{1} << 16;

}  // namespace

bool JournalReader::is_journal(std::string_view beginning) {
  return beginning.starts_with("__CURSOR=") || beginning.starts_with("__REALTIME_TIMESTAMP=");
}

void JournalReader::take(std::string_view octets) {
  while (!octets.empty()) {
    if (state_ == State::field) {
      const auto end = octets.find('\n');
      const auto piece = octets.substr(0, end);
      if (line_.size() < most_field) line_.append(piece.substr(0, most_field - line_.size()));
      if (end == std::string_view::npos) return;
      octets.remove_prefix(end + 1);
      take_line();
    } else if (state_ == State::size) {  // eight octets, the lowest first
      left_ |= static_cast<std::uint64_t>(static_cast<unsigned char>(octets.front())) << (8 * size_octets_);
      octets.remove_prefix(1);
      if (++size_octets_ < 8) continue;
      state_ = State::data;
      line_.clear();
    } else {
      const auto piece =
          octets.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(left_, octets.size())));
      if (line_.size() < most_field) line_.append(piece.substr(0, most_field - line_.size()));
      left_ -= piece.size();
      octets.remove_prefix(piece.size());
      if (left_ > 0 || octets.empty()) continue;
      octets.remove_prefix(1);  // the line feed behind it
      set(name_, line_);
      line_.clear();
      state_ = State::field;
    }
  }
}

void JournalReader::take_line() {
  const auto equals = line_.find('=');
  if (line_.empty()) {
    end_entry();
  } else if (equals != std::string::npos) {
    set(std::string_view(line_).substr(0, equals), std::string_view(line_).substr(equals + 1));
  } else {
    name_ = line_;
    left_ = 0;
    size_octets_ = 0;
    state_ = State::size;
  }
  line_.clear();
}

void JournalReader::set(std::string_view name, std::string_view value) {
  has_field_ = true;
  if (name == "MESSAGE")
    message_ = value;
  else if (name == "SYSLOG_IDENTIFIER")
    identifier_ = value;
  else if (name == "_HOSTNAME")
    host_ = value;
  else if (name == "_PID")
    pid_ = value;
  else if (name == "__REALTIME_TIMESTAMP")
    time_ = journal_time(value);
}

void JournalReader::end_entry() {
  if (!has_field_) return;
  Entry entry;
  entry.number = ++numbers_;
  entry.line = host_ + " " + identifier_ + "[" + pid_ + "]: " + message_;
  entry.host = host_;
  entry.time = std::move(time_);
  sink_(entry);
  for (auto* text : {&message_, &identifier_, &host_, &pid_, &time_}) text->clear();
  has_field_ = false;
}

void JournalReader::end() {
  if (state_ == State::field && !line_.empty()) take_line();
  if (state_ == State::data && !line_.empty()) set(name_, line_);
  end_entry();
}

}  // namespace rdnsgate::logs
