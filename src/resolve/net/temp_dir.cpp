// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/temp_dir.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "base/files/output_file.h"

namespace rdnsgate::resolve {

Result<TempDir> TempDir::make() {
  std::error_code error;
  const auto parent = std::filesystem::temp_directory_path(error);
  if (error)
    return fail(fmt::format("there is no folder for temporary files: {}", error.message()), "set TMPDIR");
  std::string pattern = parent / "rdnsgate-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) {
    return fail(fmt::format("no folder can be made in {}: {}", parent.string(),
                            std::generic_category().message(errno)),
                "set TMPDIR");
  }
  return TempDir(pattern);
}

TempDir::~TempDir() {
  std::error_code ignored;  // nothing better can be done about it here
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Result<std::string> TempDir::write(const std::string& name, std::string_view text) const {
  std::string path = path_ / name;
  if (const auto written = write_file(path, text); !written) return tl::unexpected(written.error());
  remember(path);
  return path;
}

}  // namespace rdnsgate::resolve
