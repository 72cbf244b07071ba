// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dns/zone_file.h"
#include "resolve/open_questions.h"
#include "resolve/temp_dir.h"

namespace rdnsgate::resolve {

/// A zone of a `zonefiles` vantage, read already, whatever it was written in; `path` names it in messages.
struct ZoneSource {
  std::string path;
  dns::ZoneFile zone;
};

/// Which part of the name space a set of zones speaks for.
class ZoneSet {
 public:
  enum class Place { inside, outside, delegated };

  struct Loaded {
    dns::Name origin;
    std::string source;  ///< where it was read from
    std::string path;    ///< a copy of the zone in plain form: absolute names, a TTL on each record
  };

  /// Writes each zone in plain form into `dir`. Two sources for one zone end it.
  static Result<ZoneSet> load(std::span<const ZoneSource> sources, const TempDir& dir);

  /// Whether the zones can answer a question for the name.
  Place place(const dns::Name& name, dns::RrType type) const;
  /// Why a negative answer of theirs says nothing; empty where it can be believed.
  std::string_view why_open(const dns::Name& name, dns::RrType type) const { return open_.why(name, type); }
  const std::vector<Loaded>& zones() const { return zones_; }
  /// The TTL that a zone gives an RRset of its own; nullopt for what is in none. The cache in between counts
  /// TTLs down, and a zone file's do not pass.
  std::optional<std::uint32_t> ttl_of(const dns::Name& owner, dns::RrType type) const;

 private:
  Result<void> add(const ZoneSource& source, const TempDir& dir);
  void keep_ttls(const dns::ZoneFile& zone);
  /// The nearest beginning of a zone at the name or above it, in wire format; empty for none.
  std::string_view cut_over(const dns::Name& name, dns::RrType type) const;
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::vector<Loaded> zones_;
  OpenQuestions open_;
  /// Names (wire format) where a zone begins: one of ours is inside, any other is delegated.
  std::unordered_map<std::string, Place, Hash, std::equal_to<>> cuts_;
  std::unordered_map<std::size_t, std::uint32_t> ttls_;  ///< by a hash of owner and type: they are many
};

}  // namespace rdnsgate::resolve
