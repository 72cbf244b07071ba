// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "yaml/document.h"
#include "yaml/limits.h"
#include "yaml/problems.h"

namespace rdnsgate::yaml {

/// What is read: a file, or a part of one, which is read as a file again where anything is wrong with it.
enum class Scope : std::uint8_t { file, part };

/// Makes a Document of parser events, and refuses on the way what an inventory does not use. `at` is always
/// the octet where the node begins, its tag and anchor included; an anchor is a number, 0 for none.
class DocumentBuilder {
 public:
  /// Thrown out of an event when reading is to stop; the reason is among the problems, but of a part.
  struct Stop {};

  DocumentBuilder(const Limits& limits, Problems& problems, Scope scope = Scope::file);

  void start_document(std::size_t at);
  void null(std::size_t at, std::size_t anchor);
  void alias(std::size_t at, std::size_t anchor);
  void scalar(std::size_t at, std::size_t anchor, std::string_view text);
  void start(Kind kind, std::size_t at, std::size_t anchor);
  void end();

  /// The document; nullopt, and a problem, where the file holds nothing.
  std::optional<Document> finish();

 private:
  struct Frame {  // a collection that is still open
    NodeId id;
    NodeId last = no_node;
    std::size_t anchor = 0;
    std::uint64_t weight = 1;  // nodes in it so far, aliases expanded
    bool is_map = false;
    bool wants_value = false;  // of a map: a key came last
  };
  struct Anchored {
    NodeId id;
    std::uint64_t weight;  // 0 while the node is still open
  };

  std::size_t skip_properties(std::size_t at);
  void refuse_tag(std::size_t begin, std::size_t end);
  std::size_t end_of_quoted(std::size_t at) const;
  std::size_t end_of_line(std::size_t at) const;
  Span span(std::size_t begin, std::size_t end) const;
  [[noreturn]] void stop(std::string_view code, Span at, std::string message, std::string hint);
  void spend(NodeId id, std::uint64_t weight);
  void append(NodeId id, std::uint64_t weight);
  void check_key(NodeId id);
  void check_duplicates(NodeId map);
  void report_duplicate(const Value& key, const Value& first);
  void remember(std::size_t anchor, NodeId id, std::uint64_t weight);

  const Limits& limits_;
  Problems& problems_;
  Scope scope_;
  std::string_view source_;
  Document document_;
  std::vector<Frame> open_;
  std::unordered_map<std::size_t, Anchored> anchors_;
  std::uint64_t nodes_ = 0;    // aliases expanded
  std::uint64_t aliased_ = 0;  // of these, what aliases stand for
  std::size_t documents_ = 0;
};

}  // namespace rdnsgate::yaml
