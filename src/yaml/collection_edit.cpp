// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/collection_edit.h"

#include <algorithm>

namespace rdnsgate::yaml {
namespace {

constexpr std::string_view line_blanks = " \t";

/// What stands between values and means nothing by itself: blanks, line ends, comments, and commas where wanted.
std::size_t skip_between(std::string_view text, std::size_t at, std::string_view skipped) {
  while (at < text.size()) {
    if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (skipped.find(text[at]) != std::string_view::npos) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

std::size_t indent_of_line(std::string_view text, std::size_t start) {
  return std::min(text.find_first_not_of(' ', start), text.size()) - start;
}

/// A block scalar goes on while lines are indented more than the one that it begins on, or empty.
std::size_t end_of_block_scalar(std::string_view text, std::size_t begin) {
  const auto indent = indent_of_line(text, line_start(text, begin));
  std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
  for (std::size_t line = next_line(text, begin); line < text.size(); line = next_line(text, line)) {
    const auto first = text.find_first_not_of(" \t\r", line);
    if (first == std::string_view::npos || text[first] == '\n') continue;
    if (first - line <= indent) break;
    end = std::min(text.find_first_of("\r\n", line), text.size());
  }
  return end;
}

}  // namespace

std::size_t line_start(std::string_view text, std::size_t offset) {
  if (offset == 0) return 0;
  const auto before = text.rfind('\n', offset - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}

std::size_t next_line(std::string_view text, std::size_t offset) {
  const auto end = text.find('\n', offset);
  return end == std::string_view::npos ? text.size() : end + 1;
}

bool is_flow(const Value& collection, std::string_view text) {
  const auto begin = collection.span().begin;
  return begin < text.size() && (text[begin] == '{' || text[begin] == '[');
}

std::size_t content_end(const Value& value, std::string_view text) {
  const auto span = value.span();
  if (value.is_alias()) return span.end;
  if (!value.is_list() && !value.is_map()) {
    const bool block = span.begin < text.size() && (text[span.begin] == '|' || text[span.begin] == '>');
    return block ? end_of_block_scalar(text, span.begin) : span.end;
  }
  std::size_t end = span.begin + 1;
  for (auto child = value.first(); child; child = child->next()) {
    if (!child->next()) end = std::max(end, content_end(*child, text));
  }
  if (!is_flow(value, text)) return end;
  end = skip_between(text, end, " \t\r\n,");
  return std::min(end + 1, text.size());
}

CollectionEdit::CollectionEdit(const Value& collection, std::string_view text, std::size_t deeper)
    : text_(text),
      begin_(collection.span().begin),
      deeper_(deeper),
      flow_(is_flow(collection, text)),
      list_(collection.is_list()) {
  if (flow_) end_ = content_end(collection, text);
  for_each_member(collection, [&](const Value& key, const Value& value) {
    items_.push_back({key.span().begin, std::max<std::size_t>(key.span().end, content_end(value, text))});
  });
  for_each_item(collection, [&](const Value& item) {
    std::size_t begin = item.span().begin;
    if (!flow_) {
      const auto dash = begin == 0 ? std::string_view::npos : text.find_last_not_of(line_blanks, begin - 1);
      known_ = known_ && dash != std::string_view::npos && text[dash] == '-';
      begin = known_ ? dash : begin;
    }
    items_.push_back({begin, content_end(item, text)});
  });
}

bool CollectionEdit::write(std::vector<TextEdit>& edits) const {
  const bool idle =
      added_.empty() && std::none_of(items_.begin(), items_.end(), [](const Item& one) { return one.gone; });
  if (idle) return true;
  if (!known_) return false;
  std::vector<TextEdit> made;
  if (!(flow_ ? write_flow(made) : write_block(made))) return false;
  edits.insert(edits.end(), std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
  return true;
}

bool CollectionEdit::write_flow(std::vector<TextEdit>& edits) const {
  std::string between = ", ";
  if (!items_.empty()) {
    const auto start = line_start(text_, items_.front().begin);
    const auto indent = text_.substr(start, items_.front().begin - start);
    if (indent.find_first_not_of(line_blanks) == std::string_view::npos && start > begin_)
      between = ",\n" + std::string(indent);
  }
  const auto last = std::find_if(items_.rbegin(), items_.rend(), [](const Item& one) { return !one.gone; });
  if (last == items_.rend()) {
    std::string content;
    for (const auto& one : added_) content.append(content.empty() ? "" : between).append(one.content);
    edits.push_back({begin_ + 1, end_ - 1, std::move(content)});
    return true;
  }
  const auto last_kept = static_cast<std::size_t>(items_.rend() - last) - 1;
  for (std::size_t i = 0; i < last_kept; ++i) {
    if (items_[i].gone) edits.push_back({items_[i].begin, items_[i + 1].begin, ""});
  }
  for (const auto& one : added_) {
    auto next = one.before;
    while (next < items_.size() && items_[next].gone) ++next;
    if (next < items_.size()) {
      edits.push_back({items_[next].begin, items_[next].begin, one.content + between});
    } else {
      edits.push_back({items_[last_kept].end, items_[last_kept].end, between + one.content});
    }
  }
  if (last_kept + 1 < items_.size()) edits.push_back({items_[last_kept].end, items_.back().end, ""});
  return true;
}

/// Nothing else is on its lines, so that it can go with them.
bool CollectionEdit::stands_alone(const Item& item) const {
  const auto start = line_start(text_, item.begin);
  const auto before = text_.substr(start, item.begin - start);
  const auto rest = std::min(text_.find_first_not_of(" \t\r", item.end), text_.size());
  const bool ends = rest == text_.size() || text_[rest] == '\n' || text_[rest] == '#';
  return before.find_first_not_of(line_blanks) == std::string_view::npos && ends;
}

std::string CollectionEdit::in_block(const std::string& content) const {
  const auto start = line_start(text_, items_.front().begin);
  const auto indent =
      std::string(text_.substr(start, items_.front().begin - start)) + std::string(deeper_, ' ');
  std::string out;
  for (std::size_t at = 0; at < content.size();) {
    const auto end = std::min(content.find('\n', at), content.size());
    out += indent;
    if (list_) out += at == 0 ? "- " : "  ";
    out.append(content, at, end - at).append("\n");
    at = end + 1;
  }
  return out;
}

/// Where what comes first belongs: above the comments of what was the first, but below those that head the file.
std::size_t CollectionEdit::before_first() const {
  const auto start = line_start(text_, items_.front().begin);
  for (std::size_t at = start; at > 0;) {
    const auto above = line_start(text_, at - 1);
    const auto line = text_.substr(above, at - above);
    const auto first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos || line[first] == '\n' || line.starts_with("---")) return at;
    if (line[first] != '#') return at;
    at = above;
  }
  return start;
}

bool CollectionEdit::write_block(std::vector<TextEdit>& edits) const {
  if (items_.empty()) return false;
  for (const auto& item : items_) {
    if (item.gone && !stands_alone(item)) return false;
  }
  // The first item may stand behind the dash or the key of what it is in.
  if (!added_.empty() && !stands_alone(items_.front())) return false;
  const bool all_gone = std::all_of(items_.begin(), items_.end(), [](const Item& one) { return one.gone; });
  if (all_gone && added_.empty()) {
    const auto start = line_start(text_, items_.front().begin);
    const auto indent = text_.substr(start, items_.front().begin - start);
    edits.push_back({start, start, std::string(indent) + (list_ ? "[]\n" : "{}\n")});
  }
  for (const auto& item : items_) {
    if (item.gone) edits.push_back({line_start(text_, item.begin), next_line(text_, item.end), ""});
  }
  for (const auto& one : added_) {
    auto content = in_block(one.content);
    std::size_t at = one.before == 0 ? before_first() : next_line(text_, items_[one.before - 1].end);
    if (at == text_.size() && at > 0 && text_.back() != '\n') {
      content.insert(0, "\n");
      content.pop_back();
    }
    edits.push_back({at, at, std::move(content)});
  }
  return true;
}

}  // namespace rdnsgate::yaml
