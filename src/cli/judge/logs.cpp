// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>
#include <optional>

#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "cli/frame/terminal.h"
#include "logs/catalogue.h"
#include "run/frame/read_files.h"
#include "run/logs/logs_run.h"

namespace rdnsgate::cli {
namespace {

struct LogsCommand {
  std::vector<std::string> files, inventory, reports;
  std::string format = "text", patterns;
  bool show_patterns = false, no_redact = false;
};

int exit_of(const report::LogsDocument& document) {
  if (document.about() > 0) return exit_findings;
  return document.is_incomplete() ? exit_inconclusive : exit_pass;
}

int read_logs(const CommonOptions& common, const LogsCommand& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const Error full{"standard output takes no more: the result is incomplete"};
  if (options.show_patterns)
    return terminal.print(logs::Catalogue::built_in_text()) ? exit_pass : refuse(terminal, full);
  if (options.files.empty())
    return refuse(terminal, {"name a log", "rdnsgate logs /var/log/mail.log; - reads standard input"});
  const auto clock = common.clock();
  if (!clock) return refuse(terminal, clock.error());
  Talk talk(terminal);
  Sources sources;
  std::optional<inventory::Inventory> inventory;
  if (!options.inventory.empty()) {
    auto read = run::read_inventory(options.inventory, sources, talk);
    if (!read) return refuse(terminal, read.error());
    inventory = std::move(*read);
  }
  const run::LogsRequest request{clock->now(),     options.files,   inventory ? &*inventory : nullptr,
                                 options.patterns, options.reports, !options.no_redact};
  const bool is_json = options.format == "json";
  bool is_taken = true;
  report::LogsJson json([&](std::string_view text) { return is_taken = is_taken && terminal.print(text); });
  run::LogsSink sink;
  sink.note = [&](const std::string& text) { terminal.say(text); };
  if (is_json) {
    sink.begin = [&](const report::LogsDocument& document) { return json.begin(document); };
    sink.line = [&](const report::LogLine& line) { return json.line(line); };
  }
  const auto document = run::logs_run(request, sink);
  if (!document) return refuse(terminal, document.error());
  if (is_json)
    json.end(*document);
  else
    is_taken = terminal.print(report::render_logs_text(*document, terminal.color(), terminal.quiet()));
  return is_taken ? exit_of(*document) : refuse(terminal, full);
}

}  // namespace

Action add_logs(CLI::App& app) {
  auto options = std::make_shared<LogsCommand>();
  auto* command = app.add_subcommand("logs", "Find what mail logs and bounces say about reverse DNS");
  command->add_option(
      "FILE", options->files,
      "Logs of Postfix, Exim, Sendmail, OpenSMTPD, qmail or Exchange, journals (journalctl -o "
      "export) and bounces, as they are or packed with gzip or zstd; - for standard input");
  command
      ->add_option(
          "-i,--inventory", options->inventory,
          "Join what is found to the paths of this inventory; of what this host noted, only its addresses "
          "count")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("-f,--format", options->format, "What to print on standard output: text or json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  command->add_option("--patterns", options->patterns, "What to look for, in place of what is built in")
      ->type_name("FILE");
  command
      ->add_option("--report", options->reports,
                   "Show beside them what this JSON report of check found; of several, since when")
      ->type_name("REPORT")
      ->allow_extra_args(false);
  command->add_flag("--show-patterns", options->show_patterns,
                    "Print the patterns that are built in, and read nothing");
  command->add_flag("--no-redact", options->no_redact, "Show mailboxes and what was said to log in");
  command->footer(
      "Exit: 0 nothing about reverse DNS, 1 something, 2 wrong usage or input, 3 nothing in what could be "
      "read.\n"
      "Example: rdnsgate logs -i inventory.yaml /var/log/mail.log*");
  return [options](const CommonOptions& common) { return read_logs(common, *options); };
}

}  // namespace rdnsgate::cli
