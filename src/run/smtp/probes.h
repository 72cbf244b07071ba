// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "audit/heard/probes.h"
#include "base/duration.h"
#include "base/result.h"
#include "inventory/model/model.h"

namespace rdnsgate::run {

/// One file that `smtp probe --format json` wrote.
struct ProbeFile {
  std::string path;
  Time made_at{};
  std::string inventory;              ///< the path that the inventory had there; foreign
  std::vector<IpAddress> addresses;   ///< all that it is about, those of other hosts too
  std::vector<audit::Probed> said{};  ///< only what a receiver said of an identity: yes, or no because of it
};

/// Reads its text. Fails on everything else, and on forms of other versions.
Result<ProbeFile> read_probe_file(std::string_view text);

/// What receivers said, by all files together.
struct HeardProbes {
  audit::Probes probes;
  std::vector<ProbeFile> files;  ///< without what they say
  std::size_t undeclared = 0;    ///< replies about identities that the inventory does not declare
};

/// Fails where a file cannot be read, holds anything else, or is about none of the declared addresses: of another inventory.
Result<HeardProbes> load_probes(const std::vector<std::string>& paths, const inventory::Inventory& inventory);

/// What is further from the time that is judged says nothing about it: records have changed since.
inline constexpr seconds oldest_probes{7 * 86400};
Result<void> check_age(const HeardProbes& heard, Time judged_at);

}  // namespace rdnsgate::run
