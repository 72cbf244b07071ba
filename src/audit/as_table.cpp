// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/as_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "base/wording.h"

namespace rdnsgate::audit {
namespace {

constexpr std::string_view blank = " \t\r";

/// The first words of a line, as many as say something here.
std::array<std::string_view, 3> words_of(std::string_view line) {
  std::array<std::string_view, 3> words;
  for (auto& word : words) {
    line.remove_prefix(std::min(line.find_first_not_of(blank), line.size()));
    word = line.substr(0, line.find_first_of(blank));
    line.remove_prefix(word.size());
  }
  return words;
}

Result<std::uint32_t> number_of(std::string_view word) {
  std::string_view digits = word;
  if (digits.starts_with("AS") || digits.starts_with("as")) digits.remove_prefix(2);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
    return fail(word.empty() ? std::string("the number of the autonomous system is missing")
                             : fmt::format("{} is no number of an autonomous system", in_quotes(word)));
  return number;
}

struct Line {
  IpAddress first, last;
  std::uint32_t number = 0;
};

Result<Line> read_line(const std::array<std::string_view, 3>& words) {
  Line line;
  std::size_t behind = 1;
  if (words[0].find('/') != std::string_view::npos) {
    const auto prefix = Prefix::parse(words[0]);
    if (!prefix) return tl::unexpected(prefix.error());
    line.first = prefix->network();
    line.last = prefix->last();
  } else {
    const auto first = IpAddress::parse(words[0]);
    if (!first) return tl::unexpected(first.error());
    const auto last = IpAddress::parse(words[1]);
    if (!last) return tl::unexpected(last.error());
    if (first->is_v4() != last->is_v4() || *last < *first)
      return fail(fmt::format("{} to {} is no range", first->to_string(), last->to_string()));
    line.first = *first;
    line.last = *last;
    behind = 2;
  }
  const auto number = number_of(words[behind]);
  if (!number) return tl::unexpected(number.error());
  line.number = *number;
  return line;
}

Span line_at(FileId file, std::string_view text, std::size_t begin) {
  const std::size_t end = std::min(text.find('\n', begin), text.size());
  return {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

void report(Diagnostics& problems, Span at, Error error) {
  problems.push_back({Severity::error, "as-data", std::move(error.message), std::move(error.hint), at});
}

}  // namespace

AsTable AsTable::read(const Sources& sources, FileId file, Diagnostics& problems) {
  AsTable table;
  const auto text = sources.text(file);
  const std::size_t known = problems.size();
  for (std::size_t begin = 0; begin < text.size();) {
    const auto at = line_at(file, text, begin);
    begin = at.end + std::size_t{1};
    const auto words = words_of(text.substr(at.begin, at.end - at.begin));
    if (words[0].empty() || words[0][0] == '#' || words[0][0] == ';') continue;
    auto line = read_line(words);
    if (line) {
      table.ranges_.push_back({line->first, line->last, line->number, nothing, at.begin});
      continue;
    }
    if (line.error().hint.empty()) line.error().hint = "a line is FIRST LAST AS, or PREFIX AS";
    report(problems, at, std::move(line.error()));
    if (problems.size() - known == most_problems) return table;
  }
  table.nest(file, sources, problems);
  return table;
}

/// Sorts, and finds for each range the one around it.
void AsTable::nest(FileId file, const Sources& sources, Diagnostics& problems) {
  const auto goes_before = [](const Range& a, const Range& b) {
    return a.first != b.first ? a.first < b.first : b.last < a.last;
  };
  if (!std::is_sorted(ranges_.begin(), ranges_.end(), goes_before))
    std::stable_sort(ranges_.begin(), ranges_.end(), goes_before);
  std::uint32_t open = nothing;
  const std::size_t known = problems.size();
  for (std::uint32_t i = 0; i < ranges_.size(); ++i) {
    Range& range = ranges_[i];
    while (open != nothing && ranges_[open].last < range.first) open = ranges_[open].around;
    if (open != nothing && (ranges_[open].last < range.last ||
                            (ranges_[open].first == range.first && ranges_[open].last == range.last))) {
      const auto other = sources.locate(file, ranges_[open].at).line;
      report(problems, line_at(file, sources.text(file), range.at),
             {fmt::format("{} to {} overlaps the range of line {}", range.first.to_string(),
                          range.last.to_string(), other),
              "of two ranges one may lie inside the other; they may not cross, nor be the same"});
      if (problems.size() - known == most_problems) return;
      continue;
    }
    range.around = open;
    open = i;
  }
}

std::optional<std::uint32_t> AsTable::of(const IpAddress& address) const {
  const auto behind =
      std::upper_bound(ranges_.begin(), ranges_.end(), address,
                       [](const IpAddress& at, const Range& range) { return at < range.first; });
  if (behind == ranges_.begin()) return std::nullopt;
  auto at = static_cast<std::uint32_t>(behind - ranges_.begin() - 1);
  while (at != nothing && ranges_[at].last < address) at = ranges_[at].around;
  if (at == nothing || ranges_[at].number == 0) return std::nullopt;
  return ranges_[at].number;
}

}  // namespace rdnsgate::audit
