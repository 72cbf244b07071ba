// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/text/diagnostic.h"
#include "base/text/source.h"
#include "draft/estate.h"
#include "draft/live.h"

namespace rdnsgate::run {

/// What a first inventory is made of.
struct FirstSources {
  std::vector<std::string> addresses;   ///< addresses, ranges and blocks
  std::string address_file;             ///< the same, one a line; or empty
  std::vector<std::string> domains;     ///< of which the SPF records are looked at
  std::vector<std::string> zone_files;  ///< folders and files
  std::string csv, netbox, tofu;        ///< files, or empty
  std::string known_relays;  ///< a list of well-known relays in place of the program's own; or empty
  std::vector<std::string>
      only;  ///< patterns of the names that are meant; empty: what sends mail, where known
};

/// What the DNS is to be asked about. Fails on what is no address and no name, and where the list of well-known relays
/// cannot be read; what is wrong inside of that goes to `problems`.
Result<draft::Wanted> wanted_of(const FirstSources& from, Sources& sources, Diagnostics& problems);

/// What the files say. An inventory at `path` (`-`: nowhere) can name zone files that lie near it. Fails where a file
/// cannot be read; what is wrong inside of one goes to `problems`.
Result<draft::Estate> estate_of(const FirstSources& from, const std::string& path, Sources& sources,
                                Diagnostics& problems);

/// Zone files that questions were answered from are known to hold their zones: adds those that a host of the estate is
/// in. Fails where a file cannot be read.
Result<void> name_answering_zones(const std::vector<std::string>& zone_files, const std::string& path,
                                  Sources& sources, draft::Estate& estate);

}  // namespace rdnsgate::run
