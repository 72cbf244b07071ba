// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/normalise.h"

#include <array>

#include "base/ascii.h"
#include "base/text/text.h"

namespace rdnsgate::logs {
namespace {

/// The octets of a text one by one, with a look at what follows.
class Normaliser {
 public:
  explicit Normaliser(std::string_view line)
      : line_(line),
        is_qmail_(line.find("_said:_") != std::string_view::npos ||
                  (line.find(": failure: ") != std::string_view::npos ||
                   line.find(": deferral: ") != std::string_view::npos)) {}

  std::string run() {
    out_.reserve(line_.size());
    while (at_ < line_.size()) {
      if (!(skip_escape() || skip_brackets() || skip_subject() || skip_command() || skip_code())) put_octet();
    }
    while (out_.ends_with(' ')) out_.pop_back();
    return std::move(out_);
  }

 private:
  std::string_view rest() const { return line_.substr(at_); }
  bool rest_is(std::string_view lower) const {
    if (line_.size() - at_ < lower.size()) return false;
    for (std::size_t i = 0; i < lower.size(); ++i) {
      if (to_lower(line_[at_ + i]) != lower[i]) return false;
    }
    return true;
  }
  bool at_word() const { return out_.empty() || !is_alphanumeric(out_.back()); }

  void put_blank() {
    if (!out_.empty() && out_.back() != ' ') out_ += ' ';
  }
  void put_octet() {
    const char c = line_[at_++];
    if (static_cast<unsigned char>(c) <= ' ' || c == 0x7F || (c == '_' && is_qmail_))
      put_blank();
    else  // what is no ASCII stands for one octet, whatever it is written in
      out_ += static_cast<unsigned char>(c) >= 0x80 ? '?' : to_lower(c);
  }

  /// `\n` as Exim writes it, `#015#012` as syslog daemons do, and the apostrophe of typographers.
  bool skip_escape() {
    const char c = line_[at_];
    if (c == '\\' && (rest_is("\\n") || rest_is("\\r") || rest_is("\\t"))) return at_ += 2, put_blank(), true;
    if (c == '#' && (rest_is("#012") || rest_is("#015") || rest_is("#011")))
      return at_ += 4, put_blank(), true;
    if (c == '\xE2' && rest().starts_with("\xE2\x80\x99")) return at_ += 3, out_ += '\'', true;
    return false;
  }

  /// `to=<user@example.com>` and `<user@example.com>` are somebody's names; `<name>: Helo command rejected` is not.
  bool skip_brackets() {
    if (line_[at_] != '<') return false;
    const auto end = line_.find_first_of("<>", at_ + 1);
    if (end == std::string_view::npos || line_[end] != '>') return false;
    const auto inside = line_.substr(at_ + 1, end - at_ - 1);
    const bool named = out_.ends_with('=') && inside != "unknown";
    if (!named && inside.find('@') == std::string_view::npos) return false;
    out_ += "<>";
    at_ = end + 1;
    return true;
  }

  bool skip_subject() {
    if (!at_word()) return false;
    const char first = line_[at_];
    if (first == 'T' && rest().starts_with("T=\"")) return skip_quoted(3);
    if (first != 's' && first != 'S') return false;
    if (!rest_is("subject:") && !rest_is("subject=") && !rest_is("subject\"")) return false;
    // Behind it only what Postfix writes itself is the log's own again.
    const auto end = line_.find("; from=<", at_);
    at_ = end == std::string_view::npos ? line_.size() : end;
    return true;
  }

  /// Up to the quotation mark that ends it; a backslash stands before one that does not.
  bool skip_quoted(std::size_t opening) {
    std::size_t end = at_ + opening;
    while (end < line_.size() && line_[end] != '"') end += line_[end] == '\\' ? 2 : 1;
    at_ = std::min(end + 1, line_.size());
    put_blank();
    return true;
  }

  /// `(in reply to EHLO command)`, `after EHLO mx1.example.com`, `command="EHLO mx1"`: not what was wrong.
  bool skip_command() {
    if (!at_word()) return false;
    const char first = to_lower(line_[at_]);
    if (first == 'i' && rest_is("in reply to ")) return skip_to(")");
    if (first == 'c' && rest_is("command=\"")) return skip_quoted(9);
    if (first != 'a') return false;
    for (const std::string_view start :
         {"after ehlo ", "after helo ", "after pipelined ehlo ", "after lhlo "}) {
      if (rest_is(start)) return at_ += start.size(), skip_to(" ");
    }
    return false;
  }
  bool skip_to(std::string_view end) {
    at_ = std::min(line_.find(end, at_), line_.size());
    return true;
  }

  /// The code of a reply: the first is kept, its like are left out.
  bool skip_code() {
    const char first = line_[at_];
    if ((first != '4' && first != '5') || line_.size() - at_ < 4) return false;
    if (!out_.empty() && std::string_view(" (\"',;<:>").find(out_.back()) == std::string_view::npos)
      return false;
    if (!is_digit(line_[at_ + 1]) || !is_digit(line_[at_ + 2])) return false;
    const char behind = line_[at_ + 3];
    if (behind != ' ' && behind != '-' && !(behind == '_' && is_qmail_)) return false;
    const auto code = line_.substr(at_, 3);
    if (code_.empty()) {
      code_ = code;
      out_ += code;
      out_ += ' ';
      at_ += 4;
      return true;
    }
    if (code != code_) return false;
    at_ += 4;
    skip_status();
    put_blank();
    return true;
  }

  /// `5.7.25` behind a code that is left out.
  void skip_status() {
    std::size_t end = at_, dots = 0;
    while (end < line_.size() && (is_digit(line_[end]) || line_[end] == '.'))
      dots += line_[end++] == '.' ? 1 : 0;
    if (dots == 2 && end - at_ <= 9) at_ = end;
  }

  std::string_view line_;
  std::size_t at_ = 0;
  std::string out_;
  std::string_view code_;
  bool is_qmail_;
};

}  // namespace

std::string normalised(std::string_view line) { return Normaliser(line).run(); }

}  // namespace rdnsgate::logs
