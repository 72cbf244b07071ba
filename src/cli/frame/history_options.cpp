// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/frame/history_options.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "history/recorder.h"
#include "run/history/record_run.h"

namespace rdnsgate::cli {

void HistoryOptions::add_to(CLI::App& command) {
  command
      .add_option(
          "--history", where,
          "Also keep the run, and what opened, changed or recovered with it, in this file, or in a database "
          "of PostgreSQL (postgresql://USER@HOST/DATABASE)")
      ->type_name("FILE|URL");
  command
      .add_option(
          "--history-origin", origin,
          "Who looks, where several keep one history: findings of each are its own, such as a host or a "
          "network")
      ->type_name("NAME");
}

Result<void> check_names_history(const std::string& where) {
  if (!where.empty()) return {};
  return fail("name a history", "--history FILE, RDNSGATE_HISTORY, or history: in .rdnsgate.yaml");
}

bool HistoryOptions::record(const run::AuditRun& ran, Terminal& terminal) const {
  if (ran.document.unusable) return true;
  history::Recorder recorder({where}, run::waiting_folder(where));
  const auto recorded = recorder.record(run::history_run(ran, origin), run::seen_findings(ran.document));
  if (!recorded) {
    const auto& why = recorded.error().error;
    terminal.error("the run is not in the history: " + why.message, why.hint);
    return false;
  }
  for (const auto& note : recorded->notes) terminal.say("history: " + note);
  return true;
}

}  // namespace rdnsgate::cli
