// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <string>
#include <vector>

#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"
#include "plan/plan.h"
#include "plan/rollout/rollout_state.h"

namespace rdnsgate::plan {

enum class Verdict : std::uint8_t {
  ready,    ///< the next step may be taken
  wait,     ///< not before `until`: caches, hosts that are watched, or a change window
  left,     ///< the DNS shows what the plan knows nothing of, or steps out of their order
  unknown,  ///< something that matters could not be determined
  complete,
};

/// An RRset that is not where it should be, at one server.
struct Straggler {
  Name zone, owner;
  RrType type{};
  std::string server;
  std::string shows;  ///< foreign text
  std::string why;    ///< what the plan expects there
};

/// Where a rollout stands. Phases are given by their index in the plan.
struct Standing {
  Verdict verdict{};
  std::vector<std::size_t> done;      ///< seen on every name server; of hosts, where it was said
  std::vector<std::size_t> unknown;   ///< neither seen to be done nor seen not to be
  std::vector<std::size_t> current;   ///< begun and not done everywhere, or done and waited for
  std::vector<std::size_t> next;      ///< what may be done now, or after `until`
  Time until{};                       ///< wait: the earliest moment of the next step, or of the next look
  std::string why;                    ///< what is waited for
  std::vector<Straggler> lagging;     ///< servers that do not show a change yet that others show
  std::vector<Straggler> missing;     ///< changes of `current` that no server shows yet
  std::vector<Straggler> strange;     ///< left: what the plan does not know
  std::vector<std::string> problems;  ///< unknown: what could not be determined
  std::vector<std::string> notes;     ///< what is odd about the state: moments ahead of the clock
};

/// What the servers show otherwise than the phase's checks have it; empty where all is as expected.
struct Verification {
  std::vector<Straggler> wrong;
  std::vector<std::string> problems;
};
/// For a person; foreign text is escaped for a terminal.
std::string emit_standing(const Plan& plan, const Standing& standing, Time now);
std::vector<std::string> lines_of_standing(const Plan& plan, const Standing& standing, Time now);
std::string emit_verification(const Phase& phase, const Verification& verification);

/// For programs: schemas/rollout.schema.json and schemas/rollout-verify.schema.json.
std::string emit_standing_json(const Plan& plan, const Standing& standing, Time now);
std::string emit_verification_json(const Plan& plan, const Phase& phase, const Verification& verification,
                                   Time now);

}  // namespace rdnsgate::plan
