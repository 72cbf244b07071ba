// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dns/zone/zone_file.h"

namespace rdnsgate::dns {

/// What a zone has for a name and a type.
struct ZoneReply {
  enum class Kind {
    records,     ///< `set` has them
    alias,       ///< `set` is the CNAME of the name
    renamed,     ///< `set` is the DNAME of a name above (RFC 6672)
    no_records,  ///< the name exists, without records of that type (it may be an empty non-terminal)
    no_name,     ///< the name does not exist
    delegated,   ///< at or below a zone cut: another zone's to say
    open,        ///< the source of the zone does not say; `why` does
  };
  Kind kind = Kind::no_name;
  const RRset* set = nullptr;
  /// The name does not exist, and this wildcard answers in its place.
  std::optional<Name> wildcard;
  std::string_view why;
};

/// The names of a zone, those without records too (RFC 4592 §2.2.2), to be asked as an authoritative server
/// would be (RFC 1034 §4.3.2). Keeps views into the zone, which has to stay where it is and as it is.
class ZoneTree {
 public:
  explicit ZoneTree(const ZoneFile& zone);

  /// `name` is the origin or a name below it.
  ZoneReply look_up(const Name& name, RrType type) const;
  /// The name has records, or names below it have.
  bool has_name(const Name& name) const { return nodes_.contains(name.wire()); }
  /// The SOA of the apex; nullptr in a zone that has none.
  const RRset* soa() const;

 private:
  struct Node {
    std::uint32_t first = 0, sets = 0;  ///< its RRsets, which stand side by side
    bool is_cut = false, is_renamed = false;
    std::vector<const OpenQuestion*> open;
  };
  void add_names();
  Node& add(const Name& owner);
  const Node* find(std::string_view wire) const;
  const RRset* set_of(const Node& node, RrType type) const;
  ZoneReply below(std::string_view encloser, RrType type) const;
  ZoneReply at(const Node& node, RrType type) const;

  const ZoneFile* zone_;
  std::unordered_map<std::string_view, Node> nodes_;  ///< by wire format, a view into an owner's
};

}  // namespace rdnsgate::dns
