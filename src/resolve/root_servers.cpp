// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/root_servers.h"

#include <fmt/format.h>

#include <fstream>

namespace rdnsgate::resolve {

Result<std::vector<dns::RootServer>> load_root_servers(const std::string& path) {
  constexpr std::size_t most_octets = 1 << 20;
  std::ifstream file(path, std::ios::binary);
  std::string text(most_octets + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.eof() && !file)
    return fail(fmt::format("the root hints {} cannot be read", path),
                "name a file with --root-hints; the system's comes with the package dns-root-data");
  text.resize(static_cast<std::size_t>(file.gcount()));
  auto hints = dns::read_root_hints(text);
  if (!hints) return fail(fmt::format("root hints {}: {}", path, hints.error().message), hints.error().hint);
  return hints;
}

}  // namespace rdnsgate::resolve
