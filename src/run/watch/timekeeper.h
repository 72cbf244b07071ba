// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>

#include "base/duration.h"
#include "base/timestamp.h"

namespace rdnsgate::run {

/// What wakes a watch, and what time it is.
class Timekeeper {
 public:
  enum class Wake : std::uint8_t {
    due,
    again,  ///< somebody wants a look at once (SIGHUP)
    stop,
  };

  virtual ~Timekeeper() = default;

  /// Since it began. Goes on while the machine sleeps, and with no clock that somebody sets.
  virtual milliseconds elapsed() = 0;
  virtual Time wall() = 0;
  /// Waits until then; not at all where that has passed, unless something else wakes it.
  virtual Wake wait_until(milliseconds elapsed) = 0;
  /// Asked while a look goes on: the watch is to end. Tells who guards the program that it is alive. For several
  /// threads.
  virtual bool stops() = 0;
};

}  // namespace rdnsgate::run
