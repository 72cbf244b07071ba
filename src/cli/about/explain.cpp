// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/text/text.h"
#include "cli/about/rules.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/terminal.h"
#include "rules/covered.h"
#include "rules/registry.h"

namespace rdnsgate::cli {
namespace {

/// Of a name that no rule has, as something else sees to it: what that is, with the page of the rule where it is one.
std::string covered_page(const rules::Covered& covered) {
  std::string page = fmt::format("# {}\n\nThere is no rule of this name: {}.\n", covered.name, covered.how);
  if (!covered.code.empty()) page += fmt::format("\nIt is reported as `{}`.\n", covered.code);
  if (!covered.rule.empty()) page += fmt::format("\n{}", rules::page(covered.rule));
  return page;
}

std::string meant_topic(std::string_view topic) {
  std::vector<std::string_view> names;
  for (const auto& covered : rules::covered()) names.push_back(covered.name);
  return meant_rule(topic, std::move(names));
}

int explain(const CommonOptions& common, const std::string& topic) {
  Terminal terminal(common.color, common.quiet);
  const PageLook look{terminal.color(), terminal.width()};
  if (topic.empty()) return terminal.print(list_rules("", look)) ? exit_pass : exit_usage;
  if (rules::find_rule(topic) != nullptr)
    return terminal.print(page_view(rules::page(topic), look)) ? exit_pass : exit_usage;
  if (const auto* covered = rules::find_covered(topic))
    return terminal.print(page_view(covered_page(*covered), look)) ? exit_pass : exit_usage;
  if (const auto family = list_rules(topic + "-", look); !family.empty())
    return terminal.print(family) ? exit_pass : exit_usage;
  const auto meant = meant_topic(topic);
  terminal.error(fmt::format("there is no rule \"{}\"", topic),
                 meant.empty() ? "rdnsgate explain, without a name, lists all of them" : meant);
  return exit_usage;
}

}  // namespace

Action add_explain(CLI::App& app) {
  auto topic = std::make_shared<std::string>();
  auto* command = app.add_subcommand("explain", "What a rule proves, why it matters, and how to fix it");
  command->add_option("RULE", *topic, "A rule (ptr-missing), a family (ptr), or nothing for the list");
  command->footer("Example: rdnsgate explain fcrdns-mismatch");
  return [topic](const CommonOptions& common) { return explain(common, *topic); };
}

}  // namespace rdnsgate::cli
