// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "history/sql.h"

namespace rdnsgate::history {

/// Of the tables that this program writes (docs/history.md).
inline constexpr std::int64_t schema_version = 2;

/// Of the tables that are there; 0: there are none.
std::int64_t version_of(Database& database);

/// Brings the tables to schema_version, all at once or not at all; makes them where there are none. Throws Stop, `newer` for
/// tables of a later version. `shown`: what the history is called.
void migrate(Database& database, const std::string& shown);

/// The same refusal, for whoever only reads; tables that are older are refused, too.
void check_version(Database& database, const std::string& shown);

}  // namespace rdnsgate::history
