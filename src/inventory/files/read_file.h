// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <tl/expected.hpp>

namespace rdnsgate::inventory {

/// Why a file could not be read.
struct ReadError {
  std::string message, hint;
  bool too_large = false;
};

/// The whole of a regular file, or of standard input for `-`, up to `limit` octets: the size is looked at
/// before anything is read, and again while reading. What is no regular file is refused without opening it
/// for longer than a look, so that a FIFO cannot hang the program. Messages call it `shown`, or by its path.
tl::expected<std::string, ReadError> read_file(const std::string& path, std::size_t limit,
                                               const std::string& shown = {});

}  // namespace rdnsgate::inventory
