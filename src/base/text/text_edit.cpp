// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/text_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text/escape.h"

namespace rdnsgate {
namespace {

constexpr std::size_t context = 3;

void sort(std::vector<TextEdit>& edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const TextEdit& a, const TextEdit& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto size = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

/// Whole lines [first, last) of the old text that whole lines of the new one stand for.
struct Change {
  std::size_t first, last;
  std::vector<std::string> lines;
};

/// Edits by the lines that they touch.
class Changes {
 public:
  Changes(std::string_view text, const std::vector<TextEdit>& edits) : text_(text), lines_(lines_of(text)) {
    for (const auto line : lines_) starts_.push_back(static_cast<std::size_t>(line.data() - text.data()));
    for (auto edit = edits.begin(); edit != edits.end();) edit = take(edit, edits.end());
  }
  const std::vector<std::string_view>& lines() const { return lines_; }
  const std::vector<Change>& changes() const { return changes_; }

 private:
  using Edit = std::vector<TextEdit>::const_iterator;

  /// The line that the octet is in; the one behind the last for the end of a text that ends with a line feed.
  std::size_t line_at(std::size_t offset) const {
    if (offset == text_.size() && (text_.empty() || text_.back() == '\n')) return lines_.size();
    return static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), offset) -
                                    starts_.begin()) -
           1;
  }
  std::size_t start_of(std::size_t line) const {
    return line < starts_.size() ? starts_[line] : text_.size();
  }

  /// All edits that share lines with the first make one change.
  Edit take(Edit first, Edit end) {
    Change change{line_at(first->begin), 0, {}};
    change.last = change.first;
    std::vector<TextEdit> inside;
    auto edit = first;
    for (; edit != end && (edit == first || line_at(edit->begin) < change.last); ++edit) {
      // What ends at the beginning of a line leaves that line alone, unless it joins it with the one before.
      const bool whole =
          edit->end > edit->begin && edit->end == start_of(line_at(edit->end)) &&
          (edit->text.empty() ? edit->begin == start_of(line_at(edit->begin)) : edit->text.back() == '\n');
      const bool between = edit->begin == edit->end && edit->begin == start_of(line_at(edit->begin)) &&
                           !edit->text.empty() && edit->text.back() == '\n';
      const std::size_t last = line_at(edit->end) + (whole || between ? 0 : 1);
      change.last = std::max(change.last, std::min(last, lines_.size()));
      inside.push_back(*edit);
    }
    const std::size_t begin = start_of(change.first);
    for (auto& one : inside) {
      one.begin -= begin;
      one.end -= begin;
    }
    const auto text = apply_edits(text_.substr(begin, start_of(change.last) - begin), std::move(inside));
    for (const auto line : lines_of(text)) change.lines.emplace_back(line);
    changes_.push_back(std::move(change));
    return edit;
  }

  std::string_view text_;
  std::vector<std::string_view> lines_;
  std::vector<std::size_t> starts_;
  std::vector<Change> changes_;
};

void add_line(std::string& out, char mark, std::string_view line) {
  out += mark;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

/// `first,count` as a hunk's head has it: of nothing, the line before.
std::string extent(std::size_t first, std::size_t count) {
  const std::size_t line = count == 0 ? first : first + 1;
  return count == 1 ? fmt::format("{}", line) : fmt::format("{},{}", line, count);
}

}  // namespace

std::string apply_edits(std::string_view text, std::vector<TextEdit> edits) {
  sort(edits);
  std::string out;
  std::size_t at = 0;
  for (const auto& edit : edits) {
    out += text.substr(at, edit.begin - at);
    out += edit.text;
    at = edit.end;
  }
  out += text.substr(at);
  return out;
}

std::string unified_diff(std::string_view text, std::vector<TextEdit> edits, std::string_view path) {
  sort(edits);
  const Changes found(text, edits);
  const auto& lines = found.lines();
  const auto& changes = found.changes();
  std::string out;
  std::ptrdiff_t shift = 0;  // lines that the new text is ahead by
  for (std::size_t i = 0; i < changes.size();) {
    std::size_t next = i + 1;
    while (next < changes.size() && changes[next].first <= changes[next - 1].last + 2 * context) ++next;
    const std::size_t first = changes[i].first - std::min(changes[i].first, context);
    const std::size_t last = std::min(changes[next - 1].last + context, lines.size());
    std::string body;
    std::size_t at = first, written = 0;
    const auto keep_until = [&](std::size_t end) {
      for (; at < end; ++at, ++written) add_line(body, ' ', lines[at]);
    };
    for (std::size_t c = i; c < next; ++c) {
      keep_until(changes[c].first);
      for (; at < changes[c].last; ++at) add_line(body, '-', lines[at]);
      for (const auto& line : changes[c].lines) add_line(body, '+', line);
      written += changes[c].lines.size();
    }
    keep_until(last);
    const auto new_first = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(first) + shift);
    out += fmt::format("@@ -{} +{} @@\n{}", extent(first, last - first), extent(new_first, written), body);
    shift += static_cast<std::ptrdiff_t>(written) - static_cast<std::ptrdiff_t>(last - first);
    i = next;
  }
  return out.empty() ? out
                     : fmt::format("--- {}\n+++ {}\n{}", quoted_for_diff(fmt::format("a/{}", path)),
                                   quoted_for_diff(fmt::format("b/{}", path)), out);
}

}  // namespace rdnsgate
