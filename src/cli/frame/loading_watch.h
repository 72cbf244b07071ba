// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>

#include "base/duration.h"

namespace rdnsgate::cli {

/// Heeds --deadline while files are read, when nobody looks at a clock in between: when it passes then, the
/// program says so and ends as inconclusive. From then on a run heeds it by itself.
class LoadingWatch {
 public:
  /// `given` is how --deadline was given.
  LoadingWatch(milliseconds deadline, const std::string& given);
  ~LoadingWatch();
  LoadingWatch(const LoadingWatch&) = delete;
  LoadingWatch& operator=(const LoadingWatch&) = delete;

  /// Everything is read.
  void stop();

 private:
  struct Watch;

  std::unique_ptr<Watch> watch_;
};

}  // namespace rdnsgate::cli
