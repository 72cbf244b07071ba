// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/duration.h"
#include "history/sql.h"

namespace rdnsgate::history {

/// Connects to a server of PostgreSQL, through libpq: what else it heeds (PGPASSFILE, ~/.pgpass, PGSSLMODE, services) is
/// heeded. The tables are in a schema of their own, `rdnsgate`. `patience`: for the connection, and for each answer; the
/// server is told to give up then, too. Throws Stop, `unreachable` where another try later makes sense.
std::unique_ptr<Database> open_postgres(const std::string& url, milliseconds patience);

}  // namespace rdnsgate::history
