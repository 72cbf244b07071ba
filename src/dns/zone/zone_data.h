// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "dns/rrset.h"

namespace rdnsgate::dns {

/// What the source of a zone leaves open: the records are there, or may be, and somebody else decides on
/// them.
struct OpenQuestion {
  Name owner;
  RrType type{};    ///< RrType{}: every type that has no records here
  std::string why;  ///< `an ALIAS: ...`; foreign text
};

/// A zone as one file or several propose it.
struct ZoneFile {
  Name origin;                     ///< owner of the SOA
  std::vector<RRset> rrsets;       ///< in canonical order
  std::vector<OpenQuestion> open;  ///< none where the file has standard records only: it says everything
};

}  // namespace rdnsgate::dns
