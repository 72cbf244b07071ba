// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "base/version.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/terminal.h"
#include "run/files/snapshot.h"

namespace rdnsgate::cli {
namespace {

struct FactsCommand {
  CLI::App *merge = nullptr, *show = nullptr;
  std::vector<std::string> files;
  std::string output, file;
};

int merge(const FactsCommand& options, Terminal& terminal) {
  auto all = run::load_snapshot(options.files.front());
  if (!all) return refuse(terminal, all.error());
  for (std::size_t i = 1; i < options.files.size(); ++i) {
    const auto more = run::load_snapshot(options.files[i]);
    if (!more) return refuse(terminal, more.error());
    if (const auto merged = dns::merge_snapshot(*all, *more, options.files[i]); !merged)
      return refuse(terminal, merged.error());
  }
  all->head.tool_version = version;
  if (const auto saved = run::save_snapshot(options.output, all->head, all->facts); !saved)
    return refuse(terminal, saved.error());
  if (terminal.quiet() == 0) {
    terminal.say(fmt::format("wrote {}: {} at {}", options.output,
                             counted(all->facts.size(), "fact", "facts"),
                             counted(all->head.vantages.size(), "vantage", "vantages")));
  }
  return exit_pass;
}

std::string show_line(const dns::Fact& fact, const dns::VantageInfo& vantage) {
  std::string line =
      fmt::format("{}  {}  {}  {}  {}", format_time(fact.asked_at), vantage.name, fact.question.name.text(),
                  dns::to_string(fact.question.type), dns::to_string(fact.outcome));
  if (fact.security != dns::Security::unknown) line += fmt::format(" ({})", dns::to_string(fact.security));
  const auto add = [&](const dns::RRset& set) {
    if (set.owner != fact.question.name) line += fmt::format("  {}", set.owner.text());
    line += fmt::format("  {} {}", set.ttl, dns::to_string(set.type));
    for (const auto& rdata : set.rdata) line += " " + dns::rdata_text(set.type, rdata);
  };
  for (const auto& set : fact.answer) add(set);
  if (fact.soa) add(*fact.soa);
  if (!fact.reason.empty()) line += fmt::format("  [{}]", fact.reason);
  if (!fact.server.empty()) line += fmt::format("  from {}", fact.server);
  return escape_terminal(line) + "\n";
}

int show(const FactsCommand& options, Terminal& terminal) {
  const auto snapshot = run::load_snapshot(options.file);
  if (!snapshot) return refuse(terminal, snapshot.error());
  const auto& head = snapshot->head;
  std::string text = fmt::format(
      "{} at {}, {} to {}, written by rdnsgate {}\n", counted(snapshot->facts.size(), "fact", "facts"),
      counted(head.vantages.size(), "vantage", "vantages"), format_time(head.taken_at),
      format_time(head.finished_at), escape_terminal(head.tool_version));
  for (const auto& vantage : head.vantages) {
    text += escape_terminal(fmt::format("vantage {}: {}, operator {}{}", vantage.name,
                                        dns::to_string(vantage.kind), vantage.operator_name,
                                        vantage.internal ? ", internal view" : "")) +
            "\n";
  }
  constexpr std::size_t portion = std::size_t{1} << 16;
  bool printed = true;
  snapshot->facts.for_each_in_order([&](const dns::Fact& fact) {
    text += show_line(fact, head.vantages[fact.question.vantage]);
    if (text.size() < portion) return;
    printed = printed && terminal.print(text);
    text.clear();
  });
  if (printed && terminal.print(text)) return exit_pass;
  return refuse(terminal, {"standard output takes no more: the list is incomplete"});
}

}  // namespace

Action add_facts(CLI::App& app) {
  auto options = std::make_shared<FactsCommand>();
  auto* command = app.add_subcommand("facts", "Merge snapshots that --record wrote, or show what one holds");
  command->require_subcommand(1);
  command->fallthrough();
  options->merge = command->add_subcommand("merge", "Join the snapshots of several runs or networks in one");
  options->merge->add_option("FILE", options->files, "The snapshots")->required()->expected(1, -1);
  options->merge->add_option("-o,--output", options->output, "Where to write what they hold together")
      ->type_name("FILE")
      ->required()
      ->allow_extra_args(false);
  options->merge->footer(
      "A vantage that two of them name must have one kind and operator in both. Of a question that two of "
      "them hold,\n"
      "the answer that was asked for later stays.\n"
      "Example: rdnsgate facts merge -o all.facts office.facts cloud.facts");
  options->show = command->add_subcommand("show", "Print a snapshot, one line a fact");
  options->show->add_option("FILE", options->file, "The snapshot")->required();
  command->footer("Example: rdnsgate facts show today.facts");
  return [options](const CommonOptions& common) {
    Terminal terminal(common.color, common.quiet, common.verbose);
    return options->merge->parsed() ? merge(*options, terminal) : show(*options, terminal);
  };
}

}  // namespace rdnsgate::cli
