// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/operate/story_options.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/frame/history_options.h"

namespace rdnsgate::cli {

void StoryOptions::add_to(CLI::App& command) {
  command
      .add_option("FINDING|IP", subject,
                  "A finding by its fingerprint, or as much of that as tells it from others; or an address "
                  "with one finding")
      ->required();
  command
      .add_option("--history", history,
                  "The history that check and watch keep: a file, or a database of PostgreSQL "
                  "(postgresql://USER@HOST/DATABASE)")
      ->type_name("FILE|URL");
  auto* of = command.add_option(
      "--plan", plan, "A plan that was carried out meanwhile: its steps stand beside what was seen");
  auto* remembered = command.add_option("--state", state, "What its rollout remembered (rollout --state)");
  of->type_name("FILE")->needs(remembered);
  remembered->type_name("FILE")->needs(of);
  command
      .add_option("-i,--inventory", inventory,
                  "The inventory: what it has for internal views alone is left out for others")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option(
          "--redact", redact,
          "Leave out this name, with all below it, or this address, for others; may be given several times")
      ->type_name("NAME|IP")
      ->allow_extra_args(false);
}

Result<run::StoryRequest> StoryOptions::request(const CommonOptions& common) const {
  const auto clock = common.clock();
  if (!clock) return tl::unexpected(clock.error());
  if (const auto named = check_names_history(history); !named) return tl::unexpected(named.error());
  return run::StoryRequest{*clock, history, subject, plan, state, inventory, redact};
}

}  // namespace rdnsgate::cli
