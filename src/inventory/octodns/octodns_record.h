// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/source.h"
#include "dns/rdata_reader.h"
#include "yaml/dialect.h"
#include "yaml/document.h"

namespace rdnsgate::inventory {

/// octoDNS reads its zones with PyYAML: numbers are keys there, and merge keys are followed. A TXT value may
/// have 65,535 octets, each of them escaped.
inline constexpr yaml::Dialect octodns_dialect{"an octoDNS zone", 256 << 10, true, true, false};

/// One piece of a record's data.
enum class OctodnsPart : std::uint8_t {
  ipv4,
  ipv6,
  target,   ///< an absolute name
  strings,  ///< a text of any length, for character-strings
  string,   ///< one character-string
  word,     ///< base64, hexadecimal, a tag
  octet,
  number,  ///< of 16 bits
  decimal,
  metres,
  fields,  ///< several of them, in a mapping
};

/// What the data of a record type looks like in an octoDNS zone.
struct OctodnsType {
  struct Field {
    std::string_view key, alias;  ///< `alias`: another name that octoDNS takes; may be empty
    OctodnsPart part{};
    std::string_view fallback{};  ///< of a field that may be absent
  };
  std::string_view name;
  OctodnsPart part{};
  bool single = false;  ///< octoDNS reads `value` only
  std::span<const Field> fields{};
};

/// The type of this name, as octoDNS spells it; nullptr where octoDNS has none or its data is not read here.
const OctodnsType* octodns_type(std::string_view name);

/// Types of octoDNS that are known here but not read: the provider answers for them, or mail never asks them.
/// `why` says which; empty for any other name.
std::string_view octodns_unread(std::string_view name);

/// The name of a type that is nearly the one that was written; empty where none is.
std::string_view closest_octodns_type(std::string_view name);

/// Something wrong with a record: where, what, and what to do.
struct RecordProblem {
  Span at;
  std::string message, hint;
};

/// A map with its merge keys (<<) followed, as PyYAML does: what stands in the map itself goes first.
using Members = std::vector<std::pair<yaml::Value, yaml::Value>>;
Members merged_members(const yaml::Value& map, std::vector<RecordProblem>& problems);
std::optional<yaml::Value> member(const Members& members, std::string_view key);

/// The scalar as octoDNS has it in the end, where it can be none but this; nullopt, and a problem, otherwise.
/// `numbers`: an integer or a fraction is taken for its text.
std::optional<std::string_view> octodns_text(const Sources& sources, const yaml::Value& value, bool numbers,
                                             std::vector<RecordProblem>& problems);

/// The canonical wire data of a record's `value` or `values`.
class RecordReader {
 public:
  RecordReader(const Sources& sources, dns::RdataReader& rdata, std::vector<RecordProblem>& problems)
      : sources_(sources), rdata_(rdata), problems_(problems) {}

  std::vector<std::string> read(const OctodnsType& type, const yaml::Value& record, const Members& members);

 private:
  /// All of them give the presentation format of what they read.
  std::optional<std::string> fields(const OctodnsType& type, const yaml::Value& value);
  std::optional<std::string> part(OctodnsPart part, std::string_view key, const yaml::Value& value);
  std::optional<std::string> address(bool v6, const yaml::Value& value);
  std::optional<std::string> target(const yaml::Value& value);
  std::optional<std::string> integer(std::string_view key, std::uint64_t most, const yaml::Value& value);
  std::optional<std::string> decimal(std::string_view key, const yaml::Value& value);
  std::optional<std::string> word(std::string_view key, const yaml::Value& value);
  std::optional<std::string> string(std::string_view key, const yaml::Value& value);

  std::optional<std::string> wire(const OctodnsType& type, const yaml::Value& value);
  std::optional<std::string> strings(const yaml::Value& value);
  std::nullopt_t refuse(const yaml::Value& at, std::string message, std::string hint = {});

  const Sources& sources_;
  dns::RdataReader& rdata_;
  std::vector<RecordProblem>& problems_;
};

}  // namespace rdnsgate::inventory
