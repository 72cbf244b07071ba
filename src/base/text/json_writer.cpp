// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/json_writer.h"

#include <algorithm>
#include <utility>

#include "base/text/escape.h"

namespace rdnsgate {

void JsonWriter::value(std::string_view text_of_it) {
  next();
  text(text_of_it);
}

void JsonWriter::raw(std::string_view text_of_it) {
  next();
  out_ += text_of_it;
}

JsonWriter& JsonWriter::operator()(std::string_view name) {
  next();
  if (form_ == Form::canonical) levels_.back().members.push_back({std::string(name), out_.size()});
  text(name);
  out_ += form_ == Form::laid_out ? ": " : ":";
  is_named_ = true;
  return *this;
}

void JsonWriter::open(char bracket, bool is_object) {
  next();
  out_ += bracket;
  levels_.push_back({.is_object = is_object, .begin = out_.size()});
}

void JsonWriter::close(char bracket) {
  if (form_ == Form::canonical && levels_.back().is_object) sort_members();
  const bool is_empty = levels_.back().is_empty;
  levels_.pop_back();
  if (!is_empty) line();
  out_ += bracket;
}

void JsonWriter::next() {
  if (is_named_ || levels_.empty()) {
    is_named_ = false;
    return;
  }
  if (!levels_.back().is_empty) out_ += ',';
  levels_.back().is_empty = false;
  line();
}

void JsonWriter::line() {
  if (form_ != Form::laid_out) return;
  out_ += '\n';
  out_.append(2 * (depth_ + levels_.size()), ' ');
}

void JsonWriter::text(std::string_view text_of_it) {
  const bool is_plain = std::all_of(text_of_it.begin(), text_of_it.end(), [](char c) {
    return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
  });
  if (is_plain) {
    out_ += '"';
    out_ += text_of_it;
    out_ += '"';
  } else {
    out_ += json_string(text_of_it, form_ == Form::canonical);
  }
}

void JsonWriter::sort_members() {
  auto& level = levels_.back();
  auto& members = level.members;
  const auto before = [](const Member& a, const Member& b) { return a.name < b.name; };
  if (std::is_sorted(members.begin(), members.end(), before)) return;
  // Each reaches up to the comma before the next one.
  std::vector<std::pair<std::string, std::string>> texts;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::size_t end = i + 1 < members.size() ? members[i + 1].begin - 1 : out_.size();
    texts.emplace_back(std::move(members[i].name), out_.substr(members[i].begin, end - members[i].begin));
  }
  std::stable_sort(texts.begin(), texts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  out_.resize(level.begin);
  for (const auto& [name, member] : texts) {
    if (out_.size() > level.begin) out_ += ',';
    out_ += member;
  }
}

}  // namespace rdnsgate
