// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>

#include "base/text/escape.h"
#include "base/text/text.h"
#include "cli/frame/commands.h"
#include "cli/frame/configure.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/options.h"
#include "cli/frame/refuse.h"
#include "cli/frame/say_problems.h"
#include "history/open.h"

namespace rdnsgate::cli {
namespace {

struct ShowOptions {
  std::string command;
  bool origin = false;
};

/// `rollout status`: what a user types after the program's name.
std::string typed(const CLI::App& command) {
  const auto* above = command.get_parent();
  if (above == nullptr || above->get_parent() == nullptr) return command.get_name();
  return typed(*above) + " " + command.get_name();
}

/// The commands that heed a configuration, those under others too.
void collect(CLI::App& app, std::vector<CLI::App*>& all) {
  for (auto* command : app.get_subcommands([](CLI::App*) { return true; })) {
    if (is_configurable(*command)) all.push_back(command);
    collect(*command, all);
  }
}

std::string shown(const run::EffectiveSetting& setting) {
  const bool list = setting.values.size() > 1;
  const auto& values = setting.values;
  // The only value that may have a password in it.
  const auto text = setting.key == "history" && !values.empty() ? history::Place{values.front()}.shown()
                                                                : fmt::format("{}", fmt::join(values, ", "));
  const auto joined = escape_terminal(text);
  return list ? "[" + joined + "]" : joined;
}

int show(CLI::App& program, const CommonOptions& common, const ShowOptions& options) {
  Terminal terminal(common.color, common.quiet);
  const auto config = run::load_config(common.configuration.choice);
  if (!config) return refuse(terminal, config.error());
  say_problems(config->problems, config->sources, terminal);
  if (!config->usable()) return exit_usage;
  std::vector<CLI::App*> commands{&program};
  collect(program, commands);
  std::string out = config->file ? fmt::format("# {}\n", escape_terminal(config->file->path))
                                 : std::string("# no configuration file\n");
  std::vector<std::string> names;
  bool any_wanted = false;
  for (auto* command : commands) {
    names.push_back(typed(*command));
    const bool wanted = options.command.empty() || names.back() == options.command ||
                        names.back().starts_with(options.command + " ");
    const auto settings = configure(*command, *config);
    if (!settings) return refuse(terminal, settings.error());
    if (!wanted) continue;
    any_wanted = true;
    for (const auto& setting : *settings) {
      const auto line = fmt::format("{}: {}: {}", names.back(), setting.key, shown(setting));
      out += options.origin ? fmt::format("{:<50} # {}\n", line, setting.origin) : line + "\n";
    }
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  if (!options.command.empty() && !any_wanted) {
    const auto near = closest(options.command, known);
    return refuse(terminal, {fmt::format("no configuration applies to \"{}\"", options.command),
                             near.empty() ? fmt::format("the commands are {}", fmt::join(known, ", "))
                                          : fmt::format("did you mean \"{}\"?", near)});
  }
  return terminal.print(out) ? exit_pass : exit_usage;
}

}  // namespace

Action add_config(CLI::App& app) {
  auto options = std::make_shared<ShowOptions>();
  auto* command = app.add_subcommand("config", "Show what .rdnsgate.yaml and the environment say");
  command->require_subcommand(1);
  command->fallthrough();
  auto* shown = command->add_subcommand("show", "Print what the options of each command are");
  shown->add_option("COMMAND", options->command, "Of this command only, such as check or \"rollout status\"");
  shown->add_flag("--origin", options->origin,
                  "Also say who said so: the file and line, the variable, the default");
  shown->footer(
      "Exit: 0 shown, 2 the configuration cannot be used.\n"
      "Example: rdnsgate config show --origin check");
  command->footer("Example: rdnsgate config show --origin");
  return [options, &app](const CommonOptions& common) { return show(app, common, *options); };
}

}  // namespace rdnsgate::cli
