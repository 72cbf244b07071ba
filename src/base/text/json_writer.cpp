// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/json_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "base/text/escape.h"

namespace rdnsgate {
namespace {

constexpr std::size_t portion = std::size_t{1} << 16;  ///< octets that a sink is given at least

constexpr std::uint64_t in_each(unsigned char octet) { return 0x0101010101010101u * octet; }

/// Whether some octet of eight is 0.
constexpr bool has_zero(std::uint64_t eight) { return ((eight - in_each(1)) & ~eight & in_each(0x80)) != 0; }

/// Whether all eight may stand in a text as they are.
constexpr bool are_plain(std::uint64_t eight) {
  const bool is_printable = ((eight | (eight - in_each(' '))) & in_each(0x80)) == 0;
  return is_printable && !has_zero(eight ^ in_each('"')) && !has_zero(eight ^ in_each('\\')) &&
         !has_zero(eight ^ in_each(0x7F));
}

/// As std::stable_sort, which asks for memory each time: nearly all objects have few members.
template <typename It, typename Before>
void sort_stably(It first, It last, const Before& before) {
  constexpr std::ptrdiff_t few = 16;
  if (last - first > few) return std::stable_sort(first, last, before);
  for (auto at = first; at != last; ++at)
    std::rotate(std::upper_bound(first, at, *at, before), at, std::next(at));
}

/// Eight octets at a time: nearly all that is written is text, and nearly all of it is plain.
bool is_plain(std::string_view text) {
  std::uint64_t eight = 0;
  for (; text.size() >= sizeof eight; text.remove_prefix(sizeof eight)) {
    std::memcpy(&eight, text.data(), sizeof eight);
    if (!are_plain(eight)) return false;
  }
  if (text.empty()) return true;
  eight = in_each(' ');
  std::memcpy(&eight, text.data(), text.size());
  return are_plain(eight);
}

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
  const auto begin = out_.size();
  text(name);
  if (form_ == Form::canonical) add_member(name, begin);
  out_ += form_ == Form::laid_out ? ": " : ":";
  is_named_ = true;
  return *this;
}

/// A name that stands in the output as it is need not be kept beside it.
void JsonWriter::add_member(std::string_view name, std::size_t begin) {
  Member member{.begin = begin, .name_end = out_.size()};
  if (member.name_end - begin != name.size() + 2) {
    member.escaped = names_.size();
    names_.emplace_back(name);
  }
  members_.push_back(member);
}

std::string_view JsonWriter::name_of(const Member& member) const {
  if (member.escaped != plain) return names_[member.escaped];
  return std::string_view(out_).substr(member.begin + 1, member.name_end - member.begin - 2);
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
  if (is_plain(text_of_it)) {
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
  const auto before = [&](const Member& a, const Member& b) { return name_of(a) < name_of(b); };
  if (!std::is_sorted(first, members_.end(), before)) {
    // Each reaches up to the comma before the next one.
    for (auto member = first; member != members_.end(); ++member) {
      const auto next = std::next(member);
      member->end = next == members_.end() ? out_.size() : next->begin - 1;
    }
    sort_stably(first, members_.end(), before);
    sorted_.clear();
    for (auto member = first; member != members_.end(); ++member) {
      if (member != first) sorted_ += ',';
      sorted_.append(out_, member->begin, member->end - member->begin);
    }
    out_.replace(begin, sorted_.size(), sorted_);
  }
  members_.erase(first, members_.end());
  if (members_.empty()) names_.clear();
}

}  // namespace rdnsgate
