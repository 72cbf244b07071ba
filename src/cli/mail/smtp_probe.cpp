// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/mail/smtp_probe.h"

#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include "base/duration.h"
#include "base/files/output_file.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/loading_watch.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "cli/frame/terminal.h"
#include "inventory/files/read_file.h"
#include "resolve/web/imap.h"
#include "run/probe/conversation_log.h"
#include "run/probe/probe_run.h"

namespace rdnsgate::cli {
namespace {

using report::ProbeStatus;

struct ProbeOptions {
  std::vector<std::string> files, hosts, targets;
  std::string format = "text", output, conversation = "3m", interval = "1h", state, inconclusive = "report";
  std::string collect, password_file, imap_ca, authserv_id, within = "5m";
  std::uint16_t port = 25;
  bool no_tls = false, null_sender = false, deliver = false;
  AskOptions ask;
};

/// The folder of a user's or a service's state (systemd.exec(5), XDG Base Directory Specification).
std::string usual_state() {
  constexpr std::string_view name = "smtp-probe.json";
  const auto set = [](const char* variable) {
    const char* value = std::getenv(variable);
    return std::string(value != nullptr && *value == '/' ? value : "");
  };
  if (const auto folder = set("STATE_DIRECTORY"); !folder.empty())
    return fmt::format("{}/{}", folder.substr(0, folder.find(':')), name);
  if (const auto folder = set("XDG_STATE_HOME"); !folder.empty())
    return fmt::format("{}/rdnsgate/{}", folder, name);
  if (const auto home = set("HOME"); !home.empty())
    return fmt::format("{}/.local/state/rdnsgate/{}", home, name);
  return {};
}

Result<void> set_times(const ProbeOptions& options, run::ProbeRequest& request) {
  const auto timeout = parse_duration_ms(options.conversation);
  if (!timeout) return fail("--conversation: " + timeout.error().message, timeout.error().hint);
  if (timeout->count() == 0) return fail("--conversation must be longer than nothing");
  const auto interval = parse_duration(options.interval);
  if (!interval) return fail("--interval: " + interval.error().message, interval.error().hint);
  if (*interval < run::shortest_probe_interval || *interval > run::longest_probe_interval)
    return fail(fmt::format("--interval: {} is not between 15m and 30d", options.interval),
                "a receiver is asked the same thing once in that time, and is not to be bothered");
  request.timeout = *timeout;
  request.interval = *interval;
  return {};
}

constexpr const char* password_variable = "RDNSGATE_IMAP_PASSWORD";

/// From the file, or else from the environment; never from the command line, which every user of the machine sees.
Result<std::string> password_of(const std::string& file) {
  if (file.empty()) {
    const char* value = std::getenv(password_variable);
    if (value != nullptr && *value != '\0') return std::string(value);
    return fail("--collect needs a password",
                fmt::format("--password-file FILE, or {} in the environment", password_variable));
  }
  constexpr std::size_t most = 4096;
  auto text = inventory::read_file(file, most);
  if (!text) return fail("--password-file: " + text.error().message, text.error().hint);
  text->erase(std::min(text->find_first_of("\r\n"), text->size()));
  if (text->empty()) return fail(fmt::format("--password-file: the first line of {} is empty", file));
  return std::move(*text);
}

Result<std::optional<run::CollectRequest>> collect_of(const ProbeOptions& options) {
  if (options.collect.empty()) {
    if (options.password_file.empty() && options.imap_ca.empty() && options.authserv_id.empty())
      return std::optional<run::CollectRequest>();
    return fail("--password-file, --imap-ca and --authserv-id belong to --collect");
  }
  if (!options.deliver) return fail("--collect looks for what --deliver sends", "give both");
  auto mailbox = resolve::parse_imap_url(options.collect);
  if (!mailbox) return fail("--collect: " + mailbox.error().message, mailbox.error().hint);
  if (options.authserv_id.empty())
    return fail(
        "--collect needs --authserv-id",
        "the name in the Authentication-Results of the server that takes the mail; anybody can write others");
  const auto within = parse_duration_ms(options.within);
  if (!within) return fail("--within: " + within.error().message, within.error().hint);
  if (*within > std::chrono::hours(24)) return fail("--within is longer than a day");
  constexpr std::size_t most_certificates = std::size_t{4} << 20;
  if (!options.imap_ca.empty()) {
    const auto certificates = inventory::read_file(options.imap_ca, most_certificates);
    if (!certificates) return fail("--imap-ca: " + certificates.error().message, certificates.error().hint);
  }
  auto password = password_of(options.password_file);
  if (!password) return tl::unexpected(password.error());
  mailbox->password = std::move(*password);
  mailbox->ca_file = options.imap_ca;
  return std::optional(run::CollectRequest{std::move(*mailbox), options.authserv_id, *within});
}

Result<run::ProbeRequest> request_of(const ProbeOptions& options, const CommonOptions& common) {
  auto clock = common.clock();
  if (!clock) return tl::unexpected(clock.error());
  auto asking = options.ask.asking();
  if (!asking) return tl::unexpected(asking.error());
  run::ProbeRequest request;
  request.clock = std::move(*clock);
  request.files = options.files;
  request.asking = std::move(*asking);
  request.hosts = options.hosts;
  request.targets = options.targets;
  request.port = options.port;
  request.tls = !options.no_tls;
  request.null_sender = options.null_sender;
  request.deliver = options.deliver;
  auto collect = collect_of(options);
  if (!collect) return tl::unexpected(collect.error());
  request.collect = std::move(*collect);
  if (auto set = set_times(options, request); !set) return tl::unexpected(set.error());
  request.state = options.state.empty() ? usual_state() : options.state;
  if (request.state.empty())
    return fail("there is no folder for what has to be remembered: HOME is not set",
                "name a file with --state");
  if (auto file = check_is_file("--state", request.state); !file) return tl::unexpected(file.error());
  if (auto file = check_is_file("--output", options.output); !file) return tl::unexpected(file.error());
  return request;
}

int exit_of(const report::ProbeDocument& document, const std::string& inconclusive) {
  using report::DeliveryStatus;
  if (document.count(ProbeStatus::refused) > 0 || document.count(DeliveryStatus::unhealthy) > 0 ||
      document.count(DeliveryStatus::missing) > 0)
    return exit_findings;
  const auto early = document.count(ProbeStatus::too_early);
  const auto told = document.count(ProbeStatus::accepted) + document.count(ProbeStatus::no_address);
  if (told == document.rows.size() && document.count(ProbeStatus::accepted) > 0 &&
      document.count(DeliveryStatus::unknown) == 0)
    return exit_pass;
  if (early > 0 && early == document.rows.size()) return exit_wait;
  if (inconclusive == "pass") return exit_pass;
  return inconclusive == "fail" ? exit_findings : exit_inconclusive;
}

int probe(const CommonOptions& common, const ProbeOptions& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto request = request_of(options, common);
  if (!request) return refuse(terminal, request.error());
  LoadingWatch watch(request->asking.deadline, options.ask.deadline);
  Talk talk(terminal, &watch);
  const auto made = run::probe_run(*request, talk);
  watch.stop();
  if (!made) return refuse(terminal, made.error());
  const auto rendered = [&](bool color, int quiet) {
    return options.format == "json" ? report::render_probe_json(*made)
                                    : report::render_probe_text(*made, color, quiet);
  };
  if (!options.output.empty()) {
    const auto written = write_file(options.output, rendered(false, 0));
    return written ? exit_of(*made, options.inconclusive) : refuse(terminal, written.error());
  }
  if (terminal.print(rendered(terminal.color(), terminal.quiet())))
    return exit_of(*made, options.inconclusive);
  return refuse(terminal, {"standard output takes no more: the list is incomplete"});
}

void add_what_is_asked(CLI::App& command, ProbeOptions& options) {
  command.add_option("FILE", options.files,
                     "The inventory, in one or several files or in a folder; inventory.yaml where none is "
                     "named, - for standard input");
  command
      .add_option(
          "--host", options.hosts,
          "Leave from this one alone: a sender, an address or a HELO name of the inventory; may be repeated")
      ->type_name("NAME|IP")
      ->allow_extra_args(false);
  command
      .add_option(
          "--target", options.targets,
          "Ask this one alone: a recipient under `probes` of the inventory, or its domain; may be repeated")
      ->type_name("RECIPIENT|DOMAIN")
      ->allow_extra_args(false);
  command.add_option("--port", options.port, "The port to connect to")
      ->type_name("PORT")
      ->capture_default_str();
  command.get_option("--port")->check(CLI::Range(1, 65535));
  command.add_flag("--null-sender", options.null_sender, "Say MAIL FROM:<>, whatever `from` is declared");
  command.add_flag("--no-tls", options.no_tls, "Do not try STARTTLS where it is offered");
  command.add_flag("--deliver", options.deliver,
                   "Send a message that says what it is; without this DATA is never said");
}

void add_collecting(CLI::App& command, ProbeOptions& options) {
  command
      .add_option("--collect", options.collect,
                  "Look for the messages of --deliver in this mailbox, and what its server says of them: "
                  "imaps://USER@HOST[:PORT][/FOLDER]; imap:// with STARTTLS")
      ->type_name("URL")
      ->allow_extra_args(false);
  command
      .add_option(
          "--password-file", options.password_file,
          "The password of the mailbox, in the first line of a file; RDNSGATE_IMAP_PASSWORD unless given")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--imap-ca", options.imap_ca,
                  "Certificates (PEM) that vouch for the IMAP server, in place of the system's")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--authserv-id", options.authserv_id,
                  "Whose Authentication-Results are believed; those of others are passed over")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command.add_option("--within", options.within, "How long messages are waited for")
      ->type_name("TIME")
      ->capture_default_str();
}

