// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "yaml/document.h"
#include "yaml/limits.h"
#include "yaml/problems.h"

namespace rdnsgate::yaml {

/// Calls `work` for each number below `count`, on whatever threads it has.
using InParallel = std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)>;

/// How a large file is cut.
struct Parts {
  std::size_t most = 2;
  std::size_t least_octets = std::size_t{1} << 17;  ///< of one: for less a thread is not worth its while
};

/// Reads the one YAML document of `problems.file()`, whose source must outlive the result. Hostile input ends
/// in a problem: what is no text, nesting, aliases and lines that would cost memory are refused before they
/// do. Duplicate keys, tags and, unless the dialect has them, merge keys and keys that are no text are
/// problems too. nullopt where the rest of the file could not be read, or where it may be empty and is; a
/// document that was read may still have left problems behind. With `in_parallel` the parts of a large file are
/// read side by side, to the same result.
std::optional<Document> read(const Limits& limits, Problems& problems, const InParallel& in_parallel = {},
                             const Parts& parts = {});

/// The same by libyaml alone, which says what a text is that is not ordinary (yaml/ordinary.h). Tests hold `read` against it.
std::optional<Document> read_by_libyaml(const Limits& limits, Problems& problems);

/// Of the libyaml that is in use.
std::string libyaml_version();

}  // namespace rdnsgate::yaml
