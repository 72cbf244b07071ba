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

struct TimelineOptions {
  StoryOptions story;
  bool for_receiver = false;
};

int write_timeline(const CommonOptions& common, const TimelineOptions& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto request = options.story.request(common);
  if (!request) return refuse(terminal, request.error());
  Talk talk(terminal);
  const auto story = run::story_run(*request, talk);
  if (!story) return refuse(terminal, story.error());
  const auto text =
      options.for_receiver ? report::render_receiver_timeline(*story) : report::render_timeline_text(*story);
  if (terminal.print(text)) return exit_pass;
  return refuse(terminal, {"standard output takes no more: the result is incomplete"});
}

}  // namespace

Action add_timeline(CLI::App& app) {
  auto options = std::make_shared<TimelineOptions>();
  auto* command = app.add_subcommand("timeline", "Tell how a finding came and went, by a history");
  options->story.add_to(*command);
  command->add_flag("--for-receiver", options->for_receiver,
                    "For a receiving team, as Markdown: what was wrong, which steps were taken, since when "
                    "it is right; without "
                    "who saw it, revisions, and what is internal");
  command->footer(
      "Exit: 0 written, 2 wrong usage or nothing known of it, 3 the history could not be asked.\n"
      "Example: rdnsgate timeline 3f9c1a --history history.db --for-receiver");
  return [options](const CommonOptions& common) { return write_timeline(common, *options); };
}

}  // namespace rdnsgate::cli
