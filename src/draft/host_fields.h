// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "base/result.h"
#include "draft/estate.h"

namespace rdnsgate::draft {

/// A host as a table has it: texts, empty where it says nothing.
struct HostFields {
  std::string address;  ///< with or without a prefix length behind it
  std::string ptr, helo, sender, owner;
  std::string left_out;  ///< why it is not to be declared
};

/// Adds it to what is known; a host that is there keeps what it has. Fails on what is no address, or no name.
Result<void> add_host(const HostFields& fields, Estate& estate);

}  // namespace rdnsgate::draft
