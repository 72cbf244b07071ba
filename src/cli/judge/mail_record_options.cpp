// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/judge/mail_record_options.h"

#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>

#include "cli/frame/exit_code.h"
#include "cli/frame/refuse.h"
#include "cli/frame/talk.h"
#include "cli/frame/terminal.h"
#include "inventory/files/read_file.h"

namespace rdnsgate::cli {
namespace {

constexpr std::size_t most_text = 4u << 20;  // octets of standard input: a record has 64 KiB at most

/// `192.0.2.53@5353` in the notation of --vantage.
std::string as_vantage(std::string resolver) {
  std::replace(resolver.begin(), resolver.end(), '@', '#');
  return resolver;
}

Result<report::RecordDocument> judge_given(const MailRecordOptions& options, std::string_view kind,
                                           Time now) {
  if (!options.domain.empty())
    return fail("--record judges a text, and looks nothing up: it takes no domain",
                "leave the domain out, or --record");
  if (options.record == "-") {
    auto text = inventory::read_file("-", most_text);
    if (!text) return fail(text.error().message, text.error().hint);
    return run::judge_lines(kind, *text, "standard input", now);
  }
  return run::judge_lines(kind, options.record, "--record", now);
}

int exit_of(const report::RecordDocument& document) {
  if (document.result() == "error") return exit_findings;
  return document.unknown.empty() && !document.record_unknown ? exit_pass : exit_inconclusive;
}

}  // namespace

void MailRecordOptions::add_to(CLI::App& command, bool with_selector) {
  command.add_option("DOMAIN", domain, "The domain that mail is sent for");
  if (with_selector) command.add_option("SELECTOR", selector, "The selector, which s= of a signature names");
  given_record = command.add_option(
      "--record", record,
      "Ask nobody: judge this text, or with - the lines of standard input, of which each is a "
      "record at one name");
  given_record->type_name("TEXT|-");
  command.add_option("-f,--format", format, "What to print on standard output: text or json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  auto* resolver = command.add_option("--resolver", resolvers,
                                      "Ask the resolver at this address; the same as --vantage ADDRESS#PORT");
  resolver->type_name("ADDRESS[@PORT]")->allow_extra_args(false);
  asking.deadline = "1m";
  asking.add_to(command, false);
  for (const auto* other : {"--vantage", "--zone-files", "--replay"}) {
    command.get_option(other)->excludes(given_record);
    if (other != std::string_view("--vantage")) command.get_option(other)->excludes(resolver);
  }
  given_record->excludes(resolver);
}

int judge_mail_records(const CommonOptions& common, const MailRecordOptions& options, std::string_view kind,
                       run::Attempt<report::RecordDocument> (*run)(const run::RecordRequest&,
                                                                   run::Listener&)) {
  Terminal terminal(common.color, common.quiet, common.verbose);
  const auto clock = common.clock();
  if (!clock) return refuse(terminal, clock.error());
  report::RecordDocument document;
  if (options.given_record->count() > 0) {
    auto judged = judge_given(options, kind, clock->now());
    if (!judged) return refuse(terminal, judged.error());
    document = std::move(*judged);
  } else {
    const bool is_dkim = kind == "dkim";
    if (options.domain.empty() || (is_dkim && options.selector.empty()))
      return refuse(terminal,
                    {fmt::format("name the domain{}", is_dkim ? " and the selector" : ""),
                     fmt::format("rdnsgate {} example.com{}; --record - judges a text from standard input",
                                 kind, is_dkim ? " selector1" : "")});
    for (const auto* name : {&options.domain, &options.selector}) {
      if (std::any_of(name->begin(), name->end(), [](unsigned char c) { return c <= ' ' || c == 0x7F; }))
        return refuse(terminal, {fmt::format("\"{}\" is no name: there is white space in it", *name),
                                 "such as example.com"});
    }
    auto asking = options.asking.asking();
    if (!asking) return refuse(terminal, asking.error());
    for (const auto& one : options.resolvers) asking->vantages.push_back(as_vantage(one));
    Talk talk(terminal);
    auto judged = run({*clock, std::move(*asking), options.domain, options.selector}, talk);
    if (!judged) return refuse(terminal, judged.error());
    document = std::move(*judged);
  }
  const auto text = options.format == "json"
                        ? report::render_record_json(document)
                        : report::render_record_text(document, terminal.color(), terminal.quiet());
  if (terminal.print(text)) return exit_of(document);
  return refuse(terminal, {"standard output takes no more: the verdict is incomplete"});
}

}  // namespace rdnsgate::cli
