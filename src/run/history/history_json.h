// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "history/history.h"

namespace rdnsgate::run {

/// The document of schemas/history.schema.json, written piece by piece: a year has more runs than one should hold.
class HistoryJson {
 public:
  /// Takes text; false where it takes no more.
  using Sink = std::function<bool(std::string_view)>;

  /// `history` is what the history is called, without passwords.
  HistoryJson(Sink sink, const std::string& history, Time read_at);

  /// Begins a list: `runs`, `findings`, `transitions`, `zones` or `latency`, each once; all that is added goes there.
  bool begin(std::string_view list);
  bool add(const std::vector<history::KeptRun>& runs);
  bool add(const std::vector<history::Track>& findings);
  bool add(const std::vector<history::Transition>& transitions);
  bool add(const std::vector<history::ZoneState>& zones);
  bool add(const std::vector<history::LatencyHour>& latency);
  bool end();

 private:
  template <typename T>
  bool add_all(const std::vector<T>& all);

  Sink sink_;
  bool is_first_ = true;  ///< of its list
  bool has_list_ = false;
};

}  // namespace rdnsgate::run
