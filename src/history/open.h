// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>

#include "base/duration.h"
#include "history/history.h"
#include "history/sqlite_database.h"

namespace rdnsgate::history {

/// Where a history is: a file, or `postgresql://USER@HOST/DATABASE` (`postgres://`).
struct Place {
  std::string where;

  bool is_server() const;
  /// For people: without the passwords of a URL.
  std::string shown() const;
};

/// How long to wait for others that write, and for a server: for it to answer at all, and for each answer.
struct Patience {
  milliseconds busy{10'000};
  milliseconds answer{10'000};
};

/// Opens a history, and brings its tables up to date unless it is only read.
Outcome<std::unique_ptr<History>> open_history(const Place& place, Access access,
                                               const Patience& patience = {});

}  // namespace rdnsgate::history
