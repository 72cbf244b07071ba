// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "plan/plan.h"

namespace rdnsgate::plan {

/// The phase's id and, where its kind is cut, its wave: `swap-ptr-2 (wave 2 of 5)`.
std::string label_of(const Phase& phase);

/// What a phase does, for a person: `lower the TTLs`.
std::string_view purpose_of(const Phase& phase);

/// `192.0.2.1 192.0.2.2, TTL 1d`; `(none)` for an absence. Foreign text, not escaped.
std::string data_of(RrType type, const MaybeVersion& version);

/// `propagation 300 (default) + old-ttl 86400 (observed ...)`.
std::string formula_of(const Wait& wait);

/// How the record data that a check expects is asked for, with NAMESERVER for the server to be put in.
std::string dig_command(const Name& owner, RrType type);

/// True where going back from the phase costs the negative TTL.
bool is_removal(const Phase& phase);

}  // namespace rdnsgate::plan
