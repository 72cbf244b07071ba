// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/document.h"

#include <charconv>

#include "base/ascii.h"
#include "base/wording.h"

namespace rdnsgate::yaml {
namespace {

std::size_t digits(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

bool all_of_set(std::string_view text, std::string_view set) {
  return !text.empty() && text.find_first_not_of(set) == std::string_view::npos;
}

/// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_real(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::string_view unsigned_part = text.substr(at);
  if (unsigned_part == ".inf" || unsigned_part == ".Inf" || unsigned_part == ".INF") return true;
  if (text == ".nan" || text == ".NaN" || text == ".NAN") return true;
  const std::size_t whole = digits(text, at);
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = digits(text, at + 1);
    if (whole == 0 && fraction == 0) return false;
    at += 1 + fraction;
  } else if (whole == 0) {
    return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    const std::size_t exponent = digits(text, at);
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == text.size();
}

bool is_integer(std::string_view text) {
  if (text.substr(0, 2) == "0o") return all_of_set(text.substr(2), "01234567");
  if (text.substr(0, 2) == "0x") return all_of_set(text.substr(2), "0123456789abcdefABCDEF");
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  return all_of_set(text, "0123456789");
}

}  // namespace

Kind plain_scalar_kind(std::string_view text) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return Kind::null;
  const char c = text[0];
  if (c == 't' || c == 'T' || c == 'f' || c == 'F') {
    const bool boolean = text == "true" || text == "True" || text == "TRUE" || text == "false" ||
                         text == "False" || text == "FALSE";
    return boolean ? Kind::boolean : Kind::text;
  }
  if (!is_digit(c) && c != '-' && c != '+' && c != '.') return Kind::text;
  if (is_integer(text)) return Kind::integer;
  return is_real(text) ? Kind::real : Kind::text;
}

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "nothing";
    case Kind::boolean:
      return "true or false";
    case Kind::integer:
      return "a number";
    case Kind::real:
      return "a decimal fraction";
    case Kind::text:
      return "a text";
    case Kind::list:
      return "a list";
    case Kind::map:
      return "a mapping";
  }
  return "";
}

NodeId Document::add_scalar(Kind kind, std::uint32_t begin, std::uint32_t end, std::string_view text,
                            std::size_t text_at) {
  Node node;
  node.kind = kind;
  node.begin = begin;
  node.end = end;
  node.count = static_cast<std::uint32_t>(text.size());
  if (text_at <= source_.size() && source_.substr(text_at, text.size()) == text) {
    node.at = static_cast<std::uint32_t>(text_at);
  } else {
    node.unescaped = true;
    node.at = static_cast<std::uint32_t>(unescaped_.size());
    unescaped_ += text;
  }
  nodes_.push_back(node);
  return static_cast<NodeId>(nodes_.size() - 1);
}

NodeId Document::add_collection(Kind kind, std::uint32_t begin) {
  Node node;
  node.kind = kind;
  node.begin = begin;
  node.end = begin + 1;
  nodes_.push_back(node);
  return static_cast<NodeId>(nodes_.size() - 1);
}

NodeId Document::add_alias(NodeId target, std::uint32_t begin, std::uint32_t end) {
  Node node;
  node.is_alias = true;
  node.first = nodes_[target].is_alias ? nodes_[target].first : target;
  node.kind = nodes_[target].kind;
  node.begin = begin;
  node.end = end;
  nodes_.push_back(node);
  return static_cast<NodeId>(nodes_.size() - 1);
}

void Document::link(NodeId parent, NodeId last, NodeId child) {
  if (last == no_node) {
    nodes_[parent].first = child;
  } else {
    nodes_[last].next = child;
  }
  ++nodes_[parent].count;
}

void Document::begin_list(NodeId id, std::uint32_t begin, std::size_t nodes) {
  Node list;
  list.kind = Kind::list;
  list.begin = begin;
  list.end = begin + 1;
  list.next = nodes_[id].next;
  nodes_[id] = list;
  nodes_.reserve(nodes);
}

NodeId Document::take_items(NodeId list, NodeId last, const Document& items) {
  const Node& root = items.nodes_.front();
  const auto shift = static_cast<NodeId>(nodes_.size() - 1);  // the list itself stays behind
  const auto text_shift = static_cast<std::uint32_t>(unescaped_.size());
  for (std::size_t i = 1; i < items.nodes_.size(); ++i) {
    Node& node = nodes_.emplace_back(items.nodes_[i]);
    const bool is_collection = node.kind == Kind::list || node.kind == Kind::map;
    if (node.next != no_node) node.next += shift;
    if (is_collection && node.first != no_node) node.first += shift;
    if (node.unescaped) node.at += text_shift;
  }
  unescaped_ += items.unescaped_;
  if (root.first == no_node) return last;
  if (last == no_node) {
    nodes_[list].first = root.first + shift;
  } else {
    nodes_[last].next = root.first + shift;
  }
  nodes_[list].count += root.count;
  NodeId end = root.first + shift;
  while (nodes_[end].next != no_node) end = nodes_[end].next;
  return end;
}

Value Document::root() const { return Value(*this, 0); }

Span Value::span() const {
  const auto& own = document_->nodes_[id_];
  return {document_->file_, own.begin, own.end};
}

std::string_view Value::text() const {
  if (node_->kind == Kind::list || node_->kind == Kind::map) return {};
  const std::string_view buffer =
      node_->unescaped ? std::string_view(document_->unescaped_) : document_->source_;
  return buffer.substr(node_->at, node_->count);
}

std::optional<std::int64_t> Value::integer() const {
  if (kind() != Kind::integer) return std::nullopt;
  std::string_view digits = text();
  const bool negative = digits[0] == '-';
  if (digits[0] == '-' || digits[0] == '+') digits.remove_prefix(1);
  int base = 10;
  if (digits.size() > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'o')) {
    base = digits[1] == 'x' ? 16 : 8;
    digits.remove_prefix(2);
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return negative ? -value : value;
}

std::optional<Value> Value::get(std::string_view key) const {
  if (!is_map()) return std::nullopt;
  for (auto name = first(); name;) {
    const auto value = name->next();
    if (name->text() == key) return value;
    name = value->next();
  }
  return std::nullopt;
}

std::optional<Value> Value::first() const {
  if (!is_list() && !is_map()) return std::nullopt;
  return node_->count == 0 ? std::nullopt : std::optional<Value>(Value(*document_, node_->first));
}

std::optional<Value> Value::next() const {
  const NodeId sibling = document_->nodes_[id_].next;
  return sibling == no_node ? std::nullopt : std::optional<Value>(Value(*document_, sibling));
}

std::string describe(const Value& value) {
  switch (value.kind()) {
    case Kind::text:
      return in_quotes(value.text());
    case Kind::integer:
    case Kind::real:
      return "the number " + shortened(value.text());
    case Kind::boolean:
      return std::string(value.text());
    case Kind::null:
    case Kind::list:
    case Kind::map:
      break;
  }
  return std::string(to_string(value.kind()));
}

}  // namespace rdnsgate::yaml
