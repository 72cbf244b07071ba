// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <memory>
#include <optional>

#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/output.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "cli/judge/audit_options.h"
#include "run/offline/fix.h"

namespace rdnsgate::cli {
namespace {

struct LintOptions {
  AuditOptions audit;
  std::string base;
  std::vector<std::string> zone_files, base_zone_files;
  bool fix = false, dry_run = false;
};

/// What --fix does before the report; an exit code where there is to be none.
std::optional<int> mend(const LintOptions& options, Time now, Terminal& terminal) {
  const auto fixes = run::find_fixes(options.audit.files, now);
  if (!fixes) return refuse(terminal, fixes.error());
  const auto& [sources, edits, is_readable] = *fixes;
  if (options.dry_run) {
    if (edits.empty() && !is_readable) return std::nullopt;
    if (!terminal.print(run::diff_of(sources, edits))) return exit_usage;
    return edits.empty() ? exit_pass : exit_findings;
  }
  if (edits.empty()) return std::nullopt;
  if (const auto written = run::write_edits(sources, edits); !written)
    return refuse(terminal, written.error());
  terminal.say(run::describe(edits));
  return std::nullopt;
}

Result<void> check_options(const LintOptions& options) {
  if (options.dry_run && !options.fix) return fail("--dry-run goes with --fix");
  const auto& files = options.audit.files;
  if (options.fix && std::find(files.begin(), files.end(), "-") != files.end())
    return fail("--fix rewrites files, and standard input is not a file", "save it, and name the file");
  if (!options.base_zone_files.empty() && options.zone_files.empty())
    return fail("--base-zone-files needs --zone-files", "give the zones as they are now too");
  return {};
}

int lint(const CommonOptions& common, const LintOptions& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  auto request = options.audit.request("lint", common);
  const auto& report = options.audit.report;
  if (!request) return refuse(terminal, report, request.error());
  if (const auto checked = check_options(options); !checked) return refuse(terminal, report, checked.error());
  if (options.fix) {
    if (const auto code = mend(options, request->clock.now(), terminal)) return *code;
  }
  request->earlier = options.base;
  request->zone_files = options.zone_files;
  request->earlier_zone_files = options.base_zone_files;
  Talk talk(terminal);
  const auto ran = run::audit_run(*request, talk);
  if (!ran) return refuse(terminal, report, ran.error());
  return ending(show_report(*ran, report, false, terminal), ran->document, report);
}

}  // namespace

Action add_lint(CLI::App& app) {
  auto options = std::make_shared<LintOptions>();
  auto* command = app.add_subcommand("lint", "Check the inventory itself; asks no DNS");
  command->add_option("FILE", options->audit.files,
                      "The inventory, in one or several files or in a folder; inventory.yaml where none is "
                      "named, - for standard input");
  command
      ->add_option(
          "--base", options->base,
          "The inventory as it was before, a file or a folder: what it has and this one has not is to "
          "be under retired")
      ->type_name("FILE");
  command
      ->add_option("--zone-files", options->zone_files,
                   "Also judge these zone files as files, a folder or a file; may be given several times. "
                   "Whether they match the inventory is what check --zone-files checks")
      ->type_name("DIR|FILE")
      ->allow_extra_args(false);
  command
      ->add_option(
          "--base-zone-files", options->base_zone_files,
          "The zone files as they were before: what changed needs a newer serial; where they cannot be "
          "read, a warning says so")
      ->type_name("DIR|FILE")
      ->allow_extra_args(false);
  options->audit.changed.add_to(*command);
  options->audit.add_shard_to(*command);
  options->audit.report.add_to(*command);
  options->audit.standard_input.add_to(*command);
  command->add_flag("--fix", options->fix,
                    "First rewrite what is mechanical: spellings of addresses, names, durations and keys");
  command->add_flag("--dry-run", options->dry_run,
                    "With --fix: print the difference and write nothing; exit 1 where there is one");
  command->footer(
      "Exit: 0 pass, 1 findings, 2 the inventory cannot be read.\n"
      "Example: rdnsgate lint --base main/inventory.yaml inventory.yaml");
  return [options](const CommonOptions& common) { return lint(common, *options); };
}

}  // namespace rdnsgate::cli
