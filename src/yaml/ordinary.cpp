// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/ordinary.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text/utf8.h"

namespace rdnsgate::yaml {
namespace {

/// What an octet may be, of those of ASCII.
enum Role : std::uint8_t {
  in_key = 1,       ///< of a plain key
  begins_text = 2,  ///< of a plain text: no indicator (YAML 1.2.2 §5.3) is among them, nor a dash, which may be one
  in_text = 4,      ///< goes on with one, whatever stands around it
};

constexpr std::array<std::uint8_t, 256> make_roles() {
  std::array<std::uint8_t, 256> roles{};
  for (int c = 0x21; c < 0x7F; ++c) roles[static_cast<std::size_t>(c)] = begins_text | in_text;
  const auto set = [&](std::string_view octets, std::uint8_t role) {
    for (const char c : octets) roles[static_cast<unsigned char>(c)] = role;
  };
  set("-?:,[]{}#&*!|>'\"%@`", in_text);
  // Of these it depends on what comes before or behind, and on the context.
  set(":#,[]{}?", 0);
  for (int c = 'a'; c <= 'z'; ++c) roles[static_cast<std::size_t>(c)] |= in_key;
  for (int c = 'A'; c <= 'Z'; ++c) roles[static_cast<std::size_t>(c)] |= in_key;
  for (int c = '0'; c <= '9'; ++c) roles[static_cast<std::size_t>(c)] |= in_key;
  roles['_'] |= in_key;
  return roles;
}

constexpr auto roles = make_roles();

bool is(char c, Role role) { return (roles[static_cast<unsigned char>(c)] & role) != 0; }

/// A text is read by descent, a collection a call, which the builder's limit of depth bounds. Whoever meets something
/// else returns false, and so does everybody above.
class OrdinaryReader {
 public:
  OrdinaryReader(std::string_view text, std::size_t at, DocumentBuilder& builder)
      : text_(text), base_(at), builder_(builder) {}

  bool read() {
    builder_.start_document(base_);
    next_line();
    return !is_over_ && block() && is_over_;
  }

 private:
  // Behind the text stands what ends a line, so that nobody has to ask whether there is more.
  char octet(std::size_t at) const { return at < text_.size() ? text_[at] : '\n'; }
  char here() const { return octet(at_); }
  std::size_t column() const { return at_ - line_; }
  void skip_spaces() {
    while (here() == ' ') ++at_;
  }
  bool ends_word(std::size_t at) const { return octet(at) == ' ' || octet(at) == '\n'; }
  bool is_dash() const { return here() == '-' && ends_word(at_ + 1); }

  /// Goes from the end of a line to what the next one begins with that is neither empty nor a comment.
  void next_line() {
    for (;;) {
      line_ = at_;
      skip_spaces();
      is_over_ = at_ >= text_.size();
      if (here() == '#') at_ = std::min(text_.find('\n', at_), text_.size());
      if (is_over_ || here() != '\n') return;
      if (at_ < text_.size()) ++at_;
    }
  }

  /// To the next line, over spaces and a comment.
  bool end_line() {
    skip_spaces();
    if (here() == '#' && octet(at_ - 1) == ' ') at_ = std::min(text_.find('\n', at_), text_.size());
    if (here() != '\n') return false;
    if (at_ < text_.size()) ++at_;
    next_line();
    return true;
  }

  /// Nothing but a comment is left of the line.
  bool is_rest_empty() {
    skip_spaces();
    return here() == '\n' || here() == '#';
  }

  bool block() {
    if (is_dash()) return sequence();
    return key_size() > 0 && mapping();
  }

  /// What is no item ends it, which is right where it stands at the indentation of its key (YAML 1.2.2 §8.2.3); what it
  /// stands in sees all else.
  bool sequence() {
    const auto indent = column();
    builder_.start(Kind::list, base_ + at_, 0);
    do {
      ++at_;
      if (!item()) return false;
      if (!is_over_ && column() > indent) return false;
    } while (!is_over_ && column() == indent && is_dash());
    builder_.end();
    return true;
  }

  /// What stands behind a dash, up to the next line.
  bool item() {
    const auto dash = column() - 1;
    if (is_rest_empty()) return end_line() && !is_over_ && column() > dash && block();
    if (is_dash() || key_size() > 0) return block();
    return value(false) && end_line();
  }

