// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "base/result.h"
#include "mailauth/spf/spf_macro.h"
#include "mailauth/spf/spf_result.h"

namespace rdnsgate::mailauth {

enum class SpfKind : std::uint8_t { all, include, a, mx, ptr, ip4, ip6, exists, redirect, exp, modifier };

/// Mechanisms and redirect that make a receiver ask the DNS, of which ten are allowed (RFC 7208 §4.6.4).
bool asks_dns(SpfKind kind);

/// One directive or modifier of a record.
struct SpfTerm {
  SpfKind kind{};
  SpfResult qualifier = SpfResult::pass;  ///< of a directive: what a match says
  std::string domain;  ///< the domain-spec as written, macros and all; empty for the record's own domain
  Prefix block;        ///< of ip4 and ip6
  unsigned v4_length = 32, v6_length = 128;  ///< of a and mx
  std::string text;                          ///< the term as it stands in the record
  std::size_t at = 0;                        ///< where it begins there, in octets
  MacroString spec;                          ///< `domain`, read
  std::optional<SpfDomain> fixed;  ///< what `domain` names where it has no macros, if it can be a name

  bool is_modifier() const { return kind >= SpfKind::redirect; }
};

struct SpfRecord {
  std::vector<SpfTerm> terms;

  bool has_all() const;
  /// The exp= that says why a message fails; nullptr without one.
  const SpfTerm* explanation() const;
  /// The redirect= that holds where no directive matches; nullptr without one, and beside `all`, where it is
  /// never looked at (RFC 7208 §6.1).
  const SpfTerm* redirect() const;
};

/// True for the text of a TXT record that is an SPF record (RFC 7208 §4.5), whatever stands behind its
/// version.
bool is_spf(std::string_view text);

/// Reads a record by the grammar of RFC 7208 §12, to which a record with one wrong term is none: an error
/// names it (foreign text).
Result<SpfRecord> parse_spf(std::string_view text);

/// One term by itself.
Result<SpfTerm> parse_spf_term(std::string_view text);

/// The words of a record as they stand, its version first.
std::vector<std::string> spf_words(std::string_view text);

/// The texts of the TXT RRset that are SPF records: one, or an error to every receiver.
std::vector<std::string> spf_texts(const std::vector<std::string>& rdata);

}  // namespace rdnsgate::mailauth
