// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/snapshot.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/files/boundary.h"
#include "base/files/output_file.h"

namespace rdnsgate::run {

Result<dns::Snapshot> load_snapshot(const std::string& path) {
  std::error_code failed;
  if (std::filesystem::is_directory(path, failed))
    return fail(fmt::format("{} is a folder, not a snapshot", path));
  errno = 0;
  const auto real = follow_path(path);
  if (!real) return tl::unexpected(real.error());
  std::ifstream in(*real, std::ios::binary);
  if (!in)
    return fail(fmt::format("cannot read {}: {}", path, std::strerror(errno)),
                "a snapshot is written by check --record FILE");
  return dns::read_snapshot(in, path);
}

Result<void> save_snapshot(const std::string& path, const dns::SnapshotHead& head,
                           const dns::FactStore& facts) {
  OutputFile file(path);
  bool taken = true;
  const auto written =
      dns::write_snapshot(head, facts, [&](std::string_view octets) { return taken = file.write(octets); });
  // What the file has against it is said by commit(); what the facts have, here.
  if (!written && taken) return fail(fmt::format("cannot write {}: {}", path, written.error().message));
  return file.commit();
}

}  // namespace rdnsgate::run
