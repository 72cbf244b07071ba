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
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == ':';
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
    const bool begins = at == 0 || !goes_on(lowered[at - 1]);
    const bool ends = end == lowered.size() || !goes_on(lowered[end]);
    if (!begins || !ends) continue;
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
