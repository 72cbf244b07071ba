// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <iterator>
#include <memory>

#include "base/files/output_file.h"
#include "base/text/text.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/terminal.h"
#include "inventory/files/read_file.h"
#include "report/baseline.h"
#include "run/files/baseline.h"

namespace rdnsgate::cli {
namespace {

struct WriteOptions {
  CLI::App* write = nullptr;
  std::vector<std::string> reports;
  std::string output;
  bool shrink = false;
};

int write(const CommonOptions& common, const WriteOptions& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  audit::Baseline all;
  for (const auto& path : options.reports) {
    const auto text = inventory::read_file(path, run::largest_baseline);
    if (!text) return refuse(terminal, {text.error().message, text.error().hint});
    auto baseline = report::baseline_of_report(path == "-" ? "<stdin>" : path, *text, options.shrink);
    if (!baseline) return refuse(terminal, baseline.error());
    std::move(baseline->entries.begin(), baseline->entries.end(), std::back_inserter(all.entries));
  }
  const std::string text = report::render_baseline(all);
  if (options.output.empty()) {
    if (terminal.print(text)) return exit_pass;
    return refuse(terminal, {"standard output takes no more: the baseline is incomplete"});
  }
  if (const auto written = write_file(options.output, text); !written)
    return refuse(terminal, written.error());
  if (terminal.quiet() == 0) {
    terminal.say(
        fmt::format("wrote {}: {}", options.output, counted(all.entries.size(), "finding", "findings")));
  }
  return exit_pass;
}

}  // namespace

Action add_baseline(CLI::App& app) {
  auto options = std::make_shared<WriteOptions>();
  auto* command =
      app.add_subcommand("baseline", "Accept what an estate has today, so that only what is new fails");
  command->require_subcommand(1);
  command->fallthrough();
  options->write = command->add_subcommand("write", "Write the confirmed findings of reports as a baseline");
  options->write->add_option("REPORT", options->reports, "Reports in the format json, - for standard input")
      ->required()
      ->expected(1, -1);
  options->write
      ->add_option("-o,--output", options->output, "Where to write it; standard output unless given")
      ->type_name("FILE")
      ->allow_extra_args(false);
  options->write->add_flag(
      "--shrink", options->shrink,
      "Only what the baseline of those runs accepts and is still there: nothing new enters");
  options->write->footer(
      "What is waived, inconclusive or only left in caches does not enter.\n"
      "Example: rdnsgate check --output json=report.json inventory.yaml\n"
      "         rdnsgate baseline write report.json -o .rdnsgate-baseline.json\n"
      "         rdnsgate check --baseline .rdnsgate-baseline.json inventory.yaml");
  command->footer("Example: rdnsgate baseline write report.json -o .rdnsgate-baseline.json");
  return [options](const CommonOptions& common) { return write(common, *options); };
}

}  // namespace rdnsgate::cli
