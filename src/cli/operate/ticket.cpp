// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>

#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/loading_watch.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "run/evidence/ticket_run.h"

namespace rdnsgate::cli {
namespace {

struct StatusOptions {
  std::string subject, format = "text";
  std::vector<std::string> files;
  AskOptions ask;
};

int exit_of(report::PathState state) {
  switch (state) {
    case report::PathState::good:
      return exit_pass;
    case report::PathState::bad:
      return exit_findings;
    case report::PathState::unknown:
    case report::PathState::unjudged:
      break;
  }
  return exit_inconclusive;
}

int status(const CommonOptions& common, const StatusOptions& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto clock = common.clock();
  if (!clock) return refuse(terminal, clock.error());
  auto asking = options.ask.asking();
  if (!asking) return refuse(terminal, asking.error());
  const run::TicketRequest request{*clock, options.subject, options.files, std::move(*asking)};
  LoadingWatch watch(request.asking.deadline, options.ask.deadline);
  Talk talk(terminal, &watch);
  const auto document = run::ticket_run(request, talk);
  watch.stop();
  if (!document) return refuse(terminal, document.error());
  const auto text = options.format == "json"
                        ? report::render_ticket_json(*document)
                        : report::render_ticket_text(*document, terminal.color(), terminal.quiet());
  if (terminal.print(text)) return exit_of(document->state());
  return refuse(terminal, {"standard output takes no more: the result is incomplete"});
}

}  // namespace

Action add_ticket(CLI::App& app) {
  auto options = std::make_shared<StatusOptions>();
  auto* command = app.add_subcommand("ticket", "Follow what a provider was asked for");
  command->require_subcommand(1);
  auto* look = command->add_subcommand("status", "Which milestones are reached, by what the DNS says now");
  look->add_option("BUNDLE|PLAN|IP", options->subject,
                   "A bundle that evidence wrote or a plan, which say what is wanted; or an address, a "
                   "sender, a zone or a "
                   "host name of the inventory")
      ->required();
  look->add_option("FILE", options->files,
                   "The inventory, in one or several files or in a folder; inventory.yaml where none is "
                   "named. Beside a bundle "
                   "or a plan only its vantages count, and none is needed");
  options->ask.add_to(*look, false);
  look->add_option("-f,--format", options->format, "What to print on standard output: text or json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  look->footer(
      "Exit: 0 every milestone is reached, 1 one is not, 2 wrong usage or input, 3 it could not be "
      "determined.\n"
      "Example: rdnsgate ticket status bundle.tar.gz");
  return [options](const CommonOptions& common) { return status(common, *options); };
}

}  // namespace rdnsgate::cli
