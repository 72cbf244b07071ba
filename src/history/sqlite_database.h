// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>

#include "history/sql.h"

namespace rdnsgate::history {

enum class Access : std::uint8_t {
  read,    ///< what is there, and nothing is written
  change,  ///< what is there
  create,  ///< also where nothing is
};

/// Opens a file of SQLite. In write-ahead mode, so that readers and the one writer do not wait for each other; with
/// synchronous=FULL, since a run is one transaction every few minutes: the sync costs nothing there, and without it the
/// last transactions before a power cut would be gone though they had been reported.
/// `path` is the user's, and goes where follow_path() leads. Throws Stop: `not_ours` for a file that is no database or
/// one of another program, `corrupt` for one of ours that is damaged.
std::unique_ptr<Database> open_sqlite(const std::string& path, Access access, milliseconds busy);

/// The version of the library, as it says itself.
std::string sqlite_version();

}  // namespace rdnsgate::history
