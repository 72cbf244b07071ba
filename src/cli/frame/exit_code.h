// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

namespace rdnsgate::cli {

/// What scripts rely on: a contract, add but never change.
enum ExitCode : int {
  exit_pass = 0,
  exit_findings = 1,      ///< open findings at or above --fail-on
  exit_usage = 2,         ///< wrong usage or a wrong inventory: nothing was asked
  exit_inconclusive = 3,  ///< no finding, but a question that matters could not be answered
  exit_internal = 4,      ///< a bug in rdnsgate, never a statement about the DNS
  exit_wait = 75,         ///< rollout: nothing is wrong, but it is too early (EX_TEMPFAIL of sysexits.h)
};

/// With --format nagios commands end with what plugins end with (report::PluginState).
///
/// Of `plan --detailed-exitcode`, where they are others: what pipelines for OpenTofu expect.
enum DetailedExitCode : int {
  exit_detailed_usage = 1,    ///< in place of exit_usage: 2 says something else there
  exit_detailed_changes = 2,  ///< in place of exit_pass, of a plan with something to do
};

}  // namespace rdnsgate::cli
