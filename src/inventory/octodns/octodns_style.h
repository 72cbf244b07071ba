// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dns/rrset.h"
#include "yaml/document.h"

namespace rdnsgate::inventory {

/// An RRset as octoDNS writes it.
struct OctodnsRecord {
  std::string type;
  std::uint32_t ttl = 0;
  std::vector<std::string> values;
};

/// The data of a record as octoDNS writes it, for the types whose value is one text: addresses, absolute names, and the
/// text of TXT records, by default with a backslash before each semicolon.
std::string octodns_value(dns::RrType type, const std::string& rdata, bool escape_semicolons = true);
/// Whether octodns_value knows the type.
bool has_octodns_value(dns::RrType type);
/// TXT whose quotation marks or backslashes the providers behind octoDNS take differently: some as they are, some as in
/// zone files.
bool is_ambiguous_text(dns::RrType type, const std::string& rdata);

/// How a team writes its files.
class OctodnsStyle {
 public:
  OctodnsStyle() = default;
  OctodnsStyle(const yaml::Value& root, std::string_view text);

  bool escapes_semicolons() const { return escape_semicolons_; }
  std::size_t list_indent() const { return list_indent_; }

  /// A text as a scalar: without quotes where it is one to every reader.
  std::string scalar(std::string_view text, bool in_flow = false) const;
  /// The same in the quotes of what stands there, where that is possible.
  std::string like(std::string_view written, std::string_view text, bool in_flow) const;

  /// A key of a record, such as `ttl`.
  std::string key(std::string_view name) const { return json_ ? quoted(name, '"') : std::string(name); }

  /// `{ttl: 300, type: A, value: 192.0.2.1}`.
  std::string flow(const OctodnsRecord& record) const;
  std::string flow_list(const std::vector<std::string>& values) const;
  /// The same in lines, which end with a line feed but the last.
  std::string block(const OctodnsRecord& record) const;
  /// All records of an owner, in one of the forms.
  std::string entry(std::string_view key, std::span<const OctodnsRecord> records, bool in_flow) const;

 private:
  std::string quoted(std::string_view text, char quote) const;

  bool json_ = false;
  bool escape_semicolons_ = true;
  char quote_ = '\'';
  std::size_t map_indent_ = 2, list_indent_ = 2;
};

}  // namespace rdnsgate::inventory
