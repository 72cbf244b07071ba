// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/text.h"
#include "cli/about/rules.h"
#include "cli/frame/commands.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/terminal.h"

namespace rdnsgate::cli {
namespace {

CLI::App* command_below(CLI::App& above, const std::string& name) {
  for (auto* command : above.get_subcommands([](CLI::App*) { return true; })) {
    if (command->get_name() == name) return command;
  }
  return nullptr;
}

/// For a command that there is not: one that was meant, a rule, or the list.
Error unknown(CLI::App& above, const std::string& typed, const std::string& name) {
  const auto commands = above.get_subcommands([](CLI::App*) { return true; });
  const Error error{fmt::format("there is no command \"{}{}\"", typed, name), {}};
  if (commands.empty()) return {error.message, fmt::format("rdnsgate help {}lists its options", typed)};
  std::vector<std::string> names;
  for (const auto* command : commands) names.push_back(command->get_name());
  const std::vector<std::string_view> known(names.begin(), names.end());
  if (const auto near = closest(name, known); !near.empty())
    return {error.message, fmt::format("did you mean \"{}\"?", near)};
  if (typed.empty() && !list_rules(name, {}).empty())
    return {error.message, fmt::format("of a rule there is: rdnsgate explain {}", name)};
  return {error.message, fmt::format("the commands are {}", fmt::join(names, ", "))};
}

/// The same text as that of `--help` after the command.
int help(CLI::App& program, const CommonOptions& common, const std::vector<std::string>& words) {
  Terminal terminal(common.color, common.quiet);
  CLI::App* command = &program;
  std::string typed;
  std::string above;
  for (const auto& word : words) {
    auto* next = command_below(*command, word);
    if (next == nullptr) return refuse(terminal, unknown(*command, typed, word));
    above += (above.empty() ? "" : " ") + command->get_name();
    typed += word + " ";
    command = next;
  }
  // This command was parsed, and the program's own help would be that of this command.
  const auto text = command == &program
                        ? command->get_formatter()->make_help(command, "rdnsgate", CLI::AppFormatMode::Normal)
                        : command->help(above);
  return terminal.print(text) ? exit_pass : exit_usage;
}

}  // namespace

Action add_help(CLI::App& app) {
  auto words = std::make_shared<std::vector<std::string>>();
  auto* command = app.add_subcommand("help", "Print what a command does and its options");
  command->add_option("COMMAND", *words, "Such as check or rollout status; nothing for the program");
  command->footer("Example: rdnsgate help rollout status");
  return [words, &app](const CommonOptions& common) { return help(app, common, *words); };
}

}  // namespace rdnsgate::cli
