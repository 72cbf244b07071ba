// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/source.h"

#include <algorithm>

#include "base/text.h"

namespace rdnsgate {
namespace {

constexpr std::size_t excerpt_width = 100;  // code points of the source line that are shown

bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point));
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
  if (file.line_starts.empty()) {
    file.line_starts.push_back(0);
    for (std::size_t at = file.text.find('\n'); at != std::string::npos; at = file.text.find('\n', at + 1)) {
      file.line_starts.push_back(static_cast<std::uint32_t>(at + 1));
    }
  }
  return file.line_starts;
}

LineColumn Sources::locate(FileId file, std::size_t offset) const {
  const File& source = files_.at(file);
  const auto& starts = line_starts(source);
  offset = std::min(offset, source.text.size());
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const std::size_t line = static_cast<std::size_t>(after - starts.begin());
  const std::size_t start = starts[line - 1];
  return {line, code_points(std::string_view(source.text).substr(start, offset - start)) + 1};
}

std::string Sources::excerpt(Span span) const {
  const File& source = files_.at(span.file);
  if (source.text.empty()) return {};
  const auto [line, column] = locate(span);
  const auto& starts = line_starts(source);
  const std::size_t start = starts[line - 1];
  std::size_t stop = source.text.find('\n', start);
  if (stop == std::string::npos) stop = source.text.size();
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
  return "    " + head + marked + tail + "\n    " + std::string(code_points(head), ' ') +
         std::string(std::max<std::size_t>(1, code_points(marked)), '^') + "\n";
}

}  // namespace rdnsgate
