// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/say_problems.h"
#include "inventory/dialect.h"
#include "inventory/problem_codes.h"
#include "inventory/read_document.h"
#include "run/files/file_edits.h"
#include "run/files/load.h"
#include "yaml/layout.h"

namespace rdnsgate::cli {
namespace {

struct FmtOptions {
  std::vector<std::string> files;
  bool check = false, diff = false;
};

/// What keeps a file from being read at all; that it says something wrong is no matter of layout.
bool is_unreadable(const Diagnostic& problem) {
  return problem.code == inventory::code::file || problem.code == inventory::code::syntax ||
         problem.code == inventory::code::include || problem.code == inventory::code::limit;
}

std::vector<run::FileEdits> layout_of(const Sources& sources) {
  std::vector<run::FileEdits> all;
  const inventory::Limits limits;
  for (FileId file = 0; file < sources.count(); ++file) {
    const auto document = inventory::read_document(sources, file, limits);
    auto edits = document ? yaml::find_layout(*document, sources, limits, inventory::inventory_dialect)
                          : std::vector<TextEdit>();
    if (!edits.empty()) all.push_back({file, std::move(edits)});
  }
  return all;
}

int show(const FmtOptions& options, const Sources& sources, const std::vector<run::FileEdits>& changes,
         Terminal& terminal) {
  std::string out;
  if (options.diff) {
    out = run::diff_of(sources, changes);
  } else {
    for (const auto& file : changes) out += path_at_line_start(sources.path(file.file)) + '\n';
  }
  if (!terminal.print(out)) return exit_usage;
  return changes.empty() ? exit_pass : exit_findings;
}

int lay_out(const CommonOptions& common, const FmtOptions& options) {
  Terminal terminal(common.color, common.quiet);
  const auto paths = run::find_inventory(options.files);
  if (!paths) return refuse(terminal, paths.error());
  Sources sources;
  auto loaded = run::load_inventory(sources, *paths);
  std::erase_if(loaded.problems, [](const Diagnostic& problem) { return !is_unreadable(problem); });
  if (!loaded.problems.empty()) {
    say_problems(loaded.problems, sources, terminal);
    return exit_usage;
  }
  const auto changes = layout_of(sources);
  if (options.check || options.diff) return show(options, sources, changes, terminal);
  if (paths->files.size() == 1 && paths->files.front() == "-") {
    const bool same = changes.empty() || changes.front().file != 0;
    const auto text = sources.text(0);
    return terminal.print(same ? std::string(text) : apply_edits(text, changes.front().edits)) ? exit_pass
                                                                                               : exit_usage;
  }
  if (const auto written = run::write_edits(sources, changes); !written)
    return refuse(terminal, written.error());
  if (!changes.empty()) terminal.say(fmt::format("laid out {}", counted(changes.size(), "file", "files")));
  return exit_pass;
}

}  // namespace

Action add_fmt(CLI::App& app) {
  auto options = std::make_shared<FmtOptions>();
  auto* command = app.add_subcommand("fmt", "Give the inventory's files one layout; comments and order stay");
  command->add_option("FILE", options->files,
                      "The inventory, in one or several files or in a folder, with what it includes; "
                      "inventory.yaml where none is named, - from standard input to standard output");
  command->add_flag("--check", options->check, "Write nothing, and name the files that would change");
  command->add_flag("--diff", options->diff, "Write nothing, and print the difference");
  command->footer(
      "Exit: 0 done, or nothing to do; 1 with --check or --diff: there is something to do; 2 a file cannot "
      "be "
      "read or written.\nExample: rdnsgate fmt --check inventory.yaml");
  return [options](const CommonOptions& common) { return lay_out(common, *options); };
}

}  // namespace rdnsgate::cli
