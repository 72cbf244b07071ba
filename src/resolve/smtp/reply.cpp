// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/smtp/reply.h"

namespace rdnsgate::resolve {
namespace {

constexpr std::size_t code_digits = 3;

bool is_code_digit(char c) { return c >= '0' && c <= '9'; }

/// 0 where the line does not begin with a code.
unsigned reply_code_of(std::string_view line) {
  if (line.size() < code_digits || line[0] < '2' || line[0] > '5' || !is_code_digit(line[1]) ||
      !is_code_digit(line[2]))
    return 0;
  const auto value = [&](std::size_t i) { return static_cast<unsigned>(line[i] - '0'); };
  return 100 * value(0) + 10 * value(1) + value(2);
}

}  // namespace

std::size_t SmtpReplyReader::take(std::string_view octets) {
  std::size_t used = 0;
  while (used < octets.size() && state_ == State::more) {
    const char c = octets[used++];
    if (++octets_ > longest_reply || (c != '\n' && line_.size() == longest_line)) {
      state_ = State::too_long;
    } else if (c == '\n') {
      end_line();
    } else {
      line_ += c;
    }
  }
  return used;
}

void SmtpReplyReader::end_line() {
  if (line_.ends_with('\r')) line_.pop_back();
  const auto code = reply_code_of(line_);
  if (code == 0) return refuse("a line without a reply code");
  const char behind = line_.size() > code_digits ? line_[code_digits] : ' ';
  if (behind != ' ' && behind != '-') return refuse("a line without a reply code");
  if (!reply_.lines.empty() && code != reply_.code) return refuse("lines of one reply with different codes");
  reply_.code = code;
  reply_.lines.push_back(line_.size() > code_digits ? line_.substr(code_digits + 1) : "");
  line_.clear();
  if (behind == ' ') state_ = State::done;
}

void SmtpReplyReader::refuse(std::string_view fault) {
  state_ = State::malformed;
  fault_ = fault;
}

std::string name_in(const SmtpReply& reply) {
  if (reply.lines.empty()) return {};
  const auto& line = reply.lines.front();
  return line.substr(0, line.find_first_of(" \t"));
}

}  // namespace rdnsgate::resolve
