// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/redact.h"

#include <array>

#include "base/ascii.h"

namespace rdnsgate::logs {
namespace {

constexpr std::size_t most_text = 2000;
constexpr std::string_view hidden = "[...]";

bool is_local(char c) {
  return is_alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

bool begins_with(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (to_lower(text[i]) != lower[i]) return false;
  }
  return true;
}

/// What is followed by a secret, or by a name that somebody logs in with.
constexpr std::array<std::string_view, 15> secrets{
    "auth plain ", "auth login ",    "auth cram-md5 ", "auth xoauth2 ", "auth oauthbearer ",
    "password=",   "passwd=",        "pass=",          "token=",        "secret=",
    "api_key=",    "sasl_username=", "set_id=",        "user=",         "authorization: "};

std::size_t secret_at(std::string_view text) {
  for (const auto one : secrets) {
    if (begins_with(text, one)) return one.size();
  }
  return 0;
}

}  // namespace

std::string shortened(std::string_view line) {
  if (line.size() <= most_text) return std::string(line);
  auto end = most_text;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U)
    --end;  // no half of a character
  return std::string(line.substr(0, end)) + hidden.data();
}

std::string redacted(std::string_view line) {
  line = line.substr(0, 2 * most_text);
  std::string out;
  out.reserve(line.size());
  for (std::size_t at = 0; at < line.size();) {
    const bool at_word = at == 0 || !is_alphanumeric(line[at - 1]);
    const std::size_t key = at_word && is_letter(line[at]) ? secret_at(line.substr(at)) : 0;
    if (key > 0) {
      out.append(line.substr(at, key));
      out += hidden;
      at = std::min(line.find_first_of(" ,;)\"'", at + key), line.size());
      continue;
    }
    if (line[at] == '@') {
      auto begin = out.size();
      if (out.ends_with('"')) {  // "a b"@example.com
        const auto open = out.rfind('"', out.size() - 2);
        if (out.size() > 1 && open != std::string::npos) begin = open;
      } else {
        while (begin > 0 && is_local(out[begin - 1])) --begin;
        // `to=bob@example.com`: the key is no part of it
        const auto equals = out.rfind('=');
        if (equals != std::string::npos && equals >= begin) begin = equals + 1;
      }
      if (begin < out.size()) {
        out.erase(begin);
        out += hidden;
      }
    }
    out += line[at++];
  }
  return shortened(out);
}

}  // namespace rdnsgate::logs
