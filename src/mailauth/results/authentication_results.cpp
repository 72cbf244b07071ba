// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/results/authentication_results.h"

#include <algorithm>
#include <utility>

#include "base/text/text.h"

namespace rdnsgate::mailauth {
namespace {

constexpr std::size_t deepest_comment = 32;

bool is_folding_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// RFC 2045 §5.1, with what is there without quotation marks in the wild: addresses, base64.
bool is_value_octet(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet > 0x20 && octet != 0x7F && c != ';' && c != '(' && c != ')' && c != '"';
}

bool is_keyword_octet(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// Tokens of a field, with comments passed over (RFC 5322 §3.2.2).
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool failed() const { return failed_; }
  bool at_end() {
    pass_comments();
    return at_ == text_.size();
  }

  /// The sign, where it comes next.
  bool take(char sign) {
    pass_comments();
    if (at_ == text_.size() || text_[at_] != sign) return false;
    ++at_;
    return true;
  }

  /// Letters, digits and hyphens; empty for anything else.
  std::string keyword() { return ascii_lower(run(is_keyword_octet)); }

  /// A value: quoted, or without blanks. nullopt where there is none.
  std::optional<std::string> value() {
    pass_comments();
    const bool is_quoted = at_ < text_.size() && text_[at_] == '"';
    auto text = is_quoted ? quoted() : std::string();
    const auto from = at_;
    // Behind quotation marks: the domain of a mailbox whose local part is quoted.
    while (at_ < text_.size() && is_value_octet(text_[at_])) ++at_;
    text += text_.substr(from, at_ - from);
    if (text.empty() && !is_quoted) return std::nullopt;
    return text;
  }

  /// Of a property's name: `smtp . mailfrom`.
  std::string rest_of_name() {
    if (!take('.')) return {};
    return keyword();
  }

 private:
  template <typename Is>
  std::string_view run(const Is& is) {
    pass_comments();
    const auto from = at_;
    while (at_ < text_.size() && is(text_[at_])) ++at_;
    return text_.substr(from, at_ - from);
  }

  void pass_comments() {
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '(') {
        if (++depth > deepest_comment) return fail();
      } else if (depth > 0 && c == ')') {
        --depth;
      } else if (depth > 0 && c == '\\') {
        ++at_;
        if (at_ == text_.size()) return fail();
      } else if (depth == 0 && !is_folding_blank(c)) {
        return;
      }
      ++at_;
    }
    if (depth > 0) fail();
  }

  std::string quoted() {
    std::string text;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') return ++at_, text;
      if (text_[at_] == '\\' && ++at_ == text_.size()) break;
      text += text_[at_];
    }
    fail();
    return text;
  }

  void fail() {
    failed_ = true;
    at_ = text_.size();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

/// `= result`, a reason, and properties, up to the next semicolon or the end. False where that is not what comes.
bool read_result(Reader& reader, MethodResult& one) {
  if (reader.take('/') && reader.keyword().empty()) return false;  // its version
  if (!reader.take('=')) return false;
  one.result = reader.keyword();
  if (one.result.empty()) return false;
  while (!reader.at_end()) {
    if (reader.take(';')) return true;
    const auto type = reader.keyword();
    if (type.empty()) return false;
    if (type == "reason" && reader.take('=')) {
      auto reason = reader.value();
      if (!reason) return false;
      one.reason = std::move(*reason);
      continue;
    }
    const auto property = reader.rest_of_name();
    if (property.empty() || !reader.take('=')) return false;
    auto value = reader.value();
    if (!value) {
      // `smtp.mailfrom=` of the null sender, as some write it.
      if (!reader.at_end() && !reader.take(';')) return false;
      one.properties.push_back({type + "." + property, {}});
      return true;
    }
    one.properties.push_back({type + "." + property, std::move(*value)});
  }
  return true;
}

}  // namespace

std::optional<AuthenticationResults> parse_authentication_results(std::string_view value) {
  if (value.size() > most_results_octets) return std::nullopt;
  Reader reader(value);
  AuthenticationResults field;
  auto id = reader.value();
  if (!id || id->empty()) return std::nullopt;
  field.authserv_id = std::move(*id);
  if (!reader.take(';')) {
    reader.keyword();  // a version
    if (!reader.take(';')) return std::nullopt;
  }
  while (!reader.at_end()) {
    MethodResult one;
    one.method = reader.keyword();
    if (one.method.empty()) {
      if (reader.take(';')) continue;  // an empty one, as some write at the end
      return std::nullopt;
    }
    if (one.method == "none" && field.results.empty() && (reader.at_end() || reader.take(';'))) continue;
    if (!read_result(reader, one) || field.results.size() == most_results) return std::nullopt;
    field.results.push_back(std::move(one));
  }
  if (reader.failed()) return std::nullopt;
  return field;
}

std::vector<std::string> header_fields(std::string_view header, std::string_view name) {
  std::vector<std::string> fields;
  bool is_ours = false;
  while (!header.empty()) {
    const auto end = header.find('\n');
    auto line = header.substr(0, end);
    header.remove_prefix(end == std::string_view::npos ? header.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    if (line.front() == ' ' || line.front() == '\t') {
      if (is_ours) fields.back() += line;
      continue;
    }
    const auto colon = line.find(':');
    is_ours =
        colon != std::string_view::npos && ascii_lower(trimmed(line.substr(0, colon))) == ascii_lower(name);
    if (is_ours) fields.emplace_back(line.substr(colon + 1));
  }
  return fields;
}

std::vector<MethodResult> results_of(std::string_view header, std::string_view authserv_id) {
  std::vector<MethodResult> all;
  for (const auto& value : header_fields(header, "Authentication-Results")) {
    auto field = parse_authentication_results(value);
    if (!field || ascii_lower(field->authserv_id) != ascii_lower(authserv_id)) continue;
    for (auto& one : field->results) all.push_back(std::move(one));
  }
  return all;
}

}  // namespace rdnsgate::mailauth
