// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>
#include <utility>

#include "audit/heard/banners.h"
#include "base/duration.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "cli/frame/terminal.h"
#include "cli/mail/smtp_probe.h"
#include "run/files/snapshot.h"
#include "run/frame/read_files.h"
#include "run/smtp/ask_banners.h"
#include "run/smtp/fetch_policies.h"
#include "run/smtp/mail_hosts.h"

namespace rdnsgate::cli {
namespace {

using report::BannerStatus;

struct BannerOptions {
  std::vector<std::string> files, hosts;
  std::string ehlo, mail_hosts, format = "text", timeout = "30s", deadline = "30m";
  std::uint16_t port = 25;
  bool no_tls = false;
};

Result<milliseconds> some_time(std::string_view option, const std::string& text) {
  auto time = parse_duration_ms(text);
  if (!time) return fail(fmt::format("{}: {}", option, time.error().message), time.error().hint);
  if (time->count() == 0) return fail(fmt::format("{} must be longer than nothing", option));
  return time;
}

Result<run::BannerRequest> request_of(const BannerOptions& options, const CommonOptions& common) {
  const auto clock = common.clock();
  if (!clock) return tl::unexpected(clock.error());
  const auto timeout = some_time("--timeout", options.timeout),
             deadline = some_time("--deadline", options.deadline);
  if (!timeout) return tl::unexpected(timeout.error());
  if (!deadline) return tl::unexpected(deadline.error());
  run::BannerRequest request{clock->now, options.hosts};
  if (!options.ehlo.empty()) {
    const auto name = audit::host_name_said(options.ehlo);
    if (!name)
      return fail(fmt::format("--ehlo: \"{}\" is not a host name", options.ehlo),
                  "such as probe.example.com");
    request.ehlo = name->text();
  }
  request.port = options.port;
  request.tls = !options.no_tls;
  request.timeout = *timeout;
  request.deadline = *deadline;
  return request;
}

int exit_of(const report::BannerDocument& document) {
  if (document.count(BannerStatus::mismatch) > 0) return exit_findings;
  return document.count(BannerStatus::unknown) > 0 ? exit_inconclusive : exit_pass;
}

int banner(const CommonOptions& common, const BannerOptions& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  auto request = request_of(options, common);
  if (!request) return refuse(terminal, request.error());
  Talk talk(terminal);
  Sources sources;
  const auto inventory = run::read_inventory(options.files, sources, talk);
  if (!inventory) return refuse(terminal, inventory.error());
  if (!options.mail_hosts.empty()) {
    const auto snapshot = run::load_snapshot(options.mail_hosts);
    if (!snapshot)
      return refuse(terminal, {"--mail-hosts: " + snapshot.error().message,
                               "make one with: rdnsgate check --record FILE"});
    request->mail_hosts = run::mail_hosts_in(*snapshot, *inventory);
  }
  const auto made = run::ask_banners(*inventory, *request);
  if (!made) return refuse(terminal, made.error());
  const auto text = options.format == "json"
                        ? report::render_banner_json(*made)
                        : report::render_banner_text(*made, terminal.color(), terminal.quiet());
  if (terminal.print(text)) return exit_of(*made);
  return refuse(terminal, {"standard output takes no more: the list is incomplete"});
}

struct PolicyOptions {
  AskOptions ask;
  std::vector<std::string> files, domains;
  std::string before, ca, format = "text", fetch_timeout = "60s";
};

Result<run::PolicyRequest> request_of(const PolicyOptions& options, const CommonOptions& common) {
  const auto clock = common.clock();
  if (!clock) return tl::unexpected(clock.error());
  auto asking = options.ask.asking();
  if (!asking) return tl::unexpected(asking.error());
  const auto timeout = some_time("--fetch-timeout", options.fetch_timeout);
  if (!timeout) return tl::unexpected(timeout.error());
  return run::PolicyRequest{*clock, std::move(*asking), options.files, options.domains,
                            options.before, options.ca,       *timeout};
}

int exit_of(const report::StsDocument& document) {
  bool unknown = false;
  for (const auto& one : document.policies) {
    const bool changed = one.policy && one.first_policy;
    if (one.outcome == "refused" || !one.faults.empty() || changed) return exit_findings;
    unknown = unknown || one.outcome == "unreachable";
  }
  return unknown ? exit_inconclusive : exit_pass;
}

int mta_sts(const CommonOptions& common, const PolicyOptions& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto request = request_of(options, common);
  if (!request) return refuse(terminal, request.error());
  Talk talk(terminal);
  const auto made = run::fetch_policies(*request, talk);
  if (!made) return refuse(terminal, made.error());
  const auto text = options.format == "json" ? report::render_sts_json(*made)
                                             : report::render_sts_text(*made, terminal.quiet());
  if (terminal.print(text)) return exit_of(*made);
  return refuse(terminal, {"standard output takes no more: the list is incomplete"});
}

Action add_mta_sts(CLI::App& smtp) {
  auto options = std::make_shared<PolicyOptions>();
  auto* fetch = smtp.add_subcommand(
      "mta-sts", "Fetch the MTA-STS policies of the inventory's domains by HTTPS, and judge them");
  fetch->add_option(
      "FILE", options->files,
      "The inventory, in one or several files or in a folder; inventory.yaml where none is named, - "
      "for standard input");
  options->ask.add_to(*fetch, false);
  fetch->add_option("--domain", options->domains, "Fetch that of this domain alone; may be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
  fetch->add_option("--before", options->before,
                    "What an earlier run wrote (--format json): say where a policy changed and the id of its record "
                    "did not")
      ->type_name("FILE");
  fetch->add_option("--ca", options->ca, "Trust these authorities (PEM), in place of the system's")
      ->type_name("FILE");
  fetch->add_option("--fetch-timeout", options->fetch_timeout, "Time for one policy")->capture_default_str();
  fetch->add_option("-f,--format", options->format, "What to print on standard output: text or json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  fetch->footer(
      "Exit: 0 each policy can be used, 1 one cannot, or changed without its id, 2 wrong usage or inventory, 3 one is "
      "not known.\n"
      "Example: rdnsgate smtp mta-sts --domain example.com inventory.yaml");
  return [options](const CommonOptions& common) { return mta_sts(common, *options); };
}

}  // namespace

Action add_smtp(CLI::App& app) {
  auto options = std::make_shared<BannerOptions>();
  auto* command = app.add_subcommand(
      "smtp", "Ask mail servers what they call themselves, and for policies, and receivers what they make of mail from here");
  command->require_subcommand(1);
  auto* ask = command->add_subcommand(
      "banner",
      "Connect to declared addresses, and compare what the servers there say with their HELO names");
  ask->add_option(
      "FILE", options->files,
      "The inventory, in one or several files or in a folder; inventory.yaml where none is named, - "
      "for standard input");
  ask->add_option("--host", options->hosts,
                  "Connect to this one alone: a sender, an address or a HELO name of the inventory; may be "
                  "repeated")
      ->type_name("NAME|IP")
      ->allow_extra_args(false);
  ask->add_option("--port", options->port, "The port to connect to")
      ->type_name("PORT")
      ->capture_default_str();
  ask->get_option("--port")->check(CLI::Range(1, 65535));
  ask->add_option("--ehlo", options->ehlo,
                  "The name to give in EHLO; the address that the connection leaves from unless given")
      ->type_name("NAME");
  ask->add_option("--mail-hosts", options->mail_hosts,
                  "Also ask for the certificate of each mail host (MX) of a declared domain, where this snapshot of "
                  "check --record has it at a declared address")
      ->type_name("FILE");
  ask->add_flag("--no-tls", options->no_tls, "Do not try STARTTLS where it is offered");
  ask->add_option("-f,--format", options->format, "What to print on standard output: text or json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  ask->add_option("--timeout", options->timeout, "Time for one server, from the connection to QUIT")
      ->capture_default_str();
  ask->add_option("--deadline", options->deadline, "Time for all of them")->capture_default_str();
  ask->footer(
      "Exit: 0 each says its HELO name, 1 one says another, 2 wrong usage or inventory, 3 one gave no name.\n"
      "Example: rdnsgate smtp banner --host mx1 inventory.yaml");
  const auto policies = add_mta_sts(*command);
  auto probe = add_smtp_probe(*command);
  return [options, ask, policies, probe = std::move(probe), command](const CommonOptions& common) {
    if (ask->parsed()) return banner(common, *options);
    return command->got_subcommand("probe") ? probe(common) : policies(common);
  };
}

}  // namespace rdnsgate::cli
