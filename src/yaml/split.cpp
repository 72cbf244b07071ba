// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/split.h"

#include <algorithm>

namespace rdnsgate::yaml {
namespace {

/// A line, as far as it tells by itself.
struct Line {
  std::size_t begin = 0, end = 0;  // without its break
  std::size_t indent = 0;
  bool is_neutral = false;  // empty, or a comment
  bool is_item = false;     // `- `
};

Line line_at(std::string_view text, std::size_t begin) {
  Line line{begin, std::min(text.find('\n', begin), text.size())};
  const std::size_t first = std::min(text.find_first_not_of(' ', begin), line.end);
  line.indent = first - begin;
  line.is_neutral = first == line.end || text[first] == '#' || text[first] == '\r';
  line.is_item = first + 1 < line.end && text[first] == '-' && text[first + 1] == ' ';
  return line;
}

/// `key:` and nothing behind it but a comment.
bool opens_value(std::string_view text, const Line& line) {
  if (line.indent > 0 || line.is_neutral || line.is_item) return false;
  auto written = text.substr(line.begin, line.end - line.begin);
  if (const auto comment = written.find(" #"); comment != std::string_view::npos) written = written.substr(0, comment);
  const auto last = written.find_last_not_of(" \r");
  return last != std::string_view::npos && last > 0 && written[last] == ':' &&
         written.find_first_of("\"'&*!?|>%@`{}[],: ") == last;
}

/// A list, from its first item to the line that is no part of it.
struct Region {
  std::size_t key = 0, begin = 0, end = 0, indent = 0;
};

class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  Region largest() {
    for (std::size_t at = 0; at < text_.size();) {
      const Line line = line_at(text_, at);
      if (!line.is_neutral) take(line);
      at = line.end + 1;
    }
    close(text_.size());
    return largest_;
  }

 private:
  void take(const Line& line) {
    if (is_open_ && belongs(line)) return;
    close(line.begin);
    is_open_ = key_ && line.is_item;
    if (is_open_) open_ = {*key_, line.begin, 0, line.indent};
    key_ = opens_value(text_, line) ? std::optional(line.begin) : std::nullopt;
  }

  bool belongs(const Line& line) const {
    return line.indent > open_.indent || (line.indent == open_.indent && line.is_item);
  }

  void close(std::size_t end) {
    open_.end = end;
    if (is_open_ && open_.end - open_.begin > largest_.end - largest_.begin) largest_ = open_;
    is_open_ = false;
  }

  std::string_view text_;
  std::optional<std::size_t> key_;  // of the line before, if it is one
  bool is_open_ = false;
  Region open_, largest_;
};

/// The first line from there on that begins an item of the list.
std::size_t next_item(std::string_view text, const Region& region, std::size_t from) {
  for (std::size_t at = text.find('\n', from); at != std::string_view::npos && ++at < region.end;
       at = text.find('\n', at)) {
    const Line line = line_at(text, at);
    if (line.is_item && line.indent == region.indent) return at;
  }
  return region.end;
}

}  // namespace

std::optional<Split> find_split(std::string_view text, std::size_t most_parts, std::size_t least) {
  if (most_parts < 2 || text.size() < 2 * least) return std::nullopt;
  const Region region = Finder(text).largest();
  const std::size_t octets = region.end - region.begin;
  const std::size_t count = std::min(most_parts, octets / std::max<std::size_t>(least, 1));
  if (count < 2) return std::nullopt;
  Split split{region.key, region.indent, {0, text.size(), region.begin, region.end}, {}};
  std::size_t begin = region.begin;
  for (std::size_t i = 1; i <= count && begin < region.end; ++i) {
    const std::size_t end = i == count ? region.end : next_item(text, region, std::max(begin, region.begin + octets / count * i));
    split.parts.push_back({begin, end});
    begin = end;
  }
  if (split.parts.size() < 2) return std::nullopt;
  return split;
}

}  // namespace rdnsgate::yaml
