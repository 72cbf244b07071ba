// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/duration.h"
#include "run/asking.h"

namespace rdnsgate::cli {

/// What --deadline allows, counted from where it was started. While files are read there is nobody who looks
/// at a clock in between: when it passes then, the program says so and ends as inconclusive.
class Deadline {
 public:
  /// `given` is how --deadline was given.
  Deadline(const run::Asking& asking, const std::string& given);
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  /// Everything is read: whoever works from here on is told what is left. Not negative.
  milliseconds after_loading();

 private:
  struct Watch;
  std::chrono::steady_clock::time_point end_;
  std::unique_ptr<Watch> watch_;
};

}  // namespace rdnsgate::cli
