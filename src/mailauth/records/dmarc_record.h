// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailauth/records/dmarc_uri.h"
#include "mailauth/records/reason.h"
#include "mailauth/records/tag_list.h"

namespace rdnsgate::mailauth {

/// What a domain asks for, in rising order.
enum class DmarcPolicy : std::uint8_t { none, quarantine, reject };
std::string_view to_string(DmarcPolicy policy);

/// A DMARC policy record (RFC 9989 §4.7), as receivers read it.
struct DmarcRecord {
  std::string text;
  TagList tags;
  bool is_dmarc = false;  ///< it begins with its version: what does not, is left aside
  /// What is asked for; nullopt where nothing is, so that the record has no effect.
  std::optional<DmarcPolicy> policy;
  std::optional<DmarcPolicy> subdomains, absent;  ///< sp= and np=, where they are there and right
  bool strict_dkim = false, strict_spf = false;   ///< adkim=s, aspf=s
  bool testing = false;                           ///< t=y
  char psd = 'u';                                 ///< y, n or u
  std::vector<DmarcDestination> destinations;     ///< those that reports can be sent to

  /// For a domain below, which exists or does not.
  std::optional<DmarcPolicy> policy_below(bool exists) const;
};

struct DmarcJudgement {
  std::vector<DmarcRecord> records;    ///< as they came
  std::optional<std::size_t> applies;  ///< the one that receivers take; nullopt where they take none
  Reasons reasons;
};

/// A text that receivers take for a DMARC record (RFC 9989 §4.8, RFC 7489 §6.4).
bool is_dmarc(std::string_view text);

/// Judges the TXT records at one _dmarc name. None at all is an error.
DmarcJudgement judge_dmarc(const std::vector<std::string>& texts);

/// What receivers make of them, without a word about it.
DmarcRecord read_dmarc(const std::string& text);

}  // namespace rdnsgate::mailauth
