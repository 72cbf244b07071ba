// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <chrono>
#include <memory>

#include "base/duration.h"
#include "base/text/text.h"
#include "base/version.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/terminal.h"
#include "report/trace.h"
#include "resolve/root_servers.h"
#include "resolve/walk/walk.h"
#include "run/findings/trace_findings.h"

namespace rdnsgate::cli {
namespace {

/// A type that records have: not OPT, nor those that only questions and transfers have (RFC 6895 §3.1).
bool is_data_type(dns::RrType type) {
  const auto number = static_cast<std::uint16_t>(type);
  return number != 0 && number != 41 && (number < 128 || number > 255);
}

struct TraceCommand {
  std::string subject, type, format = "text", root_hints, trust_anchor, timeout = "5s", deadline = "1m";
};

struct TraceQuestion {
  dns::Name name;
  dns::RrType type{};
};

/// An address is asked by its reverse name.
Result<TraceQuestion> read_question(const TraceCommand& options) {
  TraceQuestion question;
  const bool address_like = options.subject.find(':') != std::string::npos ||
                            options.subject.find_first_not_of("0123456789.") == std::string::npos;
  if (address_like) {
    const auto address = IpAddress::parse(options.subject);
    if (!address) return tl::unexpected(address.error());
    question = {dns::reverse_name(*address), dns::RrType::PTR};
  } else {
    auto name = dns::Name::from_host(options.subject);
    if (!name) return tl::unexpected(name.error());
    question = {std::move(*name), dns::RrType::A};
  }
  if (options.type.empty()) return question;
  const auto type = dns::parse_type(ascii_upper(options.type));
  if (!type || !is_data_type(*type))
    return fail(fmt::format("there is no record type \"{}\"", options.type),
                "such as A, AAAA, PTR, MX, TXT, or TYPE65280 by its number");
  question.type = *type;
  return question;
}

Result<milliseconds> positive_time(std::string_view option, const std::string& text) {
  auto time = parse_duration_ms(text);
  if (!time) return fail(fmt::format("{}: {}", option, time.error().message), time.error().hint);
  if (time->count() == 0) return fail(fmt::format("{} must be longer than nothing", option));
  return time;
}

Result<resolve::WalkOptions> walk_options(const TraceCommand& options) {
  const auto timeout = positive_time("--timeout", options.timeout),
             deadline = positive_time("--deadline", options.deadline);
  if (!timeout) return tl::unexpected(timeout.error());
  if (!deadline) return tl::unexpected(deadline.error());
  resolve::WalkOptions walk;
  walk.asking.question_timeout = *timeout;
  walk.asking.try_timeout = std::clamp(*timeout / 5, milliseconds(1), walk.asking.try_timeout);
  walk.deadline = *deadline;
  return walk;
}

int exit_of(dns::Weight weight) {
  switch (weight) {
    case dns::Weight::note:
      return exit_pass;
    case dns::Weight::unknown:
      return exit_inconclusive;
    case dns::Weight::fault:
      return exit_findings;
  }
  return exit_internal;
}

int trace(const CommonOptions& common, const TraceCommand& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto clock = common.clock();
  if (!clock) return refuse(terminal, clock.error());
  const auto now = clock->now();
  const auto question = read_question(options);
  if (!question) return refuse(terminal, question.error());
  const auto walk = walk_options(options);
  if (!walk) return refuse(terminal, walk.error());
  report::TraceDocument document;
  document.root_hints =
      options.root_hints.empty() ? std::string(resolve::system_root_hints) : options.root_hints;
  const auto hints = resolve::load_root_servers(document.root_hints);
  if (!hints) return refuse(terminal, hints.error());
  const auto anchors = resolve::load_trust_anchors(options.trust_anchor);
  if (!anchors) return refuse(terminal, anchors.error());

  const auto begun = std::chrono::steady_clock::now();
  terminal.progress(fmt::format("walking to {}", question->name.text()));
  auto walked = resolve::walk(*hints, question->name, question->type, *walk);
  terminal.clear_progress();
  if (!walked) return refuse(terminal, walked.error());
  document.tool_version = version;
  document.started_at = now;
  document.finished_at = now + std::chrono::floor<seconds>(std::chrono::steady_clock::now() - begun);
  document.trace = std::move(*walked);
  document.verdict = dns::judge(document.trace, now, *anchors);
  run::judge_by_rules(document, now);
  const auto text = options.format == "json"
                        ? report::render_trace_json(document)
                        : report::render_trace_text(document, terminal.color(), terminal.quiet());
  if (terminal.print(text)) return exit_of(document.verdict.weight);
  return refuse(terminal, {"standard output takes no more: the trace is incomplete"});
}

}  // namespace

Action add_trace(CLI::App& app) {
  auto options = std::make_shared<TraceCommand>();
  auto* command =
      app.add_subcommand("trace", "Walk from the root to an answer, with a verdict for each zone cut");
  command->add_option("NAME|IP", options->subject, "A name, or an address, which stands for its reverse name")
      ->required();
  command->add_option("TYPE", options->type,
                      "The record type; A for a name and PTR for an address where none is named");
  command->add_option("-f,--format", options->format, "What to print on standard output: text or json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  command->add_option("--root-hints", options->root_hints, "Root servers to walk from, for a private root")
      ->type_name("FILE");
  command
      ->add_option("--trust-anchor", options->trust_anchor,
                   "DNSSEC trust anchors (DS or DNSKEY records); without, the root's own keys are trusted")
      ->type_name("FILE");
  command->add_option("--timeout", options->timeout, "Time for one question, all tries together")
      ->capture_default_str();
  command->add_option("--deadline", options->deadline, "Time for the whole walk")->capture_default_str();
  command->footer(
      "Exit: 0 the chain is whole, 1 faults, 2 wrong usage, 3 it could not be determined.\n"
      "Example: rdnsgate trace 192.0.2.10");
  return [options](const CommonOptions& common) { return trace(common, *options); };
}

}  // namespace rdnsgate::cli
