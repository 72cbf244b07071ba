// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/operate/watch_options.h"

#include <fmt/format.h>
#include <unistd.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <array>
#include <cstdlib>
#include <optional>
#include <utility>

#include "base/files/boundary.h"
#include "base/files/output_file.h"
#include "base/files/service_socket.h"
#include "base/text/text.h"
#include "cli/operate/schedule_options.h"
#include "inventory/files/read_file.h"
#include "resolve/web/http.h"
#include "run/watch/hooks.h"

namespace rdnsgate::cli {

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string("localhost");
}

namespace {

Result<run::Schedule> schedule_of(const WatchOptions& options) {
  auto schedule = read_schedule("--every", options.every, options.jitter, options.recheck);
  if (!schedule) return schedule;
  schedule->seed = run::seed_of(host_name(), fmt::format("{}", fmt::join(options.files, "\n")));
  schedule->first_at_once = !has_service_manager();
  return schedule;
}

/// The first line of the file, or the variable; empty where there is neither.
Result<std::string> secret_of(const WatchOptions& options) {
  if (options.webhook_secret.empty()) {
    const char* const value = std::getenv("RDNSGATE_WEBHOOK_SECRET");
    return value == nullptr ? std::string() : std::string(value);
  }
  constexpr std::size_t longest = 64 * 1024;
  const auto text = inventory::read_file(options.webhook_secret, longest);
  if (!text)
    return fail(fmt::format("--webhook-secret: {}: {}", options.webhook_secret, text.error().message));
  auto secret = std::string(trimmed(std::string_view(*text).substr(0, text->find('\n')), " \t\r"));
  if (secret.empty())
    return fail(fmt::format("--webhook-secret: the first line of {} is empty", options.webhook_secret));
  return secret;
}

Result<std::vector<run::Hook>> hooks_of(const WatchOptions& options) {
  std::vector<run::Hook> hooks;
  const auto limit = read_time("--hook-timeout", options.hook_timeout);
  if (!limit) return tl::unexpected(limit.error());
  if (!options.exec.empty()) hooks.push_back(run::command_hook(options.exec, *limit));
  if (!options.webhook.empty()) {
    auto secret = secret_of(options);
    if (!secret) return tl::unexpected(secret.error());
    if (const auto checked = resolve::check_http(options.webhook); !checked)
      return fail("--webhook: " + checked.error().message, checked.error().hint);
    if (!options.webhook_ca.empty()) {
      if (const auto text = inventory::read_file(options.webhook_ca, std::size_t{1} << 24); !text)
        return fail(fmt::format("--webhook-ca: {}: {}", options.webhook_ca, text.error().message),
                    text.error().hint);
    }
    hooks.push_back(run::webhook({options.webhook, std::move(*secret), options.webhook_ca, *limit}));
  } else if (!options.webhook_secret.empty() || !options.webhook_ca.empty()) {
    return fail("--webhook-secret and --webhook-ca need --webhook", "name the URL that events are posted to");
  }
  for (const auto& address : options.mail_to) {
    if (auto wrong = run::wrong_with_address(address); !wrong.message.empty())
      return fail("--mail-to: " + wrong.message, wrong.hint);
  }
  if (!options.mail_from.empty()) {
    if (options.mail_to.empty()) return fail("--mail-from needs --mail-to", "name who gets the mail");
    if (auto wrong = run::wrong_with_address(options.mail_from); !wrong.message.empty())
      return fail("--mail-from: " + wrong.message, wrong.hint);
  }
  if (!options.mail_to.empty()) {
    if (access(options.sendmail.c_str(), X_OK) != 0)
      return fail(fmt::format("--mail-to: {} cannot be started", options.sendmail),
                  "install a mail system, or name its sendmail with --sendmail");
    hooks.push_back(run::mail_hook({options.mail_to, options.mail_from, options.sendmail, *limit}));
  }
  return hooks;
}

void add_hooks(CLI::App& command, WatchOptions& options) {
  command
      .add_option("--exec", options.exec,
                  "Run this command with the shell for each event, which it gets as JSON on standard input")
      ->type_name("COMMAND")
      ->allow_extra_args(false);
  command.add_option("--webhook", options.webhook, "Post each event as JSON to this URL")->type_name("URL");
  command
      .add_option(
          "--webhook-secret", options.webhook_secret,
          "Sign what is posted with the first line of this file; RDNSGATE_WEBHOOK_SECRET unless given")
      ->type_name("FILE");
  command
      .add_option("--webhook-ca", options.webhook_ca,
                  "Trust these certificate authorities (PEM) for it, in place of the system's")
      ->type_name("FILE");
  command
      .add_option(
          "--mail-to", options.mail_to,
          "Write a mail for each event to this address by the local mail system; may be given several times")
      ->type_name("ADDRESS")
      ->allow_extra_args(false);
  command
      .add_option("--mail-from", options.mail_from,
                  "Whom these mails are from; the mail system's default unless given")
      ->type_name("ADDRESS");
  command.add_option("--sendmail", options.sendmail, "The program that takes these mails")
      ->type_name("FILE")
      ->capture_default_str();
  command.add_option("--hook-timeout", options.hook_timeout, "Time for one try of a hook")
      ->capture_default_str();
  command
      .add_option("--metrics", options.metrics,
                  "Write how the watch stands to this file behind each look, for the textfile collector of "
                  "Prometheus")
      ->type_name("FILE");
  command
      .add_option(
          "--listen", options.listen,
          "Serve the same over HTTP at /metrics; a port alone is on this machine: 9811, 192.0.2.1:9811")
      ->type_name("ADDRESS:PORT");
  command
      .add_option("--nagios", options.nagios,
                  "Hand in how the watch stands behind each look, as a passive check, by this command file of Nagios or Icinga")
      ->type_name("PIPE");
  command
      .add_option("--nagios-service", options.nagios_service,
                  "The service that this is the state of; without a host one of this machine")
      ->type_name("HOST/SERVICE")
      ->capture_default_str();
  command
      .add_option("--history", options.history,
                  "Keep what is seen in this file (SQLite), or on this server (postgresql://...), so that a "
                  "watch that "
                  "ends forgets nothing")
      ->type_name("FILE|URL");
  command
      .add_option("--spool", options.spool,
                  "Keep events that are not delivered yet in this folder, so that they survive an end")
      ->type_name("DIR");
}

}  // namespace

