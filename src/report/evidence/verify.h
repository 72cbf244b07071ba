// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/files/ustar.h"
#include "base/result.h"

namespace rdnsgate::report {

/// What `evidence verify` found.
struct EvidenceCheck {
  std::vector<std::string> wrong;  ///< each a sentence, escaped; empty: the bundle is whole
  std::size_t files = 0, octets = 0;
  std::string folder;                       ///< that its files are in
  std::string asked_for, taken_at, source;  ///< as its manifest says; foreign text
  std::vector<ArchiveFile> members;         ///< without the folder; only of a bundle that is whole

  bool is_whole() const { return wrong.empty(); }
};

/// Octets of a bundle, packed and unpacked, that are read at most: an honest one stays far below.
inline constexpr std::size_t most_packed = std::size_t{256} << 20, most_unpacked = std::size_t{512} << 20;

/// Reads an unpacked bundle and holds it against its own checksums: what is missing, there beside, damaged or renamed. Any
/// octets are safe.
EvidenceCheck check_evidence(std::string_view archive);

/// The same for one that is packed with gzip.
EvidenceCheck check_packed_evidence(std::string_view packed);

/// The octets inside, up to the bound. Fails on what is no gzip, damaged, or swells beyond it.
Result<std::string> unpack_gzip(std::string_view packed);

/// schemas/evidence-check.schema.json, indented by two, a final newline. `sha256` is that of the file.
std::string render_check_json(const EvidenceCheck& check, const std::string& path, const std::string& sha256);

}  // namespace rdnsgate::report
