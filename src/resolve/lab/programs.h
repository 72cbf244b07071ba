// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"

namespace rdnsgate::resolve {

/// A program of somebody else's.
struct Program {
  std::string name, path;
  std::string
      libraries;  ///< a folder with the shared libraries that were unpacked beside it; empty: the system's
};

/// In the folder that RDNSGATE_LAB names, as Debian packages are unpacked into it, else in PATH and where servers lie.
std::optional<Program> find_program(const std::string& name);

/// Serves zones: NSD, or Knot.
Result<Program> find_name_server();
/// Resolves: Unbound.
Result<Program> find_resolver();

}  // namespace rdnsgate::resolve
