// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <chrono>

#include "base/duration.h"

namespace rdnsgate::run {

/// The time that a run may take, counted from where it begins.
class Deadline {
 public:
  explicit Deadline(milliseconds time) : end_(std::chrono::steady_clock::now() + time) {}

  /// Not negative.
  milliseconds left() const {
    const auto left = std::chrono::duration_cast<milliseconds>(end_ - std::chrono::steady_clock::now());
    return std::max(left, milliseconds(0));
  }

 private:
  std::chrono::steady_clock::time_point end_;
};

}  // namespace rdnsgate::run
