// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

namespace rdnsgate {

/// A file or an empty folder that is removed when SIGINT, SIGTERM or SIGHUP ends the program while this object
/// lives. It removes nothing itself. A signal that the program was started
/// to ignore (nohup) stays ignored. For several threads.
class RemovedOnSignal {
 public:
  explicit RemovedOnSignal(const std::string& path);
  ~RemovedOnSignal();
  RemovedOnSignal(const RemovedOnSignal&) = delete;
  RemovedOnSignal& operator=(const RemovedOnSignal&) = delete;

  struct Node;

 private:
  Node* node_;
};

}  // namespace rdnsgate
