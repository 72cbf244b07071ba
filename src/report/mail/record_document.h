// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/timestamp.h"
#include "dns/facts/fact.h"
#include "dns/name.h"
#include "mailauth/records/dkim_key.h"
#include "mailauth/records/dmarc_discovery.h"
#include "mailauth/records/dmarc_record.h"

namespace rdnsgate::report {

/// A lookup that a verdict rests on.
struct RecordLookup {
  dns::Name name;
  std::string type;
  dns::Outcome outcome{};
  std::string reason;  ///< why it failed; foreign text
  std::string server;
  std::vector<std::string> aliases;  ///< their targets, in order
};

/// Mail records that were judged: DKIM keys at one selector, or DMARC records at one name.
struct RecordDocument {
  std::string_view kind;  ///< `dkim` or `dmarc`
  std::string tool_version;
  Time judged_at{};
  std::string domain, selector;  ///< empty where the text was handed over
  std::string source;            ///< what a reader calls the records: their owner, or `standard input`
  std::string vantage;           ///< who was asked; empty: nobody
  std::vector<RecordLookup> lookups;
  bool record_unknown = false;       ///< the lookup that all rests on failed
  std::vector<std::string> unknown;  ///< what could not be determined; foreign text

  std::vector<mailauth::DkimRecord> keys;      ///< of kind dkim
  std::vector<mailauth::DmarcRecord> records;  ///< of kind dmarc
  std::optional<mailauth::DmarcDiscovery> discovery;
  mailauth::Reasons reasons;

  std::vector<std::string> texts() const;
  /// `ok`, `warn`, `error`; `unknown` where the records could not be looked up.
  std::string_view result() const;
};

/// What is wrong, each with the place in the record; then what was found, in a line or a few. Under `quiet` a line
/// for each reason, twice nothing.
std::string render_record_text(const RecordDocument& document, bool color, int quiet);

/// schemas/mail-record.schema.json, indented by two, a final newline.
std::string render_record_json(const RecordDocument& document);

}  // namespace rdnsgate::report
