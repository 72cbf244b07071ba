// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/git/git_version.h"

#include <fmt/format.h>

#include "run/git/git_library.h"

namespace rdnsgate::run {

std::string git_version() {
  const auto git = git_library();
  if (!git) return {};
  int major = 0, minor = 0, revision = 0;
  (*git)->libgit2_version(&major, &minor, &revision);
  return fmt::format("{}.{}.{}", major, minor, revision);
}

}  // namespace rdnsgate::run
