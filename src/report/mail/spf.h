// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ip.h"
#include "base/timestamp.h"
#include "mailauth/spf/spf_trace.h"

namespace rdnsgate::report {

/// An evaluation of SPF: for whom, what it came to, and how.
struct SpfDocument {
  std::string tool_version, vantage;
  Time evaluated_at{};
  IpAddress ip;
  std::string sender, helo;  ///< as they were given; foreign text
  bool of_helo = false;
  std::string domain;  ///< whose record it is about
  std::string receiver;
  mailauth::SpfResult result{};
  mailauth::SpfResults
      possible;  ///< more than one where it depends on what is not known; `result` is temperror then
  std::optional<std::string> explanation;
  std::string explanation_from;  ///< the name of the domain's TXT record; empty where the record names none
  std::string explanation_problem;  ///< why it has no text that can be used; foreign text
  unsigned lookups = 0, void_lookups = 0;
  std::string problem;  ///< why there is no result, or an error; foreign text
  std::vector<mailauth::SpfRecordTrace> records;
};

/// The result in a line, then the record with what matched, as a tree. Under `quiet` the line alone, twice nothing.
std::string render_spf_text(const SpfDocument& document, bool color, int quiet);

/// schemas/spf.schema.json, indented by two, a final newline.
std::string render_spf_json(const SpfDocument& document);

}  // namespace rdnsgate::report
