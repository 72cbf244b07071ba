// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>

#include "base/files/boundary.h"
#include "base/files/output_file.h"
#include "base/hash.h"
#include "base/text/escape.h"
#include "base/text/text.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/loading_watch.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "inventory/files/read_file.h"
#include "report/evidence/verify.h"
#include "run/evidence/evidence_run.h"

namespace rdnsgate::cli {
namespace {

const Error full{"standard output takes no more: the result is incomplete"};

struct EvidenceCommand {
  CLI::App* verify = nullptr;
  std::string subject, output, report, history;
  std::vector<std::string> files, logs, redact;
  AskOptions ask;
  bool no_walk = false;
  std::string bundle, format = "text";
};

Result<run::EvidenceRequest> request_of(const CommonOptions& common, const EvidenceCommand& options) {
  if (options.subject.empty())
    return fail("evidence of what?",
                "name an address or a host name of the inventory, or a finding by its fingerprint");
  if (options.output.empty())
    return fail("name a file for the bundle", "rdnsgate evidence 192.0.2.10 -o bundle.tar.gz");
  const auto clock = common.clock();
  if (!clock) return tl::unexpected(clock.error());
  auto asking = options.ask.asking();
  if (!asking) return tl::unexpected(asking.error());
  run::EvidenceRequest request;
  request.audit.command = "check";
  request.audit.configuration = common.configuration;
  request.audit.clock = *clock;
  request.audit.files = options.files;
  request.audit.asking = std::move(*asking);
  request.subject = options.subject;
  request.report = options.report;
  request.logs = options.logs;
  request.redact = options.redact;
  request.history = options.history;
  request.walk = !options.no_walk;
  return request;
}

int gather(const CommonOptions& common, const EvidenceCommand& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto request = request_of(common, options);
  if (!request) return refuse(terminal, request.error());
  LoadingWatch watch(request->audit.asking->deadline, options.ask.deadline);
  Talk talk(terminal, &watch);
  const auto document = run::evidence_run(*request, talk);
  watch.stop();
  if (!document) return refuse(terminal, document.error());
  const auto files = report::evidence_files(*document);
  const auto octets = report::pack_evidence(files, document->taken_at);
  if (auto written = write_file(options.output, octets); !written) return refuse(terminal, written.error());
  if (options.output == "-") return exit_pass;
  const auto line = fmt::format("{}  {}\n", sha256_hex(octets), escape_terminal(options.output));
  terminal.say(fmt::format("{} in {} of evidence; the checksum is for a letter of its own",
                           counted(files.size(), "file", "files"),
                           counted(octets.size(), "octet", "octets")));
  return terminal.quiet() > 1 || terminal.print(line) ? exit_pass : refuse(terminal, full);
}

std::string check_text(const report::EvidenceCheck& check, const std::string& path,
                       const std::string& sha256) {
  std::string out;
  const auto shown = path_at_line_start(path);
  for (const auto& wrong : check.wrong) out += fmt::format("{}: {}\n", shown, wrong);
  if (!check.is_whole()) return out + fmt::format("{}: NOT WHOLE\n", shown);
  return fmt::format("{}: whole: {}, about {}, taken at {} from {}\n  sha256 {}\n", shown,
                     counted(check.files, "file", "files"), escape_terminal(check.asked_for),
                     escape_terminal(check.taken_at), escape_terminal(check.source), sha256);
}

int verify(const CommonOptions& common, const EvidenceCommand& options) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto octets = inventory::read_file(options.bundle, report::most_packed);
  if (!octets) return refuse(terminal, {octets.error().message, octets.error().hint});
  const auto check = report::check_packed_evidence(*octets);
  const auto sum = sha256_hex(*octets);
  const auto text = options.format == "json" ? report::render_check_json(check, options.bundle, sum)
                    : terminal.quiet() > 1   ? std::string()
                                             : check_text(check, options.bundle, sum);
  if (!terminal.print(text)) return refuse(terminal, full);
  return check.is_whole() ? exit_pass : exit_findings;
}

}  // namespace

Action add_evidence(CLI::App& app) {
  auto options = std::make_shared<EvidenceCommand>();
  auto* command = app.add_subcommand(
      "evidence", "Pack what a finding stands on into one archive for a provider or a receiver");
  command->add_option(
      "FINDING|IP", options->subject,
      "A finding by its fingerprint, or as much of that as tells it from others; or an address, a sender, a "
      "zone or a host name of the inventory");
  command->add_option(
      "FILE", options->files,
      "The inventory, in one or several files or in a folder; inventory.yaml where none is named");
  command
      ->add_option("-o,--output", options->output,
                   "Write the bundle here, as tar in gzip; - for standard output")
      ->type_name("FILE");
  command
      ->add_option("--report", options->report,
                   "A report that has the finding (check --output json=FILE): nothing else has to be asked "
                   "to know what it is "
                   "about, and the bundle says so where it is not seen any more")
      ->type_name("FILE");
  command
      ->add_option(
          "--logs", options->logs,
          "A mail log: lines about the subject are added, without mailboxes; may be given several times")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      ->add_option("--redact", options->redact,
                   "Leave out this name, with all below it, or this address; what the inventory has for "
                   "internal views is "
                   "left out anyway; may be given several times")
      ->type_name("NAME|IP")
      ->allow_extra_args(false);
  command
      ->add_option("--history", options->history,
                   "A history (a file, or a database of PostgreSQL): since when it is so, and what changed")
      ->type_name("FILE|URL");
  command->add_flag("--no-walk", options->no_walk, "Do not walk from the root to the names");
  options->ask.add_to(*command);
  command->footer(
      "Exit: 0 the bundle is written, whatever it shows, 2 wrong usage or inventory.\n"
      "Example: rdnsgate evidence 192.0.2.10 --replay facts.jsonl.gz -o bundle.tar.gz");
  auto* check = command->add_subcommand("verify", "Hold a bundle against its own checksums");
  options->verify = check;
  check->add_option("FILE", options->bundle, "The bundle")->required();
  check->add_option("-f,--format", options->format, "What to print on standard output: text or json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  check->footer(
      "Exit: 0 whole, 1 not, 2 it cannot be read.\n"
      "Example: rdnsgate evidence verify bundle.tar.gz");
  return [options](const CommonOptions& common) {
    return options->verify->parsed() ? verify(common, *options) : gather(common, *options);
  };
}

}  // namespace rdnsgate::cli
