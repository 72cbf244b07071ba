// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text/text_edit.h"
#include "dns/zone/zone_edit.h"
#include "inventory/octodns/octodns_style.h"
#include "yaml/document.h"

namespace rdnsgate::inventory {

/// The record as octoDNS is to have it.
OctodnsRecord octodns_record_of(const dns::RRsetChange& change, const OctodnsStyle& style);

/// The edits inside of one record that make another RRset of it: another TTL, other values, another type. Values that
/// stay keep their lines and comments. `deeper`: so many columns will be put in front of its lines.
class OctodnsRecordEdit {
 public:
  OctodnsRecordEdit(std::string_view text, const OctodnsStyle& style, std::vector<TextEdit>& edits)
      : text_(text), style_(style), edits_(edits) {}

  /// `data`: what the record's values are read as, one by one. False where it cannot be edited.
  bool run(const yaml::Value& record, dns::RrType type, const std::vector<std::string>& data,
           const dns::RRsetChange& change, std::size_t deeper);

 private:
  bool set_ttl(const yaml::Value& record, std::uint32_t ttl);
  void set_type(const yaml::Value& type, std::string_view name);
  bool set_values(const yaml::Value& record, dns::RrType type, const std::vector<std::string>& data,
                  const dns::RRsetChange& change);
  bool set_list(const yaml::Value& list, const std::vector<std::size_t>& leaving,
                std::vector<std::string> coming);
  bool make_list(const yaml::Value& key, const yaml::Value& value, const std::vector<std::string>& more,
                 bool in_flow);
  bool rewrite(const yaml::Value& record, const dns::RRsetChange& change);
  void replace(const yaml::Value& scalar, std::string_view value, bool in_flow);
  std::string own_line(std::size_t offset, std::size_t more) const;

  std::string_view text_;
  const OctodnsStyle& style_;
  std::vector<TextEdit>& edits_;
  std::size_t deeper_ = 0;
};

/// Whether two data of a record say the same: of TXT, however it is cut into strings.
bool same_data(dns::RrType type, const std::string& a, const std::string& b);

}  // namespace rdnsgate::inventory