  /// Of the plain key that stands here; 0 where there is none.
  std::size_t key_size() const {
    constexpr std::size_t most = 128;  // libyaml takes 1,024
    auto end = at_;
    while (end - at_ <= most && (is(octet(end), in_key) || (end > at_ && (octet(end) == '-' || octet(end) == '.')))) ++end;
    return end > at_ && end - at_ <= most && octet(end) == ':' && ends_word(end + 1) ? end - at_ : 0;
  }

  bool key() {
    const auto size = key_size();
    if (size == 0) return false;
    builder_.scalar(base_ + at_, 0, text_.substr(at_, size));
    at_ += size + 1;
    return true;
  }

  bool mapping() {
    const auto indent = column();
    builder_.start(Kind::map, base_ + at_, 0);
    do {
      if (!key() || !member(indent)) return false;
    } while (!is_over_ && column() == indent);
    builder_.end();
    return true;
  }

  /// What stands behind the colon of a key, up to the next line.
  bool member(std::size_t indent) {
    if (!is_rest_empty()) return value(false) && end_line();
    if (!end_line() || is_over_) return false;
    if (column() == indent) return is_dash() && sequence();
    return column() > indent && block();
  }

  bool value(bool in_flow) {
    if (here() == '[') return flow_sequence();
    if (here() == '{') return flow_mapping();
    if (here() == '"' || here() == '\'') return quoted();
    return plain(in_flow);
  }

  /// One without an escape that ends on its line.
  bool quoted() {
    const char quote = here();
    const auto begin = at_ + 1;
    auto end = begin;
    while (octet(end) != quote) {
      if (octet(end) == '\n' || (octet(end) == '\\' && quote == '"')) return false;
      ++end;
    }
    builder_.scalar(base_ + at_, 0, text_.substr(begin, end - begin));
    at_ = end + 1;
    return true;
  }

  bool plain(bool in_flow) {
    if (!is(here(), begins_text)) return false;
    const auto begin = at_;
    auto end = begin;  // without spaces at the end
    for (;; ++at_) {
      const char c = here();
      if (is(c, in_text)) {
        end = at_ + 1;
      } else if (c == ' ') {
        if (octet(at_ + 1) == '#') break;
      } else if (c == '\n') {
        break;
      } else if (in_flow && (c == ',' || c == ']' || c == '}')) {
        break;
      } else if (c == ':') {
        const char next = octet(at_ + 1);
        if (ends_word(at_ + 1) || (in_flow && std::string_view(",?[]{}").find(next) != std::string_view::npos)) return false;
        end = at_ + 1;
      } else if (!in_flow && c != '\t') {  // brackets, commas and marks are text there
        end = at_ + 1;
      } else {
        return false;
      }
    }
    builder_.scalar(base_ + begin, 0, text_.substr(begin, end - begin));
    return true;
  }

  bool flow_sequence() {
    builder_.start(Kind::list, base_ + at_, 0);
    return flow(']', [this] { return value(true); });
  }

  bool flow_mapping() {
    builder_.start(Kind::map, base_ + at_, 0);
    return flow('}', [this] {
      if (!key()) return false;
      skip_spaces();
      return value(true);
    });
  }

  template <typename Entry>
  bool flow(char bracket, const Entry& entry) {
    ++at_;
    skip_spaces();
    while (here() != bracket) {
      if (!entry()) return false;
      skip_spaces();
      if (here() == bracket) break;
      if (here() != ',') return false;
      ++at_;
      skip_spaces();
      if (here() == bracket) return false;  // a comma at the end
    }
    ++at_;
    builder_.end();
    return true;
  }

  std::string_view text_;
  std::size_t base_;
  DocumentBuilder& builder_;
  std::size_t at_ = 0, line_ = 0;  // in the text: where it is, and where that line begins
  bool is_over_ = false;
};

}  // namespace

bool read_ordinary(std::string_view text, std::size_t at, DocumentBuilder& builder) {
  // Outside ASCII there are further breaks of a line, and libyaml counts characters.
  if (!is_ascii(text) || text.find('\r') != std::string_view::npos) return false;
  return OrdinaryReader(text, at, builder).read();
}

}  // namespace rdnsgate::yaml
