// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "base/text/pattern.h"
#include "yaml/document.h"

namespace rdnsgate::yaml {

/// Sees quickly that a document follows a schema, as nearly all do. It knows the keywords that our schemas are
/// made of; where a schema has another one, or a document anything that it is not sure of, it says nothing.
class SchemaGlance {
 public:
  /// `schema` has `pattern` under our name (base/text/schema_pattern.h); its document must outlive this.
  explicit SchemaGlance(const Value& schema);

  /// False: it may follow the schema all the same.
  bool is_surely_valid(const Value& value) const { return holds(nodes_.front(), value); }

 private:
  using Index = std::size_t;
  static constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min(),
                                most = std::numeric_limits<std::int64_t>::max();
  struct Property {
    std::string_view name;
    Index schema = 0;
    bool required = false;
  };
  struct Node {
    bool unsure = false;     ///< there is something that is not known here
    std::uint8_t types = 0;  ///< a bit for each Kind; 0 for all
    bool has_enum = false, closed = false;
    std::vector<std::string_view> texts;  ///< of an enum, as are the next
    std::vector<std::int64_t> numbers;
    std::vector<bool> booleans;
    std::int64_t minimum = least, maximum = most;
    std::int64_t min_length = 0, max_length = most, min_items = 0, max_items = most;
    std::shared_ptr<const Pattern> pattern;
    std::vector<Index> items;  ///< none, or the schema of all
    std::vector<Property> properties;
    std::vector<Index> others;  ///< none, or the schema of all further properties
    std::vector<Index> all_of;
  };

  Index compile(const Value& schema);
  void read(const Value& schema, Node& node);
  void read_keyword(std::string_view keyword, const Value& value, Node& node);
  void read_properties(const Value& map, Node& node);
  Index at_reference(std::string_view reference);

  bool holds(const Node& node, const Value& value) const;
  bool holds_map(const Node& node, const Value& map) const;
  static bool holds_text(const Node& node, std::string_view text);

  Value root_;
  std::vector<Node> nodes_;
  std::map<std::string_view, Index> references_;
};

}  // namespace rdnsgate::yaml
