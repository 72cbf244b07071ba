// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/source.h"

namespace rdnsgate::yaml {

/// What a node is by the core schema of YAML 1.2.2 §10.3: of the plain scalars only `null`, `true`, `123` and
/// their like are not text, so that `off`, `no` and `2027-05-31` are.
enum class Kind : std::uint8_t { null, boolean, integer, real, text, list, map };

/// The kind of an unquoted scalar.
Kind plain_scalar_kind(std::string_view text);

/// `a text`, `a list`, ...: for messages.
std::string_view to_string(Kind kind);

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0xFFFFFFFF;

class Value;

/// One YAML document as a flat vector of nodes, each with its place in the source. Texts are views into the
/// source, and into a side buffer only where unescaping or folding changed them. An alias shares the node
/// that it names; nothing is ever copied for it.
class Document {
 public:
  explicit Document(FileId file, std::string_view source) : source_(source), file_(file) {}

  /// The same document over the same text in another place.
  Document over(FileId file, std::string_view source) const {
    Document moved = *this;
    moved.file_ = file;
    moved.source_ = source;
    return moved;
  }

  Value root() const;
  FileId file() const { return file_; }

  /// For the reader. `text` is kept as a view where it stands in the source at `text_at`, else copied.
  NodeId add_scalar(Kind kind, std::uint32_t begin, std::uint32_t end, std::string_view text,
                    std::size_t text_at);
  NodeId add_collection(Kind kind, std::uint32_t begin);
  NodeId add_alias(NodeId target, std::uint32_t begin, std::uint32_t end);
  /// Appends to a collection whose last child so far is `last` (no_node for none).
  void link(NodeId parent, NodeId last, NodeId child);
  void set_end(NodeId id, std::uint32_t end) { nodes_[id].end = end; }
  /// Makes a list, whose first dash is there, of a node that is nothing; `nodes` are to come all in all.
  void begin_list(NodeId id, std::uint32_t begin, std::size_t nodes);
  /// Appends the items of a document of the same source that is a list and has no aliases. Returns the last of them.
  NodeId take_items(NodeId list, NodeId last, const Document& items);
  std::size_t size() const { return nodes_.size(); }

 private:
  friend class Value;
  struct Node {
    std::uint32_t begin = 0, end = 0;  // in the source
    NodeId next = no_node;             // the sibling after it; of a map's children every second is a key
    union {
      NodeId first = no_node;  // of a collection: its first child
      std::uint32_t at;        // of a scalar: where its text begins
    };
    std::uint32_t count = 0;  // of a collection: children; of a scalar: octets of text
    Kind kind = Kind::null;
    bool is_alias = false;   // `first` is the node that it stands for
    bool unescaped = false;  // the text is in the side buffer
  };
  std::vector<Node> nodes_;
  std::string unescaped_;
  std::string_view source_;
  FileId file_;
};

/// A node as its reader sees it: aliases are followed, but span() is where the alias stands.
class Value {
 public:
  Value(const Document& document, NodeId id) : document_(&document), id_(id), node_(&document.nodes_[id]) {
    if (node_->is_alias) node_ = &document.nodes_[node_->first];
  }

  Kind kind() const { return node_->kind; }
  bool is_text() const { return kind() == Kind::text; }
  bool is_list() const { return kind() == Kind::list; }
  bool is_map() const { return kind() == Kind::map; }
  Span span() const;
  bool is_alias() const { return node_ != &document_->nodes_[id_]; }

  /// Of a scalar: its text, unquoted. Of `null` that is written as nothing: empty.
  std::string_view text() const;
  /// Of an integer that fits.
  std::optional<std::int64_t> integer() const;

  /// Of a list: items; of a map: key and value pairs.
  std::size_t size() const { return is_map() ? node_->count / 2 : is_list() ? node_->count : 0; }
  /// The value under a key of a map.
  std::optional<Value> get(std::string_view key) const;

  /// The first child of a collection and the sibling after this node; nullopt at the end. A map's children
  /// are key, value, key, value.
  std::optional<Value> first() const;
  std::optional<Value> next() const;

  NodeId id() const { return id_; }
  const Document& document() const { return *document_; }

 private:
  const Document* document_;
  NodeId id_;
  const Document::Node* node_;
};

/// `"abc"`, `the number 5`, `nothing`, `a list`: a node inside a sentence.
std::string describe(const Value& value);

/// Calls `visit(item)` for each item of a list; does nothing for any other node.
template <typename Visitor>
void for_each_item(const Value& list, Visitor&& visit) {
  if (!list.is_list()) return;
  for (auto item = list.first(); item; item = item->next()) visit(*item);
}

/// Calls `visit(key, value)` for each pair of a map; does nothing for any other node.
template <typename Visitor>
void for_each_member(const Value& map, Visitor&& visit) {
  if (!map.is_map()) return;
  for (auto key = map.first(); key;) {
    const auto value = key->next();
    visit(*key, *value);
    key = value->next();
  }
}

}  // namespace rdnsgate::yaml
