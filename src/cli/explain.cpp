// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "rules/registry.h"

namespace rdnsgate::cli {
namespace {

/// One line for each rule whose id begins with `prefix`.
std::string listing(std::string_view prefix) {
  std::string out;
  for (const auto& rule : rules::registry()) {
    if (!rule.info.id.starts_with(prefix)) continue;
    out += fmt::format("{:28} {:8} {}\n", rule.info.id, to_string(rule.info.severity), rule.info.summary);
  }
  return out;
}

int explain(const CommonOptions& common, const std::string& topic) {
  Terminal terminal(common.color, common.quiet);
  if (topic.empty()) return terminal.print(listing("")) ? exit_pass : exit_usage;
  if (rules::find_rule(topic) != nullptr) return terminal.print(rules::page(topic)) ? exit_pass : exit_usage;
  if (const auto family = listing(topic + "-"); !family.empty())
    return terminal.print(family) ? exit_pass : exit_usage;
  std::vector<std::string_view> names;
  for (const auto& rule : rules::registry()) names.push_back(rule.info.id);
  const auto near = closest(topic, names);
  terminal.error(fmt::format("there is no rule \"{}\"", topic),
                 near.empty() ? "rdnsgate explain, without a name, lists all of them"
                              : fmt::format("did you mean \"{}\"?", near));
  return exit_usage;
}

}  // namespace

Action add_explain(CLI::App& app) {
  auto topic = std::make_shared<std::string>();
  auto* command = app.add_subcommand("explain", "What a rule proves, why it matters, and how to mend it");
  command->add_option("RULE", *topic, "A rule (ptr-missing), a family (ptr), or nothing for the list");
  command->footer("Example: rdnsgate explain fcrdns-mismatch");
  return [topic](const CommonOptions& common) { return explain(common, *topic); };
}

}  // namespace rdnsgate::cli
