// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>

#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "cli/operate/story_options.h"

namespace rdnsgate::cli {
namespace {

int write_postmortem(const CommonOptions& common, const StoryOptions& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto request = options.request(common);
  if (!request) return refuse(terminal, request.error());
  Talk talk(terminal);
  const auto story = run::story_run(*request, talk);
  if (!story) return refuse(terminal, story.error());
  if (terminal.print(report::render_postmortem(*story))) return exit_pass;
  return refuse(terminal, {"standard output takes no more: the result is incomplete"});
}

}  // namespace

Action add_postmortem(CLI::App& app) {
  auto options = std::make_shared<StoryOptions>();
  auto* command =
      app.add_subcommand("postmortem", "Write what a history knows of a finding, to be finished by hand");
  options->add_to(*command);
  command->footer(
      "Exit: 0 written, 2 wrong usage or nothing known of it, 3 the history could not be asked.\n"
      "Example: rdnsgate postmortem 3f9c1a --history history.db > postmortem.md");
  return [options](const CommonOptions& common) { return write_postmortem(common, *options); };
}

}  // namespace rdnsgate::cli
