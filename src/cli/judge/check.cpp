// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

#include "base/duration.h"
#include "cli/frame/commands.h"
#include "cli/frame/history_options.h"
#include "cli/frame/loading_watch.h"
#include "cli/frame/output.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "cli/judge/audit_options.h"

namespace rdnsgate::cli {
namespace {

struct CheckOptions {
  AuditOptions audit;
  AskOptions ask;
  HistoryOptions history;
  std::string banners, sts_policies;
  std::vector<std::string> probes;
  std::string transient = "pass", inconclusive = "report", quorum, interval;
};

bool is_of_command_line(const CommonOptions& common, std::string_view key) {
  const auto& all = common.configuration.settings;
  return std::any_of(all.begin(), all.end(),
                     [&](const auto& one) { return one.key == key && one.origin == "command line"; });
}

/// A history that stands in the configuration or in the environment is for runs of the world.
bool keeps_history(const CheckOptions& options, const run::AuditRequest& request) {
  return options.history.is_asked() && request.asking->zone_files.empty();
}

Result<run::AuditRequest> request_of(const CheckOptions& options, const CommonOptions& common) {
  using Inconclusive = audit::VerdictOptions::Inconclusive;
  auto request = options.audit.request("check", common);
  if (!request) return request;
  auto asking = options.ask.asking();
  if (!asking) return tl::unexpected(asking.error());
  request->asking = std::move(*asking);
  request->banners = options.banners;
  request->probes = options.probes;
  request->sts_policies = options.sts_policies;
  if (options.history.is_asked() && !keeps_history(options, *request) &&
      is_of_command_line(common, "history"))
    return fail("--history keeps what the DNS says, and zone files are what it may say one day",
                "leave out --history, or --zone-files");
  request->belongings = request->belongings || keeps_history(options, *request);
  // A history has to know what was judged, where that is not all.
  request->coverage = request->coverage || (keeps_history(options, *request) && !request->commit.empty());
  request->quorum = inventory::parse_quorum(options.quorum);
  if (!options.interval.empty()) {
    const auto interval = parse_duration(options.interval);
    if (!interval) return fail("--interval: " + interval.error().message, interval.error().hint);
    request->interval = *interval;
  }
  request->verdict.transient_fails = options.transient == "fail";
  request->verdict.inconclusive = options.inconclusive == "pass"   ? Inconclusive::pass
                                  : options.inconclusive == "fail" ? Inconclusive::fail
                                                                   : Inconclusive::report;
  return request;
}

int check(const CommonOptions& common, const CheckOptions& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto request = request_of(options, common);
  const auto& report = options.audit.report;
  if (!request) return refuse(terminal, report, request.error());
  LoadingWatch watch(request->asking->deadline, options.ask.deadline);
  Talk talk(terminal, &watch);
  const auto ran = run::audit_run(*request, talk);
  watch.stop();
  if (!ran) return refuse(terminal, report, ran.error());
  int code = show_report(*ran, report, true, terminal);
  // The report comes first: no history that is not at hand keeps anybody waiting for it.
  if (keeps_history(options, *request) && !options.history.record(*ran, terminal)) code = exit_usage;
  return ending(code, ran->document, report);
}

}  // namespace

Action add_check(CLI::App& app) {
  auto options = std::make_shared<CheckOptions>();
  auto* command = app.add_subcommand("check", "Compare the DNS, live or proposed, with the inventory");
  command->add_option("FILE", options->audit.files,
                      "The inventory, in one or several files or in a folder; inventory.yaml where none is "
                      "named, - for standard input");
  options->ask.add_to(*command);
  options->audit.changed.add_to(*command);
  options->history.add_to(*command);
  options->audit.add_shard_to(*command);
  options->audit.report.add_to(*command);
  options->audit.standard_input.add_to(*command);
  command
      ->add_option(
          "--banners", options->banners,
          "What `smtp banner --format json` wrote: also judge what mail servers call themselves, and their "
          "certificates")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      ->add_option("--probes", options->probes,
                   "What `smtp probe --format json` wrote, on one host or another: also judge what receivers "
                   "refuse because of PTR records and HELO names; may be given several times")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      ->add_option("--mta-sts", options->sts_policies,
                   "What `smtp mta-sts --format json` wrote: also judge the MTA-STS policies of domains")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--transient", options->transient, "What only caches still show: pass or fail")
      ->capture_default_str()
      ->check(CLI::IsMember({"pass", "fail"}));
  command
      ->add_option("--inconclusive", options->inconclusive,
                   "How to treat checks that could not be completed: report (exit 3), pass or fail")
      ->capture_default_str()
      ->check(CLI::IsMember({"report", "pass", "fail"}));
  command
      ->add_option("--quorum", options->quorum,
                   "Whose answers settle a subject that a vantage failed at: any, confirmed (who could "
                   "confirm a finding) or all; the inventory's unless given")
      ->check(CLI::IsMember({"any", "confirmed", "all"}));
  command
      ->add_option(
          "--interval", options->interval,
          "Time from one scheduled run to the next: what runs out before the next one is a finding now")
      ->type_name("TIME");
  command->footer(
      "Exit: 0 pass, 1 findings, 2 wrong usage or inventory, 3 inconclusive.\n"
      "With --format nagios as a plugin: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.\n"
      "Example: rdnsgate check --zone-files zones inventory.yaml");
  return [options](const CommonOptions& common) { return check(common, *options); };
}

}  // namespace rdnsgate::cli
