// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/evidence/redaction.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/text/text.h"

namespace rdnsgate::report {
namespace {

constexpr std::string_view in_its_place = "[redacted]";

/// A character that goes on with a label or an address.
bool goes_on(char c) {
  return is_alphanumeric(c) || c == '-' || c == '_';
}

/// The colon is one of a longer IPv6 address, and not that of `ip6:` or of a sentence.
bool follows_hextet(std::string_view lowered, std::size_t colon) {
  auto at = colon;
  while (at > 0 && hex_digit(lowered[at - 1]) >= 0) --at;
  if (at == colon) return colon > 0 && lowered[colon - 1] == ':';
  return at == 0 || !goes_on(lowered[at - 1]);
}

/// What stands in front of the word, or behind it, makes it a part of another. Behind a name and an IPv4 address a colon
/// stands before a port or goes on with the sentence; SPF has one in front of them.
bool is_part(std::string_view lowered, std::size_t begin, std::size_t end) {
  const bool is_v6 = lowered.substr(begin, end - begin).find(':') != std::string_view::npos;
  if (begin > 0) {
    const char before = lowered[begin - 1];
    if (goes_on(before) || (is_v6 && before == ':' && follows_hextet(lowered, begin - 1))) return true;
  }
  if (end == lowered.size()) return false;
  const char next = end + 1 < lowered.size() ? lowered[end + 1] : ' ';
  return goes_on(lowered[end]) || (is_v6 && lowered[end] == ':' && (hex_digit(next) >= 0 || next == ':'));
}

/// What stands in front of a name and belongs to it.
bool leads(char c) { return goes_on(c) || c == '.' || c == '*'; }

struct Hit {
  std::size_t begin = std::string_view::npos, end = 0;
};

/// The first place at or behind `from`; `lowered` is the text in lower case.
Hit find_word(std::string_view lowered, std::string_view word, std::size_t from) {
  for (auto at = lowered.find(word, from); at != std::string_view::npos; at = lowered.find(word, at + 1)) {
    const auto end = at + word.size();
    if (is_part(lowered, at, end)) continue;
    auto begin = at;
    if (begin > from && lowered[begin - 1] == '.') {
      while (begin > from && leads(lowered[begin - 1])) --begin;
    }
    return {begin, end};
  }
  return {};
}

}  // namespace

void Redaction::add(const dns::Name& name) {
  auto word = ascii_lower(name.text());
  if (name.is_root() || std::find(words_.begin(), words_.end(), word) != words_.end()) return;
  words_.push_back(std::move(word));
  std::stable_sort(words_.begin(), words_.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

void Redaction::add(const IpAddress& ip) {
  auto word = ip.to_string();
  if (std::find(words_.begin(), words_.end(), word) == words_.end()) words_.push_back(std::move(word));
  add(dns::reverse_name(ip));
}

std::string Redaction::text(std::string_view whole) const {
  std::string out(whole);
  for (const auto& word : words_) {
    const auto lowered = ascii_lower(out);
    std::string next;
    std::size_t from = 0;
    for (auto hit = find_word(lowered, word, 0); hit.begin != std::string_view::npos;
         hit = find_word(lowered, word, from)) {
      next.append(out, from, hit.begin - from).append(in_its_place);
      from = hit.end;
    }
    out = next.append(out, from);
  }
  return out;
}

bool Redaction::hits(std::string_view some) const {
  const auto lowered = ascii_lower(some);
  return std::any_of(words_.begin(), words_.end(), [&](const auto& word) {
    return find_word(lowered, word, 0).begin != std::string_view::npos;
  });
}

}  // namespace rdnsgate::report
