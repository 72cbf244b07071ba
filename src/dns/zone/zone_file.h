// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text/diagnostic.h"
#include "dns/zone/zone_data.h"

namespace rdnsgate::dns {

/// Where a part of a zone file stands: offsets of its first octet and behind its last.
struct TextRange {
  std::size_t begin = 0, end = 0;
};

/// What made a record that no line of the file holds: `$GENERATE 1-9/2 ...`, for the number.
struct MadeOf {
  std::uint32_t number = 0, start = 0, stop = 0, step = 1;
  TextRange range;  ///< `1-9/2` in the file
};

/// An escape in a name that means another character where it is read as octal, as exports of some providers
/// write it: `\052` is 4 here (RFC 1035 §5.1), and * there.
struct OctalEscape {
  TextRange at;
  std::string written;
  char is{}, meant{};
};

/// A record as a zone file has it.
struct PlacedRecord {
  FileId file{};  ///< the zone file, or one that it includes
  Name owner;
  RrType type{};
  std::uint32_t ttl = 0;
  std::string rdata;
  TextRange all;              ///< from the owner, or the first word behind white space, to the last word
  bool blank_owner = false;   ///< it is the record before whose owner it has
  std::size_t before_type{};  ///< the first word behind the owner: where a TTL can be put in
  TextRange type_at;          ///< its type
  std::optional<TextRange> ttl_at;     ///< nullopt: it says none of its own
  bool inherits_ttl = false;           ///< and has that of the record before, for want of a $TTL
  std::vector<TextRange> rdata_words;  ///< of an SOA each; else one from the first to the last word
  std::optional<OctalEscape> octal;    ///< the first in its owner or target
  std::optional<MadeOf> made;          ///< of a record that $GENERATE makes; the places are the directive's
};

/// A file that $INCLUDE names.
struct IncludedText {
  std::string path;  ///< for messages; the same for the same file, however it was named
  std::string text;
};

/// Finds it by the path of the file that includes it, as Sources have it, and its name as written. Fails with
/// what is wrong with that name. This is where the reading of zone files meets a disk, or whatever stands for it.
using FindIncluded = std::function<Result<IncludedText>(const std::string& from, const std::string& name)>;

/// The same, found already: by both.
using IncludedTexts = std::map<std::pair<std::string, std::string>, IncludedText>;
FindIncluded find_among(const IncludedTexts& texts);

/// Of one zone, with all that it includes and all that $GENERATE makes: counted before it is made.
inline constexpr std::size_t max_zone_octets = std::size_t{64} << 20;
inline constexpr std::size_t max_include_depth = 16, max_includes = 1000;

/// Reads the zone file (RFC 1035 §5) that `sources` holds as `file`; `origin` is what relative names are
/// under until $ORIGIN says otherwise. Every problem is a diagnostic with its line; a zone without exactly
/// one SOA is one. $GENERATE is read as BIND 9.18 does. Files that $INCLUDE names become files of `sources`;
/// without `find` the directive is refused. An included file changes neither the origin nor the owner of what
/// follows (§5.1), nor its TTL where there was a default. What only one vendor's server can answer is left open.
/// Limits hold before memory is spent.
/// `places` gets every record in the order of the file.
ZoneFile read_zone_file(Sources& sources, FileId file, const Name& origin, Diagnostics& problems,
                        std::vector<PlacedRecord>* places = nullptr, const FindIncluded& find = {});

}  // namespace rdnsgate::dns
