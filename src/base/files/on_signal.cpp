// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/on_signal.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <climits>

namespace rdnsgate {

/// One path. Nodes are used again and never freed: a handler may be looking at any of them.
struct RemovedOnSignal::Node {
  std::atomic<bool> used{true}, ready{false};
  std::array<char, PATH_MAX> path{};
  Node* older = nullptr;
};

namespace {

using Node = RemovedOnSignal::Node;

std::atomic<Node*> newest{nullptr};

/// Only what a handler may call (signal-safety(7)). Folders go once they are empty, so from the inside out.
void remove_all(int signal_number) {
  bool again = true;
  while (again) {
    again = false;
    for (Node* node = newest.load(); node != nullptr; node = node->older) {
      if (!node->ready.load()) continue;
      if (unlink(node->path.data()) != 0 && rmdir(node->path.data()) != 0) continue;
      node->ready.store(false);
      again = true;
    }
  }
  raise(signal_number);  // the handler is gone (SA_RESETHAND): the program ends as it would have without one
}

/// Again for each path, since others may set handlers and take them away.
void install() {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction was {};
    if (sigaction(number, nullptr, &was) != 0 || was.sa_handler != SIG_DFL) continue;
    struct sigaction action {};
    action.sa_handler = remove_all;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, nullptr);
  }
}

Node* free_node() {
  for (Node* node = newest.load(); node != nullptr; node = node->older) {
    bool expected = false;
    if (node->used.compare_exchange_strong(expected, true)) return node;
  }
  auto* node = new Node;
  node->older = newest.load();
  while (!newest.compare_exchange_weak(node->older, node)) continue;
  return node;
}

}  // namespace

RemovedOnSignal::RemovedOnSignal(const std::string& path) : node_(free_node()) {
  install();
  if (path.size() >= node_->path.size()) return;  // the system takes no longer one either
  path.copy(node_->path.data(), path.size());
  node_->path[path.size()] = '\0';
  node_->ready.store(true);
}

RemovedOnSignal::~RemovedOnSignal() {
  node_->ready.store(false);
  node_->used.store(false);
}

}  // namespace rdnsgate
