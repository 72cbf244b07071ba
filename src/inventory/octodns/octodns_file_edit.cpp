// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/octodns/octodns_file_edit.h"

#include <algorithm>
#include <iterator>

#include "base/text/natural_order.h"

namespace rdnsgate::inventory {
namespace {

bool comes_before(const std::string& a, const std::string& b) { return natural_compare(a, b) < 0; }

void use_crlf(std::vector<TextEdit>& edits) {
  for (auto& edit : edits) {
    for (auto at = edit.text.find('\n'); at != std::string::npos; at = edit.text.find('\n', at + 2))
      edit.text.insert(at, "\r");
  }
}

}  // namespace

OctodnsFileEdit::OctodnsFileEdit(std::string_view text, std::optional<yaml::Document> document)
    : text_(text), document_(std::move(document)) {
  if (document_ && !document_->root().is_map()) document_.reset();
  if (!document_) return;
  const auto root = document_->root();
  style_ = OctodnsStyle(root, text_);
  root_.emplace(root, text_);
  for_each_entry(
      [&](std::size_t, const yaml::Value& key, const yaml::Value&) { keys_.emplace_back(key.text()); });
  natural_ = std::is_sorted(keys_.begin(), keys_.end(), comes_before);
  plain_ = !natural_ && std::is_sorted(keys_.begin(), keys_.end());
}

std::size_t OctodnsFileEdit::place_of(const std::string& key) const {
  const auto index = [&](auto place) { return static_cast<std::size_t>(place - keys_.begin()); };
  if (natural_) return index(std::upper_bound(keys_.begin(), keys_.end(), key, comes_before));
  if (plain_) return index(std::upper_bound(keys_.begin(), keys_.end(), key));
  // In no order: behind the nearest that comes before it.
  auto best = keys_.end();
  for (auto one = keys_.begin(); one != keys_.end(); ++one) {
    if (comes_before(*one, key) && (best == keys_.end() || comes_before(*best, *one))) best = one;
  }
  return best == keys_.end() ? keys_.size() : index(best) + 1;
}

bool OctodnsFileEdit::make_list(const yaml::Value& owner, const yaml::Value& record,
                                const std::vector<OctodnsRecord>& more, std::size_t& deeper) {
  const std::size_t begin = record.span().begin, end = yaml::content_end(record, text_);
  if (record.is_alias() || yaml::is_flow(record, text_)) {
    std::string rest;
    for (const auto& one : more) rest += ", " + style_.flow(one);
    edits_.push_back({begin, begin, "["});
    edits_.push_back({end, end, rest + "]"});
    return true;
  }
  const auto first = yaml::line_start(text_, begin);
  const auto outer = owner.span().begin - yaml::line_start(text_, owner.span().begin);
  if (text_.substr(first, begin - first).find_first_not_of(' ') != std::string_view::npos) return false;
  // Its lines move so that they stand as in other lists, or stay where they are further in.
  const std::size_t now = begin - first, wanted = std::max(outer + style_.list_indent() + 2, now);
  deeper = wanted - now;
  const auto dash = std::string(wanted - 2, ' ') + "- ";
  edits_.push_back({first, begin, dash});
  for (auto line = yaml::next_line(text_, begin); line < end; line = yaml::next_line(text_, line)) {
    if (text_[line] != '\n' && text_[line] != '\r') edits_.push_back({line, line, std::string(deeper, ' ')});
  }
  std::string lines;
  for (const auto& one : more) {
    lines += '\n' + dash;
    for (const char c : style_.block(one)) {
      lines += c;
      if (c == '\n') lines.append(wanted, ' ');
    }
  }
  const auto line_end = std::min(text_.find_first_of("\r\n", end), text_.size());
  late_.push_back({line_end, line_end, std::move(lines)});
  return true;
}

std::optional<std::vector<TextEdit>> OctodnsFileEdit::finish() {
  std::stable_sort(new_owners_.begin(), new_owners_.end(), [&](const NewOwner& a, const NewOwner& b) {
    return plain_ ? a.key < b.key : comes_before(a.key, b.key);
  });
  if (!root_ || (root_->flow() && root_->size() == 0)) {
    std::string lines;
    for (const auto& one : new_owners_) lines += style_.entry(one.key, one.records, false) + "\n";
    if (!lines.empty()) add_to_empty(std::move(lines));
  } else {
    for (const auto& one : new_owners_)
      root_->insert(place_of(one.key), style_.entry(one.key, one.records, root_->flow()));
    if (!root_->write(edits_)) return std::nullopt;
  }
  std::move(late_.begin(), late_.end(), std::back_inserter(edits_));
  if (text_.find("\r\n") != std::string_view::npos) use_crlf(edits_);
  return std::move(edits_);
}

/// In place of `{}`, or behind whatever comments there are.
void OctodnsFileEdit::add_to_empty(std::string lines) {
  if (!document_) {
    const bool open_line = !text_.empty() && text_.back() != '\n';
    edits_.push_back({text_.size(), text_.size(), (open_line ? "\n" : "") + lines});
    return;
  }
  const auto begin = document_->root().span().begin;
  const auto end = yaml::content_end(document_->root(), text_);
  lines.pop_back();
  if (yaml::line_start(text_, begin) == begin) {
    edits_.push_back({begin, end, std::move(lines)});
  } else {
    edits_.push_back({text_.find_last_not_of(' ', begin - 1) + 1, end, "\n" + lines});
  }
}

}  // namespace rdnsgate::inventory
