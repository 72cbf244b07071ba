// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "run/watch/timekeeper.h"

namespace rdnsgate::cli {

/// The clock of the machine, and its signals: SIGINT and SIGTERM end a watch, SIGHUP wants a look at once. Tells the
/// service manager that the program is alive. There is one at a time; signals are what they were when it is gone.
class WatchSignals final : public run::Timekeeper {
 public:
  WatchSignals();
  ~WatchSignals() override;
  WatchSignals(const WatchSignals&) = delete;
  WatchSignals& operator=(const WatchSignals&) = delete;

  milliseconds elapsed() override;
  Time wall() override;
  Wake wait_until(milliseconds elapsed) override;
  bool stops() override;

 private:
  void show_life();

  milliseconds began_;
  milliseconds watchdog_;
};

}  // namespace rdnsgate::cli
