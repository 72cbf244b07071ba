// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <filesystem>
#include <memory>

#include "base/files/output_file.h"
#include "base/text/escape.h"
#include "base/text/text.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/loading_watch.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "cli/frame/terminal.h"
#include "run/first/init_run.h"

namespace rdnsgate::cli {
namespace {

/// A link that leads nowhere is there, too.
bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(std::filesystem::symlink_status(path, ignored));
}

struct InitOptions {
  run::FirstSources from;
  std::string output = "inventory.yaml";
  bool force = false, ask_names = false;
  AskOptions ask;
};

Result<run::InitRequest> request_of(const InitOptions& options, const CommonOptions& common) {
  auto clock = common.clock();
  if (!clock) return tl::unexpected(clock.error());
  if (options.output != "-" && !options.force && is_there(options.output)) {
    return fail(fmt::format("{} is there already", options.output),
                "name another file with -o, or give --force to write over it");
  }
  auto asking = options.ask.asking();
  if (!asking) return tl::unexpected(asking.error());
  return run::InitRequest{std::move(*clock), options.from, options.output, options.ask_names,
                          std::move(*asking)};
}

void say_what_was_written(const InitOptions& options, const run::InitRun& made, Terminal& terminal) {
  const auto& inventory = made.first.inventory;
  std::string text = fmt::format("wrote {}: {} with {}", options.output,
                                 counted(inventory.senders.size(), "sender", "senders"),
                                 counted(inventory.addresses.size(), "address", "addresses"));
  if (made.left_out > 0)
    text +=
        fmt::format("; {} left out, and comments say why", counted(made.left_out, "address", "addresses"));
  terminal.say(text);
  const auto file = shell_word(options.output);
  std::string zones;  // that hold what was written down
  const auto& given =
      options.ask.given.zone_files.empty() ? options.from.zone_files : options.ask.given.zone_files;
  for (const auto& path : given) zones += " --zone-files " + shell_word(path);
  if (!options.ask.given.over.empty()) zones += " --over " + shell_word(options.ask.given.over);
  if (!options.ask.given.replay.empty()) zones += " --replay " + shell_word(options.ask.given.replay);
  terminal.say(fmt::format("next: rdnsgate lint {0}; rdnsgate check{1} {0}", file, zones));
}

int init(const CommonOptions& common, const InitOptions& options) {
  Terminal terminal(common.color, common.quiet);
  const auto request = request_of(options, common);
  if (!request) return refuse(terminal, request.error());
  LoadingWatch watch(request->asking.deadline, options.ask.deadline);
  Talk talk(terminal, &watch);
  const auto made = run::init_run(*request, talk);
  if (!made) return refuse(terminal, made.error());
  if (options.output == "-") {
    if (!terminal.print(made->first.text)) return exit_usage;
  } else {
    if (const auto written = write_file(options.output, made->first.text); !written)
      return refuse(terminal, written.error());
    if (terminal.quiet() == 0) say_what_was_written(options, *made, terminal);
  }
  return made->failed_lookups == 0 ? exit_pass : exit_inconclusive;
}

}  // namespace

Action add_init(CLI::App& app) {
  auto options = std::make_shared<InitOptions>();
  auto* command = app.add_subcommand("init", "Write a first inventory from what there is");
  command->add_option("ADDRESS", options->from.addresses,
                      "Addresses, ranges (192.0.2.32-192.0.2.47) and blocks; their PTR names are asked for");
  command
      ->add_option("--addresses", options->from.address_file,
                   "The same from a file, one a line; - for standard input")
      ->type_name("FILE");
  command
      ->add_option("--from-domain", options->from.domains,
                   "What this domain's SPF record lets through, and its DMARC policy")
      ->type_name("NAME");
  command
      ->add_option("--from-zone-files", options->from.zone_files,
                   "The PTR records of zone files or octoDNS zones, in folders or files")
      ->type_name("PATH");
  command
      ->add_option("--from-csv", options->from.csv,
                   "A table with a header line; columns address, ptr, helo, sender, owner")
      ->type_name("FILE");
  command
      ->add_option("--from-netbox", options->from.netbox, "IP addresses as NetBox's API exports them (JSON)")
      ->type_name("FILE");
  command
      ->add_option("--from-tofu", options->from.tofu,
                   "Reverse names of a state or a plan, as tofu show -json or terraform show -json prints it")
      ->type_name("FILE");
  command
      ->add_option("--only", options->from.only,
                   "Declare those hosts of zone files alone whose names match, such as mx*; without it, "
                   "those that MX and "
                   "SPF records name, where there are some")
      ->type_name("PATTERN")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_flag(
      "--ask", options->ask_names,
      "Look up the PTR records of addresses that a table gives no name, the DKIM selectors that well-known "
      "relays use, and the addresses that relays publish");
  command
      ->add_option("--known-relays", options->from.known_relays,
                   "What is guessed of relays by their include, in place of what the program knows")
      ->type_name("FILE");
  command->add_option("-o,--output", options->output, "The file to write; - for standard output")
      ->type_name("FILE")
      ->capture_default_str();
  command->add_flag("--force", options->force, "Write over a file that is there");
  options->ask.add_to(*command);
  command->footer(
      "What could not be known is said in comments of the file; it passes \"rdnsgate lint\".\n"
      "Exit: 0 written, 2 wrong usage or input, or nothing to declare, 3 some lookups failed.\n"
      "Example: rdnsgate init 192.0.2.0/28 --from-domain example.com");
  return [options](const CommonOptions& common) { return init(common, *options); };
}

}  // namespace rdnsgate::cli
