// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "audit/offline.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/fix.h"
#include "cli/load.h"
#include "cli/output.h"
#include "cli/refuse.h"
#include "cli/say_problems.h"
#include "rules/registry.h"
#include "run/files/baseline.h"
#include "run/files/find_place.h"
#include "run/files/zone_files.h"
#include "run/gate/changed_since.h"

namespace rdnsgate::cli {
namespace {

struct LintOptions {
  std::vector<std::string> files;
  ReportOptions report;
  StdinOptions standard_input;
  std::string base;
  std::vector<std::string> zone_files, base_zone_files;
  bool fix = false, dry_run = false;
  ChangedSinceOption changed;
};

/// The zones as texts. Where one cannot be read, its problems are all there is to say.
std::vector<audit::ZoneText> as_texts(run::ProposedZones&& read, run::ProposedZones&& earlier) {
  std::map<dns::Name, dns::ZoneFile> before;
  for (auto& source : earlier.zones) before.emplace(source.zone.origin, std::move(source.zone));
  std::vector<audit::ZoneText> texts;
  for (std::size_t i = 0; i < read.zones.size(); ++i) {
    audit::ZoneText text{
        std::move(read.zones[i].zone), read.places[i].file, std::move(read.places[i].records), {}};
    if (const auto was = before.find(text.zone.origin); was != before.end())
      text.earlier = std::move(was->second);
    texts.push_back(std::move(text));
  }
  return texts;
}

/// What is wrong with a zone that can be used all the same, unless a rule says it: of zone files that is that
/// TTLs differ.
Diagnostics unruled(const run::ProposedZones& read) {
  Diagnostics problems;
  for (const auto& problem : read.problems) {
    const bool ruled = std::any_of(read.places.begin(), read.places.end(), [&](const auto& places) {
      return places.file == problem.at.file && !places.records.empty();
    });
    if (!ruled) problems.push_back(problem);
  }
  return problems;
}

/// The zone files to judge, and what they were. Fails where nothing can be judged; then `problems` says why
/// where a file is at fault.
Result<std::vector<audit::ZoneText>> read_texts(const LintOptions& options, Sources& sources,
                                                Sources& earlier_sources, Terminal& terminal,
                                                Diagnostics& problems) {
  if (options.zone_files.empty()) {
    if (options.base_zone_files.empty()) return std::vector<audit::ZoneText>();
    return fail("--base-zone-files needs --zone-files", "give the zones as they are now too");
  }
  auto read = run::read_zone_files(options.zone_files, sources, true);
  if (!read) return tl::unexpected(read.error());
  run::ProposedZones earlier;
  if (!options.base_zone_files.empty()) {
    auto was = run::read_zone_files(options.base_zone_files, earlier_sources);
    if (!was) return tl::unexpected(was.error());
    if (!was->usable()) {
      say_problems(was->problems, earlier_sources, terminal);
      return fail("the zone files given with --base-zone-files cannot be read");
    }
    earlier = std::move(*was);
  }
  if (!read->usable()) {
    problems = std::move(read->problems);
  } else {
    say_problems(unruled(*read), sources, terminal);
  }
  return as_texts(std::move(*read), std::move(earlier));
}

/// What --fix does before the report; an exit code where there is to be none.
std::optional<int> mend(const LintOptions& options, const run::InventoryPaths& paths, Sources& sources,
                        run::LoadedInventory& loaded, Time now, Terminal& terminal) {
  const auto fixes = find_fixes(sources, paths, loaded, now);
  if (!fixes) return refuse(terminal, fixes.error());
  if (options.dry_run) {
    if (fixes->empty() && !loaded.inventory) return std::nullopt;
    if (!terminal.print(run::diff_of(sources, *fixes))) return exit_usage;
    return fixes->empty() ? exit_pass : exit_findings;
  }
  if (fixes->empty()) return std::nullopt;
  if (const auto written = run::write_edits(sources, *fixes); !written) return refuse(terminal, written.error());
  terminal.say(describe(*fixes));
  sources = Sources();
  loaded = run::load_inventory(sources, paths);
  return std::nullopt;
}

Result<void> check_fix(const LintOptions& options) {
  if (options.dry_run && !options.fix) return fail("--dry-run goes with --fix");
  const auto& files = options.files;
  if (options.fix && std::find(files.begin(), files.end(), "-") != files.end())
    return fail("--fix rewrites files, and standard input is none", "save it, and name the file");
  return {};
}

int lint(const CommonOptions& common, const LintOptions& options) {
  Terminal terminal(common.color, common.quiet);
  const auto now = common.time();
  if (!now) return refuse(terminal, now.error());
  if (const auto checked = check_outputs(options.report); !checked) return refuse(terminal, checked.error());
  if (const auto checked = options.standard_input.check(options.files); !checked)
    return refuse(terminal, checked.error());
  if (const auto checked = check_fix(options); !checked) return refuse(terminal, checked.error());
  if (const auto checked = options.changed.check(options.files); !checked)
    return refuse(terminal, checked.error());
  const auto paths = inventory_paths(options.files, terminal);
  if (!paths) return exit_usage;

  Sources sources;
  const run::Readiness ready(options.changed.ref);
  inventory::ParsedFiles parsed;
  auto loaded = run::load_inventory(sources, *paths, ready.load_options(parsed));
  if (options.fix) {
    if (const auto code = mend(options, *paths, sources, loaded, *now, terminal)) return *code;
  }
  const std::string shown = options.standard_input.shown(paths->named);
  if (loaded.inventory && shown != paths->named) loaded.inventory->path = shown;
  report::RunInfo info{
      shown, {}, *now, *now, run::find_place(), common.configuration.path, options.standard_input.filename};
  if (!loaded.inventory) {
    write_report(report::make_document(info, loaded.problems, sources), options.report, false, terminal);
    return exit_usage;
  }
  const auto baseline = run::load_baseline(options.report.baseline, sources);
  if (!baseline) return refuse(terminal, baseline.error());
  Sources earlier_sources;  // of their own: comments in these files waive nothing
  std::optional<inventory::Inventory> earlier;
  if (!options.base.empty()) {
    earlier = load_or_say(earlier_sources, {options.base}, terminal);
    if (!earlier) return exit_usage;
  }
  audit::RunContext run{&*loaded.inventory, *now};
  run.earlier = earlier ? &*earlier : nullptr;
  Diagnostics problems;
  const auto texts = read_texts(options, sources, earlier_sources, terminal, problems);
  if (!texts) return refuse(terminal, texts.error());
  if (!problems.empty()) {
    write_report(report::make_document(info, problems, sources), options.report, false, terminal);
    return exit_usage;
  }
  run.zone_texts = *texts;
  const auto changes = run::find_changes(options.changed.ref, options.files, *loaded.inventory, parsed,
                                    options.zone_files, {common.configuration, "lint", options.report.baseline, sources});
  if (!changes) return refuse(terminal, changes.error());
  info.changed_since = run::changed_since(*changes, *loaded.inventory);
  if (info.changed_since) terminal.say(describe(*info.changed_since, *changes));
  run.touched = changes->touched ? &*changes->touched : nullptr;
  const audit::Policy policy(rules::registry(), *loaded.inventory);
  auto result = audit::conclude(run, policy, audit::judge_offline(run, policy), nullptr,
                                verdict_options(options.report, *baseline));
  info.inventory_sha256 = loaded.inventory->sha256;
  const auto verdict = result.verdict;
  auto document = report::make_document(info, std::move(result), sources);
  if (needs_coverage(options.report))
    document.coverage = audit::coverage(*loaded.inventory, policy, {}, run.zone_texts);
  if (run.touched != nullptr) keep_touched(document.coverage, *run.touched);
  return write_report(std::move(document), options.report, false, terminal) ? exit_code(verdict) : exit_usage;
}

}  // namespace

Action add_lint(CLI::App& app) {
  auto options = std::make_shared<LintOptions>();
  auto* command = app.add_subcommand("lint", "Check the inventory itself; asks no DNS");
  command->add_option("FILE", options->files,
                      "The inventory, in one or several files or in a folder; inventory.yaml where none is "
                      "named, - for standard input");
  command
      ->add_option(
          "--base", options->base,
          "The inventory as it was before, a file or a folder: what it has and this one has not is to "
          "be under retired")
      ->type_name("FILE");
  command
      ->add_option(
          "--zone-files", options->zone_files,
          "Also judge these zone files as files, a folder or a file; may be given several times. Whether "
          "they say what the inventory says is what check --zone-files finds out")
      ->type_name("DIR|FILE")
      ->allow_extra_args(false);
  command
      ->add_option("--base-zone-files", options->base_zone_files,
                   "The zone files as they were before: what changed needs a newer serial")
      ->type_name("DIR|FILE")
      ->allow_extra_args(false);
  options->changed.add_to(*command);
  options->report.add_to(*command);
  options->standard_input.add_to(*command);
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