void add_limits(CLI::App& command, ProbeOptions& options) {
  command
      .add_option("--conversation", options.conversation,
                  "Time for one conversation, from the connection to QUIT")
      ->type_name("TIME")
      ->capture_default_str();
  command
      .add_option("--interval", options.interval,
                  "How long an address and HELO name are not tried again with a recipient: 15m and more")
      ->type_name("TIME")
      ->capture_default_str();
  command
      .add_option(
          "--state", options.state,
          "The file with the times of earlier conversations; smtp-probe.json in STATE_DIRECTORY, or in "
          "rdnsgate/ of XDG_STATE_HOME (~/.local/state) unless given")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

void add_results(CLI::App& command, ProbeOptions& options) {
  command.add_option("-f,--format", options.format, "What to print: text or json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  command.add_option("-o,--output", options.output, "Write it to this file in place of standard output")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option(
          "--inconclusive", options.inconclusive,
          "How to treat what is neither accepted nor refused for the identity: report (exit 3), pass or fail")
      ->capture_default_str()
      ->check(CLI::IsMember({"report", "pass", "fail"}));
}

}  // namespace

Action add_smtp_probe(CLI::App& smtp) {
  auto options = std::make_shared<ProbeOptions>();
  auto* command = smtp.add_subcommand("probe",
                                      "Ask the receivers under `probes` whether they would take mail from "
                                      "the declared addresses of this host");
  add_what_is_asked(*command, *options);
  add_collecting(*command, *options);
  add_limits(*command, *options);
  add_results(*command, *options);
  options->ask.add_to(*command);
  command->footer(
      "Exit: 0 all would be taken, 1 one is refused for PTR or HELO, or its delivery is not healthy, 2 wrong "
      "usage or\n"
      "inventory, 3 it is not known, 75 all were asked less than --interval ago.\n"
      "Example: rdnsgate smtp probe --target example.net inventory.yaml");
  return [options](const CommonOptions& common) { return probe(common, *options); };
}

}  // namespace rdnsgate::cli
