// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/json_writer.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "base/text/escape.h"

namespace rdnsgate {
namespace {

constexpr std::size_t portion = std::size_t{1} << 16;  ///< octets that a sink is given at least

}  // namespace

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
  if (form_ == Form::canonical) members_.push_back({std::string(name), out_.size()});
  text(name);
  out_ += form_ == Form::laid_out ? ": " : ":";
  is_named_ = true;
  return *this;
}

void JsonWriter::open(char bracket, bool is_object) {
  next();
  out_ += bracket;
  levels_.push_back({.is_object = is_object, .begin = out_.size(), .member = members_.size()});
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
  if (sink_ && out_.size() >= portion) {
    sink_(out_);
    out_.clear();
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
  const auto begin = levels_.back().begin;
  const auto first = members_.begin() + static_cast<std::ptrdiff_t>(levels_.back().member);
  const auto before = [](const Member& a, const Member& b) { return a.name < b.name; };
  if (!std::is_sorted(first, members_.end(), before)) {
    // Each reaches up to the comma before the next one.
    for (auto member = first; member != members_.end(); ++member) {
      const auto next = std::next(member);
      member->end = next == members_.end() ? out_.size() : next->begin - 1;
    }
    std::stable_sort(first, members_.end(), before);
    sorted_.clear();
    for (auto member = first; member != members_.end(); ++member) {
      if (member != first) sorted_ += ',';
      sorted_.append(out_, member->begin, member->end - member->begin);
    }
    out_.replace(begin, sorted_.size(), sorted_);
  }
  members_.erase(first, members_.end());
}

}  // namespace rdnsgate