Result<run::WatchRequest> WatchOptions::request(const CommonOptions& common) const {
  if (!common.now.empty()) return fail("--now is for one run", "a watch goes by the clock");
  run::WatchRequest made;
  for (const auto& file : files) {
    if (file == "-")
      return fail("a watch reads its inventory again and again, and standard input only once",
                  "save it, and name the file");
  }
  if (const auto checked = check_is_file("--metrics", metrics); !checked)
    return tl::unexpected(checked.error());
  // Written with each look and each event, when nobody is there any more to be told.
  for (const auto& [option, path] : {std::pair("--metrics", &metrics), std::pair("--spool", &spool)}) {
    if (path->empty()) continue;
    if (const auto led = follow_path(*path); !led)
      return fail(fmt::format("{}: cannot write {}: {}", option, *path, led.error().message),
                  led.error().hint);
  }
  auto asking = ask.asking();
  if (!asking) return tl::unexpected(asking.error());
  made.audit.command = "check";
  made.audit.configuration = common.configuration;
  made.audit.files = files;
  made.audit.baseline = baseline;
  made.audit.asking = std::move(*asking);
  made.audit.quorum = inventory::parse_quorum(quorum);
  auto schedule = schedule_of(*this);
  if (!schedule) return tl::unexpected(schedule.error());
  made.schedule = *schedule;
  auto policy = read_policy(confirm);
  if (!policy) return tl::unexpected(policy.error());
  made.policy = *policy;
  made.level = parse_severity(level).value_or(Severity::warning);
  made.host = host_name();
  made.most_looks = looks;
  auto hooks = hooks_of(*this);
  if (!hooks) return tl::unexpected(hooks.error());
  made.hooks = std::move(*hooks);
  made.courier.spool = spool;
  return made;
}

void WatchOptions::add_to(CLI::App& command) {
  command.add_option(
      "FILE", files,
      "The inventory, in one or several files or in a folder; inventory.yaml where none is named");
  command.add_option("--every", every, "Time from one look to the next")->capture_default_str();
  command
      .add_option(
          "--jitter", jitter,
          "The most by which a look is put off, in parts of --every: by how much is by the host, so that "
          "many hosts spread")
      ->type_name("PERCENT")
      ->capture_default_str();
  command
      .add_option("--recheck", recheck,
                  "Time until what is doubtful is looked at again; doubled each time; 0 for never")
      ->capture_default_str();
  command
      .add_option("--confirm", confirm,
                  "How many of the last looks have to show that something opened, changed or recovered")
      ->type_name("N/M")
      ->capture_default_str();
  command.add_option("--level", level, "Tell findings of at least this severity: error, warning or info")
      ->capture_default_str()
      ->check(CLI::IsMember({"error", "warning", "info"}));
  command.add_option("--looks", looks, "End after so many looks at everything; 0 for never")
      ->type_name("NUMBER")
      ->capture_default_str();
  command.add_option("-f,--format", format, "What to print on standard output: text or json, a line each")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  ask.add_to(command, false);
  command
      .add_option("--quorum", quorum,
                  "Whose answers settle a subject that a vantage failed at: any, confirmed (who could "
                  "confirm a finding) or all; the inventory's unless given")
      ->check(CLI::IsMember({"any", "confirmed", "all"}));
  command
      .add_option(
          "--baseline", baseline,
          "Findings that were there before, from \"baseline write\": not told while they stay the same")
      ->type_name("FILE")
      ->allow_extra_args(false);
  add_hooks(command, *this);
}

}  // namespace rdnsgate::cli
