// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/facts/collect.h"

#include <chrono>

namespace rdnsgate::dns {

bool collect(Panel& panel, VantageIndex vantage, FactStore& store,
             const std::function<void(FactDesk&)>& reader, milliseconds deadline) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  std::size_t in_flight = 0;
  panel.set_sink([&](Fact&& fact) {
    store.insert(fact);
    if (in_flight > 0) --in_flight;
  });
  // The sink refers to this frame: it is taken back on every way out.
  const struct Guard {
    Panel& panel;
    ~Guard() { panel.set_sink({}); }
  } guard{panel};
  FactDesk desk(store, vantage);
  while (true) {
    reader(desk);
    if (desk.complete()) return true;
    for (const auto& question : desk.missing()) {
      panel.ask(question);
      ++in_flight;
    }
    while (in_flight > 0) {
      const auto left = std::chrono::duration_cast<milliseconds>(end - std::chrono::steady_clock::now());
      if (left.count() <= 0) return false;
      panel.run_once(left);
    }
    desk.resume();
  }
}

}  // namespace rdnsgate::dns
