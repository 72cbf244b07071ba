// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone/zone_lexer.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"

namespace rdnsgate::dns {
namespace {

// A record has at most 65,535 octets; written as \DDD they take four times that.
constexpr std::size_t max_entry = 300'000, max_tokens = 70'000;

bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') || c == 0x7f;
}

}  // namespace

bool ZoneLexer::next(ZoneEntry& entry) {
  while (at_ < text_.size()) {
    entry.tokens.clear();
    entry.problem.clear();
    entry.blank_owner = is_blank(text_[at_]);
    entry.begin = entry.end = at_;
    read_entry(entry);
    if (!entry.tokens.empty() || !entry.problem.empty()) return true;
  }
  return false;
}

void ZoneLexer::skip_line() {
  const auto newline = text_.find('\n', at_);
  at_ = newline == std::string_view::npos ? text_.size() : newline + 1;
}

/// Gives the entry up and goes on behind the line where the trouble is.
void ZoneLexer::refuse(ZoneEntry& entry, std::string problem, std::size_t begin, std::size_t end) {
  entry.problem = std::move(problem);
  entry.begin = begin;
  entry.end = std::max(end, begin + 1);
  at_ = begin;
  skip_line();
}

void ZoneLexer::read_entry(ZoneEntry& entry) {
  std::size_t depth = 0, opened_at = 0;
  const std::size_t start = at_;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (at_ - start > max_entry || entry.tokens.size() > max_tokens) {
      return refuse(entry, "an entry longer than any record can be", depth > 0 ? opened_at : start,
                    start + 1);
    }
    if (at_newline()) {
      at_ += c == '\r' ? 2 : 1;
      if (depth == 0) return;
    } else if (c == ';') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '(') {
      if (depth++ == 0) opened_at = at_;
      ++at_;
    } else if (c == ')') {
      if (depth == 0) return refuse(entry, "a closing parenthesis without an opening one", at_, at_ + 1);
      --depth;
      ++at_;
    } else if (is_blank(c)) {
      ++at_;
    } else if (!read_token(entry)) {
      return;
    }
  }
  if (depth > 0) refuse(entry, "a parenthesis that is never closed", opened_at, opened_at + 1);
}

bool ZoneLexer::read_token(ZoneEntry& entry) {
  const std::size_t begin = at_;
  if (text_[at_] == '"') {
    if (!read_quoted()) {
      refuse(entry, "a quoted string that does not end on its line", begin, begin + 1);
      return false;
    }
  } else {
    while (at_ < text_.size() && !is_blank(text_[at_]) && !at_newline() &&
           std::string_view("();\"").find(text_[at_]) == std::string_view::npos) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      if (at_newline()) break;  // a backslash does not escape the end of the line
      if (is_control(text_[at_])) break;
      ++at_;
    }
  }
  const auto token = text_.substr(begin, at_ - begin);
  const auto control = std::find_if(token.begin(), token.end(), is_control);
  if (control != token.end() || (at_ < text_.size() && is_control(text_[at_]) && !at_newline())) {
    const auto where = begin + static_cast<std::size_t>(control - token.begin());
    refuse(entry, fmt::format("a control character (0x{:02x})", static_cast<unsigned char>(text_[where])),
           where, where + 1);
    return false;
  }
  if (entry.tokens.empty()) entry.begin = begin;
  entry.tokens.push_back(token);
  entry.end = at_;
  return true;
}

/// Moves behind the closing quotation mark; false where the line ends first.
bool ZoneLexer::read_quoted() {
  ++at_;
  while (at_ < text_.size() && !at_newline()) {
    const char c = text_[at_++];
    if (c == '"') return true;
    if (c == '\\' && at_ < text_.size() && !at_newline()) ++at_;
  }
  return false;
}

}  // namespace rdnsgate::dns
