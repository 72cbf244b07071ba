// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <memory>

#include "base/files/output_file.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/loading_watch.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "cli/frame/terminal.h"
#include "run/paths/paths_run.h"

namespace rdnsgate::cli {
namespace {

using Verdict = report::PathRow::Verdict;

struct PathsCommand {
  std::vector<std::string> files;
  std::string format = "text", output, volume = "bulk", inconclusive = "report";
  AskOptions ask;
};

Result<run::PathsRequest> request_of(const PathsCommand& options, const CommonOptions& common) {
  auto clock = common.clock();
  if (!clock) return tl::unexpected(clock.error());
  auto asking = options.ask.asking();
  if (!asking) return tl::unexpected(asking.error());
  return run::PathsRequest{std::move(*clock), options.files, std::move(*asking), options.volume == "bulk"};
}

int exit_of(const report::PathsDocument& document, const std::string& inconclusive) {
  const auto has = [&](Verdict verdict) {
    return std::any_of(document.rows.begin(), document.rows.end(),
                       [&](const auto& row) { return row.verdict == verdict; });
  };
  if (has(Verdict::refused)) return exit_findings;
  if (!has(Verdict::unknown) || inconclusive == "pass") return exit_pass;
  return inconclusive == "fail" ? exit_findings : exit_inconclusive;
}

std::string rendered(const report::PathsDocument& document, const std::string& format, bool color,
                     int quiet) {
  if (format == "json") return report::render_paths_json(document);
  if (format == "markdown") return report::render_paths_markdown(document);
  return report::render_paths_text(document, color, quiet);
}

int paths(const CommonOptions& common, const PathsCommand& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto request = request_of(options, common);
  if (!request) return refuse(terminal, request.error());
  if (const auto file = check_is_file("--output", options.output); !file)
    return refuse(terminal, file.error());
  LoadingWatch watch(request->asking.deadline, options.ask.deadline);
  Talk talk(terminal, &watch);
  const auto made = run::paths_run(*request, talk);
  watch.stop();
  if (!made) return refuse(terminal, made.error());
  if (options.output.empty()) {
    if (terminal.print(rendered(*made, options.format, terminal.color(), terminal.quiet())))
      return exit_of(*made, options.inconclusive);
    return refuse(terminal, {"standard output takes no more: the matrix is incomplete"});
  }
  if (const auto written = write_file(options.output, rendered(*made, options.format, false, 0)); !written)
    return refuse(terminal, written.error());
  return exit_of(*made, options.inconclusive);
}

}  // namespace

Action add_paths(CLI::App& app) {
  auto options = std::make_shared<PathsCommand>();
  auto* command = app.add_subcommand(
      "paths", "Show every mail path's PTR, HELO, SPF, DKIM and DMARC, and where its mail would be refused");
  command->add_option("FILE", options->files,
                      "The inventory, in one or several files or in a folder; inventory.yaml where none is "
                      "named, - for standard input");
  command->add_option("-f,--format", options->format, "What to print: text, json or markdown")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json", "markdown"}));
  command->add_option("-o,--output", options->output, "Write it to this file in place of standard output")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      ->add_option("--volume", options->volume,
                   "What is sent to one receiver: bulk (5,000 messages a day and more, so that its rules for "
                   "that count) or low")
      ->capture_default_str()
      ->check(CLI::IsMember({"bulk", "low"}));
  command
      ->add_option("--inconclusive", options->inconclusive,
                   "How to treat paths of which not everything is known: report (exit 3), pass or fail")
      ->capture_default_str()
      ->check(CLI::IsMember({"report", "pass", "fail"}));
  options->ask.add_to(*command);
  command->footer(
      "Exit: 0 nothing would be refused, 1 something would, 2 wrong usage or inventory, 3 it is not known.\n"
      "Example: rdnsgate paths --zone-files zones inventory.yaml");
  return [options](const CommonOptions& common) { return paths(common, *options); };
}

}  // namespace rdnsgate::cli
