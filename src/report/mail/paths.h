// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address_ranges.h"
#include "base/timestamp.h"

namespace rdnsgate::report {

/// What there is to say of a part of a path's identity.
enum class PathState : std::uint8_t {
  good,
  bad,
  unknown,   ///< a lookup failed, or nobody was to be asked: neither good nor bad
  unjudged,  ///< nothing of it is declared, or it is somebody else's
};
std::string_view to_string(PathState state);

/// A part: PTR, FCrDNS, HELO, SPF, DKIM or DMARC.
struct PathPart {
  PathState state = PathState::unjudged;
  std::string_view word = "not-judged";  ///< a stable word: `confirmed`, `missing`
  std::string detail{};                  ///< a sentence about it, or empty; foreign text
  std::vector<std::string> names{};      ///< PTR and HELO names, the first few of the row; foreign text
  std::size_t more = 0;                  ///< addresses of the row that have none of `names`
};

/// A DKIM selector that mail by a path is signed with.
struct PathSelector {
  std::string name;  ///< its record's owner
  PathState state{};
  std::string_view word;  ///< `present`, `missing`, `faulty`, `revoked`, `unknown`
  std::string detail;     ///< foreign text
};

/// What a rule of a receiver does with mail that breaks it.
enum class PathEffect : std::uint8_t {
  refused,      ///< it is refused
  quarantined,  ///< it goes to the spam folder
  configured,   ///< it is refused where somebody has set that; by default it is not
  scored,       ///< it counts towards being spam
};
std::string_view to_string(PathEffect effect);

/// A rule of a receiver, as docs/mail-identity.md has it.
struct ReceiverRule {
  std::string_view id;        ///< `gmail-ptr`
  std::string_view receiver;  ///< `Gmail`
  PathEffect effect{};
  bool bulk_only = false;    ///< of those who send it 5,000 messages a day and more
  std::string_view message;  ///< what it asks for
  std::string_view reply;    ///< what the refusal begins with, or the symbol; empty where that is not known
  std::string_view source;   ///< where it is published
};

/// Addresses of one path of which the same is to be said.
struct PathRow {
  enum class Verdict : std::uint8_t {
    accepted,  ///< no rule is broken that refuses mail
    refused,
    unknown,  ///< it depends on what is not known
  };
  std::string path;  ///< `example.com via mx1`
  std::string domain, via;
  bool is_relay = false;
  std::vector<AddressRange> ranges;  ///< rising; none of a relay whose addresses are not known
  bool published = false;            ///< a relay that declares none: those that its SPF term allows
  std::uint64_t count = 0;           ///< of addresses, saturating
  PathPart ptr, fcrdns, helo, spf, dkim, dmarc;
  std::string spf_term;  ///< the terms that decide, outermost first; empty where none does
  std::vector<PathSelector> selectors;
  std::string mail_from, signer;  ///< the domains that SPF and DKIM authenticate; no signer where none is declared
  bool by_spf = false, by_dkim = false;  ///< DMARC passes by it
  std::string policy;  ///< of DMARC, as receivers apply it: `none`, `quarantine`, `reject`; empty for none
  std::vector<const ReceiverRule*> broken;
  Verdict verdict{};

  /// `192.0.2.32-192.0.2.35, 2001:db8::1`, of a relay `198.51.100.0/28`; of more than `most` the first.
  std::string addresses_text(std::size_t most) const;
};
std::string_view to_string(PathRow::Verdict verdict);

/// The mail paths of an inventory.
struct PathsDocument {
  std::string tool_version;
  std::string inventory_path, inventory_sha256;
  Time evaluated_at{};
  std::vector<std::string> vantages;  ///< in the order in which they are asked
  bool bulk = true;                   ///< rules for bulk senders count
  std::size_t paths = 0;              ///< of the inventory: domain, and sender or relay
  std::vector<PathRow> rows;          ///< in the order of the inventory

  /// Addresses with a verdict, saturating.
  std::uint64_t count(PathRow::Verdict verdict) const;
};

/// `pass (SPF, DKIM)`; what it comes to where it does not pass.
std::string dmarc_text(const PathRow& row);

/// `198.51.100.0/28` where a range is a block of more than one address; else as ranges are written.
std::string block_text(const AddressRange& range);

/// A part and what there is to say of it, for people.
struct PathLine {
  std::string_view label;
  std::string text;  ///< foreign text
};
/// The HELO name and the SPF term of a row, what is not as it should be, and where its mail would be refused.
std::vector<PathLine> path_lines(const PathRow& row);

/// The matrix, and what is not well below its row. Under `quiet` a line for each row that would be refused or is
/// unknown, twice nothing.
std::string render_paths_text(const PathsDocument& document, bool color, int quiet);
std::string render_paths_markdown(const PathsDocument& document);
/// schemas/paths.schema.json, indented by two, a final newline.
std::string render_paths_json(const PathsDocument& document);

}  // namespace rdnsgate::report
