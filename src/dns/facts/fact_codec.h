// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "dns/facts/fact.h"

namespace rdnsgate::dns {

/// The packed form of facts inside a FactStore. A private format of one process: never written to a file.
/// The question's vantage, type and name come first, so that a key can be compared without unpacking.
void pack(std::string& out, const Fact& fact);
Fact unpack(std::string_view packed);

/// The leading octets of a packed fact that identify its question.
void pack_key(std::string& out, VantageIndex vantage, const Name& name, RrType type);
Question unpack_key(std::string_view packed);

}  // namespace rdnsgate::dns
