// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "history/history.h"
#include "history/open.h"

namespace rdnsgate::history {

/// What became of a run.
struct Recorded {
  /// What follows from it; nothing where it waits for the server, which knows what was seen before.
  std::optional<Appended> appended;
  std::vector<std::string> notes;  ///< what a person should know, each said once by a Recorder; foreign text
};

/// Writes runs to a history that may not be at hand. Where a server is dead or slow, a run is kept in `spool`, a folder,
/// and sent with a later one, in order and once. A file that is damaged is kept beside the one that is begun then.
class Recorder {
 public:
  Recorder(Place place, std::string spool, Policy policy = {}, Patience patience = {})
      : place_(std::move(place)), spool_(std::move(spool)), policy_(policy), patience_(patience) {}

  /// Fails where the run is neither written nor kept.
  Outcome<Recorded> record(const Run& run, const std::vector<Seen>& seen);

  /// How long sending what waited may take before the rest waits for the next run.
  static constexpr seconds longest_sending{30};

 private:
  Outcome<Appended> append(const Run& run, const std::vector<Seen>& seen);
  Outcome<Recorded> record_in_file(const Run& run, const std::vector<Seen>& seen);
  Outcome<Recorded> record_on_server(const Run& run, const std::vector<Seen>& seen);

  Place place_;
  std::string spool_;
  Policy policy_;
  Patience patience_;
  bool said_waiting_ = false;
};

}  // namespace rdnsgate::history
