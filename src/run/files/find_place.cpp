// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/find_place.h"

#include <filesystem>
#include <system_error>

namespace rdnsgate::run {

report::Place find_place() {
  namespace fs = std::filesystem;
  std::error_code failed;
  const fs::path here = fs::current_path(failed);
  for (fs::path at = here; !failed && !at.empty(); at = at.parent_path()) {
    if (fs::exists(at / ".git", failed))
      return {at.string(), at == here ? "" : here.lexically_relative(at).string()};
    if (at == at.root_path()) break;
  }
  return {here.string(), ""};
}

}  // namespace rdnsgate::run
