// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "run/git/git_library.h"

namespace rdnsgate::run {

/// Why a repository is not open.
struct NotOpened {
  enum class Kind : std::uint8_t { none_there, not_ours, broken };

  Kind kind = Kind::broken;
  Error error{};
};

/// The repository that a real folder is in, or the one right there where `search` is false. As git does, it refuses what
/// belongs to another user, unless safe.directory allows it. Where there is no library, it is `broken`.
tl::expected<GitOwned<git_repository>, NotOpened> open_repository(const std::string& folder,
                                                                  bool search = true);

}  // namespace rdnsgate::run
