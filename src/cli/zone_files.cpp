// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/zone_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "dns/zone_file.h"
#include "inventory/read_file.h"

namespace rdnsgate::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_file = std::size_t{64} << 20;

Result<void> read_zone(const std::string& path, const dns::Name& origin, Sources& sources, ProposedZones& proposed) {
  auto text = inventory::read_file(path, max_file);
  if (!text) return fail(text.error().message);
  const auto file = sources.add(path, std::move(*text));
  auto zone = dns::read_zone_file(sources, file, origin, proposed.problems);
  if (proposed.usable() && zone.origin != origin)
    return fail(fmt::format("{} holds the zone {}, not {}", path, zone.origin.text(), origin.text()));
  proposed.zones.push_back({path, std::move(zone)});
  return {};
}

}  // namespace

bool ProposedZones::usable() const {
  return std::none_of(problems.begin(), problems.end(),
                      [](const Diagnostic& problem) { return problem.severity == Severity::error; });
}

Result<ProposedZones> read_zone_files(const std::string& folder, Sources& sources) {
  std::error_code failed;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    if (entry.path().extension() == ".zone") paths.push_back(entry.path());
  }
  if (failed) return fail(fmt::format("cannot read the folder {}: {}", folder, failed.message()));
  if (paths.empty()) return fail(fmt::format("there are no zone files in {}", folder), "they are looked for as ORIGIN.zone");
  std::sort(paths.begin(), paths.end());
  ProposedZones proposed;
  for (const auto& path : paths) {
    const auto origin = dns::Name::parse(path.stem().string());
    if (!origin) {
      return fail(fmt::format("{}: the file is not named after a zone: {}", path.string(), origin.error().message),
                  "name it ORIGIN.zone, such as 2.0.192.in-addr.arpa.zone");
    }
    if (auto read = read_zone(path.string(), *origin, sources, proposed); !read) return tl::unexpected(read.error());
  }
  return proposed;
}

}  // namespace rdnsgate::cli
