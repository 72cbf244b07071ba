// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/source.h"

#include <algorithm>
#include <span>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "base/text/wrap.h"

namespace rdnsgate {
namespace {

constexpr std::size_t excerpt_width = 100;  // code points of the source line that are shown

bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

// A file may be a single line of many megabytes, and each of its findings wants a column: code points are
// counted once, up to each stretch of so many octets.
constexpr std::size_t stretch = 1024;

/// What is known of a file's text, in one row of numbers: where its lines begin, how many code points there
/// are before each stretch, and how many lines.
struct Index {
  std::span<const std::uint32_t> line_starts, code_points;

  explicit Index(std::span<const std::uint32_t> row)
      : line_starts(row.first(row.back())),
        code_points(row.subspan(row.back(), row.size() - 1 - row.back())) {}
};

std::vector<std::uint32_t> index_of(std::string_view text) {
  std::vector<std::uint32_t> row{0};
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
    row.push_back(static_cast<std::uint32_t>(at + 1));
  const auto lines = static_cast<std::uint32_t>(row.size());
  std::uint32_t counted = 0;
  for (std::size_t at = 0; at <= text.size(); at += stretch) {
    row.push_back(counted);
    counted += static_cast<std::uint32_t>(code_points(text.substr(at, stretch)));
  }
  row.push_back(lines);
  return row;
}

std::size_t code_points_before(std::string_view text, const Index& index, std::size_t offset) {
  const std::size_t begin = offset / stretch * stretch;
  return index.code_points[offset / stretch] + code_points(text.substr(begin, offset - begin));
}

}  // namespace

FileId Sources::add(std::string path, std::string text) {
  files_.push_back(File{std::move(path), std::move(text), {}});
  return static_cast<FileId>(files_.size() - 1);
}

std::string_view Sources::text(Span span) const {
  const std::string_view all = text(span.file);
  const std::size_t begin = std::min<std::size_t>(span.begin, all.size());
  return all.substr(begin, span.end > begin ? span.end - begin : 0);
}

const std::vector<std::uint32_t>& Sources::line_starts(const File& file) const {
  // A text that was let go of may have had one.
  if (file.line_starts.empty() || file.text.empty()) file.line_starts = index_of(file.text);
  return file.line_starts;
}

LineColumn Sources::locate(FileId file, std::size_t offset) const {
  const File& source = files_.at(file);
  const Index index(line_starts(source));
  const auto& starts = index.line_starts;
  offset = std::min(offset, source.text.size());
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const std::size_t line = static_cast<std::size_t>(after - starts.begin());
  const std::size_t start = starts[line - 1];
  return {line,
          code_points_before(source.text, index, offset) - code_points_before(source.text, index, start) + 1};
}

std::string Sources::excerpt(Span span) const {
  const File& source = files_.at(span.file);
  if (source.text.empty()) return {};
  const auto [line, column] = locate(span);
  const Index index(line_starts(source));
  const auto& starts = index.line_starts;
  const std::size_t start = starts[line - 1];
  const std::size_t stop = line < starts.size() ? starts[line] - 1 : source.text.size();
  std::string_view whole = std::string_view(source.text).substr(start, stop - start);
  while (!whole.empty() && whole.back() == '\r') whole.remove_suffix(1);
  const std::size_t begin = std::min<std::size_t>(span.begin - start, whole.size());
  const std::size_t end = std::clamp<std::size_t>(span.end - start, begin, whole.size());

  // A long line is cut around the span, at code point boundaries.
  std::size_t from = 0, to = whole.size();
  if (whole.size() > excerpt_width) {
    from = begin > excerpt_width / 2 ? begin - excerpt_width / 2 : 0;
    to = std::min(whole.size(), from + excerpt_width);
    while (from > 0 && !starts_code_point(whole[from])) --from;
    while (to < whole.size() && !starts_code_point(whole[to])) --to;
  }
  const auto shown = [](std::string_view text) {
    std::string tabless(text);
    std::replace(tabless.begin(), tabless.end(), '\t', ' ');
    return escape_terminal(tabless);
  };
  const std::string head = (from > 0 ? "..." : "") + shown(whole.substr(from, begin - from));
  const std::string marked = shown(whole.substr(begin, std::min(end, to) - begin));
  const std::string tail =
      shown(whole.substr(std::min(end, to), to - std::min(end, to))) + (to < whole.size() ? "..." : "");
  // What begins a line of a log like a command of a CI system (`::error::`) does not begin this one.
  const std::string shown_line = head + marked + tail;
  const auto begins = trimmed(shown_line, " ");
  const bool like_a_command =
      begins.starts_with("::") || begins.starts_with("##[") || begins.starts_with("##vso[");
  const std::string margin = like_a_command ? "    > " : "    ";
  return margin + shown_line + "\n" + (like_a_command ? "      " : margin) +
         std::string(columns_of(head), ' ') + std::string(std::max<std::size_t>(1, columns_of(marked)), '^') +
         "\n";
}

}  // namespace rdnsgate
