// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/root_servers.h"

#include <fmt/format.h>

#include <fstream>
#include <optional>

#include "base/files/boundary.h"

namespace rdnsgate::resolve {

namespace {

/// As much of the file as its reader takes, and an octet more; nullopt where it cannot be read.
std::optional<std::string> text_of(const std::string& path) {
  constexpr std::size_t most_octets = 1 << 20;
  std::ifstream file(path, std::ios::binary);
  std::string text(most_octets + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.eof() && !file) return std::nullopt;
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

}  // namespace

Result<std::vector<dns::RootServer>> load_root_servers(const std::string& path) {
  const auto real = follow_path(path);
  if (!real) return tl::unexpected(real.error());
  const auto text = text_of(*real);
  if (!text)
    return fail(fmt::format("the root hints {} cannot be read", path),
                "name a file with --root-hints; the system's comes with the package dns-root-data");
  auto hints = dns::read_root_hints(*text);
  if (!hints) return fail(fmt::format("root hints {}: {}", path, hints.error().message), hints.error().hint);
  return hints;
}

Result<dns::TrustAnchors> load_trust_anchors(const std::string& path) {
  if (path.empty()) return dns::TrustAnchors{};
  const auto real = follow_path(path);
  if (!real) return tl::unexpected(real.error());
  const auto text = text_of(*real);
  if (!text)
    return fail(fmt::format("the trust anchor {} cannot be read", path),
                "name a file with DS or DNSKEY records");
  auto anchors = dns::read_trust_anchors(*text);
  if (!anchors)
    return fail(fmt::format("trust anchor {}: {}", path, anchors.error().message), anchors.error().hint);
  return anchors;
}

}  // namespace rdnsgate::resolve
